// Whether a condition decides about the origin of a request, or only asks whether there is one.
import type { ChoiceValue, Value } from '../../link/value.js'
import { isOriginValue } from './originValues.js'
import { requestPartsIn } from '../requests.js'
import { environmentNamesIn, firstWithin } from '../search.js'
import { isAbsent, stringOf } from '../values.js'

/** Methods of lists of which the callback is not seen in the value that they give. */
export const searches: ReadonlySet<string> = new Set(['some', 'find', 'filter', 'every', 'findIndex'])

/** True when a condition asks more of a request than whether there is an origin. */
export function decidesByOrigin(test: Value): boolean {
  return decides(test, new Set())
}

/** Values share parts: what was looked into once, and does not decide, does not decide elsewhere. */
function decides(test: Value, seen: Set<Value>): boolean {
  if (seen.has(test)) return false
  seen.add(test)
  if (test.kind === 'choice') {
    if (isLookup(test) || [...(test.test === null ? [] : [test.test]), ...test.options].some((one) => decides(one, seen))) return true
  }
  if (isOriginValue(test) || asksForPresence(test)) return false
  if (test.kind === 'operation') {
    const [only, ...others] = test.operands
    if (test.operator === '!' && only !== undefined && others.length === 0) return decides(only, seen)
    if (searches.has(test.operator)) return true
  }
  if (test.kind === 'result' && test.call.callee.kind === 'member' && searches.has(test.call.callee.name)) return true
  // Functions that are run once for all callers have a parameter of their own in place of the header.
  return requestPartsIn(test).length > 0 || firstWithin(test, isOriginValue) !== null
}

/** True when the origin itself is what is asked for, and not another part of the request. */
export function asksForOrigin(test: Value): boolean {
  return decidesByOrigin(test) && firstWithin(test, isOriginValue) !== null
}

/** One of several values, and nothing says which: an entry of a table, what a search or a `try` gave. */
function isLookup({ test, operator, options, conditions }: ChoiceValue): boolean {
  if (operator !== 'join' || test !== null || options.some(isOriginValue)) return false
  const tested = conditions?.flat().map(({ value }) => value) ?? []
  return [...options, ...tested].every((one) => environmentNamesIn(one).length === 0)
}

/** `origin !== undefined`, `typeof origin === 'string'`, `origin`: any origin will do. */
export function asksForPresence(test: Value): boolean {
  if (isOriginValue(test)) return true
  if (test.kind !== 'operation') return false
  const [left, right] = test.operands
  if (left === undefined) return false
  if (test.operator === '!' && right === undefined) return asksForPresence(left)
  if (right === undefined || !/^[!=]==?$/.test(test.operator)) return false
  return [
    { asked: left, against: right },
    { asked: right, against: left },
  ].some(({ asked, against }) => {
    if (isOriginValue(asked)) return isAbsent(against) === 'yes' || stringOf(against) === ''
    return asked.kind === 'operation' && asked.operator === 'typeof' && asked.operands.some(isOriginValue)
  })
}
