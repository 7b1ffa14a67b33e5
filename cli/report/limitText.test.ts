// Numbers of limiters in words.
import { expect, test } from 'vitest'
import type { Effect } from '../../analyzer/model/effect.js'
import type { Value } from '../../analyzer/model/model.js'
import { limitText } from './limitText.js'

const at = { file: 'a.js', fn: '', node: 0 }
const literal = (value: number | string): Value => ({ kind: 'literal', at, value })

function text(options: Readonly<Record<string, number | string>> | null): string {
  const value: Value | null =
    options === null
      ? null
      : {
          kind: 'object',
          at,
          properties: new Map(Object.entries(options).map(([key, one]) => [key, literal(one)])),
          writtenAt: new Map(),
          isOpen: false,
          instanceOf: null,
          external: null,
          role: 'plain',
        }
  return limitText({ options: value } as Effect)
}

test.each([
  [{ limit: 100, windowMs: 900_000 }, '100 per 15 min'],
  [{ max: 20, windowMs: 3_600_000 }, '20 per 1 h'],
  [{ max: 5, windowMs: 90_000 }, '5 per 90 s'],
  [{ max: 5, windowMs: 1_500 }, '5 per 1500 ms'],
  [{ points: 10, duration: 60 }, '10 per 1 min'],
  [{ max: 5 }, '5 per ?'],
  [{ windowMs: 86_400_000 }, '? per 1 d'],
  [{ max: 'many' }, ''],
  [null, ''],
])('%j is %s', (options, expected) => {
  expect(text(options)).toBe(expected)
})
