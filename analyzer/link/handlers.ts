// The functions behind the handlers of an entry: the boot looks through wrappers, arrays and alternatives.
import { effectOf } from '../frameworks/knownPackages.js'
import type { FunctionValue, Value } from './value.js'

/** Project functions that run when the handler does. */
export function functionsBehind(value: Value, depth = 0): readonly FunctionValue[] {
  if (depth > 4) return []
  const inner = (values: readonly Value[]): readonly FunctionValue[] => values.flatMap((one) => functionsBehind(one, depth + 1))
  switch (value.kind) {
    case 'function':
      return [value]
    case 'choice':
      return inner(value.options)
    case 'array':
      return inner(value.elements)
    case 'promise':
      return value.result === null ? [] : inner([value.result])
    case 'result':
      return isTransparent(value.call.callee) ? inner(value.call.args) : []
    default:
      return []
  }
}

/** asyncHandler and the like: what they return runs the function that they got. An unlisted package that gets a handler is taken for one. */
export function isTransparent(callee: Value): boolean {
  const path: string[] = []
  let root = callee
  while (root.kind === 'member') {
    path.unshift(root.name)
    root = root.object
  }
  if (root.kind !== 'package') return false
  const effect = effectOf(root.package, [...root.path, ...path])
  return effect === null || effect.kind === 'wrapper' || effect.kind === 'compose'
}
