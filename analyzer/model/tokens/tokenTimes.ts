// Lengths of time as packages for tokens read them.
import type { LiteralValue, Value } from '../../link/value.js'
import type { TokenTime } from './tokenLifetimes.js'
import { possibleValues } from '../values.js'

/** Milliseconds that a literal says; null where it says no length of time. A text without a unit counts milliseconds (domain fact H4). */
export function millisecondsOf({ value }: LiteralValue, unit: TokenTime['unit']): number | null {
  if (typeof value === 'number') return !Number.isFinite(value) ? null : unit === 'seconds' ? value * 1000 : value
  const [, amount, name] = (typeof value === 'string' && /^\s*(?:in |\+ ?)?(-?\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(value)) || []
  if (amount === undefined || name === undefined) return null
  const one = name === '' ? 1 : lengthOf(name.toLowerCase())
  return one === null ? null : Number(amount) * one
}

/** `'3600'`, `'604800'`: digits in quotes that can only have been meant as seconds. `'900000'` is fifteen minutes in milliseconds, as the packages read it. */
export function isMeantAsSeconds({ value }: LiteralValue): boolean {
  if (typeof value !== 'string' || !/^\s*\d+\s*$/.test(value)) return false
  const number = Number(value)
  if (number % 60_000 === 0) return false
  return number < 600_000 || (number % 86_400 === 0 && number <= 366 * 86_400)
}

/** The literals that it may be, and whether it may be something else as well. */
export function writtenTimes(value: Value): { readonly literals: readonly LiteralValue[]; readonly isOnly: boolean } {
  const all = possibleValues(value)
  const literals = all.filter((one) => one.kind === 'literal')
  return { literals, isOnly: literals.length === all.length }
}

/** `90 days`, `10 years`. */
export function daysText(milliseconds: number): string {
  const days = Math.round(milliseconds / DAY)
  return days >= 2 * 365 ? `${Math.round(days / 365)} years` : `${days} days`
}

export const DAY = 86_400_000

function lengthOf(name: string): number | null {
  if (/^(ms|msecs?|milliseconds?)$/.test(name)) return 1
  if (/^(s|secs?|seconds?)$/.test(name)) return 1000
  if (/^(m|mins?|minutes?)$/.test(name)) return 60_000
  if (/^(h|hrs?|hours?)$/.test(name)) return DAY / 24
  if (/^(d|days?)$/.test(name)) return DAY
  if (/^(w|weeks?)$/.test(name)) return 7 * DAY
  if (/^(mo|months?)$/.test(name)) return 30 * DAY
  return /^(y|yrs?|years?)$/.test(name) ? 365.25 * DAY : null
}
