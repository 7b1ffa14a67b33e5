// The executable itself: exit codes of a real process, and readers that stop reading.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type InitializeResult } from 'vscode-languageserver/node'
import { sandbox } from './testTerminal.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const COMMAND = ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'cli/main.ts')]

const box = sandbox({ 'a.js': '// parapet-ignore-next-line no-such-rule\n'.repeat(3000) })
afterAll(() => {
  box.remove()
})

test('an output that cannot be written is an error of its own, with a sentence and no stack', () => {
  const full = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, [...COMMAND, 'rules'], {
    cwd: box.root,
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  })
  closeSync(full)
  expect(status).toBe(3)
  expect(stderr).toMatch(/^parapet: the output cannot be written \(.*\)\.\n$/)
})

test('hands on exit codes and output, and survives a reader that closes its end', async () => {
  const wrong = spawnSync(process.execPath, [...COMMAND, 'check', 'nowhere'], { cwd: box.root, encoding: 'utf8' })
  expect([wrong.status, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('There is nothing at nowhere.')

  const args = ['check', '--rule', 'unknown-suppressed-rule', '--format', 'json']
  const whole = spawnSync(process.execPath, [...COMMAND, ...args], { cwd: box.root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect([whole.status, whole.stderr]).toEqual([1, ''])
  // A report larger than a pipe's buffer arrives whole.
  expect((JSON.parse(whole.stdout) as { findings: unknown[] }).findings).toHaveLength(3000)

  const child = spawn(process.execPath, [...COMMAND, ...args], { cwd: box.root, stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdout.once('data', () => child.stdout.destroy())
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect([errors, signal]).toEqual(['', null])
  expect(code).not.toBe(3)
})

test('the language server takes the arguments that libraries of clients add', async () => {
  const added = ['lsp', '--stdio', `--clientProcessId=${process.pid}`]
  const child = spawn(process.execPath, [...COMMAND, ...added], { cwd: box.root, stdio: ['pipe', 'pipe', 'inherit'] })
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  client.listen()
  const asked = { processId: null, rootUri: null, workspaceFolders: [], capabilities: {} }
  const { serverInfo } = await client.sendRequest<InitializeResult>('initialize', asked)
  expect(serverInfo?.name).toBe('parapet')
  await client.sendRequest('shutdown')
  await client.sendNotification('exit')
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code).toBe(0)
  client.dispose()
})
