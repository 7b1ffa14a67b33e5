// Layers that check a password, which people choose and strangers guess: basic authentication, strategies of passport, hashes, and comparisons of the project's own.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { refusesStrangers } from '../authBehaviour.js'
import { conductOf } from '../conduct.js'
import { effectsOf } from '../effects.js'
import { givenPart } from '../input/givenInput.js'
import type { ProjectModel } from '../model.js'
import { callOf, globalOf, methodName, originOf } from '../origins.js'
import { recorded } from '../recorded.js'
import { headerName } from '../requests.js'
import { contains, valuesWithin } from '../search.js'
import { isKeptSecret } from '../secrets/passwords.js'
import { isPasswordName, secretKind } from '../secrets/secretNames.js'
import { stringOf, stringsOf } from '../values.js'
import { isPasswordStrategy, passwordCheckAmong } from './passwordComparisons.js'

/** True for what refuses wrong passwords. One that counts by itself needs no limiter. */
export const checksPasswords: (model: ProjectModel, value: Value) => boolean = recorded((model, value) => {
  const effects = effectsOf(model, value)
  if (effects.some(({ capability }) => capability === 'rate-limit')) return false
  if (effects.some((one) => one.package !== null && BASIC.test(one.package))) return true
  const strategy = strategyOf(value)
  if (strategy !== null) return isPasswordStrategy(strategy) || stringsOf(strategy.args[0] ?? null).includes('basic')
  const functions = new Set([...functionsBehind(value), ...effects.flatMap(({ fn }) => fn ?? [])])
  return [...functions].some((fn) => comparesPassword(model, fn))
})

const BASIC = /^(?:@fastify\/|fastify-|express-)basic-auth\b|^basic-auth-connect\b|^http-auth-connect\b/

/** `passport.authenticate('local')`, `AuthGuard('local')`. */
function strategyOf(value: Value): CallRecord | null {
  return (
    callOf(value, 'passport', ['authenticate']) ??
    callOf(value, '@fastify/passport', ['authenticate']) ??
    callOf(value, '@nestjs/passport', ['AuthGuard'])
  )
}

function comparesPassword(model: ProjectModel, fn: FunctionValue): boolean {
  const check = passwordCheckAmong(conductOf(model, fn).records)
  return (check !== undefined && !checksKey(check)) || refusesWrongPasswords(model, fn)
}

/** True where a password that was typed decides whether a function answers 401 or 403. */
export function refusesWrongPasswords(model: ProjectModel, fn: FunctionValue): boolean {
  const conduct = conductOf(model, fn)
  return conduct.refusals.some(
    (refusal) => refusesStrangers(conduct, refusal) && refusal.guards.some(({ value }) => contains(value, decidesByPassword)),
  )
}

/** `bcrypt.compare(request.headers['x-api-key'], …)`: keys are generated, and nobody guesses them. A limiter behind may count by whose key it is. */
function checksKey({ args }: CallRecord): boolean {
  const [given = null] = args
  return valuesWithin(given).some((part) => {
    const name = headerName(part) ?? (part.kind === 'member' ? part.name : '')
    const isScheme = part.kind === 'literal' && typeof part.value === 'string' && /^bearer\b/i.test(part.value)
    return isScheme || /^(?:key|token)$/.test(secretKind(name) ?? '')
  })
}

/** A typed password is compared, or given to something whose answer counts. Whether there is one at all is no check. */
function decidesByPassword(value: Value): boolean {
  if (value.kind === 'operation') {
    const [left, right] = value.operands
    if (left === undefined || right === undefined || !/^[!=]==?$/.test(value.operator)) return false
    return (isTyped(left) && isStored(right)) || (isTyped(right) && isStored(left))
  }
  if (value.kind !== 'result' || globalOf(value.call.callee) !== null) return false
  const { args } = value.call
  return args.some((arg) => contains(arg, isTyped)) && !args.some((arg) => contains(arg, isGenerated))
}

/** The other side of a comparison: not what the request brings as well, not what was generated, and not what stands for nothing. */
function isStored(value: Value): boolean {
  return (
    givenPart(value) === null &&
    !isGenerated(value) &&
    (value.kind !== 'literal' || (typeof value.value === 'string' && value.value !== ''))
  )
}

/** `process.env.CLIENT_SECRET`, `client.secret`: clients that are programs have such a one, and nobody guesses it. */
function isGenerated(value: Value): boolean {
  if (value.kind !== 'environment' && (value.kind !== 'member' || givenPart(value) !== null)) return false
  return /^(?:secret|key|token)$/.test(secretKind(value.name) ?? '')
}

/** A password or a PIN as the request brought it, or as a function was given it, also in the form that basic authentication gives it. */
function isTyped(value: Value): boolean {
  if (value.kind === 'operation') return false
  if (isPasswordName(headerName(value) ?? '')) return true
  return (isKeptSecret(value) && (givenPart(value) !== null || value.kind === 'parameter')) || isBasic(value)
}

/** What stands behind the colon of a decoded `Authorization`, and what the package basic-auth makes of it. */
function isBasic(value: Value): boolean {
  if (value.kind !== 'member') return false
  const origin = originOf(value)
  if (origin !== null) return origin.package === 'basic-auth' && origin.path.at(-1) === 'pass'
  return value.name === '1' && value.object.kind === 'result' && isSplit(value.object.call) && valuesWithin(value.object).some(isDecoded)
}

function isSplit({ callee, args }: CallRecord): boolean {
  return methodName(callee) === 'split' && stringOf(args[0] ?? null) === ':'
}

function isDecoded(value: Value): boolean {
  if (value.kind !== 'result') return false
  const { callee, args } = value.call
  const decodes = globalOf(callee) === 'atob' || (globalOf(callee) === 'Buffer.from' && stringOf(args[1] ?? null) === 'base64')
  return decodes && valuesWithin(args[0] ?? null).some((one) => /^(?:proxy-)?authorization$/i.test(headerName(one) ?? ''))
}
