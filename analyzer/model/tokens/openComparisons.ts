// Comparisons with a variable of the environment that let everybody in where it is not set: `undefined === undefined`.
import type { CallRecord, OperationValue, Value } from '../../link/value.js'
import { describe } from '../describe.js'
import type { ProjectModel } from '../model.js'
import { requestPart } from '../requests.js'
import { firstWithin } from '../search.js'
import { environmentChecks } from '../secrets/environmentChecks.js'

interface Comparison {
  readonly operation: OperationValue
  /** A call that depends on it. */
  readonly call: CallRecord
  /** What the request brings, and what it is compared with. */
  readonly given: Value
  readonly other: Value
}

/** Only where the comparison alone decides, no start is refused without the variable, and nothing on the way asks whether either side is there. */
export function opensWhenUnset(model: ProjectModel, { operation, call, given, other }: Comparison): boolean {
  if (other.kind !== 'environment' || !mayBeMissing(given) || environmentChecks(model).isChecked(other.name) !== 'no') return false
  const conditions = call.guards.filter(({ kind }) => kind !== 'off').map(({ value }) => withoutNot(value))
  if (!conditions.includes(operation)) return false
  const text = describe(given)
  const isSide = (value: Value): boolean =>
    (value.kind === 'environment' && value.name === other.name) || (value.kind === given.kind && describe(value) === text)
  return conditions.every((one) => one === operation || firstWithin(one, isSide) === null)
}

/** `req.headers['x-key']`, `req.get('x-key')` and `@Headers('x-key') key`, as they came. */
function mayBeMissing(given: Value): boolean {
  return requestPart(given) !== null && (given.kind === 'member' || given.kind === 'result' || given.kind === 'parameter')
}

function withoutNot(value: Value): Value {
  let inner = value
  while (inner.kind === 'operation' && inner.operator === '!' && inner.operands[0] !== undefined) inner = inner.operands[0]
  return inner
}
