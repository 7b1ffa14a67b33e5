// The numbers of a rate limiter.
import type { Value } from '../../link/value.js'
import type { Effect } from '../effect.js'
import type { ProjectModel } from '../model.js'
import { packageOf } from '../origins.js'
import { numbersWithin, type OwnNumbers } from './ownNumbers.js'
import { hasProperty, isAbsent, literalsOf, numberOf, property } from '../values.js'
import { versionOf } from '../versions.js'

/** The limiter of Nest. */
export const THROTTLER = '@nestjs/throttler'

/** The limiter of Fastify, and the name that it had before Fastify 4. */
export function isFastifyLimiter(packageName: string): boolean {
  return packageName === '@fastify/rate-limit' || packageName === 'fastify-rate-limit'
}

export interface Limit {
  /** Requests that pass in a window. null where it is not known. */
  readonly most: number | null
  /** Milliseconds. null where it is not known. */
  readonly window: number | null
  /** Every number of requests that is known to be possible, ascending. */
  readonly possible: readonly number[]
  /** What was written for each; null where the package's default counts. */
  readonly mostValue: Value | null
  readonly windowValue: Value | null
}

interface Names {
  readonly most: readonly string[]
  readonly window: readonly string[]
  /** Milliseconds in one unit of the window. */
  readonly unit: number
  readonly defaultMost: number | null
  readonly defaultWindow: number | null
}

/** Option names and defaults by package. express-rate-limit: 5 per minute (domain fact C1); @fastify/rate-limit: 1000 per minute (C18); rate-limiter-flexible: 4 points per second; express-brute: 2 free retries. */
const namesOf: Readonly<Record<string, Names>> = {
  'express-rate-limit': { most: ['limit', 'max'], window: ['windowMs'], unit: 1, defaultMost: 5, defaultWindow: 60_000 },
  '@fastify/rate-limit': { most: ['max'], window: ['timeWindow'], unit: 1, defaultMost: 1000, defaultWindow: 60_000 },
  'express-slow-down': { most: ['delayAfter'], window: ['windowMs'], unit: 1, defaultMost: 1, defaultWindow: 60_000 },
  'rate-limiter-flexible': { most: ['points'], window: ['duration'], unit: 1000, defaultMost: 4, defaultWindow: 1000 },
  'express-brute': { most: ['freeRetries'], window: ['minWait'], unit: 1, defaultMost: 2, defaultWindow: null },
  [THROTTLER]: { most: ['limit'], window: ['ttl'], unit: 1, defaultMost: null, defaultWindow: null },
  limiter: { most: ['tokensPerInterval'], window: ['interval'], unit: 1, defaultMost: null, defaultWindow: null },
}

/** Before version 7, express-rate-limit did not know `limit`, and counted with `max` or its default. */
function namesIn(model: ProjectModel, file: string, packageName: string): Names {
  const names = namesOf[isFastifyLimiter(packageName) ? '@fastify/rate-limit' : packageName] ?? otherwise
  return packageName === 'express-rate-limit' && (versionOf(model, file, packageName)?.major ?? 7) < 7 ? { ...names, most: ['max'] } : names
}

const otherwise: Names = {
  most: ['limit', 'max', 'points', 'total', 'requests', 'rate', 'burst'],
  window: ['windowMs', 'timeWindow', 'window', 'expire', 'interval'],
  unit: 1,
  defaultMost: null,
  defaultWindow: null,
}

/** What a limiter lets through, from the options of the effect (rate-limit or slow-down). */
export function limitOf(
  model: ProjectModel,
  effect: Pick<Effect, 'at' | 'package' | 'options' | 'detail'> & Partial<Pick<Effect, 'fn'>>,
): Limit {
  const packageName = effect.package?.replace(/(?<=[^.])[.(].*$/, '') ?? packageOfDetail(effect)
  if (packageName === '' && effect.options === null && effect.fn) return ownLimit(numbersWithin(model, effect.fn))
  const names = namesIn(model, effect.at.file, packageName)
  const mostValue = firstOf(effect.options, names.most)
  const windowValue = firstOf(effect.options, names.window)
  const most = mostValue === null ? defaultIn(effect.options, names.most, names.defaultMost) : numberIn(mostValue)
  const window =
    windowValue === null
      ? defaultIn(effect.options, names.window, names.defaultWindow)
      : times(numberIn(windowValue) ?? namedInterval(windowValue), names.unit)
  const possible = literalsOf(mostValue)
    .map(({ value }) => Number(value))
    .filter((value) => !Number.isNaN(value))
  return {
    most,
    window,
    possible: possible.length === 0 && most !== null ? [most] : possible.sort((a, b) => a - b),
    mostValue,
    windowValue,
  }
}

function ownLimit({ most, window }: OwnNumbers): Limit {
  return {
    most: most?.value ?? null,
    window: window?.value ?? null,
    possible: most === null ? [] : [most.value],
    mostValue: most,
    windowValue: window,
  }
}

/** `100 per 15 min`; `?` for what is not known; '' where neither number is. */
export function limitText(model: ProjectModel, effect: Effect): string {
  const { most, window } = limitOf(model, effect)
  return most === null && window === null ? '' : `${most ?? '?'} per ${window === null ? '?' : durationText(window)}`
}

/** `15 min`, `1 h`, `500 ms`. */
export function durationText(milliseconds: number): string {
  for (const [size, name] of units) if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size} ${name}`
  return `${milliseconds} ms`
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** Limiter classes are named in the call that asks them. */
function packageOfDetail(effect: Pick<Effect, 'detail'>): string {
  return /^(?:asks|hands the request to) ([^\s.(]+)/.exec(effect.detail)?.[1] ?? ''
}

/** The package's default, unless the options may hold one of these: they come from elsewhere, or are limiters that count together. */
function defaultIn(options: Value | null, names: readonly string[], amount: number | null): number | null {
  return options !== null && names.some((name) => hasProperty(options, name) === 'unknown') ? null : amount
}

function firstOf(options: Value | null, names: readonly string[]): Value | null {
  for (const name of names) {
    const value = property(options, name)
    if (value !== null && isAbsent(value) !== 'yes') return value
  }
  return null
}

/** Numeric strings count as numbers (domain fact C2). */
function numberIn(value: Value): number | null {
  const number = numberOf(value)
  if (number !== null) return number
  return value.kind === 'literal' && typeof value.value === 'string' && value.value.trim() !== '' && !Number.isNaN(Number(value.value))
    ? Number(value.value)
    : null
}

/** Names of intervals, and what the package ms reads: `ms('15m')`. */
function namedInterval(value: Value): number | null {
  if (value.kind === 'result' && packageOf(value.call.callee)?.package === 'ms') return milliseconds(value.call.args[0])
  if (value.kind === 'result') return ofThrottlerUnit(value)
  const names: Readonly<Record<string, number>> = {
    second: 1000,
    sec: 1000,
    minute: 60_000,
    min: 60_000,
    hour: 3_600_000,
    hr: 3_600_000,
    day: 86_400_000,
  }
  return value.kind === 'literal' && typeof value.value === 'string' ? (names[value.value] ?? milliseconds(value)) : null
}

/** `seconds(60)`, `hours(1)`: @nestjs/throttler makes milliseconds of them. */
function ofThrottlerUnit({ call }: Extract<Value, { kind: 'result' }>): number | null {
  const made = packageOf(call.callee)
  const [amount] = call.args
  const sizes: Readonly<Record<string, number>> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 }
  const size = made?.package === THROTTLER ? sizes[made.path[0] ?? ''] : undefined
  return size === undefined || amount === undefined ? null : times(numberIn(amount), size)
}

function milliseconds(value: Value | undefined): number | null {
  const parts = value?.kind === 'literal' ? /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?[a-z]*\s*$/i.exec(String(value.value)) : null
  const size = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }[(parts?.[2] ?? 'ms').toLowerCase()]
  return parts === null || size === undefined ? null : Number(parts[1]) * size
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor
}
