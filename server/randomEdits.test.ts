// Whatever a client does: every request is answered or cancelled, nothing stale is published, and the end is what a fresh check says.
import fc from 'fast-check'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  CancellationTokenSource,
  FileChangeType,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type Diagnostic,
} from 'vscode-languageserver/node'
import { PULLING, startClient, type LanguageClient } from '../testing/languageClient.js'
import { scratchFolder, type ScratchFolder } from '../testing/scratchFolder.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'
import { linesOf } from './positions.js'
import { WHY_REQUEST } from './protocol.js'

/** Texts that each file may have; the first one is that of the start. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'app.js': [
    APP,
    APP.replace('const app = express()', `const app = express()\napp.disable('x-powered-by')`),
    APP.replace(`app.use('/users', users)\n`, ''),
    `// 🧱\n${APP}app.get('/late', (req, res) => res.send(String(req.query.q)))\n`,
  ],
  'routes/users.js': [USERS, USERS.replace(`  console.log('users')\n`, ''), `/* 🧱 */ ${USERS}`, 'export const users = null\n'],
  'lib/extra.js': [`export function extra() {\n  console.log('extra')\n}\n`, 'export const nothing = 0\n'],
  'package.json': [SERVER['package.json']!, SERVER['package.json']!.replace('"express"', '"helmet": "^8.0.0", "express"')],
  'routes/parapet.config.json': ['{ "rules": { "require-auth-rate-limit": "off" } }', '{ "minConfidence": "high" }'],
  'parapet.config.json': ['{}', '{ "rules": { "no-console": "off" } }', '{ "preset": "strict", "minConfidence": "low" }'],
}
const FILES = Object.keys(TEXTS)
const BROKEN = ['{ "rules": ', 'export const (', '<<<<<<< one\n']

const file = fc.constantFrom(...FILES)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('type' as const), file, pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('break' as const), file, pick: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('close' as const), file, pick: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('write' as const, 'remove' as const, 'rename' as const), file, pick: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('settings' as const), file, pick: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('save' as const), file, pick: fc.constant(0) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('ask' as const, 'askAndCancel' as const), file, pick: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), file, pick: fc.nat(30) }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

interface World {
  readonly client: LanguageClient
  readonly folder: ScratchFolder
  /** Texts of open documents, and of the disk. */
  readonly open: Map<string, string>
  readonly disk: Map<string, string>
  /** Every text that a version had. */
  readonly history: Map<string, string>
  readonly requests: Promise<unknown>[]
}

test.each(['pulls', 'is sent diagnostics'])(
  'a client that %s',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 18 }), async (steps) => live(steps, kind === 'pulls')),
      { numRuns: 12, endOnFailure: true },
    )
  },
  60_000,
)

// eslint-disable-next-line no-restricted-syntax -- one law for both kinds of client
async function live(steps: readonly Step[], pulls: boolean): Promise<void> {
  const start = new Map(FILES.map((name) => [name, TEXTS[name]![0]!]))
  const folder = scratchFolder(Object.fromEntries(start))
  mkdirSync(path.join(folder.root, '.git'))
  const client = await startClient([folder.root], { capabilities: pulls ? PULLING : {}, timing: { quiet: 3, longest: 15 } })
  const world: World = { client, folder, open: new Map(), disk: start, history: new Map(), requests: [] }
  try {
    for (const one of steps) await take(one, world)
    for (const name of FILES) mend(name, world)
    // Either everything counts as it is typed, or everything is saved.
    const isSaved = steps.length % 2 === 0
    configure(isSaved ? { run: 'onSave' } : {}, world)
    if (isSaved) for (const name of FILES) save(name, world)
    await client.settled()
    const outcomes = await Promise.allSettled(world.requests)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(isGivenUp(outcome.reason)).toBe(true)
    expect(await shown(world, pulls)).toEqual(await fresh(world))
    for (const { uri, version, diagnostics } of client.publications) {
      const text = version === undefined ? undefined : world.history.get(`${uri} ${version}`)
      if (text !== undefined)
        for (const { range } of diagnostics) expect(linesOf(text, 'utf-16').end.line).toBeGreaterThanOrEqual(range.end.line)
    }
    const versions = client.publications.flatMap(({ uri, version }) => (version === undefined ? [] : [[uri, version] as const]))
    for (const [index, [uri, version]] of versions.entries()) {
      expect(versions.slice(0, index).every(([earlier, before]) => earlier !== uri || before <= version)).toBe(true)
    }
  } finally {
    await client.stop()
    folder.discard()
  }
}

async function take({ does, file: name, pick }: Step, world: World): Promise<void> {
  const { client, folder, open } = world
  const text = TEXTS[name]![pick % TEXTS[name]!.length]!
  switch (does) {
    case 'type':
      return type(name, text, world)
    case 'break':
      return type(name, BROKEN[pick]!, world)
    case 'close':
      if (open.delete(name)) client.close(folder.uri(name))
      return
    case 'write':
      return write(name, text, world)
    case 'remove':
      return remove(name, world)
    case 'rename':
      remove(name, world)
      return write(name, text, world)
    case 'settings':
      const minConfidence = (['low', 'medium', 'high'] as const)[pick % 3]
      return configure({ minConfidence, run: pick < 3 ? 'onType' : 'onSave' }, world)
    case 'save':
      return save(name, world)
    case 'wait':
      return new Promise((resolve) => setTimeout(resolve, pick))
    case 'ask':
    case 'askAndCancel':
      const source = new CancellationTokenSource()
      const asked = ask(name, pick, world, source)
      // Told apart at the end; until then it must not count as unhandled.
      asked.catch(() => undefined)
      world.requests.push(asked)
      if (does === 'askAndCancel') setTimeout(() => source.cancel(), pick)
  }
}

function type(name: string, text: string, { client, folder, open, history }: World): void {
  const uri = folder.uri(name)
  if (open.has(name)) client.change(uri, text)
  else client.open(uri, text)
  open.set(name, text)
  history.set(`${uri} ${client.version(uri)}`, text)
}

function save(name: string, { client, folder, open, disk }: World): void {
  const text = open.get(name)
  if (text === undefined) return
  folder.write(name, text)
  disk.set(name, text)
  client.save(folder.uri(name))
}

function configure(parapet: object, { client }: World): void {
  void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { parapet } })
}

function write(name: string, text: string, { client, folder, disk }: World): void {
  const type = disk.has(name) ? FileChangeType.Changed : FileChangeType.Created
  folder.write(name, text)
  disk.set(name, text)
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uri(name), type }] })
}

function remove(name: string, { client, folder, disk }: World): void {
  if (!disk.delete(name)) return
  folder.remove(name)
  const event = { uri: folder.uri(name), type: FileChangeType.Deleted }
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [event] })
}

async function ask(name: string, pick: number, { client, folder }: World, { token }: CancellationTokenSource): Promise<unknown> {
  const textDocument = { uri: folder.uri(name) }
  const range = { start: { line: 0, character: 0 }, end: { line: 50, character: 0 } }
  switch (pick) {
    case 0:
      return client.connection.sendRequest('textDocument/diagnostic', { textDocument }, token)
    case 1:
      return client.connection.sendRequest('textDocument/hover', { textDocument, position: { line: 4, character: 4 } }, token)
    case 2:
      return client.connection.sendRequest(WHY_REQUEST, { uri: textDocument.uri, fingerprint: 'none' }, token)
    default:
      const actions = await client.connection.sendRequest<CodeAction[]>(
        'textDocument/codeAction',
        { textDocument, range, context: { diagnostics: [] } },
        token,
      )
      const action = actions.find(({ data }) => data !== undefined)
      return action && client.connection.sendRequest('codeAction/resolve', action, token)
  }
}

/** At the end everything parses, and a file that a fresh check needs is there. */
function mend(name: string, world: World): void {
  if (world.open.has(name) && BROKEN.includes(world.open.get(name)!)) type(name, TEXTS[name]![0]!, world)
  if (name === 'parapet.config.json' && !world.disk.has(name) && !world.open.has(name)) write(name, '{}', world)
}

const isGivenUp = (reason: unknown): boolean =>
  reason instanceof ResponseError &&
  [LSPErrorCodes.RequestCancelled, LSPErrorCodes.ContentModified, LSPErrorCodes.RequestFailed].includes(reason.code as never)

type Shown = readonly (readonly [file: string, findings: readonly string[]])[]

// eslint-disable-next-line no-restricted-syntax -- one law for both kinds of client
async function shown({ client, folder }: World, pulls: boolean): Promise<Shown> {
  const result: [string, string[]][] = []
  for (const name of FILES) {
    const items = pulls ? await client.pull(folder.uri(name)) : (client.published.get(folder.uri(name))?.diagnostics ?? [])
    result.push([name, items.map(textOf).sort()])
  }
  return result
}

/** A client that starts over a copy of the disk with the open texts written into it. */
async function fresh({ folder, open }: World): Promise<Shown> {
  const root = mkdtempSync(path.join(tmpdir(), 'parapet-fresh-'))
  cpSync(folder.root, root, { recursive: true })
  for (const [name, text] of open) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  const client = await startClient([root])
  const uri = (name: string): string => folder.uri(name).replace(folder.root, root)
  const result: [string, string[]][] = []
  for (const name of FILES) result.push([name, (await client.pull(uri(name))).map(textOf).sort()])
  await client.stop()
  rmSync(root, { recursive: true, force: true })
  return result
}

function textOf({ range, code, message }: Diagnostic): string {
  return `${range.start.line}:${range.start.character} ${String(code)} ${message}`
}
