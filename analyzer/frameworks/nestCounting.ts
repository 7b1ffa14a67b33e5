// Where a guard of the project has the throttler's own guard count a request.
import { firstTuple, nodeOf } from '../extract/factTuples.js'
import type { FunctionValue } from '../link/value.js'

/** The node of `super.canActivate`, which counts the request and refuses it by a throw: what is answered behind it leaves nothing out. null where there is none. */
export function countsAt({ facts }: FunctionValue): number | null {
  return nodeOf(firstTuple(facts.body, ([kind, , object, name]) => kind === 'member' && isOf(object, 'super') && name === 'canActivate'))
}

/** `await super.canActivate(context); return true` */
export function answersBehindCount(guard: FunctionValue): boolean {
  const counted = countsAt(guard)
  if (counted === null) return false
  return (
    firstTuple(guard.facts.body, ([kind, node, value]) => kind === 'return' && Number(node) > counted && isOf(value, 'literal')) !== null
  )
}

function isOf(tuple: unknown, kind: string): boolean {
  return Array.isArray(tuple) && tuple[0] === kind
}
