// Fixes that did not apply are named by rule and place.
import { expect, test } from 'vitest'
import { leftFixLines } from './leftFixes.js'

const finding = (ruleId: string, line: number) => {
  const place = { line, column: 1, offset: 0 }
  return { ruleId, file: 'src/app.js', range: { start: place, end: place } }
}

test('each fix that is left is named by its rule and its line', () => {
  expect(leftFixLines([])).toEqual([])
  expect(leftFixLines([finding('no-console', 3)])).toEqual(['1 fix does not apply here and is left to you: no-console (src/app.js:3).'])
  expect(leftFixLines([finding('no-console', 3), finding('require-csrf-protection', 9)])).toEqual([
    '2 fixes do not apply here and are left to you: no-console (src/app.js:3) and require-csrf-protection (src/app.js:9).',
  ])
})

test('of many fixes that are left the first are named, and the others counted', () => {
  const [line] = leftFixLines(Array.from({ length: 7 }, (_, index) => finding('no-console', index + 1)))
  expect(line).toMatch(/no-console \(src\/app\.js:5\) and 2 others\.$/)
})
