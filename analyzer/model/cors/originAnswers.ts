// What functions that decide about an origin answer, and whether they answer everybody so.
import type { CallRecord, FunctionValue, Guard } from '../../link/value.js'
import { runsWhenUnset } from '../defaults.js'
import { isOriginValue } from './originValues.js'
import { decidesByOrigin } from './originDecisions.js'
import { environmentNamesIn } from '../search.js'
import { isTruthy, stringOf } from '../values.js'

/** A call of the second parameter of the function. */
export function isCallback(call: CallRecord, fn: FunctionValue): boolean {
  const { callee } = call
  return (
    !call.isWrite && callee.kind === 'parameter' && callee.index === 1 && callee.fn.fn === fn.facts.id && callee.fn.file === fn.source.file
  )
}

/** True where the answer is yes, or the origin itself. Other texts, patterns and lists name who is let in. */
export function isLettingAll({ args }: CallRecord): boolean {
  const answer = args[1]
  if (answer === undefined || answer.kind === 'regex' || answer.kind === 'array') return false
  if (answer.kind === 'template' || (answer.kind === 'literal' && typeof answer.value === 'string'))
    return isOriginValue(answer) || stringOf(answer) === '*'
  return isTruthy(answer) === 'yes' || (isOriginValue(answer) && !decidesByOrigin(answer))
}

/** True when these calls are reached whatever the request says: one without a condition, or one on each side of the same condition. */
export function coversAll(calls: readonly CallRecord[]): boolean {
  const paths = calls
    .filter((call) => runsWhenUnset(call.guards.filter((guard) => !isOnRequest(guard))) !== false)
    .map(({ guards }) => guards.filter(isOnRequest))
  return paths.some(
    (path) =>
      path.length === 0 ||
      (path.length === 1 &&
        paths.some((other) => other.length === 1 && other[0]?.value === path[0]?.value && other[0]?.holds !== path[0]?.holds)),
  )
}

/** A condition that something else than the environment decides. */
function isOnRequest(guard: Guard): boolean {
  if (guard.kind !== 'condition' && guard.kind !== 'early-exit') return false
  return !isOriginValue(guard.value) && (decidesByOrigin(guard.value) || environmentNamesIn(guard.value).length === 0)
}
