// The numbers of a rate limiter, as far as its options tell.
import type { Effect } from '../../analyzer/model/effect.js'
import { numberOf, property } from '../../analyzer/model/values.js'

/** `100 per 15 min`; '' where neither number is known. Names as express-rate-limit, rate-limiter-flexible and their kin have them. */
export function limitText({ options }: Effect): string {
  const most = firstNumber(options, ['limit', 'max', 'points', 'requests', 'rate'])
  const window = firstNumber(options, ['windowMs', 'interval']) ?? times(firstNumber(options, ['duration', 'per']), 1000)
  if (most === null && window === null) return ''
  return `${most ?? '?'} per ${window === null ? '?' : duration(window)}`
}

function firstNumber(options: Effect['options'], names: readonly string[]): number | null {
  for (const name of names) {
    const value = numberOf(property(options, name))
    if (value !== null) return value
  }
  return null
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

function duration(milliseconds: number): string {
  for (const [size, name] of UNITS) if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size} ${name}`
  return `${milliseconds} ms`
}
