// Where limiters keep their counters.
import type { Value } from '../../link/value.js'
import { loadedPackages } from '../loadedPackages.js'
import type { Limiter } from './limiters.js'
import { limiterCallsIn, limitersOf, routesBehind } from './limiters.js'
import { isFastifyLimiter, THROTTLER } from './limits.js'
import type { Answer, App, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { productionCode } from '../productionCode.js'
import { agreement, hasProperty, possibleValues, property } from '../values.js'
import { recorded, recordedOnce } from '../recorded.js'
import { inSameFunction, sameLocation } from '../../text/location.js'

/** Whether a limiter counts in the memory of its own process. */
export function countsInMemory(model: ProjectModel, limiter: Limiter): Answer {
  if (limiter.kind === 'class') return classCountsInMemory(model, limiter)
  if (isFastifyLimiter(limiter.package) && hasProperty(limiter.options, 'redis') !== 'no') {
    const given = possibleValues(property(limiter.options, 'redis'))
    return given.length > 0 && given.every((one) => isRedis(model, one)) ? 'no' : 'unknown'
  }
  // Nest's module has limits of its own for each guard; without any the module was not read.
  if (limiter.package === THROTTLER && (limiter.options === null || providesStorage(model))) return 'unknown'
  if (limiter.package !== 'express-rate-limit' && !isFastifyLimiter(limiter.package) && limiter.package !== THROTTLER) return 'unknown'
  const store = property(limiter.options, 'store')
  if (store === null) return hasProperty(limiter.options, 'store') === 'no' && !hasStoredTwin(model, limiter) ? 'yes' : 'unknown'
  const kinds = possibleValues(store).map((value): Answer => {
    const origin = originOf(value)
    if (origin === null) return value.kind === 'literal' ? 'yes' : 'unknown'
    return origin.path.includes('MemoryStore') ? 'yes' : 'no'
  })
  return agreement(kinds)
}

/** `new Redis(…)`, and `fastify.redis` where the plugin of that name brings it. */
function isRedis(model: ProjectModel, value: Value): boolean {
  if (value.kind === 'member') return value.name === 'redis' && loadedPackages(model).has('@fastify/redis')
  return value.kind === 'result' && /redis|valkey/.test(originOf(value)?.package ?? '')
}

/** `{ provide: ThrottlerStorage, useClass: … }` takes the place of the storage that the module makes. */
const providesStorage = recordedOnce((model): boolean =>
  productionCode(model).some(({ imports }) =>
    imports.some(({ imported, specifier }) => specifier === THROTTLER && imported === 'ThrottlerStorage'),
  ),
)

/** The limiter that stands for all that count in one store: where the store can be given. */
export function storeHolder(model: ProjectModel, limiter: Limiter): Limiter {
  if (limiter.package === THROTTLER) {
    const app = routesBehind(model, limiter)[0]?.app
    return app === undefined ? limiter : (widestThrottler(model, app) ?? limiter)
  }
  // Limits that routes name in their options count in the store of the plugin that reads them.
  if (!isFastifyLimiter(limiter.package) || limiter.call.argumentsFrom !== undefined) return limiter
  const { at } = limiter.call.callee
  return limitersOf(model).find(({ call }) => call.argumentsFrom !== undefined && sameLocation(call.callee.at, at)) ?? limiter
}

/** What @Throttle changes for a route counts where the limits of the module do. */
const widestThrottler = recorded((model, app: App): Limiter | null => {
  const all = limitersOf(model).filter((one) => one.package === THROTTLER && routesBehind(model, one)[0]?.app === app)
  const width = (one: Limiter): number => routesBehind(model, one).length
  return all.toSorted((a, b) => width(b) - width(a))[0] ?? null
})

/** Two limiters made in one function, one with a store: which of them serves is decided at start. */
function hasStoredTwin(model: ProjectModel, limiter: Limiter): boolean {
  const { call } = limiter
  if (call.guards.length === 0 && !isOptional(model, limiter)) return false
  return limitersOf(model).some((other) => inSameFunction(other.call.at, call.at) && property(other.options, 'store') !== null)
}

/** True where the limiter is registered only under a condition. */
function isOptional(model: ProjectModel, limiter: Limiter): boolean {
  return routesBehind(model, limiter).every(({ chain }) =>
    chain.every((link) => link.isConditional || !limiterCallsIn(model, link.value).includes(limiter.call)),
  )
}

/** rate-limiter-flexible names the store in the class. One that only stands in for another while that one's store is away does not count. */
function classCountsInMemory(model: ProjectModel, limiter: Limiter): Answer {
  const name = originOf(limiter.call.callee)?.path.at(-1) ?? ''
  if (limiter.package !== 'rate-limiter-flexible') return 'unknown'
  if (name !== 'RateLimiterMemory') return 'no'
  return isInsurance(model, limiter) || limiter.call.guards.length > 0 ? 'unknown' : 'yes'
}

/** True for a limiter that counts only while the store of another one cannot be reached. */
export function isInsurance(model: ProjectModel, limiter: Limiter): boolean {
  return limitersOf(model).some((other) =>
    possibleValues(property(other.options, 'insuranceLimiter')).some((value) => value.kind === 'result' && value.call === limiter.call),
  )
}
