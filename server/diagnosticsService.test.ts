// How diagnostics reach clients: those that ask, and those that are sent them.
import { expect, test } from 'vitest'
import { CancellationTokenSource, ProgressType, type WorkspaceDiagnosticReport } from 'vscode-languageserver/node'
import { inEditor, type LanguageClient } from '../testing/languageClient.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'

type Items = WorkspaceDiagnosticReport['items']

const PARTS = new ProgressType<WorkspaceDiagnosticReport>()
const idsOf = (items: Items): { uri: string; value: string }[] =>
  items.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }]))
const ask = (client: LanguageClient, previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
  client.connection.sendRequest('workspace/diagnostic', { previousResultIds })

test('the whole workspace is reported, also files that are not open', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const { items } = await ask(client, [])
    expect(items.map(({ uri }) => uri).sort()).toEqual([folder.uri('app.js'), folder.uri('routes/users.js')])
    expect(items.every(({ version }) => version === null)).toBe(true)
  }))

test('reports are streamed where the client takes parts', () =>
  inEditor(SERVER, async ({ client }) => {
    const parts: Items = []
    client.connection.onProgress(PARTS, 'token', ({ items }) => void parts.push(...items))
    const last = await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'token' })
    expect(last).toEqual({ items: [] })
    expect(parts).toHaveLength(2)
  }))

test('the request is held while nothing is new, and answered with what changed', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const { items } = await ask(client, [])
    const held = ask(client, idsOf(items))
    const first = await Promise.race([held, new Promise<string>((resolve) => setTimeout(() => resolve('held'), 150))])
    expect(first).toBe('held')
    client.open(folder.uri('routes/users.js'), 'export const users = 1\n')
    const news = (await held).items
    expect(news).toContainEqual({ uri: folder.uri('routes/users.js'), version: 1, kind: 'full', items: [] })
  }))

test('a held request streams one change after the other', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const { items } = await ask(client, [])
    const parts: Items[] = []
    client.connection.onProgress(PARTS, 'held', (part) => void parts.push(part.items))
    const held = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: idsOf(items), partialResultToken: 'held' })
    const uri = folder.uri('routes/users.js')
    client.open(uri, USERS.replace(`  console.log('users')\n`, ''))
    await client.settled()
    client.change(uri, USERS)
    await client.settled()
    expect(parts.map((part) => part.some((item) => item.uri === uri))).toEqual([true, true])
    await client.connection.sendRequest('shutdown')
    expect(await held).toEqual({ items: [] })
  }))

test('a held request ends when the client cancels it, and when the server shuts down', () =>
  inEditor(SERVER, async ({ client }) => {
    const { items } = await ask(client, [])
    const source = new CancellationTokenSource()
    const cancelled = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: idsOf(items) }, source.token)
    const waiting = ask(client, idsOf(items))
    setTimeout(() => source.cancel(), 20)
    await expect(cancelled).rejects.toMatchObject({ code: -32800 })
    await client.connection.sendRequest('shutdown')
    expect(await waiting).toEqual({ items: [] })
  }))

test('a client is told to ask again when an edit changes what it knows of another open file', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    client.open(folder.uri('app.js'), APP)
    client.open(folder.uri('routes/users.js'), USERS)
    await client.pull(folder.uri('app.js'))
    await client.pull(folder.uri('routes/users.js'))
    expect(client.refreshes()).toBe(0)
    client.change(folder.uri('app.js'), APP.replace(`app.use('/users', users)\n`, ''))
    await client.pull(folder.uri('app.js'))
    await client.settled()
    expect(client.refreshes()).toBe(1)
  }))

test('a client that cannot ask is sent all files, once, with versions of open ones', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined()
      await client.settled()
      const [app, users] = [folder.uri('app.js'), folder.uri('routes/users.js')]
      expect([...client.published.keys()].sort()).toEqual([app, users])
      expect(client.published.get(app)?.version).toBeUndefined()
      client.open(app, APP)
      await client.settled()
      expect(client.published.get(app)?.version).toBe(1)
      const count = client.publications.length
      client.change(app, `${APP}// nothing new\n`)
      await client.settled()
      expect(client.publications).toHaveLength(count)
      client.change(app, 'export {}\n')
      await client.settled()
      expect(client.published.get(app)).toMatchObject({ version: 3, diagnostics: [] })
    },
    { capabilities: {} },
  ))
