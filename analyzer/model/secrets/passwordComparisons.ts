// Passwords and keys of requests that are compared as they came, and what the outcome decides.
import type { CallRecord, Guard, OperationValue, Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { isCodeName } from './codePlaces.js'
import { comparisonsThat, type Compared } from './comparisons.js'
import { givenPart } from '../input/givenInput.js'
import { logCallOf } from '../logging/logCalls.js'
import { methodName } from '../origins.js'
import { isGivenPassword } from './passwords.js'
import { callsThat } from '../perPart.js'
import { requestPart } from '../requests.js'
import { contains } from '../search.js'
import { secretKind } from './secretNames.js'
import { sensitiveName } from './sensitiveNames.js'
import { statusCodesOf } from '../errors/statusCodes.js'
import { stringOf } from '../values.js'
import { searchFor } from '../wideSearch.js'

export interface PasswordComparison extends Compared {
  /** The side that came with the request, or that a function was given. */
  readonly given: Value
  readonly other: Value
}

/** Comparisons in what calls depend on or receive, through operators. */
export const passwordComparisons = comparisonsThat(() => {
  const isGivenSecret = givenSecrets()
  return (operation) => comparisonsIn(operation, isGivenSecret)
})

type Sides = Pick<PasswordComparison, 'given' | 'other'>

function comparisonsIn(value: OperationValue, isGivenSecret: (value: Value) => boolean): readonly Sides[] {
  const [list, asked] = value.operands
  if (value.operator === 'includes' && list?.kind === 'array' && asked !== undefined && isGivenSecret(asked))
    return list.elements.map((other) => ({ given: asked, other }))
  if (!/^[!=]==?$/.test(value.operator)) return []
  const [left, right] = value.operands
  if (left === undefined || right === undefined) return []
  const sides = [
    { given: left, other: right },
    { given: right, other: left },
  ]
  return sides.filter(({ given }) => !isType(given) && isGivenSecret(given))
}

/** `typeof req.headers.apikey !== 'string'` compares nothing that somebody has to know. */
function isType(value: Value): boolean {
  return value.kind === 'operation' && value.operator === 'typeof'
}

/** A one-time code, or what may be one, that came with the request, or that a function was given. */
export function isGivenCode(value: Value): boolean {
  if (value.kind !== 'parameter' && value.kind !== 'member') return false
  const isCode = isCodeName(value.name) || sensitiveName(value.name) === 'a one-time code'
  return isCode && (value.kind === 'parameter' || givenPart(value) !== null)
}

/** A password, a one-time code, or a key in a header or a query that says by its name what it is. */
function givenSecrets(): (value: Value) => boolean {
  const holdsKey = searchFor((one) => {
    const name = one.kind === 'member' ? one.name : one.kind === 'result' ? stringOf(one.call.args[0] ?? null) : null
    return name !== null && secretKind(name) !== null && /^(headers|query)$/.test(requestPart(one) ?? '')
  })
  return (value) => isGivenPassword(value) || isGivenCode(value) || holdsKey(value)
}

/** `if (body.password !== user.password) user.password = await hash(body.password)`: asks whether it changed, and lets nobody in. */
export function asksForChange(model: ProjectModel, comparison: PasswordComparison): boolean {
  return dependants(model, comparison, 'differ').some(
    (call) =>
      (call.isWrite && /^(password|passwd|pwd)/i.test(methodName(call.callee) ?? '')) ||
      (/hash|encrypt|setPassword|changePassword|updatePassword/i.test(methodName(call.callee) ?? '') &&
        call.args.some((arg) => contains(arg, (one) => isGivenPassword(one)))),
  )
}

/** True where equal opens something, and does not refuse: a password that everybody knows may be refused. A line in the log opens nothing. */
export function opensWhenEqual(model: ProjectModel, comparison: PasswordComparison): boolean {
  if (refusesWhenEqual(model, comparison)) return false
  const equal = branch(model, comparison, 'equal')
  return equal.some((call) => logCallOf(call) === null) || branch(model, comparison, 'differ').some(refuses)
}

/** True where equal refuses: a token that was used before, a password that everybody knows. */
export function refusesWhenEqual(model: ProjectModel, comparison: PasswordComparison): boolean {
  return branch(model, comparison, 'equal').some(refuses)
}

/** What stands in the branch that the comparison decides about, and not behind it. */
function branch(model: ProjectModel, comparison: PasswordComparison, outcome: 'equal' | 'differ'): readonly CallRecord[] {
  return dependants(model, comparison, outcome).filter(({ guards }) => {
    const last = guards.at(-1)
    return last?.kind === 'condition' && comesOut(last.value, comparison.operation, last) !== null
  })
}

const guardedCalls = callsThat((call) => !call.isOff && call.guards.length > 0)

/** What runs after the comparison came out in one way. */
function dependants(model: ProjectModel, { operation, call }: PasswordComparison, outcome: 'equal' | 'differ'): readonly CallRecord[] {
  return guardedCalls(model).filter(
    ({ at, guards }) =>
      at.file === call.at.file &&
      guards.some(
        ({ value, holds, kind }) =>
          (kind === 'condition' || kind === 'early-exit') &&
          comesOut(value, operation, { holds }) === ((outcome === 'equal') === /^=|^includes$/.test(operation.operator)),
      ),
  )
}

/** How the comparison came out within a condition that came out as said; null where it is not in there. */
function comesOut(value: Value, operation: OperationValue, { holds }: Pick<Guard, 'holds'>): boolean | null {
  if (value.kind === 'operation' && sameLocation(value.at, operation.at)) return holds
  if (value.kind === 'operation' && value.operator === '!' && value.operands[0] !== undefined)
    return comesOut(value.operands[0], operation, { holds: !holds })
  if (!contains(value, (one) => one.kind === 'operation' && sameLocation(one.at, operation.at))) return null
  // Within a condition of several parts: `verify && !verify(req)`.
  const parts = value.kind === 'choice' ? value.options : value.kind === 'operation' ? value.operands : []
  for (const part of parts) {
    const outcome = comesOut(part, operation, { holds })
    if (outcome !== null) return outcome
  }
  return holds
}

function refuses({ args, callee, isNew }: CallRecord): boolean {
  return (
    (isNew && /(Exception|Error|Unauthorized|Forbidden)$/.test(methodName(callee) ?? '')) ||
    args.some((arg) => statusCodesOf(arg).some((code) => code >= 400 && code < 500))
  )
}
