// Baselines count in the editor as they do for `parapet check`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import {
  FileChangeType,
  type CodeAction,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver'
import { sandbox, type Sandbox } from '../cli/testTerminal.js'
import { linesOf } from '../server/positions.js'
import { FIX_WORKSPACE_COMMAND, type ParapetSettings } from '../server/protocol.js'
import { startClient, type LanguageClient } from './languageClient.js'
import { APP, SERVER, USERS } from './serverFixture.js'

const BASELINE = 'parapet.baseline.json'
const LOUD = USERS.replace(`  res.json([])\n`, `  console.log('again')\n  res.json([])\n`)

interface Case {
  readonly files?: Readonly<Record<string, string>>
  /** The folder that the baseline is made in and for. */
  readonly accepting?: string
  readonly opened?: string
  readonly settings?: () => ParapetSettings
}

interface Editing {
  readonly client: LanguageClient
  readonly box: Sandbox
  readonly uri: (file: string) => string
  readonly codes: (file: string) => Promise<unknown[]>
  readonly changed: (file: string, text: string) => Promise<void>
}

/** An editor over a server whose findings are accepted. */
async function withBaseline(
  body: (editing: Editing) => Promise<void>,
  { files = SERVER, accepting = '', opened = '', settings }: Case = {},
): Promise<void> {
  const box = sandbox(files)
  const created = await box.run(['baseline', 'create', '--no-cache'], { cwd: join(box.root, accepting) })
  expect(created.out).toMatch(/^[1-9]\d* findings? accepted/)
  const client = await startClient([join(box.root, opened)], settings === undefined ? {} : { settings })
  const uri = (file: string): string => pathToFileURL(join(box.root, file)).href
  try {
    await body({
      client,
      box,
      uri,
      codes: async (file) => (await client.pull(uri(file))).map(({ code }) => code),
      changed: async (file, text) => {
        box.write({ [file]: text })
        const changes = [{ uri: uri(file), type: FileChangeType.Changed }]
        await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes })
      },
    })
  } finally {
    await client.stop()
    box.remove()
  }
}

function below(prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(SERVER).map(([file, text]) => [`${prefix}/${file}`, text]))
}

test('what the baseline accepts is not shown, and what is left is what the terminal reports', () =>
  withBaseline(async ({ client, box, codes, changed }) => {
    expect(await codes('routes/users.js')).toEqual([])
    expect(client.statuses.at(-1)?.folders[0]).toMatchObject({ errors: 0, warnings: 0 })
    expect(client.statuses.at(-1)?.folders[0]?.accepted).toBeGreaterThan(3)
    await changed(
      'routes/users.js',
      LOUD.replace(`users.post('/login'`, `users.post('/signin', (req, res) => res.json({}))\nusers.post('/login'`),
    )
    await client.settled()
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] })
    const shown = items.flatMap((report) => (report.kind === 'full' ? report.items : [])).map(placeOf)
    const { out } = await box.run(['check', '--format', 'json', '--no-cache'])
    const reported = (JSON.parse(out) as { findings: Reported[] }).findings.map(placeOfReported)
    expect(shown.length).toBeGreaterThan(1)
    expect(shown.sort()).toEqual(reported.sort())
  }))

test('a baseline that is edited counts at once; a broken one is told and the last one stays', () =>
  withBaseline(async ({ client, box, uri, codes, changed }) => {
    const whole = readFileSync(join(box.root, BASELINE), 'utf8')
    await changed(BASELINE, '{ "version": 1, "findings": [] }')
    expect(await codes('routes/users.js')).toContain('no-console')
    client.open(uri(BASELINE), whole)
    expect(await codes('routes/users.js')).toEqual([])
    client.change(uri(BASELINE), whole.slice(0, -20))
    expect(await codes('routes/users.js')).toEqual([])
    expect(await codes(BASELINE)).toEqual(['baseline'])
    expect(client.statuses.at(-1)?.health).toBe('error')
  }))

test('entries that are over accept nothing any more', () =>
  withBaseline(async ({ client, box, codes, changed }) => {
    const whole = readFileSync(join(box.root, BASELINE), 'utf8')
    await changed(BASELINE, whole.replaceAll('"rule": "no-console"', '"expires": "2020-01-31",\n      "rule": "no-console"'))
    expect(await codes('routes/users.js')).toEqual(['no-console', 'no-console'])
    expect(client.statuses.at(-1)?.folders[0]?.notices[0]).toMatch(/^2 of the accepted findings/)
  }))

test('a baseline of a package counts in a workspace of all, and one of all in a package', async () => {
  const files = { ...below('apps/one'), ...below('apps/two'), 'package.json': '{ "name": "all" }' }
  await withBaseline(
    async ({ codes }) => {
      expect(await codes('apps/one/routes/users.js')).toEqual([])
      expect(await codes('apps/two/routes/users.js')).toContain('no-console')
    },
    { files, accepting: 'apps/one' },
  )
  await withBaseline(
    async ({ client, codes, changed }) => {
      expect(await codes('apps/one/routes/users.js')).toEqual([])
      await changed(BASELINE, '{ "version": 1, "findings": [] }')
      await client.settled()
      expect(await codes('apps/one/routes/users.js')).toContain('no-console')
    },
    { files, opened: 'apps/one' },
  )
})

test('the settings name another baseline, or none', async () => {
  let settings: ParapetSettings = { baseline: '' }
  await withBaseline(
    async ({ client, box, codes }) => {
      expect(await codes('routes/users.js')).toContain('no-console')
      box.write({ 'ci/accepted.json': readFileSync(join(box.root, BASELINE), 'utf8').replaceAll('"file": "', '"file": "../') })
      settings = { baseline: 'ci/accepted.json' }
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
      await client.settled()
      expect(await codes('routes/users.js')).not.toContain('no-console')
      settings = { baseline: 'nowhere.json' }
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
      await client.settled()
      expect(client.statuses.at(-1)?.folders[0]?.notices[0]).toContain('nowhere.json It cannot be read')
    },
    { settings: () => settings },
  )
})

test('a finding is accepted by an action: the entry is that of the command line, and counts before it is saved', () =>
  withBaseline(async ({ client, box, uri, codes, changed }) => {
    const before = readFileSync(join(box.root, BASELINE), 'utf8')
    await changed('routes/users.js', LOUD)
    const [found] = await client.pull(uri('routes/users.js'))
    const params = { textDocument: { uri: uri('routes/users.js') }, range: found!.range, context: { diagnostics: [] } }
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params)
    const action = actions.find(({ title }) => title === `Accept for now in ${BASELINE}`)
    const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action)
    const change = edit?.documentChanges?.[0] as TextDocumentEdit
    expect(change.textDocument.uri).toBe(uri(BASELINE))
    const lines = linesOf(before, 'utf-16')
    const after = [...(change.edits as TextEdit[])]
      .reverse()
      .reduce(
        (text, { range, newText }) => text.slice(0, lines.offsetOf(range.start)) + newText + text.slice(lines.offsetOf(range.end)),
        before,
      )
    client.open(uri(BASELINE), before)
    client.change(uri(BASELINE), after)
    expect(await codes('routes/users.js')).toEqual([])
    await box.run(['baseline', 'update', '--no-cache'])
    expect(after).toBe(readFileSync(join(box.root, BASELINE), 'utf8'))
  }))

test('without a baseline nothing is accepted', () =>
  withBaseline(
    async ({ client, uri }) => {
      const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } }
      const params = { textDocument: { uri: uri('app.js') }, range, context: { diagnostics: [] } }
      const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params)
      expect(actions.length).toBeGreaterThan(3)
      expect(actions.filter(({ title }) => title.startsWith('Accept'))).toEqual([])
    },
    { settings: () => ({ baseline: '' }) },
  ))

test('safe fixes leave what is accepted as it is, in both', () =>
  withBaseline(async ({ client, box, uri, changed }) => {
    await client.connection.sendRequest('workspace/executeCommand', { command: FIX_WORKSPACE_COMMAND, arguments: [] })
    expect(client.applied).toEqual([])
    await box.run(['check', '--baseline', BASELINE, '--fix', '--no-cache'])
    expect(readFileSync(join(box.root, 'app.js'), 'utf8')).toBe(APP)
    await changed('admin.js', APP)
    await changed('package.json', SERVER['package.json']!.replace('"start": "node app.js"', '"start": "node app.js & node admin.js"'))
    await client.connection.sendRequest('workspace/executeCommand', { command: FIX_WORKSPACE_COMMAND, arguments: [] })
    expect(JSON.stringify(client.applied)).toContain('x-powered-by')
    expect(JSON.stringify(client.applied)).not.toContain(uri('app.js'))
    await box.run(['check', '--baseline', BASELINE, '--fix', '--no-cache'])
    expect(readFileSync(join(box.root, 'admin.js'), 'utf8')).toContain('x-powered-by')
    expect(readFileSync(join(box.root, 'app.js'), 'utf8')).toBe(APP)
  }))

interface Reported {
  readonly file: string
  readonly ruleId: string
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly column: number } }
}

const placeOf = ({ code, message, range: { start } }: Diagnostic): string =>
  `${start.line + 1}:${start.character + 1} ${String(code)} ${String(message)}`

const placeOfReported = ({ ruleId, message, range: { start } }: Reported): string => `${start.line}:${start.column} ${ruleId} ${message}`
