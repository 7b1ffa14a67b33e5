// That a switched module answers as the copy that is on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { exportedNames, mutationSwitch, switchedModule } from './switched.js'

const SOURCE = `export interface Kind { name: string }
export const LIMIT = 3
export const twice = (count) => count * 2
export function once(count) { return count }
function hidden() {}
export default { id: 'rule', check() { return 'original' } }
`

test('values are exported, types and what is hidden are not', () => {
  expect(exportedNames(SOURCE)).toEqual(['LIMIT', 'twice', 'once', 'default'])
  expect(() => exportedNames('const a = 1\nexport { a }')).toThrow(/Cannot switch/)
})

test('what another module declares is passed on as it is', () => {
  const text = `export { a, type B } from './a.js'\n${SOURCE}`
  expect(exportedNames(text)).not.toContain('a')
  expect(switchedModule('/file.ts', text, 1)).toContain("export { a, type B } from './a.js'")
})

test('functions and the functions of an object ask the copy that is on, and calls are counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switched-'))
  const text = "export const LIMIT = 3\nexport function once() { return 'original' }\nexport default { id: 'rule', check: once }\n"
  // Node knows no plugin that would answer for the copies, so they are files here.
  const module = switchedModule('./copy', text, 1).replaceAll(/\.\/copy\?mutant=(\d)/g, './copy$1.mjs')
  writeFileSync(join(folder, 'copy0.mjs'), text)
  writeFileSync(join(folder, 'copy1.mjs'), text.replace("'original'", "'mutant'"))
  writeFileSync(join(folder, 'module.mjs'), module)
  const loaded = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'module.mjs')).href)) as {
    LIMIT: number
    once: () => string
    default: { id: string; check: () => string }
  }
  rmSync(folder, { recursive: true })
  const state = mutationSwitch()
  expect([loaded.LIMIT, loaded.default.id, loaded.once()]).toEqual([3, 'rule', 'original'])
  state.on = 1
  expect([loaded.once(), loaded.default.check()]).toEqual(['mutant', 'mutant'])
  state.on = 0
  expect(state.calls).toBe(3)
})
