// Every application limits how often a client may ask.
import { affected, asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { wantsGeneralLimit } from '../../analyzer/model/limits/limitDemand.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { limitApp } from '../../analyzer/model/limits/generalLimitFix.js'
import { flagsText, switchedOff } from '../../analyzer/model/limits/limitSwitches.js'
import type { ProjectModel, Route } from '../../analyzer/model/model.js'
import { protectsApp } from '../../analyzer/model/queries.js'
import { placesOf, relatedRoutes, routeText, type RoutePlace } from '../../analyzer/model/routePlaces.js'
import { leftToUnread, unreadPlaces } from '../../analyzer/model/unread.js'
import { expensiveWork } from '../../analyzer/model/work.js'

export default defineRule({
  id: 'require-rate-limit',
  summary: 'Every route of an application stands behind a rate limit.',
  category: 'rate-limit',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(770), asvs('11.1.4'), { name: 'express-rate-limit', url: 'https://express-rate-limit.mintlify.app/quickstart/usage' }],
  messages: {
    missing: {
      what: 'No rate limit stands in front of any route of `{app}`.',
      why: 'One client may send as many requests as the network carries. A script that loops, a scraper or a flood takes the processor, the database connections and the bill of every other client with it.',
      how: 'Register a limiter before the routes, such as {limiter} with 100 requests per 15 minutes, or tell the configuration that a gateway in front limits.',
    },
    partial: {
      what: '{uncovered} of {all} routes of `{app}` {has} no rate limit.',
      why: 'A limiter covers only routes that are registered after it, where it stands. On all other routes one client may send as many requests as the network carries.',
      how: 'Register a general limiter on the application before the routes, and keep the stricter ones where they are.',
    },
    unread: {
      what: 'No rate limit was found in front of `{app}`, and a layer there could not be read.',
      why: 'If that layer does not limit, nothing does: one client may send as many requests as the network carries.',
      how: 'See whether it limits; if not, register a limiter before the routes, such as {limiter} with 100 requests per 15 minutes.',
    },
    conditional: {
      what: 'The rate limit of `{app}` is only on when {flags} says so.',
      why: 'Where the switch is not set, nothing limits how often a client may ask, and nobody notices until the first flood.',
      how: 'Make the limit unconditional, or let it be on unless the switch turns it off.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const protection = protectsApp(model, app, 'rate-limit')
      const isWanting = (route: Route): boolean => wantsGeneralLimit(model, route)
      const uncovered = protection.uncovered.filter(isWanting)
      const switched = switchedOff(protection)
      const link = switched[0]?.protection.links[0]
      const unread = leftToUnread(model, app, 'rate-limit').filter(isWanting)
      if (uncovered.length > 0) {
        // Counted as the readiness report counts: probes and what only a provider calls belong to neither number.
        const wanting = [...protection.protections.keys()].filter(isWanting).length
        yield {
          message: uncovered.length === wanting ? 'missing' : 'partial',
          at: app.at,
          data: {
            ...idiomTexts(app),
            app: app.name,
            uncovered: String(uncovered.length),
            all: String(wanting),
            has: uncovered.length === 1 ? 'has' : 'have',
          },
          confidence: confidenceFor(model, app, protection.confidence),
          related: relatedRoutes(placesOf(uncovered), 'affected', (place) => noteOf(model, place)),
          fix: limitApp(model, app, uncovered),
        }
      } else if (link !== undefined) {
        const places = placesOf(switched.map(({ route }) => route))
        yield {
          message: 'conditional',
          at: link.link.at,
          data: { app: app.name, flags: flagsText(switched.map((one) => one.protection)) },
          severity: 'info',
          confidence: 'medium',
          related: [evidence(app.at, 'the application'), ...places.map((place) => affected(place.at, `${routeText(place)} depends on it`))],
        }
      } else if (unread.length > 0) {
        const behind = relatedRoutes(placesOf(unread).slice(0, 3), 'evidence', (place) => `${routeText(place)} stands behind it`)
        const data = { ...idiomTexts(app), app: app.name }
        yield { message: 'unread', at: app.at, data, confidence: 'low', related: [...unreadPlaces(model, unread), ...behind] }
      }
    }
  },
})

function noteOf(model: ProjectModel, place: RoutePlace): string {
  const [work] = place.routes.flatMap((route) => expensiveWork(model, route))
  return `${routeText(place)} has no rate limit${work === undefined ? '' : ` and does expensive work: ${work.what}`}`
}
