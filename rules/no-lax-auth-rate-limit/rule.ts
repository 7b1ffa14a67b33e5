// A limit in front of credentials is strict enough to stop guessing.
import { asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { FixRefused, suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { laxLimits, type LaxLimit } from '../../analyzer/model/limits/laxLimits.js'
import { limitFastifyRoutes } from '../../analyzer/model/limits/fastifyLimits.js'
import { gradeOf, limitablePlace, limitPlaces } from '../../analyzer/model/limits/limiterFix.js'
import { durationText } from '../../analyzer/model/limits/limits.js'
import { ownNumbers, writeNumbers } from '../../analyzer/model/limits/strictNumbersFix.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { limitNestRoutes, runsThrottler } from '../../analyzer/model/nestFix.js'
import { chainText } from '../../analyzer/model/chainText.js'
import { placesOf, routeName, routeText } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-lax-auth-rate-limit',
  summary: 'Routes that take credentials let through at most 20 attempts per 15 minutes.',
  category: 'rate-limit',
  severity: 'warning',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(307), asvs('2.2.1'), owasp('Authentication')],
  messages: {
    lax: {
      what: '`{route}` lets {attempts} attempts through per 15 minutes.',
      why: 'Its strictest limiter allows {limit} per {window}. That is a limit for pages: at this rate one address tries {perDay} passwords a day, enough for the common ones, and a six-digit code falls in days.',
      how: 'Put a limiter of its own in front of the route, with 5 requests per 15 minutes, and keep the general one.',
    },
  },
  *check(model) {
    for (const lax of laxLimits(model)) {
      const places = placesOf(lax.routes)
      const [first, ...others] = places
      if (first?.routes[0] === undefined) continue
      yield {
        message: 'lax',
        at: lax.at,
        data: {
          route: routeName(first.routes[0]),
          attempts: String(lax.attempts),
          limit: String(lax.most),
          window: durationText(lax.window),
          perDay: String(lax.attempts * 96),
        },
        confidence: 'high',
        related: [
          evidence(first.at, `${routeText(first)}: ${chainText(first.routes[0])}`),
          ...others.map((place) => evidence(place.at, `${routeText(place)} stands behind the same limiter`)),
        ],
        fix: fixOf(model, lax),
      }
    }
  },
})

/** A stricter limiter on each of the routes, where they are registered in one file; the numbers of one that stands in front of no other routes. */
function fixOf(model: ProjectModel, lax: LaxLimit): Fix | null {
  const { routes, kinds } = lax
  const title = 'Put a strict limiter in front of these routes'
  const app = routes[0]?.app
  const limited = routes.map((route) => ({ route, wanted: gradeOf(kinds.get(route) ?? '') }))
  if (app?.framework === 'fastify') return suggestion(title, (editor) => limitFastifyRoutes(editor, model, app, limited))
  if (app?.framework === 'nest' && routes.every((route) => runsThrottler(model, route)))
    return suggestion(title, (editor) => limitNestRoutes(editor, model, app, limited))
  const places = placesOf(routes).flatMap((place) => limitablePlace(model, place, kinds.get(place.routes[0] ?? null) ?? '') ?? [])
  const file = places[0]?.place.at.file
  const isInOneFile = file !== undefined && places.every(({ place }) => place.at.file === file)
  const numbers = ownNumbers(model, lax)
  if (numbers === null && !isInOneFile) return null
  return suggestion(numbers === null ? title : 'Make the limiter of these routes strict', (editor) => {
    if (numbers !== null && writeNumbers(editor, numbers)) return
    if (!isInOneFile) throw new FixRefused('the numbers stand elsewhere')
    limitPlaces(editor, model, file, places)
  })
}
