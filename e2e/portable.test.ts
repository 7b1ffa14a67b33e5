// The packaged server as a program of its own, on the oldest Node that is supported, with the fast parser and where that one does not load.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createProtocolConnection } from 'vscode-languageserver/node'
import { expect, test } from 'vitest'
import { APPLICATION } from './application.js'
import { ROOT, write } from './launch.js'

interface Published {
  readonly uri: string
  readonly diagnostics: readonly { readonly code?: unknown }[]
}

test.each([
  ['with WebAssembly', []],
  ['without WebAssembly', ['dist/extension/parser.wasm32-wasi.wasm']],
])('%s the same is found', async (_, missing) => {
  const base = mkdtempSync(join(tmpdir(), 'parapet-portable-'))
  const extension = join(base, 'extension')
  cpSync(join(ROOT, 'dist', 'extension'), join(extension, 'dist', 'extension'), { recursive: true })
  write(extension, { 'package.json': '{ "type": "module" }' })
  for (const file of missing) rmSync(join(extension, file))
  write(join(base, 'workspace'), APPLICATION)
  const server = spawn(process.execPath, [join(extension, 'dist', 'extension', 'server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  try {
    let complaints = ''
    server.stderr.on('data', (data) => (complaints += String(data)))
    const connection = createProtocolConnection(server.stdout, server.stdin)
    const codes = new Map<string, unknown[]>()
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: Published) => {
      codes.set(uri, diagnostics.map(({ code }) => code).sort())
    })
    connection.listen()
    const rootUri = pathToFileURL(join(base, 'workspace')).href
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} })
    await connection.sendNotification('initialized', {})
    const of = (file: string): unknown => codes.get(`${rootUri}/${file}`)
    await expect.poll(() => of('src/routes/users.js'), { timeout: 60_000 }).toEqual(['no-stack-in-response', 'require-auth-rate-limit'])
    await expect.poll(() => of('src/accounts.js')).toEqual(['no-console'])
    expect(complaints.includes('a slower one reads the files')).toBe(missing.length > 0)
    connection.dispose()
  } finally {
    server.kill('SIGKILL')
    rmSync(base, { recursive: true, force: true })
  }
})
