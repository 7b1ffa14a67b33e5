// How conditions on the environment come out when nothing is set there.
import type { Guard, Value } from '../link/value.js'
import { every, negated, some } from './threeValued.js'
import { stringOf } from './values.js'

/**
 * Whether a condition holds when the environment variables in it are not set: `process.env.X === 'true'` does not, `process.env.X !== 'off'` does.
 * null where that cannot be told.
 */
export function holdsWhenUnset(test: Value | null): boolean | null {
  if (test === null) return null
  switch (test.kind) {
    case 'environment':
      return false
    case 'literal':
      return Boolean(test.value)
    case 'choice':
      return ofChoice(test.operator, test.options.map(holdsWhenUnset))
    case 'result':
      return test.call.callee.kind === 'global' && test.call.callee.name === 'Boolean' ? holdsWhenUnset(test.call.args[0] ?? null) : null
    case 'operation':
      return ofOperation(test.operator, test.operands)
    default:
      return null
  }
}

/** True when the guards lead here with nothing set in the environment. null where that cannot be told. */
export function runsWhenUnset(guards: readonly Guard[]): boolean | null {
  const answers = guards
    .filter((guard) => guard.kind === 'condition' || guard.kind === 'early-exit')
    .map((guard) => {
      const holds = holdsWhenUnset(guard.value)
      return holds === null ? null : holds === guard.holds
    })
  return every(answers)
}

function ofChoice(operator: string, options: readonly (boolean | null)[]): boolean | null {
  if (operator === '||' || operator === '??') return some(options)
  if (operator === '&&') return every(options)
  return null
}

function ofOperation(operator: string, operands: readonly Value[]): boolean | null {
  const [left, right] = operands
  if (left === undefined) return null
  if (right === undefined) {
    return operator === '!' ? negated(holdsWhenUnset(left)) : null
  }
  const isComparison = ['===', '==', '!==', '!='].includes(operator)
  // `typeof process.env.X === 'undefined'`
  const isTypeAsked = left.kind === 'operation' && left.operator === 'typeof' && left.operands[0]?.kind === 'environment'
  if (isComparison && isTypeAsked) return (stringOf(right) === 'undefined') === operator.startsWith('=')
  const unset = left.kind === 'environment' ? right : right.kind === 'environment' ? left : null
  if (!isComparison || unset === null) return null
  const isText = stringOf(unset) !== null
  const isNothing = unset.kind === 'literal' && unset.value === undefined
  if (!isText && !isNothing) return null
  return operator.startsWith('!') ? isText : isNothing
}

/** What a value comes to when nothing is set in the environment: `process.env.X ?? '*'` is `'*'`. null where that cannot be told, or where it is missing then. */
export function valueWhenUnset(value: Value | null): Value | null {
  if (value === null || isUnset(value)) return null
  if (value.kind !== 'choice') return value
  const { operator, options, test } = value
  if (operator === '?:' || operator === 'join') {
    const holds = holdsWhenUnset(test)
    return holds === null || options.length !== 2 ? null : valueWhenUnset(options[holds ? 0 : 1] ?? null)
  }
  if (operator === '&&') return null
  const isPassed = (one: Value): boolean =>
    isUnset(one) || (one.kind === 'literal' && (one.value === null || one.value === undefined || (operator === '||' && !one.value)))
  return valueWhenUnset(options.find((one) => !isPassed(one)) ?? null)
}

/** True for a variable of the environment, and for what is called or read on one that may be missing (`process.env.X?.split(',')`). */
function isUnset(value: Value): boolean {
  if (value.kind === 'environment') return true
  if (value.kind === 'member') return isUnset(value.object)
  return value.kind === 'result' && value.call.callee.kind === 'member' && isUnset(value.call.callee.object)
}
