// The operators of a small run.
import { type Known, Unknown } from './smallValues.js'

/** `!` and `typeof`. */
export function unary(operator: string, value: Known): Known {
  if (operator === '!') return !value
  if (operator !== 'typeof') throw new Unknown()
  const isFunction = typeof value === 'object' && value?.kind === 'closure'
  return isFunction ? 'function' : typeof value
}

/** Comparisons. */
export function binary(operator: string, left: Known, right: Known): Known {
  if (operator === '===') return left === right
  if (operator === '!==') return left !== right
  const isNothing = (value: Known): boolean => value === undefined || value === null
  // Only a comparison with nothing says the same for every value that is looked at here.
  if (operator === '==' && (isNothing(left) || isNothing(right))) return isNothing(left) && isNothing(right)
  if (operator === '!=' && (isNothing(left) || isNothing(right))) return !(isNothing(left) && isNothing(right))
  if (typeof left !== 'number' || typeof right !== 'number') throw new Unknown()
  if (operator === '<') return left < right
  if (operator === '>') return left > right
  throw new Unknown()
}
