// What is left out of SARIF that would be refused, and that it is said.
import { randomBytes } from 'node:crypto'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'
import { sarifText } from './sarifLimits.js'

function logOf(count: number, text: () => string): Log {
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Parapet' } },
        invocations: [{ executionSuccessful: true }],
        results: Array.from({ length: count }, (_, index) => ({
          message: { text: `result ${index}` },
          relatedLocations: [{ message: { text: text() } }],
          fixes: [{ description: { text: text() }, artifactChanges: [] }],
        })),
      },
    ],
  }
}
const parsed = (log: Log, results: number, bytes: number): Log['runs'][0] =>
  (JSON.parse(sarifText(log, { results, bytes })) as Log).runs[0] as Log['runs'][0]

test('what fits stays whole', () => {
  const log = logOf(3, () => 'x')
  expect(JSON.parse(sarifText(log))).toEqual(log)
})

test('the most important results stay, and the number of the others is said', () => {
  const run = parsed(
    logOf(30, () => 'x'),
    20,
    1_000_000,
  )
  expect(run.results?.map(({ message }) => message.text)).toEqual(Array.from({ length: 20 }, (_, index) => `result ${index}`))
  expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('10 results left out')
})

test('a file that is too large loses fixes first, then related places, then results', () => {
  const noise = (): string => randomBytes(2000).toString('hex')
  const log = logOf(8, noise)
  const withRelated = parsed(log, 100, 24_000)
  expect([withRelated.results?.length, withRelated.results?.[0]?.fixes, withRelated.results?.[0]?.relatedLocations?.length]).toEqual([
    8,
    undefined,
    1,
  ])
  const bare = parsed(log, 100, 8_000)
  expect([bare.results?.length, bare.results?.[0]?.relatedLocations]).toEqual([8, undefined])
  expect(parsed(log, 100, 100).results).toEqual([])
})
