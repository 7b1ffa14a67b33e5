// Every kind of statement, as facts.
import { expect, test } from 'vitest'
import { factsOf, statementShapes } from '../../testing/factShapes.js'

const a = ['name', 'a']
const b = ['name', 'b']
const call = (name: string) => ['expression', ['call', ['name', name], []]]

test.each<[string, unknown[]]>([
  ['a()', [call('a')]],
  ['const a = b', [['declare', 'const', a, b]]],
  [
    'let a, b',
    [
      ['declare', 'let', a, null],
      ['declare', 'let', b, null],
    ],
  ],
  ['var { a } = b', [['declare', 'var', ['objectPattern', [{ key: 'a', value: a }], null], b]]],
  ['using a = b', [['declare', 'using', a, b]]],
  ['function f() {}', [['functionDeclaration', '0']]],
  ['class A {}', [['classDeclaration', '0']]],
  ['if (a) b(); else { a(); }', [['if', a, [call('b')], [call('a')]]]],
  ['if (a) {} else if (b) a()', [['if', a, [], [['if', b, [call('a')], []]]]]],
  ['for (const a of b) a()', [['forOf', a, b, [call('a')], false]]],
  ['for await (a of b) {}', [['forOf', a, b, [], true]]],
  ['for (const a in b) { a() }', [['forIn', a, b, [call('a')]]]],
  ['for (let a = b; a; a++) b()', [['for', [['declare', 'let', a, b]], a, ['update', '++', a], [call('b')]]]],
  ['for (a();;) break', [['for', [call('a')], null, null, [['break', null]]]]],
  ['while (a) { continue }', [['while', a, [['continue', null]]]]],
  ['do a(); while (b)', [['doWhile', b, [call('a')]]]],
  ['try { a() } catch (b) { b() } finally { a() }', [['try', [call('a')], { parameter: b, body: [call('b')] }, [call('a')]]]],
  ['try {} catch { a() }', [['try', [], { parameter: null, body: [call('a')] }, null]]],
  ['try {} finally {}', [['try', [], null, []]]],
  [
    'switch (a) { case b: a(); break; default: b() }',
    [
      [
        'switch',
        a,
        [
          { test: b, body: [call('a'), ['break', null]] },
          { test: null, body: [call('b')] },
        ],
      ],
    ],
  ],
  ['throw a', [['throw', a]]],
  ['a: for (;;) { break a }', [['labeled', 'a', [['for', [], null, null, [['break', 'a']]]]]]],
  ['{ a(); ; debugger }', [['block', [call('a')]]]],
  ['export = a', [['exportAssignment', a]]],
])('%s', (text, expected) => {
  expect(statementShapes(text)).toEqual(expected)
})

test('CommonJS may return at top level and use `with`', () => {
  expect(statementShapes('if (a) return\nb()', 'a.js')).toEqual([['if', a, [['return', null]], []], call('b')])
  expect(statementShapes('with (a) b()', 'a.js')).toEqual([['block', [['expression', a], call('b')]]])
})

test('enums are constant objects that count on', () => {
  expect(statementShapes('export enum A { X, Y = 5, Z, S = "s", "t-u" = -2, V, W = f(), U }')).toEqual([
    [
      'declare',
      'const',
      ['name', 'A'],
      [
        'object',
        [
          { kind: 'property', key: 'X', value: ['literal', 0] },
          { kind: 'property', key: 'Y', value: ['literal', 5] },
          { kind: 'property', key: 'Z', value: ['literal', 6] },
          { kind: 'property', key: 'S', value: ['literal', 's'] },
          { kind: 'property', key: 't-u', value: ['unary', '-', ['literal', 2]] },
          { kind: 'property', key: 'V', value: ['literal', -1] },
          { kind: 'property', key: 'W', value: ['call', ['name', 'f'], []] },
          { kind: 'property', key: 'U', value: ['opaque', []] },
        ],
      ],
    ],
  ])
})

test('namespaces are objects that their block fills', () => {
  const filled = (owner: string, name: string): unknown => [
    'expression',
    ['assign', '=', ['member', ['name', owner], name], ['name', name]],
  ]
  expect(statementShapes('namespace A { export const a = b; a() }\nnamespace A { export function f() {} }')).toEqual([
    ['declare', 'const', ['name', 'A'], ['object', []]],
    ['block', [['declare', 'const', a, b], filled('A', 'a'), call('a')]],
    ['block', [['functionDeclaration', '0'], filled('A', 'f')]],
  ])
  expect(statementShapes('namespace A.B { a() }')).toEqual([
    ['declare', 'const', ['name', 'A'], ['object', []]],
    ['block', [['declare', 'const', ['name', 'B'], ['object', []]], ['block', [call('a')]], filled('A', 'B')]],
  ])
  expect(statementShapes('namespace A { export interface B {} }')).toEqual([])
})

test('what exists only in types leaves nothing', () => {
  const text = `
    interface I { a: string }
    type T = string
    declare const x: number
    declare function f(): void
    declare class C {}
    declare enum E { A }
    declare namespace N { const a: string }
    declare module 'm' { export const b: string }
    declare global { interface Window { a: string } }
    function g(a: string): void
    export type { T } from './t'
    export interface J {}
    export declare const q: string
    export as namespace X`
  const facts = factsOf(text)
  expect(facts.functions['']?.body).toEqual([])
  expect(facts.exports).toEqual([])
  expect(Object.keys(facts.functions)).toEqual([''])
  expect(Object.keys(facts.classes)).toEqual([])
})

test('import equals', () => {
  const required = ['call', ['name', 'require'], [['literal', 'y']]]
  expect(statementShapes('import x = require("y")\nimport z = x.a.b\nimport type t = require("t")')).toEqual([
    ['importModule', 'y'],
    ['declare', 'const', ['name', 'x'], required],
    ['declare', 'const', ['name', 'z'], ['member', ['member', ['name', 'x'], 'a'], 'b']],
  ])
})
