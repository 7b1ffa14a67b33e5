// What a route is for: does it take credentials, money, files, or give power?
import type { CallRecord } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import { conductOf, type Conduct } from '../conduct.js'
import { effectsOf } from '../effects.js'
import type { ProjectModel, Route } from '../model.js'
import { recorded } from '../recorded.js'
import { callOf, isCallTo, methodName, originOf } from '../origins.js'
import { checksAmong, isPasswordStrategy, passwordCheckAmong } from './passwordComparisons.js'
import { refusesWrongPasswords } from './passwordChecks.js'
import { setsPasswordByToken } from './passwordResets.js'
import { kindOfName, kindOfPath, type CredentialKind } from './routeWords.js'

export interface RouteCharacter {
  readonly kind: CredentialKind | null
  /** What says so: words of the path, the name of the handler, or a call in it. '' where kind is null. */
  readonly why: string
}

/**
 * Whether a route changes state with credentials, tokens, money, files or administration, which asks for a stricter limit: by method (POST, PUT, PATCH; DELETE for administration),
 * words of the path, name of the handler, and what the handler does (compares a password hash, asks passport's local strategy, checks a one-time password, takes files).
 * GET routes are none: they are callbacks and pages. Of a mutation of GraphQL its name and what it does speak.
 */
export const isCredentialRoute: (model: ProjectModel, route: Route) => RouteCharacter = recorded((model, route) => {
  // All fields of GraphQL have one path, which says nothing of them.
  if (route.method === 'MUTATION') return kindOfWork(model, route)
  const isWriting = ['POST', 'PUT', 'PATCH', 'ALL'].includes(route.method)
  if (!isWriting && route.method !== 'DELETE') return nothing
  if (route.method === 'ALL' && isLayer(model, route)) return nothing
  const byPath = kindOfPath(route.path)
  if (!isWriting) return byPath?.kind === 'admin' ? { kind: 'admin', why: `path says "${byPath.words}"` } : nothing
  if (byPath !== null && byPath.kind !== 'admin') return { kind: byPath.kind, why: `path says "${byPath.words}"` }
  const byWork = kindOfWork(model, route)
  if (byWork.kind !== null) return byWork
  return byPath === null ? nothing : { kind: byPath.kind, why: `path says "${byPath.words}"` }
})

const nothing: RouteCharacter = { kind: null, why: '' }

/** `router.all(path, guard)`: passes requests on to the routes behind it, and is none itself. */
function isLayer(model: ProjectModel, route: Route): boolean {
  const functions = route.handler === null ? [] : functionsBehind(route.handler)
  return functions.length > 0 && functions.every((fn) => onlyPassesOn(conductOf(model, fn)))
}

function onlyPassesOn({ continues, delegations, answers, refusals }: Conduct): boolean {
  return continues && delegations.length === 0 && answers.every(({ record }) => refusals.some(({ call }) => call === record))
}

function kindOfWork(model: ProjectModel, route: Route): RouteCharacter {
  const links = route.chain.filter((link) => link.entry === route.entry)
  for (const { value } of links) {
    const strategy = callOf(value, 'passport', ['authenticate'])
    if (strategy !== null && isPasswordStrategy(strategy)) return { kind: 'login', why: 'passport checks a password' }
  }
  const functions = route.handler === null ? [] : functionsBehind(route.handler)
  for (const fn of functions) {
    const named = kindOfName(fn.facts.name)
    if (named !== null) return { kind: named, why: `the handler is called ${fn.facts.name}` }
  }
  const records = functions.flatMap((fn) => checksAmong(conductOf(model, fn).records))
  if (records.some((record) => isCallTo(record, 'passport', ['authenticate']) && isPasswordStrategy(record)))
    return { kind: 'login', why: 'passport checks a password' }
  const telling = passwordCheckAmong(records)
  if (telling !== undefined) return { kind: 'login', why: `the handler calls ${methodName(telling.callee) ?? 'a password check'}` }
  if (functions.some((fn) => refusesWrongPasswords(model, fn))) return { kind: 'login', why: 'the handler refuses wrong passwords' }
  if (functions.some((fn) => setsPasswordByToken(model, fn)))
    return { kind: 'password-reset', why: 'the handler sets a password by a token' }
  const code = records.find(isOtpCheck)
  if (code !== undefined) return { kind: 'otp', why: 'the handler checks a one-time password' }
  const takesFiles = links.some(({ value }) => effectsOf(model, value).some((effect) => effect.capability === 'upload'))
  return takesFiles ? { kind: 'upload', why: 'takes files' } : nothing
}

function isOtpCheck(record: CallRecord): boolean {
  const origin = originOf(record.callee)
  return origin !== null && ['speakeasy', 'otplib', 'notp'].includes(origin.package) && /verify|check/i.test(origin.path.at(-1) ?? '')
}
