// Imports and exports, as facts.
import { expect, test } from 'vitest'
import { factsOf, shapeOf, statementShapes } from '../../testing/factShapes.js'

test('imports are recorded by binding, and evaluated before the rest', () => {
  const facts = factsOf('run()\nimport a, { b as c, default as d, "e f" as g } from "x"\nimport * as n from "y"\nimport "z"')
  expect(shapeOf(facts.imports)).toEqual([
    { specifier: 'x', imported: 'default', local: 'a', isType: false },
    { specifier: 'x', imported: 'b', local: 'c', isType: false },
    { specifier: 'x', imported: 'default', local: 'd', isType: false },
    { specifier: 'x', imported: 'e f', local: 'g', isType: false },
    { specifier: 'y', imported: '*', local: 'n', isType: false },
  ])
  expect(shapeOf(facts.functions['']?.body)).toEqual([
    ['importModule', 'x'],
    ['importModule', 'y'],
    ['importModule', 'z'],
    ['expression', ['call', ['name', 'run'], []]],
  ])
})

test('imports of types alone do not evaluate the module', () => {
  const facts = factsOf('import type a from "x"\nimport { type b } from "y"\nimport { type c, d } from "z"\nimport {} from "w"')
  expect(facts.imports.map(({ local, isType }) => [local, isType])).toEqual([
    ['a', true],
    ['b', true],
    ['c', true],
    ['d', false],
  ])
  expect(shapeOf(facts.functions['']?.body)).toEqual([
    ['importModule', 'z'],
    ['importModule', 'w'],
  ])
})

test('exports', () => {
  const text = `
    export const a = 1, { b, c: [d], ...e } = a
    export function f() {}
    export class G {}
    export { a as h, type T }
    export { i as j } from "x"
    export * from "y"
    export * as k from "z"
    export enum L {}`
  const facts = factsOf(text)
  expect(shapeOf(facts.exports)).toEqual([
    ...['a', 'b', 'd', 'e', 'f', 'G'].map((name) => ({ kind: 'local', exported: name, local: name })),
    { kind: 'local', exported: 'h', local: 'a' },
    { kind: 'from', exported: 'j', specifier: 'x', imported: 'i' },
    { kind: 'all', specifier: 'y' },
    { kind: 'from', exported: 'k', specifier: 'z', imported: '*' },
    { kind: 'local', exported: 'L', local: 'L' },
  ])
  expect(facts.functions['']?.body.slice(0, 3).map((statement) => statement[2])).toEqual(['x', 'y', 'z'])
})

test.each([
  ['export default a', '*default*', ['declare', 'const', ['name', '*default*'], ['name', 'a']]],
  ['export default () => 1', '*default*', ['declare', 'const', ['name', '*default*'], ['function', '0']]],
  ['export default function f() {}', 'f', ['functionDeclaration', '0']],
  ['export default function () {}', '*default*', ['functionDeclaration', '0']],
  ['export default class F {}', 'F', ['classDeclaration', '0']],
  ['export default class {}', '*default*', ['classDeclaration', '0']],
])('%s', (text, local, statement) => {
  const facts = factsOf(text)
  expect(shapeOf(facts.exports)).toEqual([{ kind: 'local', exported: 'default', local }])
  expect(statementShapes(text)).toEqual([statement])
  const declared = facts.functions['0']?.name ?? facts.classes['0']?.name
  if (declared !== undefined && statement[0] !== 'declare') expect(declared).toBe(local)
})

test('the default arrow is called default', () => {
  expect(factsOf('export default () => 1').functions['0']?.name).toBe('default')
})

test('module syntax is import and export statements', () => {
  expect(factsOf('const a = require("a"); module.exports = import("b")', 'a.js').hasModuleSyntax).toBe(false)
  expect(factsOf('export {}', 'a.js').hasModuleSyntax).toBe(true)
  expect(factsOf('import "a"', 'a.js').hasModuleSyntax).toBe(true)
})
