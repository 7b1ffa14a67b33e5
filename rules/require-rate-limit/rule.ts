// Every application limits how often a client may ask.
import { asvs, cwe, defineRule, type Problem } from '../../analyzer/check/rule.js'
import { lastBeforeLimits } from '../../analyzer/model/limits/leadingHeaders.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { suggestion, type Editor, type Fix } from '../../analyzer/fix/fix.js'
import { wantsGeneralLimit } from '../../analyzer/model/limits/limitDemand.js'
import { limitFastifyApp } from '../../analyzer/model/limits/fastifyLimits.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { generalLimit, limiterCode } from '../../analyzer/model/limits/limiterCode.js'
import { ownGeneralLimit } from '../../analyzer/model/limits/ownLimit.js'
import { flagsText, isOffByDefault } from '../../analyzer/model/limits/limitSwitches.js'
import type { App, Entry, ProjectModel, Route } from '../../analyzer/model/model.js'
import { limitNestApp } from '../../analyzer/model/nestFix.js'
import { proxiesWithout } from '../../analyzer/model/limits/proxiedRoutes.js'
import { protectsApp, type AppProtection } from '../../analyzer/model/queries.js'
import { placesOf, relatedRoutes, routeText, type RoutePlace } from '../../analyzer/model/routePlaces.js'
import { expensiveWork } from '../../analyzer/model/work.js'
import { inSameFunction, sameLocation } from '../../analyzer/text/location.js'

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
      what: '{uncovered} of {all} routes of `{app}` have no rate limit.',
      why: 'A limiter covers only routes that are registered after it, where it stands. On all other routes one client may send as many requests as the network carries.',
      how: 'Register a general limiter on the application before the routes, and keep the stricter ones where they are.',
    },
    conditional: {
      what: 'The rate limit of `{app}` is only on when {flags} says so.',
      why: 'Where the switch is not set, nothing limits how often a client may ask, and nobody notices until the first flood.',
      how: 'Make the limit unconditional, or let it be on unless the switch turns it off.',
    },
  },
  *check(model) {
    for (const app of model.apps) yield* problemsOf(model, app)
  },
})

type MessageId = 'missing' | 'partial' | 'conditional'

function* problemsOf(model: ProjectModel, app: App): Generator<Problem<MessageId>> {
  const protection = protectsApp(model, app, 'rate-limit')
  const proxies = proxiesWithout(model, app, 'rate-limit')
  const all = protection.protections.size + proxies.count
  const open = [...protection.uncovered, ...proxies.open]
  const isWanting = (route: Route): boolean => wantsGeneralLimit(model, route)
  const uncovered = open.filter(isWanting)
  // Counted as the readiness report counts: probes and what only a provider calls belong to neither number.
  const wanting = [...protection.protections.keys()].filter(isWanting).length + proxies.count
  if (uncovered.length > 0) {
    yield {
      message: open.length === all ? 'missing' : 'partial',
      at: app.at,
      data: { ...idiomTexts(app), app: app.name, uncovered: String(uncovered.length), all: String(wanting) },
      confidence: confidenceFor(model, app, protection.confidence),
      related: relatedRoutes(placesOf(uncovered), 'affected', (place) => noteOf(model, place)),
      fix: limitApp(model, app, uncovered),
    }
    return
  }
  yield* conditionalProblems(app, protection)
}

/** A limiter behind a switch that is off where nobody sets it. */
function* conditionalProblems(app: App, protection: AppProtection): Generator<Problem<MessageId>> {
  const optional = protection.conditional.flatMap((route) => {
    const one = protection.protections.get(route)
    return one !== undefined && isOffByDefault(one) ? [{ route, protection: one }] : []
  })
  const link = optional[0]?.protection.links[0]
  if (link === undefined) return
  yield {
    message: 'conditional',
    at: link.link.at,
    data: { app: app.name, flags: flagsText(optional.map((one) => one.protection)) },
    severity: 'info',
    confidence: 'medium',
    related: [
      { at: app.at, note: 'the application', role: 'evidence' },
      ...placesOf(optional.map(({ route }) => route)).map((place) => ({
        at: place.at,
        note: `${routeText(place)} depends on it`,
        role: 'affected' as const,
      })),
    ],
  }
}

function noteOf(model: ProjectModel, place: RoutePlace): string {
  const [work] = place.routes.flatMap((route) => expensiveWork(model, route))
  return `${routeText(place)} has no rate limit${work === undefined ? '' : ` and does expensive work: ${work.what}`}`
}

function limitApp(model: ProjectModel, app: App, routes: readonly Route[]): Fix {
  const wanted = app.framework === 'express' ? ownGeneralLimit(model) : generalLimit
  const window = wanted.minutes === 1 ? 'minute' : `${wanted.minutes} minutes`
  return suggestion(`Limit each client to ${wanted.limit} requests per ${window}`, (editor) => {
    if (app.framework === 'nest') return limitNestApp(editor, model, app, generalLimit)
    if (app.framework === 'fastify') return limitFastifyApp(editor, model, app, routes, generalLimit)
    const last = lastBeforeLimits(model, app)
    const name = last === undefined ? null : nameAt(editor, model, app, last)
    if (last === undefined || name === null) return editor.addMiddleware(app.scope, limiterCode(editor, model, app.at.file, wanted))
    editor.insertAfter(last.at, `${name}.use(${limiterCode(editor, model, last.at.file, wanted)})`)
  })
}

/** What the application is called where something is registered on it. null where that code serves several, or runs several times. */
function nameAt(editor: Editor, model: ProjectModel, app: App, { at, guards }: Entry): string | null {
  if (inSameFunction(at, app.at)) return editor.nameOf(app.scope)
  const here = model.scopes.flatMap(({ entries }) => entries).filter((entry) => sameLocation(entry.at, at))
  return here.length > 1 || guards.length > 0 ? null : (/^((?:this\.)?[\w$]+)\.(?:use|get)\(/.exec(editor.text(at))?.[1] ?? null)
}
