// Positions in both encodings, with characters outside of the Basic Multilingual Plane.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodingFor, linesOf } from './positions.js'

test('UTF-16 unless the client wants UTF-8 first', () => {
  expect(encodingFor(undefined)).toBe('utf-16')
  expect(encodingFor(['utf-8', 'utf-16'])).toBe('utf-8')
  expect(encodingFor(['utf-32', 'utf-16', 'utf-8'])).toBe('utf-16')
})

test('a character outside of the plane is two units and four bytes', () => {
  const text = 'a\r\n🧱ä b\n'
  const range = { start: text.indexOf('b'), end: text.indexOf('b') + 1 }
  expect(linesOf(text, 'utf-16').rangeOf(range).start).toEqual({ line: 1, character: 4 })
  expect(linesOf(text, 'utf-8').rangeOf(range).start).toEqual({ line: 1, character: 7 })
})

test('a place past the end of its line, or of the text, stands at that end', () => {
  const lines = linesOf('ab\r\ncd', 'utf-16')
  expect(lines.offsetOf({ line: 0, character: 99 })).toBe(2)
  expect(lines.offsetOf({ line: 9, character: 0 })).toBe(6)
})

test('there and back again', () => {
  const texts = fc.array(fc.constantFrom('a', '🧱', 'ä', '\n', '\r\n', ' '), { maxLength: 20 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, fc.nat(40), fc.constantFrom('utf-16' as const, 'utf-8' as const), (text, at, encoding) => {
      const offset = [...text].slice(0, at).join('').length
      const lines = linesOf(text, encoding)
      const back = lines.offsetOf(lines.rangeOf({ start: offset, end: offset }).start)
      // Between \r and \n there is no position.
      expect(back).toBe(text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset)
    }),
  )
})
