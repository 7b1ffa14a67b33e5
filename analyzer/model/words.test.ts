// Numbers and lists as sentences say them.
import { expect, test } from 'vitest'
import { listed, plural } from './words.js'

test('numbers with their nouns', () => {
  expect([plural(1, 'file'), plural(2, 'file'), plural(0, 'fix', 'fixes')]).toEqual(['1 file', '2 files', '0 fixes'])
})

test('lists, whole and cut short', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c'])
  expect([listed(['a'], 1), listed(['a', 'b'], 1), listed(['a', 'b', 'c', 'd'], 2)]).toEqual(['a', 'a and 1 more', 'a, b and 2 more'])
})
