// Settings by folder: asked for each, in force without a restart.
import { expect, test } from 'vitest'
import type { Diagnostic } from 'vscode-languageserver'
import { inEditor, startClient, type LanguageClient } from '../testing/languageClient.js'
import { scratchFolder, type ScratchFolder } from '../testing/scratchFolder.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'
import { settingsFrom } from './folderSettings.js'
import type { ParapetSettings } from './protocol.js'

const codes = (items: readonly Diagnostic[]): unknown[] => items.map(({ code }) => code)
const told = (client: LanguageClient): Promise<void> =>
  client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })

function below(prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(SERVER).map(([file, text]) => [`${prefix}/${file}`, text]))
}

async function inFolders(
  roots: (folder: ScratchFolder) => readonly string[],
  settings: Map<string, ParapetSettings>,
  body: (client: LanguageClient, folder: ScratchFolder) => Promise<void>,
): Promise<void> {
  const folder = scratchFolder({ ...below('one'), ...below('two'), ...below('one/inner'), 'package.json': '{ "name": "all" }' })
  const named = (uri = ''): ParapetSettings => settings.get(uri.slice(folder.uri('').length).replaceAll('/', '')) ?? {}
  const client = await startClient(roots(folder), { settings: named })
  try {
    await body(client, folder)
  } finally {
    await client.stop()
    folder.discard()
  }
}

test('each folder has its own settings, and a change of one takes effect in it alone', async () => {
  const settings = new Map<string, ParapetSettings>([['two', { minConfidence: 'low', preset: 'strict' }]])
  const roots = ({ root }: ScratchFolder): string[] => [`${root}/one`, `${root}/two`]
  await inFolders(roots, settings, async (client, folder) => {
    const [one, two] = [folder.uri('one/app.js'), folder.uri('two/app.js')]
    const before = codes(await client.pull(one))
    expect((await client.pull(two)).length).toBeGreaterThan(before.length)
    settings.set('two', {})
    settings.set('one', { preset: 'strict', minConfidence: 'low' })
    await told(client)
    await client.settled()
    expect(codes(await client.pull(two))).toEqual(before)
    expect((await client.pull(one)).length).toBeGreaterThan(before.length)
  })
})

test('a folder that is off keeps its files from the folder around it', async () => {
  const settings = new Map<string, ParapetSettings>([['one', { enable: false }]])
  const roots = ({ root }: ScratchFolder): string[] => [root, `${root}/one`]
  await inFolders(roots, settings, async (client, folder) => {
    await client.settled()
    expect(await client.pull(folder.uri('one/app.js'))).toEqual([])
    expect(codes(await client.pull(folder.uri('two/app.js')))).toContain('no-powered-by')
    expect(client.statuses.at(-1)?.folders.map(({ name }) => folder.root.endsWith(name))).toEqual([true])
    settings.set('one', {})
    await told(client)
    await client.settled()
    expect(codes(await client.pull(folder.uri('one/app.js')))).toContain('no-powered-by')
    settings.set('one', { enable: false })
    await told(client)
    await client.settled()
    expect(await client.pull(folder.uri('one/app.js'))).toEqual([])
  })
})

test('a client that is asked and does not answer is taken at its word', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      expect(codes(await client.pull(folder.uri('app.js')))).toContain('no-powered-by')
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { parapet: { enable: false } } })
      await client.settled()
      expect(await client.pull(folder.uri('app.js'))).toEqual([])
    },
    { settings: () => null },
  ))

test('settings that decide nothing do not make a folder be read twice', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      await told(client)
      expect(codes(await client.pull(folder.uri('app.js')))).toContain('no-powered-by')
      const runs = (): number => new Set(client.statuses.flatMap(({ folders }) => folders.flatMap(({ lastRun }) => lastRun ?? []))).size
      await told(client)
      await client.settled()
      expect(runs()).toBe(1)
    },
    { settings: () => ({ enable: true, run: 'onType', preset: null, minConfidence: null, baseline: null }) },
  ))

test('settings of another kind than expected are no settings', () => {
  expect(settingsFrom({ enable: 'yes', run: 'never', preset: 1, minConfidence: 'some', baseline: null })).toEqual({})
  expect(settingsFrom({ run: 'onSave', baseline: '', preset: null })).toEqual({ run: 'onSave', baseline: '' })
  expect(settingsFrom(null)).toEqual({})
})

const onSave = { settings: (): ParapetSettings => ({ run: 'onSave' }) }

test('with onSave only what is saved counts, in this file and in others', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      const [app, users] = [folder.uri('app.js'), folder.uri('routes/users.js')]
      const calm = USERS.replaceAll(/ {2}console.*\n/g, '')
      expect(codes(await client.pull(users))).toContain('no-console')
      client.open(users, USERS)
      client.open(app, APP)
      await client.settled()
      const runs = client.statuses.length
      client.change(users, calm)
      client.change(app, APP.replace('express()\n', `express()\napp.disable('x-powered-by')\n`))
      await client.settled()
      expect(client.statuses.length).toBe(runs)
      expect(codes(await client.pull(users))).toContain('no-console')
      folder.write('routes/users.js', calm)
      client.save(users)
      expect(codes(await client.pull(users))).not.toContain('no-console')
      expect(codes(await client.pull(app))).toContain('no-powered-by')
    },
    onSave,
  ))

test('with onSave findings stand where their text has gone when another file is saved, and nothing is offered for a text that was not looked at', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      const [app, users] = [folder.uri('app.js'), folder.uri('routes/users.js')]
      client.open(users, USERS)
      const [before] = (await client.pull(users)).filter(({ code }) => code === 'no-console')
      client.change(users, `// one\n${USERS}`)
      client.open(app, APP)
      client.save(app)
      const [after] = (await client.pull(users)).filter(({ code }) => code === 'no-console')
      expect(after?.range.start.line).toBe((before?.range.start.line ?? 0) + 1)
      const asked = { textDocument: { uri: users }, range: after!.range, context: { diagnostics: [] } }
      const offered = await client.connection.sendRequest<{ title: string }[]>('textDocument/codeAction', asked)
      expect(offered.map(({ title }) => title).filter((title) => !title.startsWith('Why'))).toEqual([])
    },
    onSave,
  ))

test('with onSave safe fixes on save see the text that is about to be saved', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      const app = folder.uri('app.js')
      client.open(app, APP)
      await client.settled()
      client.change(app, `// typed\n${APP}`)
      const asked = { textDocument: { uri: app }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }
      const [action] = await client.connection.sendRequest<object[]>('textDocument/codeAction', {
        ...asked,
        context: { diagnostics: [], only: ['source.fixAll'] },
      })
      const { edit } = await client.connection.sendRequest<{ edit: unknown }>('codeAction/resolve', action)
      expect(JSON.stringify(edit)).toContain('x-powered-by')
    },
    onSave,
  ))
