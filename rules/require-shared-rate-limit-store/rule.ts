// Limiters of an application that runs as several processes count together.
import { cwe, defineRule, evidence, type Problem } from '../../analyzer/check/rule.js'
import { severalInstances, type SeveralInstances } from '../../analyzer/model/limits/instances.js'
import { countsInMemory, storeHolder } from '../../analyzer/model/limits/limiterStores.js'
import { limitersOf, routesBehind } from '../../analyzer/model/limits/limiters.js'
import { ownMemoryLimiters } from '../../analyzer/model/limits/ownMemoryLimiters.js'
import type { App } from '../../analyzer/model/model.js'
import { locationKey, type Location } from '../../analyzer/text/location.js'

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
      how: 'Give the limiter a store that the processes share, such as rate-limit-redis, the `redis` option of @fastify/rate-limit, RateLimiterRedis of rate-limiter-flexible, or `storage` of ThrottlerModule.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const several = ownMemoryLimiters(model, app).length === 0 ? null : severalInstances(model, app)
      if (several === null) continue
      // What is counted may be meant for each process, as the load is that it bears.
      for (const at of ownMemoryLimiters(model, app)) yield { ...problemOf(app, several, at), confidence: 'medium' }
    }
    const told = new Set<string>()
    for (const limiter of limitersOf(model)) {
      const app = routesBehind(model, limiter)[0]?.app
      if (app === undefined || countsInMemory(model, limiter) !== 'yes') continue
      const several = severalInstances(model, app)
      const { at } = storeHolder(model, limiter).call
      if (several === null || told.has(locationKey(at))) continue
      told.add(locationKey(at))
      yield problemOf(app, several, at)
    }
  },
})

function problemOf(app: App, several: SeveralInstances, at: Location): Problem<'memory'> {
  return {
    message: 'memory',
    at,
    data: { what: several.what },
    confidence: several.confidence,
    related: [evidence(several.at, 'several processes'), evidence(app.at, 'the application')],
  }
}
