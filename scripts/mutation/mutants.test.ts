// What counts as a mutant, and that a sample repeats itself.
import { expect, test } from 'vitest'
import { mutantsOf, sample } from './mutants.js'

const SOURCE = `// A file.
import { helper } from 'package'
export const TITLE = 'outside of functions'
export function answer(count: number, kind: 'a' | 'b'): boolean {
  if (count > 3 && kind === 'a') return true
  helper({ 'some-key': 'value' })
  return false
}
`

test('mutants break functions and leave types, imports, keys and constants alone', () => {
  const found = mutantsOf('file.ts', SOURCE).map(({ operator, before, after, line }) => `${line} ${operator}: ${before} → ${after}`)
  expect(found).toEqual([
    "5 negate condition: count > 3 && kind === 'a' → !(count > 3 && kind === 'a')",
    '5 swap operator: && → ||',
    '5 swap operator: > → <=',
    '5 number + 1: 3 → 4',
    '5 swap operator: === → !==',
    "5 empty string: 'a' → ''",
    '5 remove return: return true → ;',
    '5 flip boolean: true → false',
    "6 remove statement: helper({ 'some-key': 'value' }) → ;",
    "6 empty string: 'value' → ''",
    '7 remove return: return false → ;',
    '7 flip boolean: false → true',
  ])
})

test('a sample is the same for the same seed and keeps the order of the source', () => {
  const mutants = mutantsOf('file.ts', SOURCE)
  const first = sample(mutants, 5, 1)
  expect(first).toEqual(sample(mutants, 5, 1))
  expect(first.map(({ start }) => start)).toEqual(first.map(({ start }) => start).sort((a, b) => a - b))
})
