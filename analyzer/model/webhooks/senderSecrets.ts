// What of a request may be a secret that only its sender knows, and whether a condition asks for it.
import type { Value } from '../../link/value.js'
import { globalOf } from '../origins.js'
import { requestPart, requestPartsIn } from '../requests.js'
import { valuesWithin } from '../search.js'

export const secretNames = /secret|token|key|sign|hmac|hash|auth|password|pass$|verif|challenge/i
export const signatureNames = /sign|hmac|digest/i
const eventNames =
  /event|topic|content|user-agent|delivery|accept|host|length|encoding|type|^origin$|^referr?er$|request-?id|correlation|trace/i

/** True for a condition that sets a secret of the request against something, or hands it to something that answers. */
export function asksSecret(condition: Value): boolean {
  return decisionsIn(condition).some(comparesSecret)
}

/** What a condition is made of. Objects that stand in one decide nothing. */
export function decisionsIn(condition: Value): readonly Value[] {
  return valuesWithin(condition, ({ kind }) => kind !== 'object' && kind !== 'array')
}

function comparesSecret(value: Value): boolean {
  if (value.kind === 'operation' && /^(?:[!=]==?|includes)$/.test(value.operator)) {
    const [left, right] = value.operands
    if (left === undefined || right === undefined) return false
    return (mayBeSecret(left) && isSecretOf(right, left)) || (mayBeSecret(right) && isSecretOf(left, right))
  }
  return value.kind === 'result' && !isReading(value) && value.call.args.some((arg) => mayBeSecret(arg))
}

/** `req.get('x-secret')`, `String(req.query.token)`: no check, but what is checked. */
function isReading(value: Value): boolean {
  return requestPart(value) !== null || globalOf(value.kind === 'result' ? value.call.callee : value) !== null
}

/** Headers, and what is called a secret in the query, the path and the body. The address counts too, where it is looked up in a list. */
function mayBeSecret(value: Value): boolean {
  return requestPartsIn(value).some(({ part, name }) =>
    part === 'headers'
      ? !eventNames.test(name) || secretNames.test(name)
      : part === 'ip' || ((part === 'query' || part === 'params' || part === 'body' || part === 'cookies') && secretNames.test(name)),
  )
}

/** A literal is one where it is set against what is called one; a signature is none that is the same for every request. */
function isSecretOf(other: Value, given: Value): boolean {
  if (other.kind !== 'literal') return requestPart(other) !== 'whole'
  if (typeof other.value !== 'string' || other.value.length === 0) return false
  return requestPartsIn(given).some(({ name }) => secretNames.test(name) && !signatureNames.test(name))
}
