// Tokens that are believed although nobody looked at their signature.
import type { CallRecord, Value } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import { locationKey, sameLocation } from '../../text/location.js'
import { describe } from '../describe.js'
import { functionsOf, mentions, sharesFlow } from './flows.js'
import { handedClaims } from './handedClaims.js'
import { logCallOf } from '../logging/logCalls.js'
import type { Confidence, ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { linksWith } from '../queries.js'
import { recordedOnce } from '../recorded.js'
import { requestPart } from '../requests.js'
import { firstWithin } from '../search.js'
import { tokenReads, type TokenRead } from './tokenReads.js'
import { trustedClaims, type TrustedClaim } from './trustedClaims.js'
import { oneOf } from '../sorted.js'
import { possibleValues, stringsOf } from '../values.js'

export interface UnverifiedToken {
  readonly read: TokenRead
  /** Where it is believed; null where reading it without a look is fault enough. */
  readonly claim: TrustedClaim | null
  readonly confidence: Confidence
}

/** One for each place that reads, in order. */
export function unverifiedTokens(model: ProjectModel): readonly UnverifiedToken[] {
  const reads = tokenReads(model)
  const found = new Map<string, UnverifiedToken>()
  if (reads.size === 0) return []
  for (const read of reads.values())
    if (read.kind === 'told so') found.set(locationKey(read.call.at), { read, claim: null, confidence: 'high' })
  for (const claim of [...trustedClaims(model), ...handedClaims(model)]) {
    const read = reads.get(locationKey(claim.made.at))
    if (read === undefined || found.has(locationKey(read.call.at)) || !isInProduction(model, claim.call)) continue
    const confidence = confidenceOf(model, read, claim)
    if (confidence !== null) found.set(locationKey(read.call.at), { read, claim, confidence })
  }
  return [...found.values()]
}

function confidenceOf(model: ProjectModel, read: TokenRead, claim: TrustedClaim): Confidence | null {
  const functions = withinServed(model, new Set([...functionsOf(read.call), ...functionsOf(claim.call)]))
  const checks = verifications(model)
  if (checks.some((one) => !sameLocation(one.at, read.call.at) && sharesFlow(functions, one) && !excludes(one, read.call))) return null
  const decorators = decoratorNames(model, functions)
  if (
    mentions(model, functions, (name) => verifies(name) && !decorators.has(name)) ||
    isLookedUp(model, read, functions) ||
    isBehindAuthentication(model, functions)
  )
    return null
  const isFromRequest = read.token === null || requestPart(read.token) !== null
  // What an issuer just answered needs no look at its signature: only what somebody handed over does.
  if (!isFromRequest && (claim.by === 'record' || !isHandedOver(read.token))) return null
  // A function that verifies stands beside it, and may be called as well, out of sight.
  const files = new Set([read.call.at.file, claim.call.at.file])
  const isDoubtful = checks.some(({ at }) => files.has(at.file))
  if (isFromRequest) return isDoubtful ? 'medium' : 'high'
  return isDoubtful ? 'low' : 'medium'
}

/** Without what only registers the function that serves: a plugin verifies nothing because another hook of it does. */
function withinServed(model: ProjectModel, functions: ReadonlySet<string>): ReadonlySet<string> {
  const served = [...functions].filter((key) => servedFunctions(model).has(key))
  return new Set([...functions].filter((key) => !served.some((one) => one.startsWith(`${key}.`))))
}

const servedFunctions = recordedOnce(
  (model: ProjectModel): ReadonlySet<string> =>
    new Set(
      model.routes.flatMap(({ chain }) =>
        chain.flatMap(({ value }) => functionsBehind(value).map(({ source, facts }) => `${source.file}#${facts.id}`)),
      ),
    ),
)

/** `isInternal ? decode(token) : verify(token, key)`: what runs in one case is no check for the other. */
function excludes(check: CallRecord, read: CallRecord): boolean {
  return check.guards.some((one) => read.guards.some((other) => one.holds !== other.holds && one.value === other.value))
}

/** A parameter, or a part of its text. */
function isHandedOver(token: Value | null): boolean {
  let root = token
  for (let depth = 0; depth < 12 && root !== null; depth++) {
    if (root.kind === 'member') root = root.object
    else if (root.kind !== 'result') break
    else if (globalOf(root.call.callee) === 'String') root = root.call.args[0] ?? null
    else if (root.call.callee.kind === 'member') root = root.call.callee.object
    else break
  }
  return possibleValues(root).some(({ kind }) => kind === 'parameter')
}

/** Whatever verifies, by its name: of packages, of services, of the platform. */
const verifications = callsThat((call) => !call.isOff && verifies(methodName(call.callee) ?? ''), { names: verifies })

function verifies(name: string): boolean {
  return /verif|introspect|authenticate|timingSafeEqual|getSigningKey|jwksClient|createRemoteJWKSet|^(validate|check)_?(access|id)?_?(token|jwt)$/i.test(
    name,
  )
}

/** Under which names Fastify carries the functions: `app.decorate('authenticate', …)` is no call of anything that verifies. */
function decoratorNames(model: ProjectModel, functions: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    decorations(model).flatMap(({ args: [name = null, value = null] }) =>
      value?.kind === 'function' && functions.has(`${value.source.file}#${value.facts.id}`) ? stringsOf(name) : [],
    ),
  )
}

const decorations = callsThat(({ callee }) => methodName(callee) === 'decorate', { names: oneOf(['decorate']) })

/** A token that is looked up in a store, or sent to whoever made it, is checked there. */
function isLookedUp(model: ProjectModel, { token, call: own }: TokenRead, functions: ReadonlySet<string>): boolean {
  if (token === null) return false
  const text = describe(token)
  const isToken = (one: Value): boolean => one === token || (one.kind === token.kind && one.kind === 'member' && describe(one) === text)
  return model.calls.some(
    (call: CallRecord) =>
      !sameLocation(call.at, own.at) &&
      !call.isWrite &&
      sharesFlow(functions, call) &&
      !excludes(call, own) &&
      !/^(split|replace|slice|substring|startsWith|trim|from|toString|parse|atob|isString|next|status|json|send)$/.test(
        methodName(call.callee) ?? '',
      ) &&
      logCallOf(call) === null &&
      call.args.some((arg) => firstWithin(arg, isToken, (one) => !isRead(one, own)) !== null),
  )
}

/** What the token says is not the token. */
function isRead(value: Value, { at }: CallRecord): boolean {
  return value.kind === 'result' && sameLocation(value.call.at, at)
}

/** Every route that it serves has something else in front that asks who it is. */
function isBehindAuthentication(model: ProjectModel, functions: ReadonlySet<string>): boolean {
  if (model.settings.gateway.includes('auth')) return true
  const isOwn = (one: { readonly value: Parameters<typeof functionsBehind>[0] }): boolean =>
    functionsBehind(one.value).some(({ source, facts }) => functions.has(`${source.file}#${facts.id}`))
  const served = model.routes.filter(({ chain }) => chain.some(isOwn))
  return served.length > 0 && served.every((route) => linksWith(model, route, 'auth').some(({ link }) => !isOwn(link)))
}
