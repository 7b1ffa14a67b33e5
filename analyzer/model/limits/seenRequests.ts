// Checks that a request has not come before, by an id that it brings along: they refuse repetitions, and limit nobody.
import type { CallRecord, Value } from '../../link/value.js'
import type { Refusal } from '../conduct.js'
import { headerName, isRequest, requestPart } from '../requests.js'
import { contains } from '../search.js'

/**
 * Whether what is refused is a request that was seen already: what is kept is found by the id of the request, and no count is compared with more than one.
 * Whoever sends another id each time is never refused. `lookups` are calls of what outlives the request. One request per address and minute is a limit all the same: its key is no id of a request.
 */
export function refusesRepetitions(lookups: readonly CallRecord[], { guards }: Refusal): boolean {
  const asked = [...lookups.flatMap(({ args }) => args.slice(0, 1)), ...guards.map(({ value }) => value)]
  return (
    asked.some((value) => contains(value, isRequestId)) &&
    !asked.some((value) => contains(value, saysWho)) &&
    !guards.some(({ value }) => contains(value, comparesCount))
  )
}

const ids = /^(?:x-)?(?:idempotency|request|req|event|message|delivery|transaction|correlation)[-_]?(?:id|key|token)$|nonce/i

function isRequestId(value: Value): boolean {
  const header = headerName(value)
  if (header !== null) return ids.test(header)
  return value.kind === 'member' && /^(?:body|query)$/.test(requestPart(value) ?? '') && ids.test(value.name)
}

/** The address, the account or the credential of who asks. */
function saysWho(value: Value): boolean {
  if (requestPart(value) === 'ip') return true
  if (value.kind === 'member' && /^(?:user|session|auth)$/.test(value.name) && isRequest(value.object)) return true
  const header = headerName(value)
  return header !== null && /^(?:authorization|cookie|x-api-key|(?:x-)?forwarded.*|x-real-ip|.*-connecting-ip|.*-client-ip)$/i.test(header)
}

function comparesCount(value: Value): boolean {
  if (value.kind !== 'operation' || !/^[<>]=?$/.test(value.operator)) return false
  return value.operands.every((operand) => operand.kind !== 'literal' || Number(operand.value) > 1)
}
