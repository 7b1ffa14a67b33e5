// Which texts parse, and as what.
import { expect, test } from 'vitest'
import { parseWithReference } from './estree.js'
import { parseSource } from './parse.js'
import { languageOf } from './parser.js'

test.each([
  ['a.js', 'jsx'],
  ['a.mjs', 'jsx'],
  ['a.jsx', 'jsx'],
  ['bin/www', 'jsx'],
  ['a.ts', 'ts'],
  ['a.cts', 'ts'],
  ['a.tsx', 'tsx'],
  ['a.d.ts', 'dts'],
  ['a.d.mts', 'dts'],
])('%s is %s', (file, language) => {
  expect(languageOf(file)).toBe(language)
})

test.each([
  ['a module', 'a.js', 'import a from "b"; await a'],
  ['a script that returns', 'a.js', 'if (a) return; b()'],
  ['JSX in a JavaScript file', 'a.js', 'a = <b/>'],
  ['type assertions', 'a.ts', 'a = <B>b'],
  ['decorators before export', 'a.ts', '@a export class B {}'],
  ['a shebang', 'a.js', '#!/usr/bin/env node\na()'],
  ['await as a name in CommonJS', 'a.js', 'var await = 1; await + 1'],
  ['a module that returns', 'a.ts', 'import a from "b"; return'],
  ['await and return at top level', 'a.js', 'await a; return'],
  ['await outside an async function', 'a.js', 'function f() { await a }'],
  ['a constant without value', 'a.ts', 'const a; b()'],
  ['an empty file', 'a.js', ''],
  ['a comment alone', 'a.js', '// a'],
])('%s parses', (_, file, text) => {
  expect(parseSource(file, text).kind).toBe('parsed')
})

test.each([
  ['a.js', 'a(', 2],
  ['a.js', 'a()\nconst = 1', 10],
  ['a.js', 'const a: string = 1', null],
  ['a.js', '// @flow\nimport type { A } from "b"; f((x: any))', null],
  ['a.ts', 'let a: = 1', 7],
])('%s: %s does not parse', (file, text, offset) => {
  const source = parseSource(file, text)
  expect(source.kind).toBe('broken')
  if (source.kind === 'broken' && offset !== null) expect(source.offset).toBe(offset)
  expect(source.kind === 'broken' && source.message).toMatch(/\w/)
})

test('the reference parser answers in the same form', () => {
  expect(parseWithReference('a.ts', '/* a */ b')).toMatchObject({
    kind: 'parsed',
    program: { body: [{ type: 'ExpressionStatement', start: 8, end: 9 }] },
    comments: [{ start: 0, end: 7 }],
  })
  expect(parseWithReference('a.ts', 'a(')).toMatchObject({ kind: 'broken', offset: 2 })
})
