// A server that keeps crashing is left alone; one that crashes now and then is not.
import { expect, test } from 'vitest'
import { judgeCrash } from './crashes.js'

function verdicts(times: readonly number[]): boolean[] {
  let crashes: readonly number[] = []
  return times.map((time) => {
    const verdict = judgeCrash(crashes, time)
    crashes = verdict.crashes
    return verdict.restarts
  })
}

test('the fourth crash in a row is the last', () => {
  expect(verdicts([0, 1000, 2000, 3000, 4000])).toEqual([true, true, true, false, false])
})

test('crashes that are long ago do not count', () => {
  expect(verdicts([0, 100_000, 200_000, 300_001, 400_001, 500_001])).toEqual([true, true, true, true, true, true])
})

test('each start waits longer than the one before', () => {
  expect(judgeCrash([], 0).delay).toBe(500)
  expect(judgeCrash([0, 1], 2).delay).toBe(2000)
})
