// Limits in front of credentials that let too many attempts through.
import { locationKey, type Location } from '../../text/location.js'
import type { Value } from '../../link/value.js'
import type { Effect } from '../effect.js'
import { limitDemand } from './limitDemand.js'
import { limitsNothing } from './limiterProblems.js'
import { limitOf } from './limits.js'
import type { ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import { propertyAt } from '../values.js'

export interface LaxLimit {
  /** The number in the options of the strictest limiter, or the limiter where it has none. */
  readonly at: Location
  /** Requests in a window of so many milliseconds, as written. */
  readonly most: number
  readonly window: number
  /** Attempts that pass in 15 minutes. */
  readonly attempts: number
  /** What is written for them. */
  readonly numbers: { readonly most: Value | null; readonly window: Value | null }
  readonly routes: readonly Route[]
  readonly kinds: ReadonlyMap<Route | null, string>
}

const QUARTER = 15 * 60 * 1000
const MOST_ATTEMPTS = 20

/** The strictest limiters of routes that take credentials, where they let through more than 20 attempts per 15 minutes. Silent where a number in front is not known. */
export function laxLimits(model: ProjectModel): readonly LaxLimit[] {
  const found = new Map<string, LaxLimit & { routes: Route[]; kinds: Map<Route | null, string> }>()
  for (const route of model.routes) {
    const demand = limitDemand(model, route, 'costly')
    if (demand?.isCredential !== true || demand.kind === 'token') continue
    const protection = protectsRoute(model, route, 'rate-limit')
    if (protection.answer !== 'yes' || protection.isConditional || protection.by !== 'code') continue
    const limits = protection.links.filter(({ effect }) => !limitsNothing(model, effect.call)).map(({ effect }) => rateOf(model, effect))
    const known = limits.flatMap((limit) => limit ?? [])
    // A number that is not known may be the strict one.
    if (known.length < limits.length || known.length === 0) continue
    const strictest = known.reduce((least, one) => (one.attempts < least.attempts ? one : least))
    if (strictest.attempts <= MOST_ATTEMPTS) continue
    const key = locationKey(strictest.at)
    const lax = found.get(key) ?? { ...strictest, routes: [], kinds: new Map<Route | null, string>() }
    lax.routes.push(route)
    lax.kinds.set(route, demand.kind)
    found.set(key, lax)
  }
  return [...found.values()]
}

/** True for a limit whose numbers are known, and let too many attempts through. */
export function isLax(model: ProjectModel, effect: Effect): boolean {
  return (rateOf(model, effect)?.attempts ?? 0) > MOST_ATTEMPTS
}

/** What a limiter lets through in a quarter of an hour. A longer window lets all of its requests through in one. */
function rateOf(model: ProjectModel, effect: Effect): Pick<LaxLimit, 'at' | 'most' | 'window' | 'attempts' | 'numbers'> | null {
  const { most, window, possible, mostValue, windowValue } = limitOf(model, effect)
  const least = possible[0] ?? most
  // What never refuses, or refuses all, is the business of no-ineffective-rate-limit.
  if (least === null || window === null || !Number.isFinite(least) || least <= 0 || window < 1000) return null
  const option = ['limit', 'max', 'points', 'tokensPerInterval', 'freeRetries'].find(
    (name) => effect.options?.kind === 'object' && effect.options.properties.get(name) === mostValue,
  )
  const at = effect.options !== null && option !== undefined ? propertyAt(effect.options, option) : effect.at
  return {
    at,
    most: least,
    window,
    attempts: window >= QUARTER ? least : Math.floor((least * QUARTER) / window),
    numbers: { most: mostValue, window: windowValue },
  }
}
