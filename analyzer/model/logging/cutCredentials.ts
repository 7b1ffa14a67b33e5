// Credentials of which only the name of their scheme is cut off: `req.headers.authorization.split(' ')[1]`.
import type { Value } from '../../link/value.js'
import { isRequest } from '../requests.js'
import { possibleValues, stringOf } from '../values.js'

/** The header that the credentials were cut from; null for everything else. What keeps only their first characters is something else. */
export function cutFrom(value: Value): Value | null {
  if (value.kind === 'member' && /^[1*]$/.test(value.name)) return value.object.kind === 'result' ? cutBy(value.object, /^split$/) : null
  return value.kind === 'result' ? cutBy(value, /^(?:slice|substring|substr|replace)$/) : null
}

function cutBy({ call }: Extract<Value, { kind: 'result' }>, method: RegExp): Value | null {
  const { callee, args } = call
  if (callee.kind !== 'member' || !method.test(callee.name) || !possibleValues(callee.object).some(isCredentials)) return null
  const [first, second] = args
  if (callee.name === 'split') return callee.object
  if (callee.name === 'replace') return isScheme(first) ? callee.object : null
  return second === undefined && first?.kind === 'literal' && Number(first.value) >= 4 ? callee.object : null
}

function isScheme(value: Value | undefined): boolean {
  const text = value?.kind === 'regex' ? value.pattern : stringOf(value ?? null)
  return text !== null && /bearer|basic|token/i.test(text)
}

function isCredentials(value: Value): boolean {
  if (value.kind === 'member')
    return (
      /^authorization$/i.test(value.name) &&
      value.object.kind === 'member' &&
      value.object.name === 'headers' &&
      isRequest(value.object.object)
    )
  if (value.kind !== 'result' || value.call.callee.kind !== 'member' || !isRequest(value.call.callee.object)) return false
  return /^(?:get|header)$/.test(value.call.callee.name) && /^authorization$/i.test(stringOf(value.call.args[0] ?? null) ?? '')
}
