// Questions about single values.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import type { LiteralValue, Value } from '../link/value.js'
import { describe } from './describe.js'
import { callsTo } from './packageCalls.js'
import { contains, environmentNamesIn, valuesWithin } from './search.js'
import {
  agreement,
  hasProperty,
  isAbsent,
  isFalse,
  isTrue,
  isTruthy,
  literalsOf,
  numberOf,
  possibleValues,
  property,
  propertyAt,
  propertyPath,
  startOf,
  stringOf,
  stringsOf,
} from './values.js'

const at = { file: 'a.js', fn: '', node: 0 }
const literal = (value: LiteralValue['value']): Value => ({ kind: 'literal', at, value })

/** The values given to `probe(…)` in a module. */
function probed(code: string): readonly Value[] {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5", "probe": "1" } }
//- /a.js
const express = require('express')
const probe = require('probe')
${code}
express().listen(1)
`)
  return callsTo(model, 'probe', [])[0]?.args ?? []
}

test('properties of objects, spreads, choices and opaque values', () => {
  const [options, either, opaque, list] = probed(`
const base = { a: 1, nested: { deep: 'x' } }
probe({ ...base, b: 2, ...process.argv }, process.env.X ? { mode: 1 } : { mode: 2 }, unknownThing(), ['first'])`)
  expect(numberOf(property(options ?? null, 'a'))).toBe(1)
  expect(stringOf(propertyPath(options ?? null, 'nested.deep'))).toBe('x')
  expect(hasProperty(options ?? null, 'b')).toBe('yes')
  expect(hasProperty(options ?? null, 'c')).toBe('unknown')
  expect(literalsOf(property(either ?? null, 'mode')).map((one) => one.value)).toEqual([1, 2])
  expect(hasProperty(either ?? null, 'mode')).toBe('yes')
  expect(hasProperty(either ?? null, 'other')).toBe('no')
  expect(property(either ?? null, 'other')).toBeNull()
  expect(property(opaque ?? null, 'x')?.kind).toBe('member')
  expect(hasProperty(opaque ?? null, 'x')).toBe('unknown')
  expect(stringOf(property(list ?? null, '0'))).toBe('first')
  expect(property(literal(1), 'x')).toBeNull()
  expect(property(null, 'x')).toBeNull()
})

test('a property is found where it was written last', () => {
  const [options] = probed(`const options = { a: 1 }\noptions.b = 2\nprobe(options)`)
  expect(options && propertyAt(options, 'b')).not.toEqual(options && propertyAt(options, 'a'))
  expect(options && propertyAt(options, 'missing')).toEqual(options?.at)
})

test('possible values leave out what a known left side excludes', () => {
  const [or, fallback, taken, both] = probed(`probe(process.env.A || 'fallback', undefined ?? 'b', 'a' || 'b', process.env.B && 'on')`)
  expect(stringsOf(or ?? null)).toEqual(['fallback'])
  expect(possibleValues(or ?? null).length).toBe(2)
  expect(stringOf(or ?? null)).toBeNull()
  expect(stringOf(fallback ?? null)).toBe('b')
  expect(stringOf(taken ?? null)).toBe('a')
  expect(stringsOf(both ?? null)).toEqual(['on'])
  expect(possibleValues(null)).toEqual([])
})

test('answers about switches', () => {
  const [unset, either, text] = probed('probe(process.env.FLAG, process.env.X ? true : false, `a${process.env.X}`)')
  expect([isTrue(literal(true)), isTrue(literal(false)), isTrue(null), isTrue(unset ?? null), isTrue(either ?? null)]).toEqual([
    'yes',
    'no',
    'no',
    'unknown',
    'unknown',
  ])
  expect([isFalse(literal(false)), isFalse(literal(0)), isFalse(null)]).toEqual(['yes', 'no', 'no'])
  expect([isAbsent(null), isAbsent(literal(undefined)), isAbsent(literal(null)), isAbsent(literal(0)), isAbsent(unset ?? null)]).toEqual([
    'yes',
    'yes',
    'yes',
    'no',
    'unknown',
  ])
  expect([isTruthy(literal('x')), isTruthy(literal('')), isTruthy(text ?? null), isTruthy(null)]).toEqual(['yes', 'no', 'yes', 'no'])
  expect([agreement(['yes', 'yes']), agreement(['yes', 'no']), agreement([]), agreement(['no'])]).toEqual(['yes', 'unknown', 'no', 'no'])
})

test('numbers are numbers only', () => {
  expect(numberOf(literal('5'))).toBeNull()
  expect(numberOf(literal(5))).toBe(5)
  expect(numberOf({ kind: 'global', at, name: 'Infinity' })).toBe(Infinity)
  expect(numberOf(null)).toBeNull()
})

test('templates know their beginning', () => {
  const [url, text] = probed("probe(`https://${process.env.HOST}/x`, 'plain')")
  expect(startOf(url ?? null)).toBe('https://')
  expect(startOf(text ?? null)).toBe('plain')
  expect(startOf(null)).toBe('')
})

test('deep search finds environment variables and survives cycles', () => {
  const [options] = probed(
    `const options = { list: [process.env.A, { url: 'x' + process.env.B }], count: Number(process.env.C) }\noptions.self = options\nprobe(options)`,
  )
  expect([...environmentNamesIn(options ?? null)].sort()).toEqual(['A', 'B', 'C'])
  expect(contains(options ?? null, (value) => value.kind === 'literal' && value.value === 'x')).toBe(true)
  expect(contains(options ?? null, (value) => value.kind === 'regex')).toBe(false)
  expect([...valuesWithin(options ?? null, () => false)]).toEqual([options])
})

test('descriptions read like code', () => {
  const args = probed(
    "probe('text', { a: 1, b: 2 }, [1, 2], process.env.PORT || 3000, `x${process.env.Y}`, require('helmet').hsts({}), /a/i, function named() {}, !process.env.Z, typeof process.env.Z, new Date(), class Car {})",
  )
  expect(args.map(describe)).toEqual([
    "'text'",
    '{ a, b }',
    '[1, 2]',
    'process.env.PORT || 3000',
    '`x${process.env.Y}`',
    'helmet.hsts(…)',
    '/a/i',
    'named',
    '!process.env.Z',
    'typeof process.env.Z',
    'new Date()',
    'Car',
  ])
  expect(describe(null)).toBe('nothing')
  expect(describe(literal('x'.repeat(100))).length).toBe(60)
})
