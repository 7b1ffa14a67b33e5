// Whether a value counts as true, or is nothing, as far as that is known.
import { effectOf } from '../frameworks/knownPackages.js'
import type { ResultValue, Value } from './value.js'

export type Truth = 'yes' | 'no' | 'unknown'

/** Whether a value counts as true in a condition. */
export function truthOf(value: Value): Truth {
  switch (value.kind) {
    case 'literal':
      return value.value ? 'yes' : 'no'
    case 'object':
    case 'array':
    case 'function':
    case 'class':
    case 'scope':
    case 'regex':
    case 'promise':
      return 'yes'
    case 'package':
    case 'global':
      return 'yes'
    case 'template':
      return value.parts.some((part) => part.kind === 'literal' && part.value !== '') ? 'yes' : 'unknown'
    case 'choice': {
      // One side is enough to decide: `!secret && false` is false, whatever the secret.
      const deciding = value.operator === '&&' ? 'no' : value.operator === '||' ? 'yes' : null
      let agreed: Truth | null = null
      for (const option of value.options) {
        const truth = truthOf(option)
        if (truth === deciding) return truth
        agreed = agreed === null || agreed === truth ? truth : 'unknown'
      }
      return agreed ?? 'unknown'
    }
    case 'parameter':
      return value.role === 'request' || value.role === 'response' || value.role === 'next' ? 'yes' : 'unknown'
    case 'environment':
      return value.name === '*' ? 'yes' : 'unknown'
    case 'result':
      return isMiddleware(value) ? 'yes' : 'unknown'
    default:
      return 'unknown'
  }
}

/**
 * Factories of middleware give functions. What a constructor gives is there too, but variables that hold it are often emptied while serving
 * (`pool = null`), of which other handlers see nothing: both arms of `if (!pool)` are read.
 */
function isMiddleware({ call: { callee } }: ResultValue): boolean {
  return callee.kind === 'package' && effectOf(callee.package, callee.path)?.kind === 'middleware factory'
}

export function isNullish(value: Value): Truth {
  if (value.kind === 'literal') return value.value === null || value.value === undefined ? 'yes' : 'no'
  if (value.kind === 'choice') {
    const answers = new Set(value.options.map(isNullish))
    return answers.size === 1 ? (answers.values().next().value as Truth) : 'unknown'
  }
  return truthOf(value) === 'yes' ? 'no' : 'unknown'
}
