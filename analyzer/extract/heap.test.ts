// No syntax tree outlives extraction: a heap test, in a process that may collect garbage on demand.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = `
  import { parseSource } from './analyzer/syntax/parse.ts'
  import { extractFacts } from './analyzer/extract/extractFacts.ts'
  const nodes = []
  const watching = (file, text) => {
    const source = parseSource(file, text)
    if (source.kind === 'parsed') nodes.push(new WeakRef(source.program), ...source.program.body.map((node) => new WeakRef(node)))
    return source
  }
  const text = 'import a from "b"; export class A { x = /y/g; m(q: Request) { return [q, 1n] } } // parapet-ignore-line z\\n'
  const kept = Array.from({ length: 20 }, (_, number) => extractFacts('f' + number + '.ts', text, watching))
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc()
  const alive = nodes.filter((node) => node.deref() !== undefined).length
  console.log(JSON.stringify({ watched: nodes.length, alive, kept: kept.length }))
`

test('facts keep no syntax node alive', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const options = ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', script]
  const output = execFileSync(process.execPath, options, { cwd: root, encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual({ watched: 60, alive: 0, kept: 20 })
})
