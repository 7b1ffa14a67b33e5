// In which order tests are tried on a broken file.
import { expect, test } from 'vitest'
import { distance } from './nearestFirst.js'

test("a file's own tests are nearest, then those beside it, then by the folders between", () => {
  const from = (path: string): number => distance('/project/analyzer/model/limits/limiters.ts', `/project/${path}`)
  const paths = [
    'analyzer/model/limits/limiters.test.ts',
    'analyzer/model/limits/limits.test.ts',
    'analyzer/model/queries.test.ts',
    'analyzer/model/errors/errorLeaks.test.ts',
    'rules/require-rate-limit/rule.test.ts',
  ]
  expect(paths.map(from)).toEqual([0, 1, 2, 3, 6])
})
