// Places beside and within each other.
import { expect, test } from 'vitest'
import { comesAfter, isWithinFunction } from './location.js'

test('what comes after stands in the same function of the same file', () => {
  const at = { file: 'a.ts', fn: '1', node: 4 }
  expect(comesAfter({ ...at, node: 5 }, at)).toBe(true)
  expect(comesAfter(at, at)).toBe(false)
  expect(comesAfter({ ...at, node: 5, fn: '1.0' }, at)).toBe(false)
  expect(comesAfter({ ...at, node: 5, file: 'b.ts' }, at)).toBe(false)
})

test('a function holds what is written in it and in functions within it, and the module holds its file', () => {
  const fn = { file: 'a.ts', fn: '1' }
  expect(isWithinFunction(fn, fn)).toBe(true)
  expect(isWithinFunction({ ...fn, fn: '1.0.2' }, fn)).toBe(true)
  expect(isWithinFunction({ ...fn, fn: '10' }, fn)).toBe(false)
  expect(isWithinFunction(fn, { ...fn, fn: '1.0' })).toBe(false)
  expect(isWithinFunction(fn, { ...fn, fn: '' })).toBe(true)
  expect(isWithinFunction(fn, { file: 'b.ts', fn: '' })).toBe(false)
})
