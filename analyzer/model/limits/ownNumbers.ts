// The numbers of a limiter of the project's own making, where it compares what it counted and what time it is with numbers that are written.
import type { FunctionValue, Guard, LiteralValue, Value } from '../../link/value.js'
import { conductOf, type Conduct } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { recorded } from '../recorded.js'
import { requestPart } from '../requests.js'
import { contains, valuesWithin } from '../search.js'
import { keepsState } from './limitBehaviour.js'

export interface OwnNumbers {
  /** The number above which requests are refused; null where none, or more than one, is written. */
  readonly most: NumberValue | null
  /** Milliseconds; null likewise. */
  readonly window: NumberValue | null
}

type NumberValue = LiteralValue & { readonly value: number }

/** What a function that answers 429 lets through. `count > MAX` and `count >= MAX` are told alike: where it counts decides which of them is one more. */
export const numbersWithin: (model: ProjectModel, fn: FunctionValue) => OwnNumbers = recorded((model, fn) => {
  const conduct = conductOf(model, fn)
  const bounds = conduct.refusals
    .filter(({ statuses }) => statuses.includes(429))
    .flatMap(({ guards }) => guards.flatMap(comparisonsOf).flatMap(boundOf))
  const parts = [...timedValues(model, conduct)]
  // What counts in seconds, or by numbered windows, divides what the clock says.
  const isScaled = parts.some((one) => one.kind === 'operation' && one.operator === '/' && isClock(one.operands[0]))
  return { most: only(bounds), window: isScaled ? null : only(parts.flatMap(spanOf)) }
})

function only(numbers: readonly NumberValue[]): NumberValue | null {
  const [first] = numbers
  return first !== undefined && numbers.every(({ value }) => value === first.value) ? first : null
}

interface Comparison {
  readonly operator: string
  readonly left: Value
  readonly right: Value
}

/** The comparisons that hold where a guard does, each as one that is true. */
function comparisonsOf(guard: Guard): readonly Comparison[] {
  return guard.kind === 'condition' || guard.kind === 'early-exit' ? comparisonsIn(guard.value, guard.holds ? 'true' : 'false') : []
}

const opposites: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' }
const turned: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }

function comparisonsIn(value: Value, truth: 'true' | 'false'): readonly Comparison[] {
  const isTrue = truth === 'true'
  if (value.kind === 'choice' && value.operator === (isTrue ? '&&' : '||')) return value.options.flatMap((one) => comparisonsIn(one, truth))
  if (value.kind !== 'operation') return []
  const [left, right] = value.operands
  if (left === undefined) return []
  if (value.operator === '!') return comparisonsIn(left, isTrue ? 'false' : 'true')
  const operator = isTrue ? value.operator : opposites[value.operator]
  if (right === undefined || operator === undefined || turned[operator] === undefined) return []
  // The number stands on the right.
  return [left.kind === 'literal' ? { operator: turned[operator] ?? '', left: right, right: left } : { operator, left, right }]
}

/** The number that what was counted has passed. */
function boundOf({ operator, left, right }: Comparison): readonly NumberValue[] {
  if (!operator.startsWith('>') || !isNumber(right) || right.value <= 0 || isTime(left) || requestPart(left) !== null) return []
  return contains(left, (one) => keepsState(one) || (one.kind === 'member' && one.name === '*')) ? [right] : []
}

/** A time, or how long ago one is. Lists of times are counted. */
function isTime(value: Value): boolean {
  if (value.kind === 'choice') return value.options.some(isTime)
  return value.kind === 'operation' ? value.operands.some(isTime) : isClock(value)
}

/** Every value that the function compares, hands on or stores, and what callbacks of its calls return. */
function* timedValues(model: ProjectModel, { records, refusals }: Conduct): Generator<Value> {
  const seen = new Set<Value>()
  const within = (value: Value): readonly Value[] => [...valuesWithin(value, (one) => one.kind !== 'function', seen)]
  for (const { guards } of refusals) for (const { value } of guards) yield* within(value)
  for (const { args, guards } of records) {
    for (const { value } of guards) yield* within(value)
    for (const arg of args) {
      yield* within(arg)
      if (arg.kind === 'function') for (const { value } of conductOf(model, arg).summary.returns) yield* within(value)
    }
  }
}

/** `now + WINDOW`, `now - WINDOW`, `now - start > WINDOW`. */
function spanOf(value: Value): readonly NumberValue[] {
  if (value.kind !== 'operation') return []
  const [left, right] = value.operands
  if (left === undefined || right === undefined) return []
  const [time, number] = left.kind === 'literal' ? [right, left] : [left, right]
  if (!isNumber(number) || number.value <= 0) return []
  if (value.operator === '+') return isClock(time) ? [number] : []
  if (value.operator === '-') return isClock(left) ? [number] : []
  const isPassed = time.kind === 'operation' && time.operator === '-' && isClock(time.operands[0])
  return turned[value.operator] !== undefined && isPassed ? [number] : []
}

/** Milliseconds of now: `Date.now()`, `new Date().getTime()`. */
function isClock(value: Value | undefined): boolean {
  if (value?.kind !== 'result') return false
  const { callee } = value.call
  if (globalOf(callee) === 'Date.now') return true
  return callee.kind === 'member' && callee.name === 'getTime' && contains(callee.object, isNow)
}

function isNow(value: Value): boolean {
  return value.kind === 'result' && value.call.isNew && globalOf(value.call.callee) === 'Date' && value.call.args.length === 0
}

function isNumber(value: Value): value is NumberValue {
  return value.kind === 'literal' && typeof value.value === 'number' && Number.isFinite(value.value)
}
