// Where a server goes by what a token says: it becomes who asks, or decides what somebody may do.
import type { CallRecord, Guard, Value } from '../../link/value.js'
import { isStoreName, storeCallOf } from '../input/inputUses.js'
import type { ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { methodName } from '../origins.js'
import { ofCalls } from '../perPart.js'
import { isRequest, isResponse } from '../requests.js'
import { DEEPEST, valuesWithin } from '../search.js'
import { callsAmong, conditionsOf } from '../sorted.js'
import { searchFor } from '../wideSearch.js'

export interface TrustedClaim {
  /** The call that gave the claims. */
  readonly made: CallRecord
  /** A call that depends on them. */
  readonly call: CallRecord
  /** `identity`: they become the user of the request. `rights`: a condition asks them for a role. `record`: a store is asked for what is theirs. */
  readonly by: 'identity' | 'rights' | 'record'
}

/** Uses of what may be a token that was read; which ones are is for `unverifiedTokens` to say. */
export const trustedClaims: (model: ProjectModel) => readonly TrustedClaim[] = ofCalls((calls) => {
  const found: TrustedClaim[] = []
  for (const call of callsAmong(calls, { writes: isIdentity }))
    if (saysWho(call)) for (const made of readsWithin(call.args[0] ?? null)) found.push({ made, call, by: 'identity' })
  for (const call of callsAmong(calls, { names: isStoreName }))
    if (!call.isOff && storeCallOf(call) !== null)
      for (const made of call.args.flatMap(claimedWithin)) found.push({ made, call, by: 'record' })
  const asked = new Map<Value, readonly CallRecord[]>()
  const barren = new Set<Value>()
  for (const condition of conditionsOf(calls)) {
    const made: CallRecord[] = []
    addRights(condition, made, barren)
    if (made.length > 0) asked.set(condition, made)
  }
  if (asked.size === 0) return found
  // Calls one after the other often stand behind the same guards, and one of them says it all.
  let before: readonly Guard[] | null = null
  for (const call of calls) {
    if (call.isOff || call.guards === before) continue
    before = call.guards
    for (const { value, kind } of call.guards)
      if (kind === 'condition' || kind === 'early-exit')
        for (const made of asked.get(value) ?? none) found.push({ made, call, by: 'rights' })
  }
  return found
})

/** `req.user = …`, whatever is written there. */
export function saysWho({ isOff, isWrite, callee }: CallRecord): boolean {
  return !isOff && isWrite && callee.kind === 'member' && isIdentity(callee.name) && isCarrier(callee.object)
}

const isIdentity = rememberedByName((name) =>
  /^(user|userId|user_id|username|uid|sub|subject|auth|account|accountId|claims|jwt|jwtPayload|tokenPayload|decoded|decodedToken|session|currentUser|principal|identity|actor|viewer|caller|owner|person|member|customer|patient|player|driver|employee|staff|admin|moderator|operator|role|tenant|tenantId)$/i.test(
    name,
  ),
)

/** Reads of which a part says whose record is meant: `users.findOne({ id: claims.sub })`. */
function claimedWithin(value: Value): readonly CallRecord[] {
  return holdsClaim(value) ? valuesWithin(value).flatMap(claimsOf) : none
}

function claimsOf(value: Value): readonly CallRecord[] {
  return value.kind === 'member' && isWhose(value.name) ? rootReads(value.object) : none
}

// Few arguments hold one, and those of different calls have most of what they hold in common.
const holdsClaim = searchFor((one) => claimsOf(one).length > 0, new WeakMap())

const isWhose = rememberedByName((name) =>
  /^(sub|subject|_?id|uid|user_?id|user_?name|e?mail|phone|account_?id|customer_?id|tenant_?id)$/i.test(name),
)

/** What says what somebody may do: `role`, `isAdmin`, `permissions`. */
export const isRight = rememberedByName((name) =>
  /^(roles?|(is_?)?(admin|moderator|staff)|is_?super_?(user|admin)?|permissions?|scopes?|groups?|authorities|privileges?)$/i.test(name),
)

/** The request, the response, a connection, and what hangs on them for the handlers to come. */
function isCarrier(value: Value): boolean {
  if (isBearer(value)) return true
  return value.kind === 'member' && /^(locals|session|context|state|data|raw|req|request)$/.test(value.name) && isBearer(value.object)
}

function isBearer(value: Value): boolean {
  if (isRequest(value) || isResponse(value)) return true
  if (value.kind === 'typed') return isSocketType(value.type.name)
  if (value.kind !== 'parameter') return false
  return (
    value.role === 'socket' || (value.type === null ? /^(socket|client|ws|connection)$/.test(value.name) : isSocketType(value.type.name))
  )
}

const isSocketType = (name: string): boolean => /^(\w+\.)?(Web)?Socket$/.test(name)
/** Calls that may have read a token, by their names: few are worth a second look. */
function mayRead({ callee }: CallRecord): boolean {
  return /^(decode|jwtDecode|jwt_decode|decodeJwt|parse|default|)$/.test(methodName(callee) ?? '')
}

/** Reads that a value is made from, those of lookups by such a result included. */
export function readsWithin(value: Value | null): readonly CallRecord[] {
  return valuesWithin(value).flatMap((one) => (one.kind === 'result' && mayRead(one.call) ? [one.call] : []))
}

/** `payload.role !== 'admin'`, `payload.scopes.includes('write')`. `barren` keeps what holds none: conditions have most of what they hold in common. */
function addRights(value: Value, into: CallRecord[], barren: Set<Value>, depth = 0): void {
  const { kind } = value
  if (kind === 'member') {
    if (isRight(value.name)) into.push(...rootReads(value.object))
    return
  }
  if ((kind !== 'operation' && kind !== 'choice' && kind !== 'promise' && kind !== 'result') || depth > DEEPEST || barren.has(value)) return
  // Whoever comes back here on the way finds nothing.
  barren.add(value)
  const before = into.length
  if (kind === 'operation') for (const one of value.operands) addRights(one, into, barren, depth + 1)
  else if (kind === 'choice') {
    for (const one of value.options) addRights(one, into, barren, depth + 1)
    if (value.test !== null) addRights(value.test, into, barren, depth + 1)
  } else if (kind === 'promise') {
    if (value.result !== null) addRights(value.result, into, barren, depth + 1)
  } else if (value.call.callee.kind === 'member' && isAsking(value.call.callee.name)) {
    addRights(value.call.callee.object, into, barren, depth + 1)
    for (const one of value.call.args) addRights(one, into, barren, depth + 1)
  }
  if (into.length > before) barren.delete(value)
}

const none: readonly CallRecord[] = []

/** What a list is asked with, and what changes the form of a text alone. */
const isAsking = rememberedByName((name) => /^(includes|some|every|has|indexOf|find|toLowerCase|trim)$/.test(name))

/** The read that gave the object itself, and not what it was looked up by. */
function rootReads(value: Value): readonly CallRecord[] {
  let root = value
  for (let depth = 0; depth < DEEPEST && root.kind === 'member'; depth++) root = root.object
  if (root.kind === 'result') return mayRead(root.call) ? [root.call] : none
  if (root.kind === 'promise') return root.result === null ? none : rootReads(root.result)
  return root.kind === 'choice' ? root.options.flatMap((one) => (one.kind === 'choice' ? none : rootReads(one))) : none
}
