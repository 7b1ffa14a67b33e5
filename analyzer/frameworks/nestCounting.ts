// Where a guard of the project has the throttler's own guard count a request.
import type { FunctionValue } from '../link/value.js'

/** The node of `super.canActivate`, which counts the request and refuses it by a throw: what is answered behind it leaves nothing out. null where there is none. */
export function countsAt({ facts }: FunctionValue): number | null {
  return firstNode(facts.body, ([kind, , object, name]) => kind === 'member' && isOf(object, 'super') && name === 'canActivate')
}

/** `await super.canActivate(context); return true` */
export function answersBehindCount(guard: FunctionValue): boolean {
  const counted = countsAt(guard)
  if (counted === null) return false
  return (
    firstNode(guard.facts.body, ([kind, node, value]) => kind === 'return' && Number(node) > counted && isOf(value, 'literal')) !== null
  )
}

/** Facts are tuples within tuples, with the number of the node second in each. */
function firstNode(facts: unknown, fits: (tuple: readonly unknown[]) => boolean): number | null {
  if (typeof facts !== 'object' || facts === null) return null
  if (Array.isArray(facts) && typeof facts[1] === 'number' && fits(facts)) return facts[1]
  for (const one of Object.values(facts) as readonly unknown[]) {
    const found = firstNode(one, fits)
    if (found !== null) return found
  }
  return null
}

function isOf(tuple: unknown, kind: string): boolean {
  return Array.isArray(tuple) && tuple[0] === kind
}
