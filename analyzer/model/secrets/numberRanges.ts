// Ranges of numbers that are drawn at random.
import type { Value } from '../../link/value.js'
import { globalOf } from '../origins.js'
import { numberOf } from '../values.js'

export interface NumberRange {
  readonly least: number
  readonly end: number
  readonly isText: boolean
}

/** `Math.floor(100000 + Math.random() * 900000)` is a number from 100000 to below 1000000. */
export function rangeOf(value: Value | null): NumberRange | null {
  if (value?.kind !== 'result') return null
  const { callee, args } = value.call
  if (callee.kind === 'member' && callee.name === 'toString' && args.length === 0) {
    const inner = rangeOf(callee.object)
    return inner === null ? null : { ...inner, isText: true }
  }
  if (globalOf(callee) !== 'Math.floor' || args[0]?.kind !== 'operation') return null
  const sum = args[0].operator === '+' ? args[0].operands : [null, args[0]]
  const number = sum.map((one) => (one?.kind === 'literal' && typeof one.value === 'number' ? one.value : null)).find((one) => one !== null)
  const product = sum.find((one) => one?.kind === 'operation' && one.operator === '*')
  const factor = product?.kind === 'operation' ? numberOf(product.operands.find((one) => one.kind === 'literal') ?? null) : null
  const least = number ?? 0
  return factor === null || sum.length !== 2 || (args[0].operator === '+' && number === undefined)
    ? null
    : { least, end: least + factor, isText: false }
}
