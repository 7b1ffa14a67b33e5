// Cookies that hold who somebody is, where the project writes them itself: `res.cookie('token', …)`, `reply.setCookie('sid', …)`.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { isCallTo, originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { pluginCookies } from './pluginCookies.js'
import { recordedOnce } from '../recorded.js'
import { isResponse } from '../requests.js'
import { wordsOf } from '../secrets/secretNames.js'
import { oneOf } from '../sorted.js'
import { isAbsent, numberOf, possibleValues, property, stringsOf } from '../values.js'

export interface CookieWrite {
  readonly call: CallRecord
  /** The first of its names; null where only its value tells that it is a token. */
  readonly name: string | null
  /** Whose method it is: defaults and units differ. */
  readonly writer: 'express' | 'fastify' | 'nest'
  readonly options: Value | null
  /** The argument that holds the options. */
  readonly argument: number
}

/** Every such cookie that production writes, in order. Cookies that are taken back are none, nor are those that hold a text of the code: it tells nobody apart. */
export const cookieWrites: (model: ProjectModel) => readonly CookieWrite[] = recordedOnce((model) =>
  productionCalls(model, writes(model)).flatMap((call) => writeOf(model, call)),
)

const writes = callsThat((call) => isWriting(call), {
  names: oneOf(['cookie', 'setCookie']),
  packages: oneOf(['cookie']),
})

function isWriting(call: CallRecord): boolean {
  const { callee, isWrite } = call
  if (isWrite) return false
  if (isCallTo(call, 'cookie', ['serialize'])) return true
  return callee.kind === 'member' && /^(cookie|setCookie)$/.test(callee.name) && (answers(callee.object) || isByAdapter(call))
}

function writeOf(model: ProjectModel, call: CallRecord): readonly CookieWrite[] {
  const { callee } = call
  if (callee.kind !== 'member' || isCallTo(call, 'cookie', ['serialize'])) return written(model, call, 'express', 0)
  return isByAdapter(call) ? written(model, call, 'nest', 1) : written(model, call, writerOf(callee), 0)
}

/** The adapter of Nest is given the response first. */
function isByAdapter({ callee, args: [first] }: CallRecord): boolean {
  return callee.kind === 'member' && callee.name === 'setCookie' && first !== undefined && answers(first) && !answers(callee.object)
}

/** Name, value and options, from an argument on. */
function written(model: ProjectModel, call: CallRecord, writer: CookieWrite['writer'], first: number): readonly CookieWrite[] {
  const [name, value, options = null] = call.args.slice(first)
  if (name === undefined || value === undefined || isTakenBack(value, options)) return []
  const names = stringsOf(name)
  const known = names.find((one) => isIdentityName(one) || pluginCookies(model).includes(one)) ?? null
  // Whatever the name says, a token that a package signed tells who asks.
  if (known === null && (!isToken(value) || names.some(isHarmlessName))) return []
  return [{ call, name: known ?? names[0] ?? null, writer, options, argument: first + 2 }]
}

/** A response, also one that something holds under its usual name: `context.res`. */
function answers(value: Value): boolean {
  return isResponse(value) || (value.kind === 'member' && /^(res|response|reply)$/.test(value.name))
}

/** Only cookies of @fastify/cookie are set with setCookie; it knows `cookie` too. */
function writerOf({ name, object }: Extract<Value, { kind: 'member' }>): 'express' | 'fastify' {
  if (name === 'setCookie') return 'fastify'
  let root = object
  while (root.kind === 'result' && root.call.callee.kind === 'member') root = root.call.callee.object
  return root.kind === 'parameter' && (root.type?.name === 'FastifyReply' || root.name === 'reply') ? 'fastify' : 'express'
}

function isTakenBack(value: Value, options: Value | null): boolean {
  const age = numberOf(property(options, 'maxAge'))
  // A service that gives a token or null is asked before its cookie is set.
  const isText = possibleValues(value).every((one) => one.kind === 'literal')
  return isText || isAbsent(value) === 'yes' || (age !== null && age <= 0)
}

/** What a package signed, also as `reply.jwtSign()`. */
export function isToken(value: Value): boolean {
  return possibleValues(value).some((one) => {
    if (one.kind === 'result' && one.call.callee.kind === 'member' && one.call.callee.name === 'jwtSign')
      return isResponse(one.call.callee.object)
    const origin = originOf(one)
    return origin !== null && /^(jsonwebtoken|@nestjs\/jwt|@fastify\/jwt|jose)$/.test(origin.package) && /^sign/.test(lastName(origin.path))
  })
}

function lastName(path: readonly string[]): string {
  return path.findLast((name) => name !== '()') ?? ''
}

/** True for names of cookies by which a server knows who asks: `sid`, `accessToken`, `connect.sid`. */
export const isIdentityName: (name: string) => boolean = rememberedByName((name) => {
  if (!/sess|sid|token|jwt|auth|remember|refresh/i.test(name)) return false
  const words = wordsOf(name)
  return (words.some((word) => speaking.test(word)) || isRenewing(words)) && !isHarmlessName(name)
})

/** `jwt_refresh`, `refresh`. `refreshInterval`, `auto-refresh` and `lastRefresh` speak of a page. */
function isRenewing(words: readonly string[]): boolean {
  return words.at(-1) === 'refresh' && !words.some((word) => /^(auto|last|next|needs?|force|page|data)$/.test(word))
}

export function isHarmlessName(name: string): boolean {
  return wordsOf(name).some((word) => harmless.has(word))
}

const speaking =
  /^(session|sess|[a-z]{0,4}sessionid|[a-z]{0,4}sess?id|[js]?sid|(access|refresh|auth|id|jwt|session|user|api|login)?tokens?|jwt|auth|authorization|authentication|remember|rememberme)$/

/** Words that say that the cookie holds something beside it: a state of OAuth lasts a moment, a token against CSRF is meant for scripts. */
const harmless: ReadonlySet<string> = new Set(
  (
    'csrf xsrf consent theme locale lang language redirect return returnto callback state nonce verifier pkce challenge expires expiry expiration exp ' +
    'expire at type method provider count timeout url uri path status flag hint mode step device push fcm captcha preference preferences'
  ).split(' '),
)
