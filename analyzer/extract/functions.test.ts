// Functions and their parameters, as facts.
import { expect, test } from 'vitest'
import { factsOf, shapeOf } from '../../testing/factShapes.js'

test('functions are named by their place in the nesting', () => {
  const facts = factsOf('function a() { () => { function b() {} } ; function c() {} } const d = () => {}')
  const names = Object.fromEntries(Object.values(facts.functions).map(({ id, name, kind }) => [id, `${name}:${kind}`]))
  expect(names).toEqual({ '': ':module', '0': 'a:function', '0.0': ':arrow', '0.0.0': 'b:function', '0.1': 'c:function', '1': 'd:arrow' })
})

test.each([
  ['const f = () => 1', 'f'],
  ['const { f = () => 1 } = o', 'f'],
  ['x = { f: function () {} }', 'f'],
  ['x = { "a-b": () => 1 }', 'a-b'],
  ['a.b.f = () => 1', 'f'],
  ['f = () => 1', 'f'],
  ['f ??= () => 1', 'f'],
  ['const g = function f() {}', 'f'],
  ['const f = (() => 1) as F', 'f'],
  ['g(() => 1)', ''],
  ['const [f] = [() => 1]', ''],
])('the function in %s is called "%s"', (text, name) => {
  expect(factsOf(text).functions['0']?.name).toBe(name)
})

test('parameters', () => {
  const text = 'function f(this: X, a: Request, { b }: T, c = 1, d?: string, ...e: any[]): Promise<void> {}'
  const facts = factsOf(text).functions['0']
  expect(shapeOf(facts?.parameters)).toEqual([
    { pattern: ['name', 'a'], type: { name: 'Request', args: [] }, decorators: [], isProperty: false },
    {
      pattern: ['objectPattern', [{ key: 'b', value: ['name', 'b'] }], null],
      type: { name: 'T', args: [] },
      decorators: [],
      isProperty: false,
    },
    { pattern: ['default', ['name', 'c'], ['literal', 1]], type: null, decorators: [], isProperty: false },
    { pattern: ['name', 'd'], type: { name: 'string', args: [] }, decorators: [], isProperty: false },
    {
      pattern: ['rest', ['name', 'e']],
      type: { name: 'Array', args: [{ name: 'any', args: [] }] },
      decorators: [],
      isProperty: false,
    },
  ])
  expect(facts?.arity).toBe(2)
  expect(facts?.returnType).toEqual({ name: 'Promise', args: [{ name: 'void', args: [] }] })
})

test.each([
  ['(a, b, c, d) => 1', 4],
  ['(a, b = 1, c) => 1', 1],
  ['(...a) => 1', 0],
  ['({ a }, [b]) => 1', 2],
])('%s has the arity of Function.length', (text, arity) => {
  expect(factsOf(`x = ${text}`).functions['0']?.arity).toBe(arity)
})

test('await counts for the function in which it stands', () => {
  const facts = factsOf(
    'async function a() { await b } async function c() { (async () => await d)() } async function e() { for await (x of y); }',
  )
  const awaiting = Object.values(facts.functions).filter(({ hasAwait }) => hasAwait)
  expect(awaiting.map(({ id }) => id)).toEqual(['0', '2', '1.0'])
  expect(factsOf('await start()').functions['']?.hasAwait).toBe(true)
})

test('an arrow with an expression returns it', () => {
  expect(shapeOf(factsOf('x = a => a').functions['0']?.body)).toEqual([['return', ['name', 'a']]])
})

test('nodes say where things stand', () => {
  const text = 'const server = { async start(app: Express) { app.use(helmet()) } }'
  const facts = factsOf(text)
  const stretches = (id: string) => {
    const spans = facts.functions[id]?.spans ?? []
    return Array.from({ length: spans.length / 2 }, (_, node) => text.slice(spans[2 * node], spans[2 * node + 1]))
  }
  expect(stretches('')).toEqual([
    text,
    'server = { async start(app: Express) { app.use(helmet()) } }',
    'server',
    '{ async start(app: Express) { app.use(helmet()) } }',
    'async start(app: Express) { app.use(helmet()) }',
    'start',
    'start(app: Express) { app.use(helmet()) }',
  ])
  expect(stretches('0')).toEqual([
    'start(app: Express) { app.use(helmet()) }',
    'app: Express',
    'app',
    'app.use(helmet())',
    'app.use(helmet())',
    'app.use',
    'app',
    'use',
    'helmet()',
    'helmet',
  ])
})

test('offsets count UTF-16 units, after a byte order mark too', () => {
  const text = '\uFEFFconst é = "😀"; foo()'
  const facts = factsOf(text)
  const spans = facts.functions['']?.spans ?? []
  const stretches = Array.from({ length: spans.length / 2 }, (_, node) => text.slice(spans[2 * node], spans[2 * node + 1]))
  expect(stretches).toEqual([text, 'é = "😀"', 'é', '"😀"', 'foo()', 'foo()', 'foo'])
})
