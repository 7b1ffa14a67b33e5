// Starts many small applications in one process, because starting is most of what a case costs.
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { startApplication } from './start.js'

export interface RunningTable {
  url(title: string): string
  stop(): Promise<void>
}

/** Servers by title, each the text of one CommonJS file that listens. */
export async function startTable(servers: Readonly<Record<string, string>>): Promise<RunningTable> {
  const titles = Object.keys(servers)
  const files = titles.map((title, index) => `//- /cases/${index}.js\n${servers[title] ?? ''}`)
  const entry = `//- /server.js\n${titles.map((_title, index) => `require('./cases/${index}')`).join('\n')}`
  const app = { app: [entry, ...files].join('\n') }
  const texts = applicationTexts(app, 5)
  const running = await startApplication(texts, { express: 5, fixture: fixtureOf(app, texts), listeners: titles.length })
  const urls = new Map(running.listeners.map(({ file, url }) => [file, url]))
  return {
    url: (title) => urls.get(`cases/${titles.indexOf(title)}.js`) ?? '',
    stop: running.stop,
  }
}
