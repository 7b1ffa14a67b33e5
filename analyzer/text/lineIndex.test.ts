// Offsets, lines and columns.
import { expect, test } from 'vitest'
import { extractFacts } from '../extract/extractFacts.js'
import { lineStartsOf, offsetAt, positionAt, rangeOf, spanOf } from './lineIndex.js'

test('lines end with \\n, \\r\\n or \\r', () => {
  expect(lineStartsOf('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7])
  expect(lineStartsOf('')).toEqual([0])
  expect(lineStartsOf('a\n')).toEqual([0, 2])
})

test('offsets and positions are inverse', () => {
  const text = 'ab\n\ncd\r\ne'
  const starts = lineStartsOf(text)
  for (let offset = 0; offset <= text.length; offset++) expect(offsetAt(starts, positionAt(starts, offset))).toBe(offset)
  expect(positionAt(starts, 0)).toEqual({ line: 1, column: 1 })
  expect(positionAt(starts, 5)).toEqual({ line: 3, column: 2 })
  expect(positionAt(starts, 8)).toEqual({ line: 4, column: 1 })
})

test('lines outside the file are its first and last one', () => {
  expect(offsetAt([0, 4], { line: 0, column: 2 })).toBe(1)
  expect(offsetAt([0, 4], { line: 9, column: 2 })).toBe(5)
})

test('locations are looked up in the facts of the day', () => {
  const at = { file: 'a.js', fn: '0', node: 1 }
  const before = extractFacts('a.js', 'function f() { go() }')
  const after = extractFacts('a.js', '// moved\n\nfunction f() { go() }')
  expect(spanOf(before, at)).toEqual({ start: 15, end: 19 })
  expect(rangeOf(before, at)).toEqual({ start: { line: 1, column: 16 }, end: { line: 1, column: 20 } })
  expect(rangeOf(after, at)).toEqual({ start: { line: 3, column: 16 }, end: { line: 3, column: 20 } })
})

test('a node that is gone stands nowhere', () => {
  const facts = extractFacts('a.js', 'f()')
  expect(spanOf(facts, { file: 'a.js', fn: '0', node: 1 })).toBeNull()
  expect(spanOf(facts, { file: 'a.js', fn: '', node: 99 })).toBeNull()
  expect(rangeOf(facts, { file: 'a.js', fn: '', node: 99 }).start).toEqual({ line: 1, column: 1 })
})

test('files that are not source have places too', () => {
  expect(rangeOf(extractFacts('.env', 'A=1\nB=2'), { file: '.env', fn: '', node: 1 }).start).toEqual({ line: 2, column: 1 })
  const broken = rangeOf(extractFacts('a.js', 'a\n b('), { file: 'a.js', fn: '', node: 0 })
  expect(broken).toEqual({ start: { line: 2, column: 4 }, end: { line: 2, column: 4 } })
})
