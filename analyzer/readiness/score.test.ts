// The score of an area, and how answers become one status.
import { expect, test } from 'vitest'
import { combined, type Status } from './control.js'
import { scoreOf } from './score.js'

const of = (...statuses: Status[]): Parameters<typeof combined>[0] => statuses.map((status) => ({ status }))

test.each([
  [of('in-place', 'in-place'), 'in-place'],
  [of('in-place', 'missing'), 'partly'],
  [of('missing', 'not-known'), 'missing'],
  [of('in-place', 'not-known'), 'not-known'],
  [of('in-place', 'not-judged'), 'not-judged'],
  [of('in-place', 'not-applicable'), 'in-place'],
  [of('not-applicable'), 'not-applicable'],
  [of(), 'not-judged'],
] as const)('several answers are one status: %j', (answers, status) => {
  expect(combined(answers)).toBe(status)
})

const controls = (...parts: [Status, number][]): Parameters<typeof scoreOf>[0] => parts.map(([status, weight]) => ({ status, weight }))

test('a score weighs what applies and was judged', () => {
  expect(scoreOf(controls(['in-place', 3], ['missing', 1]))).toBe(75)
  expect(scoreOf(controls(['partly', 1], ['missing', 3]))).toBe(13)
  expect(scoreOf(controls(['in-place', 2], ['not-applicable', 3], ['not-judged', 3]))).toBe(100)
})

test('what is not known is never an all-clear', () => {
  expect(scoreOf(controls(['in-place', 1], ['not-known', 1]))).toBe(50)
  expect(scoreOf(controls(['not-known', 1]))).toBe(null)
  expect(scoreOf(controls(['not-judged', 1], ['not-applicable', 1]))).toBe(null)
  expect(scoreOf([])).toBe(null)
})
