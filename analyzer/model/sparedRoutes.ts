// Middleware that lets every request for some routes pass: `if (request.routeOptions.config.public) return`, `if (open.includes(req.path)) return next()`.
import type { CallRecord, Guard } from '../link/value.js'
import { inSameFunction, type Location } from '../text/location.js'
import { conductOf, type Conduct, type Refusal } from './conduct.js'
import type { Effect } from './effect.js'
import { isExcepted } from './exceptedPaths.js'
import { logCallOf } from './logging/logCalls.js'
import type { Capability, ChainLink, ProjectModel, Route } from './model.js'
import { answersTrue, isRuledOut } from './routeAnswers.js'
import { isRequest, isResponse } from './requests.js'
import { property } from './values.js'

/** True where conditions on the route's own address, method or `config` keep the function from doing what it does to other requests. */
export function spares(model: ProjectModel, route: Route, link: ChainLink, effect: Effect): boolean {
  const { capability, call, source } = effect
  if (isExcepted(route, link.value) || isLeftOut(model, route, link, effect)) return true
  const isRefusalOf = REFUSALS[capability]
  if (source !== 'behaviour' || isRefusalOf === undefined || link.value.kind !== 'function') return false
  const conduct = conductOf(model, link.value)
  const { refusals, delegations } = conduct
  const isOut = (guard: Guard): boolean => isRuledOut(route, link, guard)
  const ways = [
    ...refusals.filter(isRefusalOf).map(({ guards }) => guards),
    ...delegations.map(({ guards }) => guards),
    // What a package made elsewhere was called under other conditions.
    ...(call === null || delegations.length > 0 ? [] : [call.guards]),
  ]
  return (
    ways.length > 0 &&
    ways.every((guards) => guards.some((guard) => isOut(guard) || (guard.kind === 'catch' && failsNowhere(conduct, isOut))))
  )
}

/** `try { if (open.includes(req.path)) return next(); verify(req) } catch { 401 }`: whatever may throw stands behind the condition. */
function failsNowhere({ fn, records, summary }: Conduct, isOut: (guard: Guard) => boolean): boolean {
  const isOwn = (at: Location): boolean => inSameFunction(at, { file: fn.source.file, fn: fn.facts.id })
  // What callers share is recorded without their conditions: the call that hands it the request stands among the deliveries.
  const own = records.filter((record) => (isOwn(record.at) || record.stack.some(isOwn)) && mayFail(record))
  const failing = [...own, ...(summary.deliveries ?? [])].filter(({ guards }) => guards.every(({ kind }) => kind !== 'catch'))
  return failing.length > 0 && failing.every(({ guards }) => guards.some(isOut))
}

/** Not what is asked of the request itself, or of its path, nor what answers, logs or hands on. */
function mayFail(record: CallRecord): boolean {
  const { callee, isWrite } = record
  if (isWrite || (callee.kind === 'parameter' && callee.role === 'next') || logCallOf(record) !== null) return false
  if (callee.kind !== 'member') return true
  const { object } = callee
  const isPath = object.kind === 'member' && /^(path|url|originalUrl|method)$/.test(object.name) && isRequest(object.object)
  return !isPath && object.kind !== 'regex' && !isRequest(object) && !isResponse(object)
}

/** The refusals by which functions bring about what they are there for. */
const REFUSALS: Partial<Record<Capability, (refusal: Refusal) => boolean>> = {
  auth: ({ statuses }) => statuses.length === 0 || statuses.some((status) => status === 401 || status === 403),
  'rate-limit': ({ statuses }) => statuses.length === 0 || statuses.includes(429),
  csrf: ({ statuses }) => statuses.length === 0 || statuses.some((status) => status >= 400),
}

/**
 * Options that packages ask with each request whether it goes past: `skip` of express-rate-limit and express-slow-down, `allowList` of @fastify/rate-limit,
 * `skipIf` of @nestjs/throttler and `shouldSkip` of its guard (run with versions 8, 11 and 6).
 */
const ASKED: Partial<Record<Capability, readonly string[]>> = { 'rate-limit': ['skip', 'allowList', 'skipIf', 'shouldSkip'] }

/** `skip: (req) => req.path === '/health'` */
export function isLeftOut(model: ProjectModel, route: Route, link: ChainLink, { capability, options, source }: Effect): boolean {
  if (source !== 'package') return false
  return (ASKED[capability] ?? []).some((name) => {
    const asked = property(options, name)
    return asked?.kind === 'function' && answersTrue(model, route, link, asked)
  })
}
