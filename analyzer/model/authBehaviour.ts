// Recognises middleware that checks who asks: authentication and CSRF tokens.
import { effectOf } from '../frameworks/knownPackages.js'
import type { CallRecord, Guard, Value } from '../link/value.js'
import { ownEffect } from './ownEffect.js'
import { asksRequest, handsOn, looksAt, readsRequest, type Conduct, type Refusal } from './conduct.js'
import type { Effect } from './effect.js'
import { rememberedByName } from './names.js'
import { methodName, originOf } from './origins.js'
import { isNext, isRequest } from './requests.js'
import { firstWithin } from './search.js'
import { sendsKnownAway, strangerRedirect } from './strangerRedirects.js'

const credentials =
  /^(authorization|proxy-authorization|user|userId|session|auth|token|access_token|accessToken|cookies|signedCookies|isAuthenticated|isUnauthenticated|currentUser|account|x-api-key|api-key|apikey|x-auth-token|x-access-token|jwt|principal|roles?|admin)$/i

/** A function authenticates when it refuses with 401 or 403 (or sends to a login) depending on credentials of the request, or verifies a token before it passes the request on. */
export function authEffects(conduct: Conduct): readonly Effect[] {
  const asked = conduct.records.find((record) => isOwnVerification(record, conduct))
  if (asked !== undefined && conduct.continues) return [auth(conduct, 'high', asked, asked.at, 'verifies the token of the request')]
  const refusal = conduct.refusals.find((one) => refusesStrangers(conduct, one) && !sparesStrangers(conduct, one))
  const verification = conduct.records.find(isVerification)
  if (refusal === undefined && verification === undefined && conduct.answers.every(({ method }) => method !== 'redirect')) return []
  const readsCredentials = (): boolean => looksAt(conduct, credentials)
  if (refusal !== undefined) {
    if (conduct.continues)
      return [
        auth(
          conduct,
          verification !== undefined || readsCredentials() ? 'high' : 'medium',
          refusal.call,
          refusal.at,
          'refuses with 401 or 403',
        ),
      ]
    const asksForUser = refusal.guards.some(({ value }) => readsRequest(value, credentials) && firstWithin(value, namesCaller) !== null)
    return asksForUser ? [auth(conduct, 'medium', refusal.call, refusal.at, 'refuses requests without credentials')] : []
  }
  if (
    verification !== undefined &&
    conduct.continues &&
    !sendsKnownAway(conduct, verification, credentials) &&
    (conduct.forwards.length > 0 || conduct.summary.throws.length > 0 || conduct.answers.length > 0) &&
    readsCredentials()
  ) {
    return [auth(conduct, 'medium', verification, verification.at, 'verifies a token')]
  }
  const redirect = strangerRedirect(conduct, credentials)
  return redirect !== undefined && conduct.continues
    ? [auth(conduct, 'medium', redirect.record, redirect.record.at, 'redirects requests without a session')]
    : []
}

/** What a body, a query or a path says belongs to what is asked for, as the code of a reset does: a handler that compares it with what is stored has nobody log in. */
function namesCaller(value: Value): boolean {
  if (value.kind === 'operation') return value.operands.some(({ kind }) => kind === 'environment')
  if (value.kind === 'result') {
    const { callee } = value.call
    return callee.kind === 'member' && isRequest(callee.object) && readsRequest(value, credentials)
  }
  return value.kind === 'member' && credentials.test(value.name) && isOfCaller(value.object)
}

function isOfCaller(value: Value): boolean {
  if (isRequest(value)) return true
  return value.kind === 'member' && !/^(body|query|params)$/.test(value.name) && isOfCaller(value.object)
}

/** A 401 or 403 for anything but where a request comes from and how it came. */
export function refusesStrangers(conduct: Conduct, one: Refusal): boolean {
  return (one.statuses.includes(401) || one.statuses.includes(403)) && !asksForOrigin(conduct, one) && !asksForTransport(one)
}

/** Who refuses because of where a request comes from, or because it lacks a CSRF token, does not ask who sends it. */
function asksForOrigin(conduct: Conduct, refusal: Refusal): boolean {
  const own = nearestOf(refusal)
  const asks = (names: RegExp): boolean => own.some(({ value }) => asksRequest(conduct, value, names))
  return asks(csrfNames) && !asks(identities)
}

/** Who refuses what did not come over HTTPS does not ask who sends it either. */
function asksForTransport(refusal: Refusal): boolean {
  const own = nearestOf(refusal)
  return (
    own.some(({ value }) => readsRequest(value, transport)) &&
    !own.some(({ value }) => readsRequest(value, identities) || readsRequest(value, addresses))
  )
}

const transport = /^(secure|protocol|encrypted|x-forwarded-proto|x-forwarded-ssl)$/i
const addresses = /^(ips?|remoteAddress|x-forwarded-for|x-real-ip)$/i

/** Conditions around a refusal; without any those that let others go before it. */
function nearestOf({ guards }: Refusal): readonly Guard[] {
  const around = guards.filter(({ kind }) => kind !== 'early-exit')
  return around.length > 0 ? around : guards
}

/** `if (!session.user) return` in front of a refusal: whoever did not log in gets past it, as past a check of tokens against CSRF. */
function sparesStrangers({ records, summary }: Conduct, { guards }: Refusal): boolean {
  return guards.some((guard) => {
    if (guard.kind !== 'early-exit' || !isThere(guard) || !readsRequest(guard.value, credentials)) return false
    const isBefore = (one: { readonly guards: readonly Guard[] }): boolean =>
      one.guards.some(({ kind, value, holds }) => kind !== 'early-exit' && value === guard.value && holds !== guard.holds)
    return (
      !summary.throws.some(isBefore) &&
      records.filter(isBefore).every(({ callee, args }) => args.length === 0 && isNext(callee)) &&
      summary.returns.filter(isBefore).every(({ value }) => passesOn(value))
    )
  })
}

/** What a hook returns that has nothing against the request; a guard of Nest says so. */
function passesOn(value: Value): boolean {
  if (value.kind === 'promise') return value.result === null || passesOn(value.result)
  if (value.kind === 'literal') return value.value === undefined || value.value === true
  return value.kind === 'result' && isNext(value.call.callee)
}

/** Goes on where the value is there: past `if (!value) return`, and past `if (value === undefined) return`. */
function isThere({ value, holds }: Guard): boolean {
  if (value.kind !== 'operation') return (value.kind === 'member' || value.kind === 'result') && holds
  const [, right] = value.operands
  const isNothing = right?.kind === 'literal' && (right.value === undefined || right.value === null)
  return !holds && (value.operator === '!' || (/^===?$/.test(value.operator) && isNothing))
}

const identities =
  /^(authorization|proxy-authorization|user|userId|auth|token|access_token|accessToken|isAuthenticated|currentUser|account|x-api-key|api-key|apikey|x-auth-token|x-access-token|jwt|principal|roles?|admin)$/i

function auth(conduct: Conduct, confidence: Effect['confidence'], call: CallRecord | null, at: Effect['at'], detail: string): Effect {
  return ownEffect(conduct, 'auth', confidence, at, [], detail, { call })
}

/** `await request.jwtVerify()` of @fastify/jwt throws 401 where the token is missing or wrong: it must get out, or the catch must answer. */
function isOwnVerification(record: CallRecord, { summary, answers }: Conduct): boolean {
  const { callee, isCaught, isAwaited } = record
  if (callee.kind !== 'member' || callee.name !== 'jwtVerify' || !isRequest(callee.object)) return false
  if (isCaught) return isAwaited && answers.some((answer) => answer.record.guards.some(({ kind }) => kind === 'catch'))
  return isAwaited || summary.returns.some(({ value }) => isResultOf(value, record))
}

function isResultOf(value: Value, record: CallRecord): boolean {
  if (value.kind === 'promise') return value.result !== null && isResultOf(value.result, record)
  return value.kind === 'result' && value.call === record
}

/** A token is verified: by its package, or by what the project calls so. */
export function isVerification(record: CallRecord): boolean {
  if (record.isWrite) return false
  const name = methodName(record.callee) ?? ''
  if (record.callee.kind === 'member' && !speaksOfVerification(name)) return false
  const origin = originOf(record.callee)
  if (origin !== null && effectOf(origin.package, origin.path)?.kind === 'token')
    return /verify|decrypt|getAuth|getSession|validate/i.test(origin.path.at(-1) ?? '')
  return /^(verifyToken|verifyIdToken|verifyAccessToken|verifyJwt|jwtVerify|authenticate|isAuthenticated|verifySession)$/i.test(name)
}

/** One test for the names of all calls of a handler; most say nothing of the kind. */
const speaksOfVerification = rememberedByName((name) => /verify|decrypt|getAuth|getSession|validate|authenticate/i.test(name))

const csrfTokens = /^(x-)?(csrf|xsrf)([-_]?token)?$|^_csrf$|^authenticity_token$|^sec-fetch-site$|^x-requested-with$/i
const csrfNames = new RegExp(`${csrfTokens.source}|^origin$|^referer$`, 'i')

/**
 * A CSRF check refuses depending on a token or header with the customary name, or on Origin, Referer or Sec-Fetch-Site. A handler may make one itself; `origin`
 * is a field of bodies there too.
 */
export function csrfEffects(conduct: Conduct): readonly Effect[] {
  const names = conduct.continues ? csrfNames : csrfTokens
  const refusal = conduct.refusals.find(
    ({ statuses, guards }) =>
      statuses.some((status) => [400, 401, 403, 419].includes(status)) && guards.some((guard) => asksRequest(conduct, guard.value, names)),
  )
  return refusal === undefined || !(looksAt(conduct, names) || handsOn(conduct, names))
    ? []
    : [ownEffect(conduct, 'csrf', 'medium', refusal.at, [], 'refuses requests without a CSRF token', { call: refusal.call })]
}
