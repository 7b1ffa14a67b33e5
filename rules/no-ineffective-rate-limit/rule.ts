// Rate limiters that are there and limit nothing.
import { cwe, defineRule, evidence, type RelatedPlace } from '../../analyzer/check/rule.js'
import { limiterProblems, messageOf, type LimiterProblem } from '../../analyzer/model/limits/limiterProblems.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { limiterRepair } from '../../analyzer/model/limits/limiterRepairs.js'
import { placesOf, relatedRoutes, routeName, routeText, unlimitedToo } from '../../analyzer/model/routePlaces.js'

const how = 'Instead, {remedy}.'

export default defineRule({
  id: 'no-ineffective-rate-limit',
  summary: 'A rate limiter that is there refuses requests above its limit.',
  category: 'rate-limit',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(770),
    cwe(307),
    { name: 'express-rate-limit configuration', url: 'https://express-rate-limit.mintlify.app/reference/configuration' },
  ],
  messages: {
    never: {
      what: 'This rate limiter limits nothing: {cause}.',
      why: 'The code looks protected, and every request passes. Such mistakes are logged at most once, and no test notices them.',
      how,
    },
    everything: {
      what: 'This rate limiter refuses every request: {cause}.',
      why: '{zero} every client gets 429 from the first request on.',
      how,
    },
    bypassed: {
      what: 'Clients get around this rate limiter: {cause}.',
      why: 'Whoever wants to is not counted, or counted anew with each request, so only honest clients are limited.',
      how,
    },
    unset: {
      what: 'This rate limiter may limit nothing: {cause}.',
      why: 'No number of requests is greater than NaN, so a deployment that forgets the variable has no limit, without any error.',
      how,
    },
    failing: {
      what: 'Above this limit clients get 500 instead of 429: {cause}.',
      why: 'Clients take it for a failure and ask again at once, and the log fills with errors that are none.',
      how,
    },
    late: {
      what: '`{route}` is registered before this rate limiter{others}.',
      why: '{order} A route that stands before the limiter answers before the limiter counts.',
      how,
    },
    elsewhere: {
      what: 'No route is under `{path}`, so this rate limiter covers nothing.',
      why: 'A limiter with a path runs only for requests below that path, with all prefixes of the routers in which it stands.',
      how,
    },
    development: {
      what: 'This rate limiter is only on outside production.',
      why: 'Where it matters, nothing limits how often a client may ask.',
      how,
    },
    unused: {
      what: 'This rate limiter is made, and nothing registers it.',
      why: 'A limiter works only as middleware in front of routes. One that is only made suggests a protection that is not there.',
      how,
    },
  },
  *check(model) {
    for (const problem of limiterProblems(model)) {
      const places = placesOf(problem.routes)
      const [first, ...others] = places
      yield {
        message: messageOf(problem),
        at: problem.at,
        data: {
          ...idiomTexts(problem.routes[0]?.app ?? { framework: 'express' }),
          zero: `${problem.limiter?.package === 'express-rate-limit' ? 'Since version 7 express-rate-limit' : 'It'} takes 0 as "none":`,
          cause: problem.cause,
          remedy: problem.remedy,
          path: problem.misplacement?.path ?? '',
          route: routeName(first?.routes[0]),
          others: unlimitedToo(others),
        },
        confidence: problem.confidence,
        ...(['unused', 'unset', 'failing'].includes(problem.kind) ? { severity: 'warning' } : {}),
        related: [...relatedRoutes(places, 'affected', (place) => `${routeText(place)} ${effectOf(problem)}`), ...limiterOf(problem)],
        fix: limiterRepair(model, problem),
      }
    }
  },
})

function effectOf({ kind }: LimiterProblem): string {
  return kind === 'failing' ? 'fails above it' : 'has no limit because of it'
}

function limiterOf({ limiter, at }: LimiterProblem): readonly RelatedPlace[] {
  return limiter === null || limiter.call.at === at ? [] : [evidence(limiter.call.at, 'the limiter')]
}
