// Recognises rate limiters of the project's own making.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { CallRecord, Guard, Value } from '../../link/value.js'
import { ownEffect } from '../ownEffect.js'
import type { Conduct, Refusal } from '../conduct.js'
import type { Effect } from '../effect.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { isNext, isRequest, isResponse } from '../requests.js'
import { contains } from '../search.js'
import { refusesRepetitions } from './seenRequests.js'

/**
 * A function limits when it refuses with 429 depending on something that it keeps between requests (a Map, a database, a cache, any opaque call that it waits for),
 * or when it asks a limiter class and refuses on its word. Error middleware that answers 429 is none: it is filtered before.
 */
export function limitEffects(conduct: Conduct): readonly Effect[] {
  const consumption = conduct.records.find(isConsumption)
  if (consumption !== undefined && isHeeded(conduct, consumption)) {
    return [
      ownEffect(
        conduct,
        'rate-limit',
        'high',
        consumption.at,
        consumption.guards,
        `asks ${originOf(consumption.callee)?.package ?? 'a limiter'}`,
        { call: consumption, options: limiterOptions(consumption) },
      ),
    ]
  }
  const refusal = conduct.refusals.find(({ statuses }) => statuses.includes(429))
  if (refusal === undefined) return []
  const evidence = stateOf(conduct, refusal)
  if (evidence === null || refusesRepetitions(conduct.records.filter(isStateful), refusal)) return []
  const isOnlyAnswer = !conduct.continues && conduct.answers.every((answer) => answer.statuses.includes(429))
  if (isOnlyAnswer && refusal.how === 'answer') return []
  return [
    ownEffect(conduct, 'rate-limit', evidence.confidence, refusal.at, outerGuards(refusal), `answers 429 depending on ${evidence.what}`, {
      call: refusal.call,
    }),
  ]
}

/** Refused on its word, or handed on as a rejection; whoever catches that and goes on limits nothing. */
function isHeeded({ refusals, summary, delegations }: Conduct, consumption: CallRecord): boolean {
  if (refusals.length > 0 || summary.throws.length > 0) return true
  return consumption.isAwaited && (!consumption.isCaught || delegations.length > 0)
}

const consuming: ReadonlySet<string> = new Set(
  'consume penalty check limit removeTokens tryRemoveTokens get acquire hit attempt isAllowed wouldLimit protect schedule prevent increment incr'.split(
    ' ',
  ),
)

/** A call that asks a limiter object: `limiter.consume(key)`. */
export function isConsumption(record: CallRecord): boolean {
  const { callee, isNew, isWrite } = record
  if (isWrite || isNew || (callee.kind === 'member' && !consuming.has(callee.name))) return false
  const origin = originOf(callee)
  if (origin === null || !consuming.has(origin.path.at(-1) ?? '')) return false
  return effectOf(origin.package, origin.path)?.kind === 'limiter class'
}

/** A call by which a limiter looks up or counts: of a limiter object, or of something that outlives the request. */
export function isLookup(record: CallRecord): boolean {
  return isConsumption(record) || (!record.isWrite && isStateful(record))
}

/** The options that the limiter was made with, or what stands in their place: options from elsewhere, or limiters that count together. */
function limiterOptions(record: CallRecord): Value | null {
  const args = originOf(record.callee)?.calls[0]?.args ?? []
  return args.find((arg) => arg.kind === 'object') ?? args.at(-1) ?? null
}

const counting =
  /^(get|set|incr|incrby|increment|incrBy|expire|pexpire|zadd|zcard|zcount|zremrangebyscore|eval|evalsha|multi|exec|hincrby|hget|hset|push|add|has|count|countDocuments|findOne|find|findFirst|create|update|updateOne|findOneAndUpdate|upsert|query|execute|consume|hit|check|lpush|llen|ttl|pttl|shift|filter)$/i

function stateOf(conduct: Conduct, refusal: Refusal): { readonly what: string; readonly confidence: 'high' | 'medium' } | null {
  const target = conduct.summary.writes[0]?.target
  if (target !== undefined) return { what: `\`${target}\`, which it keeps between requests`, confidence: 'high' }
  const call = conduct.records.find((record) => isStateful(record))
  if (call !== undefined)
    return { what: `\`${methodName(call.callee) ?? 'a call'}\` of something that outlives the request`, confidence: 'high' }
  const guard = refusal.guards.find((one) => contains(one.value, keepsState))
  return guard === undefined ? null : { what: 'something that outlives the request', confidence: 'medium' }
}

function isStateful(record: CallRecord): boolean {
  const { callee } = record
  if (callee.kind !== 'member' || isRequest(callee.object) || isResponse(callee.object) || isNext(callee.object)) return false
  if (globalOf(callee) !== null) return false
  if (record.isWrite) return callee.object.kind === 'object' || callee.object.kind === 'array'
  if (!counting.test(callee.name)) return false
  return !contains(callee.object, (value) => isRequest(value) || isResponse(value))
}

/** What outlives a request, or is asked of something that does. */
export function keepsState(value: Value): boolean {
  if (value.kind === 'object') return value.role === 'map' || value.role === 'set' || value.role === 'instance'
  if (value.kind === 'result') return value.call.isAwaited && globalOf(value.call.callee) === null
  return value.kind === 'unknown'
}

/** The conditions that decide whether the limiter works at all: those that do not ask what it counted. */
function outerGuards(refusal: Refusal): readonly Guard[] {
  return refusal.guards.filter(
    (guard) =>
      !contains(guard.value, (value) => keepsState(value) || value.kind === 'result' || (value.kind === 'member' && value.name === '*')),
  )
}
