// Routes that take credentials, or cost much, stand behind a rate limit.
import { asvs, cwe, defineRule, type Problem } from '../../analyzer/check/rule.js'
import { openDemands, unreadDemands, type DemandingRoute } from '../../analyzer/model/limits/limitDemand.js'
import { strictLimits } from '../../analyzer/model/limits/strictLimitFix.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { flagsText, isOffByDefault } from '../../analyzer/model/limits/limitSwitches.js'
import type { App, ProjectModel, Route } from '../../analyzer/model/model.js'
import { routeEvidence } from '../../analyzer/model/routeEvidence.js'
import { byFile, placesOf, routeName, unlimitedToo } from '../../analyzer/model/routePlaces.js'
import { sparingPlaces } from '../../analyzer/model/sparingLinks.js'
import { unreadPlaces } from '../../analyzer/model/unread.js'
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
    unread: {
      what: '`{route}` {does}; no limit was found, but a layer could not be read.',
      why: 'If that layer does not limit either, passwords, codes and tokens can be guessed as fast as the server answers.',
      how: 'See whether it limits; if not, put a strict limiter in front of the handler, such as {limiter} with 5 requests per 15 minutes.',
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
        yield { message: 'conditional', ...told(model, app, group), severity: 'warning', confidence: 'medium' }
      for (const group of byFile(unreadDemands(model, app))) {
        const { related, ...where } = told(model, app, group)
        const layers = unreadPlaces(
          model,
          group.map(({ route }) => route),
        )
        yield { message: 'unread', ...where, severity: 'warning', confidence: 'low', related: [...layers, ...(related ?? [])] }
      }
    }
  },
})

function unlimited(model: ProjectModel, app: App, group: readonly DemandingRoute[]): Problem<'credentials' | 'costly'> {
  const isCredential = group.some(({ demand }) => demand.isCredential)
  const mostTelling = group.filter(({ demand }) => demand.isCredential === isCredential)
  return {
    message: isCredential ? 'credentials' : 'costly',
    ...told(model, app, group),
    severity: isCredential ? 'error' : 'warning',
    confidence: weakest(
      mostTelling.map(({ demand, protection }) => weakest([demand.confidence, protection.confidence], 'weakest')),
      'strongest',
    ),
    fix: strictLimits(model, app, group),
  }
}

function told(model: ProjectModel, app: App, group: readonly DemandingRoute[]): Pick<Problem, 'at' | 'related' | 'data'> {
  const routes = group.map(({ route }) => route)
  const [first, ...rest] = placesOf(routes)
  const whyOf = (asked: Route | undefined): string => group.find(({ route }) => route === asked)?.demand.why ?? ''
  const does = group[0]?.demand.does ?? ''
  return {
    at: first?.at ?? app.at,
    data: {
      ...idiomTexts(app),
      route: routeName(first?.routes[0]),
      does,
      others: unlimitedToo(rest),
      flags: flagsText(group.map(({ protection }) => protection)),
    },
    related: routeEvidence(app, routes, whyOf, sparingPlaces(model, routes, 'rate-limit')),
  }
}
