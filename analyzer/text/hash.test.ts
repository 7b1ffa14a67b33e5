// The content hash.
import { expect, test } from 'vitest'
import { hashText } from './hash.js'

test('is stable, of one length, and differs for small changes', () => {
  expect(hashText('')).toBe(hashText(''))
  const texts = ['', 'a', 'b', 'ab', 'ba', 'a\n', 'é', '😀', 'a'.repeat(10_000), 'a'.repeat(10_001)]
  const hashes = texts.map(hashText)
  expect(new Set(hashes).size).toBe(texts.length)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{28}$/)
})

test('keeps known values: a change of the hash invalidates every cache', () => {
  expect(hashText('const app = express()')).toBe('1cfbb138ecda8c08a8df3cc7d694')
})
