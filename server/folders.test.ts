// What changes around documents: the disk, settings, configuration, folders.
import { expect, test } from 'vitest'
import { FileChangeType, type Diagnostic } from 'vscode-languageserver'
import { inEditor, PULLING, startClient, type Editing } from '../testing/languageClient.js'
import { scratchFolder } from '../testing/scratchFolder.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'

const codes = (items: readonly Diagnostic[]): unknown[] => items.map(({ code }) => code)

async function tell({ client, folder }: Editing, ...changes: readonly [file: string, type: FileChangeType][]): Promise<void> {
  const events = changes.map(([file, type]) => ({ uri: folder.uri(file), type }))
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: events })
}

test('a file that another program writes is read again, a new one too, a deleted one is gone', () =>
  inEditor(SERVER, async (editing) => {
    const { client, folder } = editing
    expect(codes(await client.pull(folder.uri('routes/users.js')))).toContain('no-console')
    folder.write('routes/users.js', USERS.replaceAll(/ {2}console.*\n/g, ''))
    folder.write('lib/greet.js', `export function greet(name) {\n  console.log('hello ' + name)\n}\n`)
    folder.write('app.js', `import { greet } from './lib/greet.js'\ngreet('you')\n${APP}`)
    await tell(
      editing,
      ['routes/users.js', FileChangeType.Changed],
      ['lib/greet.js', FileChangeType.Created],
      ['app.js', FileChangeType.Changed],
    )
    expect(codes(await client.pull(folder.uri('routes/users.js')))).not.toContain('no-console')
    expect(codes(await client.pull(folder.uri('lib/greet.js')))).toContain('no-console')
    folder.remove('lib')
    await tell(editing, ['lib', FileChangeType.Deleted])
    expect(await client.pull(folder.uri('lib/greet.js'))).toEqual([])
  }))

test('what the disk says of an open file counts only when it is closed', () =>
  inEditor(SERVER, async (editing) => {
    const { client, folder } = editing
    const uri = folder.uri('routes/users.js')
    client.open(uri, USERS)
    folder.write('routes/users.js', 'export const users = 1\n')
    await tell(editing, ['routes/users.js', FileChangeType.Changed])
    expect(codes(await client.pull(uri))).toContain('no-console')
    client.close(uri)
    expect(await client.pull(uri)).toEqual([])
  }))

test('files that git ignores and installed packages change nothing', () =>
  inEditor({ ...SERVER, '.gitignore': 'logs/\n' }, async (editing) => {
    const { client, folder } = editing
    await client.settled()
    const runs = client.statuses.length
    folder.write('logs/a.js', 'console.log(1)\n')
    folder.write('node_modules/x/package.json', '{}')
    await tell(editing, ['logs/a.js', FileChangeType.Created], ['node_modules/x/package.json', FileChangeType.Created])
    await client.settled()
    expect(client.statuses.length).toBe(runs)
    client.open(folder.uri('node_modules/x/index.js'), `console.log('x')\n`)
    expect(await client.pull(folder.uri('node_modules/x/index.js'))).toEqual([])
  }))

test('an edited configuration takes effect before it is saved; a broken one is told and the last one stays', () =>
  inEditor({ ...SERVER, 'parapet.config.json': '{}' }, async ({ client, folder }) => {
    const [config, users] = [folder.uri('parapet.config.json'), folder.uri('routes/users.js')]
    client.open(config, '{ "rules": { "no-console": "off" } }')
    expect(codes(await client.pull(users))).not.toContain('no-console')
    client.change(config, '{ "rules": { "no-consol": "off" } }')
    expect(await client.pull(config)).toMatchObject([{ code: 'configuration', severity: 1, range: { start: { line: 0, character: 13 } } }])
    expect(codes(await client.pull(users))).not.toContain('no-console')
    expect(client.statuses.at(-1)?.health).toBe('error')
    client.close(config)
    expect(codes(await client.pull(users))).toContain('no-console')
    expect(await client.pull(config)).toEqual([])
  }))

test('settings of the client win over the configuration, and switch everything off', () =>
  inEditor(
    { ...SERVER, 'parapet.config.json': '{ "minConfidence": "high" }' },
    async ({ client, folder }) => {
      const users = folder.uri('routes/users.js')
      const before = await client.pull(users)
      const set = (parapet: object): Promise<void> =>
        client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { parapet } })
      await set({ minConfidence: 'low', preset: 'strict' })
      expect((await client.pull(users)).length + (await client.pull(folder.uri('app.js'))).length).toBeGreaterThan(before.length)
      await set({ enable: false })
      expect(await client.pull(users)).toEqual([])
      await set({ enable: true })
      expect(codes(await client.pull(users))).toEqual(codes(before))
    },
    { params: { initializationOptions: { settings: { minConfidence: 'high' } } } },
  ))

test('dependencies that are typed into package.json count, also while it is no JSON for a moment', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const manifest = folder.uri('package.json')
    const before = codes(await client.pull(folder.uri('app.js')))
    client.open(manifest, SERVER['package.json']!)
    client.change(manifest, SERVER['package.json']!.replace(' }\n', ''))
    expect(codes(await client.pull(folder.uri('app.js')))).toEqual(before)
    client.change(manifest, '{ "name": "one", "type": "module" }')
    await client.settled()
    expect(client.statuses.at(-1)?.folders[0]?.applications).toBe(1)
  }))

test('a file belongs to the deepest folder that holds it', async () => {
  const inner = Object.fromEntries(Object.entries(SERVER).map(([file, text]) => [`services/one/${file}`, text]))
  const folder = scratchFolder({
    ...inner,
    'package.json': '{ "name": "all" }',
    'services/one/parapet.config.json': '{ "rules": { "no-console": "off" } }',
  })
  const client = await startClient([folder.root, `${folder.root}/services/one`])
  const users = folder.uri('services/one/routes/users.js')
  expect(codes(await client.pull(users))).not.toContain('no-console')
  await client.settled()
  expect(client.statuses.at(-1)?.folders.map(({ applications }) => applications)).toEqual([0, 1])
  const event = { added: [], removed: [{ uri: folder.uri('services/one'), name: 'one' }] }
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event })
  await client.settled()
  expect(client.statuses.at(-1)?.folders.map(({ applications }) => applications)).toEqual([1])
  // The configuration of the inner folder still counts for what lies in it.
  expect(codes(await client.pull(users))).not.toContain('no-console')
  await client.stop()
  folder.discard()
})

test('without a folder, an opened file brings the project around it', async () => {
  const folder = scratchFolder(SERVER)
  const client = await startClient([], { params: { workspaceFolders: null } })
  client.open(folder.uri('routes/users.js'), USERS)
  expect(codes(await client.pull(folder.uri('routes/users.js')))).toContain('require-auth-rate-limit')
  await client.stop()
  folder.discard()
})

test('the client is asked to watch files, and its settings are read', async () => {
  const registered: unknown[] = []
  const capabilities = { ...PULLING, workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } } }
  await inEditor(
    SERVER,
    async ({ client }) => {
      await client.settled()
      registered.push(...client.registrations.map(({ method }) => method))
    },
    { capabilities },
  )
  expect(registered).toContain('workspace/didChangeWatchedFiles')
})

test('the nearest configuration counts, also while it is typed', () =>
  inEditor({ ...SERVER, 'parapet.config.json': '{ "rules": { "no-powered-by": "off" } }' }, async ({ client, folder }) => {
    const inner = folder.uri('routes/parapet.config.json')
    const users = folder.uri('routes/users.js')
    expect(codes(await client.pull(users))).toContain('no-console')
    client.open(inner, '{ "rules": { "no-console": "off" } }')
    expect(codes(await client.pull(users))).not.toContain('no-console')
    expect(codes(await client.pull(folder.uri('app.js')))).not.toContain('no-powered-by')
    client.change(inner, '{ "rules": ')
    expect(codes(await client.pull(users))).not.toContain('no-console')
    expect(codes(await client.pull(inner))).toEqual(['configuration'])
  }))

test('another branch is there without a restart: files, manifest and configuration at once', () =>
  inEditor({ ...SERVER, 'lib/old.js': `export const old = () => fetch('http://x')\n` }, async (editing) => {
    const { client, folder } = editing
    client.open(folder.uri('app.js'), APP)
    expect(codes(await client.pull(folder.uri('routes/users.js')))).toContain('no-console')
    folder.remove('lib')
    folder.remove('routes')
    folder.write('package.json', SERVER['package.json']!.replace('"one"', '"two"'))
    folder.write('parapet.config.json', '{ "rules": { "no-powered-by": "off" } }')
    folder.write('src/routes/people.js', USERS)
    const moved = APP.replace('./routes/users.js', './src/routes/people.js')
    folder.write('app.js', moved)
    await tell(
      editing,
      ['lib/old.js', FileChangeType.Deleted],
      ['routes/users.js', FileChangeType.Deleted],
      ['package.json', FileChangeType.Changed],
      ['parapet.config.json', FileChangeType.Created],
      ['src/routes/people.js', FileChangeType.Created],
      ['app.js', FileChangeType.Changed],
    )
    client.change(folder.uri('app.js'), moved)
    expect(await client.pull(folder.uri('routes/users.js'))).toEqual([])
    expect(codes(await client.pull(folder.uri('src/routes/people.js')))).toContain('require-auth-rate-limit')
    expect(codes(await client.pull(folder.uri('app.js')))).not.toContain('no-powered-by')
  }))
