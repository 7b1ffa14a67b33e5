// Edits between texts, and places that follow them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../analyzer/fix/editList.js'
import { lineEdits, moved } from './lineEdits.js'

const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'long line', '🧱\n'), { maxLength: 12 }).map((lines) => lines.join(''))

test('applied, the edits make the one text the other', () => {
  fc.assert(fc.property(text, text, (before, after) => void expect(applyEdits(before, lineEdits(before, after))).toBe(after)))
})

test('lines that stay are not touched', () => {
  expect(lineEdits('a\nb\nc\n', 'a\nx\nc\n')).toEqual([{ start: 2, end: 4, text: 'x\n' }])
})

test('a place follows what is typed before and behind it', () => {
  const before = 'one\ntwo three\nfour\n'
  const after = 'zero\none\ntwo three\nfour (\n'
  const place = moved({ start: 8, end: 13 }, before, after)
  expect(after.slice(place.start, place.end)).toBe('three')
})

test('a place in a changed line stays within that line', () => {
  const place = moved({ start: 4, end: 9 }, 'one\nthree\n', 'one\nthr')
  expect(place).toEqual({ start: 4, end: 7 })
})

test('places lie within the text', () => {
  fc.assert(
    fc.property(text, text, fc.nat(40), fc.nat(40), (before, after, a, b) => {
      const [start, end] = [Math.min(a, b, before.length), Math.min(Math.max(a, b), before.length)]
      const place = moved({ start, end }, before, after)
      expect(0 <= place.start && place.start <= place.end && place.end <= after.length).toBe(true)
    }),
  )
})
