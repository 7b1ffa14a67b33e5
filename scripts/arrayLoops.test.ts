// What is shipped loops by index over arrays and does the same as what is written.
import ts from 'typescript'
import { expect, test } from 'vitest'
import { withIndexes } from './arrayLoops.js'

const WRITTEN = `
const out: unknown[] = []
const grows = [1, 2, 3]
for (const one of grows) { if (one < 3) grows.push(one + 10); out.push(one) }
outer: for (const a of [1, 2, 3]) for (const b of [10, 20]) { if (b === 20) continue outer; if (a === 3) break outer; out.push(a * b) }
for (const [index, name] of ['x', 'y'].entries()) out.push(index + name)
for (const [key, [first, , third = 'none']] of [['k', ['a', 'b']]] as [string, string[]][]) out.push(key, first, third)
for (const one of new Set(['set'])) out.push(one)
for (const [key, value] of new Map([['map', 1]])) out.push(key, value)
for (const letter of 'ab') out.push(letter)
const later = [] as (() => number)[]
for (const one of [7, 8]) later.push(() => one)
out.push(...later.map((run) => run()))
const [head, ...rest] = [1, 2, 3]
const [only] = new Set(['taken from a set'])
const byValue = ([, a]: [string, number], [, b]: [string, number]): number => b - a
out.push(head, rest, only, [['p', 1], ['q', 2]].sort(byValue as never))
for (const item of [1, 2].filter((one) => { for (const two of [2]) if (one === two) return true; return false })) out.push(item)
`

test('loops over arrays and what takes arrays apart run by index, and do what they did', () => {
  const { source, checker } = checked(WRITTEN)
  const rewritten = withIndexes(source, checker)
  expect(outOf(rewritten)).toEqual(outOf(WRITTEN))
  expect(outOf(WRITTEN)).toHaveLength(24)
  // Sets, maps, texts and rests are all that still ask for an iterator.
  expect(iteratorsIn(rewritten)).toEqual(["new Set(['set'])", "new Map([['map', 1]])", "'ab'", '[head, ...rest]', '[only]'])
})

/** What is looped over with `of`, and the patterns that take arrays apart. */
function iteratorsIn(text: string): readonly string[] {
  const source = ts.createSourceFile('rewritten.ts', text, ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isForOfStatement(node)) {
      found.push(node.expression.getText())
      visit(node.statement)
    } else if (ts.isArrayBindingPattern(node)) found.push(node.getText())
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function outOf(text: string): unknown {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022 } })
  return (new Function(`${outputText}; return out`) as () => unknown)()
}

function checked(text: string): { source: ts.SourceFile; checker: ts.TypeChecker } {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, strict: true, types: [] }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, target) => (name === 'written.ts' ? ts.createSourceFile(name, text, target, true) : read(name, target))
  const program = ts.createProgram(['written.ts'], options, host)
  const source = program.getSourceFile('written.ts')
  if (source === undefined) throw new Error('the text is not in the program')
  return { source, checker: program.getTypeChecker() }
}
