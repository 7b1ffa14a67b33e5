// Every kind of expression, as facts.
import { expect, test } from 'vitest'
import { expressionShape, factsOf, statementShapes } from '../../testing/factShapes.js'

const a = ['name', 'a']
const b = ['name', 'b']
const c = ['name', 'c']

test.each([
  ['1', ['literal', 1]],
  ['"x"', ['literal', 'x']],
  ['true', ['literal', true]],
  ['null', ['literal', null]],
  ['undefined', ['undefined']],
  ['12n', ['bigint', '12']],
  ['/a+/ig', ['regex', 'a+', 'gi']],
  ['`x${a}\\n${b}`', ['template', ['x', '\n', ''], [a, b]]],
  ['`x`', ['template', ['x'], []]],
  ['a`x${b}\\u`', ['tagged', a, ['x', '\\u'], [b]]],
  ['this', ['this']],
  ['a.b', ['member', a, 'b']],
  ['a?.b', ['member', a, 'b', true]],
  ['a["b c"]', ['member', a, 'b c']],
  ['a?.["b"]', ['member', a, 'b', true]],
  ['a[b]', ['index', a, b]],
  ['a[0]', ['index', a, ['literal', 0]]],
  ['a(b, ...c)', ['call', a, [b, ['spread', c]]]],
  ['a?.b?.(c).d', ['member', ['call', ['member', a, 'b', true], [c]], 'd']],
  ['new a(b)', ['new', a, [b]]],
  ['[a, , ...b]', ['array', [a, null, ['spread', b]]]],
  ['a = b', ['assign', '=', a, b]],
  ['a.b ??= c', ['assign', '??=', ['member', a, 'b'], c]],
  ['a[b] += c', ['assign', '+=', ['index', a, b], c]],
  ['a++', ['update', '++', a]],
  ['--a', ['update', '--', a]],
  ['typeof a', ['unary', 'typeof', a]],
  ['delete a.b', ['unary', 'delete', ['member', a, 'b']]],
  ['a === b', ['binary', '===', a, b]],
  ['a instanceof b', ['binary', 'instanceof', a, b]],
  ['a && b', ['logical', '&&', a, b]],
  ['a ?? b', ['logical', '??', a, b]],
  ['a ? b : c', ['conditional', a, b, c]],
  ['await a', ['await', a]],
  ['a, b', ['sequence', [a, b]]],
  ['import("x")', ['import', ['literal', 'x']]],
  ['import.meta', ['meta']],
  ['((a))', a],
  ['a as B', a],
  ['a satisfies B', a],
  ['a!', a],
  ['<B>a', a],
  ['a<B>', a],
  ['(a as B)!.b', ['member', a, 'b']],
])('%s', (text, expected) => {
  expect(expressionShape(text)).toEqual(expected)
})

test('destructuring assignments have patterns', () => {
  expect(expressionShape('{ a, b: c.d, [e]: f = 1, ...rest } = o')).toEqual([
    'assign',
    '=',
    [
      'objectPattern',
      [
        { key: 'a', value: a },
        { key: 'b', value: ['member', c, 'd'] },
        { key: ['name', 'e'], value: ['default', ['name', 'f'], ['literal', 1]] },
      ],
      ['name', 'rest'],
    ],
    ['name', 'o'],
  ])
  expect(expressionShape('[a, , ...b] = c')).toEqual(['assign', '=', ['arrayPattern', [a, null, ['rest', b]]], c])
})

test('object literals keep keys, accessors and spreads', () => {
  const shape = expressionShape('{ a, "b-c": 1, 2: b, [c]: 3, [`d`]: 4, m() {}, get g() { return 1 }, set g(v) {}, async *n() {}, ...a }')
  expect(shape).toEqual([
    'object',
    [
      { kind: 'property', key: 'a', value: a },
      { kind: 'property', key: 'b-c', value: ['literal', 1] },
      { kind: 'property', key: '2', value: b },
      { kind: 'property', key: c, value: ['literal', 3] },
      { kind: 'property', key: ['template', ['d'], []], value: ['literal', 4] },
      { kind: 'property', key: 'm', value: ['function', '0'] },
      { kind: 'getter', key: 'g', value: ['function', '1'] },
      { kind: 'setter', key: 'g', value: ['function', '2'] },
      { kind: 'property', key: 'n', value: ['function', '3'] },
      { kind: 'spread', value: a },
    ],
  ])
  const facts = factsOf('x = { m() {}, get g() { return 1 }, set g(v) {}, async *n() {} }')
  expect(Object.values(facts.functions).map(({ name, kind, isAsync, isGenerator }) => [name, kind, isAsync, isGenerator])).toEqual([
    ['m', 'method', false, false],
    ['g', 'getter', false, false],
    ['g', 'setter', false, false],
    ['n', 'method', true, true],
    ['', 'module', false, false],
  ])
})

test('private names', () => {
  const facts = factsOf('class A { #a; m(o) { return #a in o && this.#a } }')
  expect(JSON.stringify(facts.functions['0']?.body)).toContain('"#a"')
  expect(facts.classes['0']?.members[0]?.key).toBe('#a')
})

test('JSX is opaque and shows the expressions inside', () => {
  const text = '<A b={a} {...c} d="x"><p>{b()} text {/* note */}</p></A>'
  expect(expressionShape(text, 'a.jsx')).toEqual(['opaque', [a, c, ['opaque', [['call', b, []]]]]])
  expect(expressionShape('<>{a}</>', 'a.js')).toEqual(['opaque', [a]])
})

test('new.target is opaque', () => {
  expect(factsOf('function f() { new.target }').functions['0']?.body).toMatchObject([['expression', 1, ['opaque', 2, []]]])
})

test('directives are plain expression statements', () => {
  expect(statementShapes('"use strict"\na')).toEqual([
    ['expression', ['literal', 'use strict']],
    ['expression', a],
  ])
})

test('what nests deeper than readers can follow is opaque', () => {
  const facts = JSON.stringify(factsOf(`x = ${'a + '.repeat(900)}a`))
  expect(facts).toContain('["opaque"')
  expect(facts.length).toBeGreaterThan(1000)
})
