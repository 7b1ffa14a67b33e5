// Whether a webhook asks who sent it, before it does anything: signatures, shared secrets, addresses that nobody else knows.
import type { CallRecord, FunctionValue, Guard, Value } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import { refusesStrangers } from '../authBehaviour.js'
import { conductOf, type Conduct } from '../conduct.js'
import { effectsOf } from '../effects.js'
import { logCallOf } from '../logging/logCalls.js'
import type { Answer, ProjectModel, Route } from '../model.js'
import { rememberedByName } from '../names.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { recorded } from '../recorded.js'
import { isRequest, isResponse, requestPart, requestPartsIn } from '../requests.js'
import { valuesWithin } from '../search.js'
import { effectOf, mayBe } from '../../frameworks/knownPackages.js'
import { bodyParsersOf } from './checkingParsers.js'
import { isPassive } from './passiveCalls.js'
import { asksSecret, decisionsIn, secretNames, signatureNames } from './senderSecrets.js'
import { isSending } from './webhookActs.js'

/** `unknown` where something that was not understood is given the headers, or the whole request. */
export const checksSender: (model: ProjectModel, route: Route) => Answer = recorded((model, route) => {
  const signature = protectsRoute(model, route, 'webhook-signature').answer
  const auth = protectsRoute(model, route, 'auth').answer
  if (signature === 'yes' || auth === 'yes' || hidesSecret(route.path)) return 'yes'
  // A limiter looks addresses up as well, and asks nobody who they are.
  const asking = route.chain.filter(({ entry, value }) => !entry.isOff && (value === route.handler || !isLimiter(model, value)))
  const functions = asking.flatMap(({ value }) => functionsBehind(value))
  const answers = [...functions.map((fn) => checksIn(conductOf(model, fn))), mayFilter(route) ? 'unknown' : 'no']
  if (answers.includes('yes')) return 'yes'
  if (bodyParsersOf(model, route).some((fn) => checksIn(conductOf(model, fn)) === 'yes')) return 'yes'
  return signature === 'unknown' || auth === 'unknown' || answers.includes('unknown') || functions.length === 0 ? 'unknown' : 'no'
})

/** Of calls in the order in which they run, the position of the first that verifies, or stands behind a comparison with a secret. -1 where none does. */
export function firstCheckIn(records: readonly CallRecord[]): number {
  return records.findIndex((record) => isVerification(record) || record.guards.some(({ value }) => asksSecret(value)))
}

/** True for what may check unseen: it is given the request, or asks the sender. */
export function mayCheck(record: CallRecord): boolean {
  return isGivenRequest(record) || asksSender(record)
}

/** Whether the function itself checks, or hands on what something else may check. */
export function checksItself(model: ProjectModel, fn: FunctionValue): Answer {
  return checksIn(conductOf(model, fn))
}

/** True where what is called a signature is set against a text that is the same for every request: nothing ties it to what was sent. */
export function comparesConstant(model: ProjectModel, route: Route): boolean {
  const conducts = route.chain.flatMap(({ value }) => functionsBehind(value)).map((fn) => conductOf(model, fn))
  if (conducts.some(({ records }) => records.some(isVerification))) return false
  const guards = conducts.flatMap(({ records, refusals }) => [...records, ...refusals].flatMap((one) => one.guards))
  return guards.some(({ value }) => decisionsIn(value).some(isSignatureOfAll))
}

function isSignatureOfAll(value: Value): boolean {
  if (value.kind !== 'operation' || !/^[!=]==?$/.test(value.operator)) return false
  const isSignature = (one: Value): boolean => requestPartsIn(one).some(({ name }) => signatureNames.test(name))
  return value.operands.some(isSignature) && value.operands.some((one) => one.kind === 'environment')
}

function isLimiter(model: ProjectModel, value: Value): boolean {
  return effectsOf(model, value).some(({ capability }) => capability === 'rate-limit')
}

/** `/webhook/:secret`, a part of the path that the environment holds, a long random text. */
export function hidesSecret(path: string): boolean {
  return (
    /:\w*(?:secret|token|key|hash|sign|hmac|password|auth)\w*|\*/i.test(path) ||
    path.split('/').some((one) => /^(?=.*\d)[\w-]{20,}$/.test(one))
  )
}

/** Middleware of a package that is called after what may be a check: `express-ipfilter`, `some-auth`. Of what does something known the route itself speaks. */
function mayFilter({ chain }: Route): boolean {
  return chain.some(({ value, entry }) => {
    const origin = entry.isOff || value.kind === 'function' ? null : originOf(value)
    return (
      origin !== null &&
      (effectOf(origin.package, origin.path)?.capabilities ?? []).length === 0 &&
      /ip-?filter|allow-?list|white-?list|restrict|firewall|signature|webhook|hmac|auth|guard|verif/i.test(
        `${origin.package} ${origin.path.join(' ')}`,
      )
    )
  })
}

const known = new WeakMap<Conduct, Answer>()

function checksIn(conduct: Conduct): Answer {
  let answer = known.get(conduct)
  if (answer === undefined) known.set(conduct, (answer = findCheck(conduct)))
  return answer
}

function findCheck(conduct: Conduct): Answer {
  const { records, refusals, summary } = conduct
  if (summary.isExhausted) return 'unknown'
  if (records.some(isVerification)) return 'yes'
  if (refusals.some((one) => refusesStrangers(conduct, one) && !(one.guards.length > 0 && one.guards.every(provesNothing)))) return 'yes'
  const guards = new Set([...records, ...refusals, ...(summary.deliveries ?? [])].flatMap((one) => one.guards.map(({ value }) => value)))
  if ([...guards].some(asksSecret)) return 'yes'
  return records.some((record) => isGivenRequest(record) || asksSender(record)) ? 'unknown' : 'no'
}

/** `if (!req.get('x-signature')) return res.sendStatus(401)`: anybody can send something, and the same text for every request is no signature. */
function provesNothing({ value }: Guard): boolean {
  const operands = value.kind === 'operation' && /^(?:!|[!=]==?)$/.test(value.operator) ? value.operands : [value]
  return (
    operands.some((one) => requestPart(one) === 'headers' && signatureNames.test(requestPartsIn(one)[0]?.name ?? '')) &&
    operands.every((one) => one.kind === 'literal' || requestPart(one) === 'headers')
  )
}

const verifying = rememberedByName((name) =>
  /verif|constructEvent|timingSafeEqual|safe_?(?:compare|equal)|tsscmp|createHmac|validate\w*(?:signature|webhook|hmac|request|token|sender|header|secret|event)|(?:check|is|has|assert|ensure|compare)\w*(?:signature|hmac|webhook|auth|secret|token)|signature|authenticat|authori[sz]e|^unwrap$|^webhookCallback$|^processUpdate$|^handleUpdate$/i.test(
    name,
  ),
)

/** A call that checks by its name, or asks the sender to (`…/v1/notifications/verify-webhook-signature`). */
export function isVerification({ callee, args, isWrite }: CallRecord): boolean {
  if (isWrite) return false
  if (verifying(methodName(callee) ?? '')) return true
  return /^(?:axios|got|undici|node-fetch)$/.test(originOf(callee)?.package ?? '') || globalOf(callee) === 'fetch'
    ? args.slice(0, 1).some((arg) => valuesWithin(arg).some((one) => one.kind === 'literal' && /verif/i.test(String(one.value))))
    : false
}

/** The sender is asked for what the request only names: what it answers is true whoever sent the request. */
function asksSender(record: CallRecord): boolean {
  const { callee, args, isWrite } = record
  if (isWrite || isSending(record) || !args.some((arg) => requestPartsIn(arg).length > 0)) return false
  const name = methodName(callee) ?? ''
  const origin = originOf(callee)
  if (globalOf(callee) === 'fetch') return true
  if (origin === null) return false
  if (/^(?:axios|got|undici|node-fetch|superagent)$/.test(origin.package)) return !/^(?:post|put|patch|delete)$/.test(name)
  return /^(?:retrieve|get|fetch|find|lookup)/i.test(name) && mayBe(origin.package, 'payment')
}

/** The request, its headers or a signature go to something that may check them. */
function isGivenRequest(record: CallRecord): boolean {
  const { callee, args, isWrite } = record
  if (isWrite || globalOf(callee) !== null || logCallOf(record) !== null || isPassive(callee)) return false
  if (callee.kind === 'member' && (isResponse(callee.object) || isRequest(callee.object) || requestPart(callee.object) !== null))
    return false
  return args.some((arg) =>
    requestPartsIn(arg).some(({ part, name }) => part === 'whole' || (part === 'headers' && (name === '' || secretNames.test(name)))),
  )
}
