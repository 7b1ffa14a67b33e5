// Every rate limiter that the project makes, and the routes that it stands in front of.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { mayHave } from '../../frameworks/knownPackages.js'
import { effectsOf } from '../effects.js'
import { limitOf, type Limit } from './limits.js'
import type { ProjectModel, Route } from '../model.js'
import { ofEachCall } from '../perPart.js'
import { originOf } from '../origins.js'
import { optionsOf, packageEffect } from '../packageEffects.js'
import { recorded, recordedOnce } from '../recorded.js'
import { possibleValues } from '../values.js'

/** A limiter of a package: middleware that a factory makes, or an object that own code asks. */
export interface Limiter extends MadeLimiter {
  readonly limit: Limit
}

interface MadeLimiter {
  /** The call that makes it. */
  readonly call: CallRecord
  readonly options: Value | null
  readonly package: string
  readonly kind: 'middleware' | 'class'
}

/** Limiters that production code makes, in order of execution, also where no entry leads. A place that runs with different arguments gives several. */
export const limitersOf: (model: ProjectModel) => readonly Limiter[] = recordedOnce((model) =>
  allLimiters(model)
    .filter(({ call }) => model.productionFiles.has(call.at.file))
    .map((made) => ({ ...made, limit: limitOf(model, { at: made.call.at, package: made.package, options: made.options, detail: '' }) })),
)

const allLimiters = ofEachCall(
  (call): readonly MadeLimiter[] => {
    const limiter = call.isOff ? null : limiterMadeBy(call)
    return limiter === null ? [] : [limiter]
  },
  { packages: (name) => mayHave(name, 'rate-limit') },
)

/** The limiter that a call makes; null for every other call. */
export function limiterMadeBy(call: CallRecord): MadeLimiter | null {
  const origin = originOf(call.callee)
  if (origin === null || !mayHave(origin.package, 'rate-limit')) return null
  const found = packageEffect({ kind: 'result', at: call.at, call })
  if (found?.effect?.capabilities.includes('rate-limit') !== true) return null
  const { effect } = found
  // The factory itself was called, and not a method of what it returned.
  const rest = found.origin.path.slice(effect.path.length)
  const isMiddleware = effect.kind === 'middleware factory' && rest.join() === '()'
  const isClass = effect.kind === 'limiter class' && call.isNew
  if (!isMiddleware && !isClass) return null
  return { call, options: optionsOf(call), package: found.origin.package, kind: isClass ? 'class' : 'middleware' }
}

/**
 * The calls that made the limiters within a middleware value, whether or not they work: those that it is, and those that it hands requests to or asks.
 * Arrays and choices are looked through.
 */
export const limiterCallsIn: (model: ProjectModel, value: Value) => readonly CallRecord[] = recorded((model, value) => [
  ...new Set(valuesPassed(value).flatMap((one) => (one.kind === 'function' ? callsBehind(model, one) : limiterCallsOf(one)))),
])

/** The calls that made a value, where it is a limiter itself. Functions are not looked into, which would run them. */
export function limiterCallsOf(value: Value): readonly CallRecord[] {
  return (originOf(value)?.calls ?? []).filter((call) => limiterMadeBy(call) !== null)
}

/** Elements of arrays, and what choices may be. */
export function valuesPassed(value: Value, depth = 0): readonly Value[] {
  if (depth > 6) return []
  if (value.kind === 'array') return value.elements.flatMap((element) => valuesPassed(element, depth + 1))
  if (value.kind === 'choice') return possibleValues(value).flatMap((option) => (option === value ? [] : valuesPassed(option, depth + 1)))
  return [value]
}

function callsBehind(model: ProjectModel, fn: Extract<Value, { kind: 'function' }>): readonly CallRecord[] {
  const direct = conductOf(model, fn).delegations.flatMap((record) =>
    possibleValues(record.callee).flatMap((callee) => originOf(callee)?.calls ?? []),
  )
  const asked = effectsOf(model, fn).flatMap((effect) =>
    effect.capability === 'rate-limit' && effect.call !== null ? [effect.call, ...(originOf(effect.call.callee)?.calls ?? [])] : [],
  )
  return [...direct, ...asked].filter((call) => limiterMadeBy(call) !== null)
}

/** Routes with the limiter in their chain, in order, also those that it does not protect because it does nothing. */
export function routesBehind(model: ProjectModel, limiter: Limiter): readonly Route[] {
  return routesByLimiter(model).get(placeKey(limiter.call)) ?? []
}

const routesByLimiter = recordedOnce(indexRoutes)

function indexRoutes(model: ProjectModel): ReadonlyMap<string, readonly Route[]> {
  const index = new Map<string, Route[]>()
  const known = new Map<Value, readonly CallRecord[]>()
  for (const route of model.routes) {
    for (const { value } of route.chain) {
      let calls = known.get(value)
      if (calls === undefined) known.set(value, (calls = limiterCallsIn(model, value)))
      for (const call of calls) {
        const routes = index.get(placeKey(call)) ?? []
        if (!routes.includes(route)) routes.push(route)
        index.set(placeKey(call), routes)
      }
    }
  }
  return index
}

/** One place of the code in one context of calls. */
function placeKey(call: CallRecord): string {
  return `${locationKey(call.at)} ${call.stack.map(locationKey).join(' ')}`
}
