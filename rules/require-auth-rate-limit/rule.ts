// Routes that take credentials, or cost much, stand behind a rate limit.
import { asvs, cwe, defineRule, evidence, type Problem, type RelatedPlace } from '../../analyzer/check/rule.js'
import { openDemands, type DemandingRoute } from '../../analyzer/model/limits/limitDemand.js'
import { strictLimits } from '../../analyzer/model/limits/strictLimitFix.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { flagsText, isOffByDefault } from '../../analyzer/model/limits/limitSwitches.js'
import type { App, ProjectModel, Route } from '../../analyzer/model/model.js'
import { inFrontText } from '../../analyzer/model/chainText.js'
import { byFile, othersText, placesOf, relatedRoutes, routeName, type RoutePlace, routeText } from '../../analyzer/model/routePlaces.js'
import { weakest } from '../../analyzer/model/verdict.js'

export default defineRule({
  id: 'require-auth-rate-limit',
  summary: 'Routes that take credentials, or that cost much, stand behind a rate limit.',
  category: 'rate-limit',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(307),
    asvs('2.2.1'),
    { name: 'OWASP API4:2023', url: 'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/' },
  ],
  messages: {
    credentials: {
      what: '`{route}` {does} without a rate limit{others}.',
      why: 'Passwords, codes and tokens can be guessed as fast as the server answers, accounts made and mail sent in a loop. Lists of leaked passwords hold millions of entries; at a few per quarter of an hour they are worthless.',
      how: 'Put a strict limiter in front of the handler, such as {limiter} with 5 requests per 15 minutes.',
    },
    costly: {
      what: '`{route}` {does} without a rate limit{others}.',
      why: 'Whoever sends enough requests runs up the bill, fills the disk or keeps the server from answering anybody else.',
      how: 'Put a limiter in front of the handler that allows what one person needs.',
    },
    conditional: {
      what: 'The limit of `{route}` is only on when {flags} says so{others}.',
      why: 'Where the switch is not set, credentials can be tried as fast as the server answers.',
      how: 'Make the limit of these routes unconditional.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const demanding = openDemands(model, app)
      for (const group of byFile(demanding.filter(({ protection }) => protection.answer === 'no'))) yield unlimited(model, app, group)
      for (const group of byFile(demanding.filter(({ demand, protection }) => demand.isCredential && isOffByDefault(protection))))
        yield switched(app, group)
    }
  },
})

function unlimited(model: ProjectModel, app: App, group: readonly DemandingRoute[]): Problem<'credentials' | 'costly'> {
  const isCredential = group.some(({ demand }) => demand.isCredential)
  const mostTelling = group.filter(({ demand }) => demand.isCredential === isCredential)
  return {
    message: isCredential ? 'credentials' : 'costly',
    ...placesIn(app, group),
    data: { ...idiomTexts(app), ...textsOf(group) },
    severity: isCredential ? 'error' : 'warning',
    confidence: weakest(
      mostTelling.map(({ demand, protection }) => weakest([demand.confidence, protection.confidence], 'weakest')),
      'strongest',
    ),
    fix: strictLimits(model, app, group),
  }
}

function switched(app: App, group: readonly DemandingRoute[]): Problem<'conditional'> {
  return {
    message: 'conditional',
    ...placesIn(app, group),
    data: { ...textsOf(group), flags: flagsText(group.map(({ protection }) => protection)) },
    severity: 'warning',
    confidence: 'medium',
  }
}

function textsOf(group: readonly DemandingRoute[]): Readonly<Record<string, string>> {
  const [first, ...rest] = placesOf(group.map(({ route }) => route))
  return { route: routeName(first?.routes[0]), does: group[0]?.demand.does ?? '', others: othersText(rest) }
}

function placesIn(app: App, group: readonly DemandingRoute[]): Pick<Problem, 'related'> & { at: Route['at'] } {
  const places = placesOf(group.map(({ route }) => route))
  const [first] = places
  const why = (place: RoutePlace): string => group.find(({ route }) => place.routes.includes(route))?.demand.why ?? ''
  const mount = first?.routes[0]?.mounts.at(-1)
  const related: RelatedPlace[] = [
    ...relatedRoutes(places.slice(1), 'affected', (place) => `${routeText(place)}: ${why(place)}`),
    ...relatedRoutes(
      places.slice(0, 1),
      'evidence',
      (place) => `${why(place)}; in front: ${place.routes.slice(0, 1).map(inFrontText).join('')}`,
    ),
  ]
  if (mount !== undefined) related.push(evidence(mount.at, 'mounted here'))
  return { at: first?.at ?? app.at, related: [...related, evidence(app.at, 'the application')] }
}
