// What the package holds: what the extension needs on any platform, and nothing else.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './launch.js'

const ALLOWED = [
  /^(package\.json|changelog\.md|LICENSE\.txt|readme\.md|docs\/icon\.png|docs\/parapet\.schema\.json)$/,
  /^rules\/[a-z-]+\/README\.md$/,
  /^dist\/extension\/(client\.cjs|server\.js|[\w-]+-[A-Z0-9]{8}\.js|ThirdPartyNotices\.txt)$/,
  /^dist\/extension\/(parser\.cjs|parser\.wasm32-wasi\.wasm|wasi-worker\.mjs)$/,
]

test('the package holds what is allowed, and is small', () => {
  const files = namesInZip(readFileSync(join(ROOT, 'parapet.vsix')))
    .filter((name) => name.startsWith('extension/'))
    .map((name) => name.slice('extension/'.length))
  expect(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['dist/extension/client.cjs', 'dist/extension/server.js', 'rules/no-console/README.md']))
  expect(statSync(join(ROOT, 'parapet.vsix')).size).toBeLessThan(3_000_000)
})

test('the licence of each bundled package goes along', () => {
  const notices = readFileSync(join(ROOT, 'dist', 'extension', 'ThirdPartyNotices.txt'), 'utf8')
  for (const name of ['typescript', 'oxc-parser', 'vscode-languageclient', 'vscode-languageserver', '@oxc-parser/binding-wasm32-wasi']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, 'm'))
  }
})

/** The names in a zip's central directory. */
function namesInZip(zip: Buffer): string[] {
  const names: string[] = []
  const start = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16)
  for (let at = start; zip.readUInt32LE(at) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [number, number, number]
    names.push(zip.toString('utf8', at + 46, at + 46 + name))
    at += 46 + name + extra + comment
  }
  return names
}
