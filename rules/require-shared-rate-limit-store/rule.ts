// Limiters of an application that runs as several processes count together.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { severalInstances } from '../../analyzer/model/limits/instances.js'
import { countsInMemory } from '../../analyzer/model/limits/limiterStores.js'
import { limitersOf, routesBehind, type Limiter } from '../../analyzer/model/limits/limiters.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { locationKey, sameLocation } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'require-shared-rate-limit-store',
  summary: 'Limiters of an application that runs as several processes share their counters.',
  category: 'rate-limit',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(770), { name: 'express-rate-limit stores', url: 'https://express-rate-limit.mintlify.app/reference/stores' }],
  messages: {
    memory: {
      what: 'This limiter counts in memory, and {what} several processes.',
      why: 'Each process counts for itself: with four of them a client gets four times the limit, and every restart forgives everything.',
      how: 'Give the limiter a store that the processes share, such as rate-limit-redis, the `redis` option of @fastify/rate-limit, or RateLimiterRedis of rate-limiter-flexible.',
    },
  },
  *check(model) {
    const told = new Set<string>()
    for (const limiter of limitersOf(model)) {
      const app = routesBehind(model, limiter)[0]?.app
      if (app === undefined || countsInMemory(model, limiter) !== 'yes') continue
      const several = severalInstances(model, app)
      const { at } = registrationOf(model, limiter).call
      if (several === null || told.has(locationKey(at))) continue
      told.add(locationKey(at))
      yield {
        message: 'memory',
        at,
        data: { what: several.what },
        confidence: several.confidence,
        related: [
          { at: several.at, note: 'several processes', role: 'evidence' },
          { at: app.at, note: 'the application', role: 'evidence' },
        ],
      }
    }
  },
})

/** Limits that routes name in their options count in the store of the plugin that reads them, which is where it can be given. */
function registrationOf(model: ProjectModel, limiter: Limiter): Limiter {
  if (limiter.package !== '@fastify/rate-limit' || limiter.call.argumentsFrom !== undefined) return limiter
  const { at } = limiter.call.callee
  return limitersOf(model).find(({ call }) => call.argumentsFrom !== undefined && sameLocation(call.callee.at, at)) ?? limiter
}
