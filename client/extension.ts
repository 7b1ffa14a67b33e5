// The entry point in the editor. It is read wherever a package.json lies near the root, so it loads the language client only for server projects.
import * as vscode from 'vscode'
import { registerCommands } from './commands.js'
import { hasServerProject, whenServerProjectAppears } from './findServerProject.js'
import { registerPages } from './pages.js'
import { createSession, type Session } from './session.js'
import { registerStatusItem } from './statusItem.js'

let session: Session | null = null

/** Called by the editor when one of the manifest's activation events fires. Nothing of the workspace is executed, here or in the server. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Parapet', { log: true })
  const created = createSession(context, log)
  session = created
  const pages = registerPages(context, created)
  context.subscriptions.push(log, pages, registerStatusItem(created), ...registerCommands(context, created, pages, log))
  if (await hasServerProject()) return created.start()
  log.info('No package.json of this workspace depends on express, fastify or @nestjs: waiting until one does.')
  const waiting = whenServerProjectAppears(() => {
    waiting.dispose()
    log.info('A server project has appeared.')
    void created.start()
  })
  context.subscriptions.push(waiting)
}

/** Called by the editor before it lets go of the extension. */
export function deactivate(): Promise<void> {
  return session?.stop() ?? Promise.resolve()
}
