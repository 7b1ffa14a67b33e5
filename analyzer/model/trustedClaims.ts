// Where a server goes by what a token says: it becomes who asks, or decides what somebody may do.
import type { CallRecord, Value } from '../link/value.js'
import type { ProjectModel } from './model.js'
import { rememberedByName } from './names.js'
import { ofCalls } from './perPart.js'
import { isRequest, isResponse } from './requests.js'
import { childrenOf, DEEPEST } from './search.js'
import { conditionsOf } from './sorted.js'

export interface TrustedClaim {
  /** The call that gave the claims. */
  readonly made: CallRecord
  /** A call that depends on them. */
  readonly call: CallRecord
  /** `identity`: they become the user of the request. `rights`: a condition asks them for a role. */
  readonly by: 'identity' | 'rights'
}

/** Uses of results of calls, whichever these are; those of tokens are for `unverifiedTokens` to choose. */
export const trustedClaims: (model: ProjectModel) => readonly TrustedClaim[] = ofCalls((calls) => {
  const found: TrustedClaim[] = []
  for (const call of calls) {
    if (call.isOff || !call.isWrite || call.callee.kind !== 'member' || !isIdentity(call.callee.name) || !isCarrier(call.callee.object))
      continue
    for (const made of resultsWithin(call.args[0] ?? null)) found.push({ made, call, by: 'identity' })
  }
  const asked = new Map<Value, readonly CallRecord[]>()
  for (const condition of conditionsOf(calls)) {
    const made = rightsIn(condition)
    if (made.length > 0) asked.set(condition, made)
  }
  if (asked.size > 0)
    for (const call of calls)
      if (!call.isOff)
        for (const { value, kind } of call.guards)
          if (kind === 'condition' || kind === 'early-exit')
            for (const made of asked.get(value) ?? []) found.push({ made, call, by: 'rights' })
  return found
})

const isIdentity = rememberedByName((name) =>
  /^(user|userId|user_id|uid|auth|account|accountId|claims|jwt|jwtPayload|tokenPayload|decoded|decodedToken|session|currentUser|principal|identity|member|admin|role|tenant|tenantId)$/i.test(
    name,
  ),
)

const isRight = rememberedByName((name) =>
  /^(roles?|is_?admin|is_?super_?(user|admin)?|admin|permissions?|scopes?|groups?|authorities)$/i.test(name),
)

/** The request, the response, and what hangs on them for the handlers to come. */
function isCarrier(value: Value): boolean {
  if (isRequest(value) || isResponse(value)) return true
  return (
    value.kind === 'member' &&
    /^(locals|session|context|state|raw|req|request)$/.test(value.name) &&
    (isRequest(value.object) || isResponse(value.object))
  )
}

/** Calls whose results a value is made from, those of lookups by such a result included. */
function resultsWithin(value: Value | null): readonly CallRecord[] {
  const found: CallRecord[] = []
  const seen = new Set<Value>()
  const visit = (one: Value, depth: number): void => {
    if (depth > DEEPEST || seen.has(one)) return
    seen.add(one)
    if (one.kind === 'result') found.push(one.call)
    for (const child of childrenOf(one)) visit(child, depth + 1)
  }
  if (value !== null) visit(value, 0)
  return found
}

/** `payload.role !== 'admin'`, `payload.scopes.includes('write')`. */
function rightsIn(condition: Value): readonly CallRecord[] {
  const found: CallRecord[] = []
  const seen = new Set<Value>()
  const visit = (one: Value, depth: number): void => {
    if (depth > DEEPEST || seen.has(one)) return
    seen.add(one)
    if (one.kind === 'member' && isRight(one.name)) found.push(...rootResults(one.object))
    else if (one.kind === 'operation' || one.kind === 'choice' || one.kind === 'promise')
      for (const child of childrenOf(one)) visit(child, depth + 1)
    else if (one.kind === 'result') {
      if (one.call.callee.kind === 'member') visit(one.call.callee.object, depth + 1)
      for (const arg of one.call.args) visit(arg, depth + 1)
    }
  }
  visit(condition, 0)
  return found
}

/** The calls that gave the object itself, and not what it was looked up by. */
function rootResults(value: Value): readonly CallRecord[] {
  let root = value
  for (let depth = 0; depth < DEEPEST && root.kind === 'member'; depth++) root = root.object
  if (root.kind === 'result') return [root.call]
  if (root.kind === 'promise') return root.result === null ? [] : rootResults(root.result)
  return root.kind === 'choice' ? root.options.flatMap((one) => (one.kind === 'choice' ? [] : rootResults(one))) : []
}
