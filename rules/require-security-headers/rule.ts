// Responses carry the security headers that browsers act on.
import { asvs, cwe, defineRule, evidence, type Problem } from '../../analyzer/check/rule.js'
import { answersBeforeHeaders, type EarlyAnswers } from '../../analyzer/model/headers/answersBeforeHeaders.js'
import { describe } from '../../analyzer/model/describe.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { headerShortfall, type HeaderShortfall } from '../../analyzer/model/headers/headerShortfall.js'
import { headerFix, headersFirst } from '../../analyzer/model/headers/headerFix.js'
import { shortfallPlaces, shortfallTexts } from '../../analyzer/model/headers/shortfallTexts.js'
import type { App, ProjectModel } from '../../analyzer/model/model.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { placesOf, relatedRoutes, routeText } from '../../analyzer/model/routePlaces.js'
import { isProbesOnly } from '../../analyzer/model/serving.js'
import { startingPlaces } from '../../analyzer/model/sharedFactories.js'
import { leftToUnread, unreadPlaces } from '../../analyzer/model/unread.js'
import { unique } from '../../analyzer/model/verdict.js'
import { listed } from '../../analyzer/model/words.js'

const why =
  'Without them a browser lets other sites frame the pages, guesses content types, falls back to plain HTTP and runs injected scripts. {framework} sets none of these headers itself.'

export default defineRule({
  id: 'require-security-headers',
  summary: 'Responses carry the security headers that browsers act on.',
  category: 'headers',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(693), asvs('14.4'), { name: 'helmet', url: 'https://helmetjs.github.io/' }],
  messages: {
    missing: { what: 'Nothing sets security headers on the responses of {app}.', why, how: 'Register {helmet} first: {addHelmet}.' },
    unread: {
      what: 'No security headers were found on {app}, and a layer in front could not be read.',
      why: `If that layer does not set them, nothing does. ${why}`,
      how: 'See whether it sets them; if not, register {helmet} first: {addHelmet}.',
    },
    partial: {
      what: 'Only {headers} set on the responses of {app}.',
      why: 'Browsers act on each header by itself: nosniff against guessed content types, a frame policy against framing, HSTS against plain HTTP.',
      how: 'Register {helmet} first, or set the missing ones too: {absent}.',
    },
    uncalled: {
      what: 'helmet is registered without being called, so every request fails.',
      why: 'helmet is a factory. Express calls it as middleware, and it throws: all routes answer 500.',
      how: 'Write app.use(helmet()).',
    },
    late: {
      what: '{middleware} comes too late: {missed} answered without security headers.',
      why: `{order} ${why}`,
      how: 'Register it directly after the application is made.',
    },
    elsewhere: {
      what: '{middleware} covers a part of {app} only: {missed} answered without it.',
      why: `{part} ${why}`,
      how: 'Register it on the application, before everything else.',
    },
    development: {
      what: '{middleware} is off in production.',
      why: `The registration stands behind a condition that NODE_ENV=production does not meet. ${why}`,
      how: 'Register it without the condition.',
    },
    optional: {
      what: 'Security headers depend on a switch: {flags}.',
      why: `Where the switch is not set, responses leave without them. ${why}`,
      how: 'Register it without the condition, and switch off single headers where that is needed.',
    },
    behind: {
      what: 'Some answers of {names} leave without security headers.',
      why: 'A body that does not parse, or a request over the limit, is answered before the layer that sets the headers runs. Error pages are pages too: they can be framed, and their types guessed.',
      how: 'Register {middleware} first.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const shortfall = headerShortfall(model, app)
      const early = shortfall === null ? answersBeforeHeaders(model, app) : null
      if (shortfall !== null) yield problemOf(model, app, shortfall)
      // True, and little: whoever has helmet has it for pages, which these answers are not.
      else if (early !== null) yield { ...behind(model, early), confidence: 'low' }
      else yield* unread(model, app)
    }
  },
})

function* unread(model: ProjectModel, app: App): Generator<Problem<'unread'>> {
  const routes = leftToUnread(model, app, 'security-headers').filter((route) => !isProbesOnly(model, [route]))
  if (routes.length === 0) return
  const shown = relatedRoutes(placesOf(routes).slice(0, 3), 'evidence', (place) => `${routeText(place)} is answered behind it`)
  const data = { ...idiomTexts(app), app: app.name }
  yield { message: 'unread', at: app.at, severity: 'warning', confidence: 'low', data, related: [...unreadPlaces(model, routes), ...shown] }
}

function behind(model: ProjectModel, { registration, answerers }: EarlyAnswers): Omit<Problem<'behind'>, 'confidence'> {
  const related = answerers.map(({ at, statuses }) => evidence(at, `answers ${statuses} by itself`))
  const data = { middleware: describe(registration.handler), names: listed(unique(answerers.map(({ name }) => name))) }
  return { message: 'behind', at: registration.at, severity: 'info', data, related, fix: headersFirst(model, registration, answerers[0]) }
}

function problemOf(model: ProjectModel, app: App, shortfall: HeaderShortfall): Problem<HeaderShortfall['kind']> {
  const { kind, at, missed, confidence } = shortfall
  // Who asks probes is no browser.
  const isLittle = isProbesOnly(model, missed)
  return {
    message: kind,
    at,
    ...(isLittle ? { severity: 'info' } : {}),
    confidence: isLittle ? 'low' : confidenceFor(model, app, confidence),
    data: shortfallTexts(app, shortfall),
    related: [...startingPlaces(model, app), ...shortfallPlaces(app, shortfall)],
    fix: headerFix(model, app, shortfall),
  }
}
