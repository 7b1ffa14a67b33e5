// No site that is not named may send requests with a user's cookies and read the answers.
import { affected, asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { sameLocation } from '../../analyzer/text/location.js'
import { allowListFix } from '../../analyzer/model/cors/allowListFix.js'
import { openPolicies } from '../../analyzer/model/cors/corsExposure.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-credentialed-any-origin',
  summary: 'Credentials are allowed only for origins that are named.',
  category: 'cors',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(942), asvs('14.5.3'), { name: 'PortSwigger: CORS', url: 'https://portswigger.net/web-security/cors' }],
  messages: {
    reflected: {
      what: 'Any site can act as the user: every origin is allowed, with credentials.',
      why: 'The server sends the origin of each request back and allows credentials. A page of anybody can call it with the cookies of its visitor and read the answers.',
      how: 'Name the origins, from the environment: origin: allowedOrigins.',
    },
    fallback: {
      what: 'Any site can act as the user unless {variable} is set.',
      why: 'Without the variable every origin is allowed, with credentials: a page of anybody can call the server with the cookies of its visitor and read the answers.',
      how: 'Fall back to no origin at all, or stop at start when the variable is missing.',
    },
    broken: {
      what: 'Credentials do not work with *: browsers refuse the answers.',
      why: 'The Fetch standard forbids Access-Control-Allow-Origin: * together with credentials, so requests with cookies fail. It is often mended by reflection, which opens the server to everybody.',
      how: 'Name the origins that need credentials, or take credentials: true away.',
    },
  },
  *check(model) {
    for (const open of openPolicies(model)) {
      const { policy, grant, others, routes } = open
      if (policy.credentials !== 'yes') continue
      const isBroken = grant.kind === 'any'
      yield {
        message: isBroken ? 'broken' : grant.variable === null ? 'reflected' : 'fallback',
        at: policy.at,
        data: { variable: grant.variable ?? '' },
        confidence: grant.confidence,
        ...(isBroken ? { severity: 'warning' as const } : {}),
        related: [
          ...others.filter(({ at }) => !sameLocation(at, policy.at)).map(({ at }) => affected(at, 'the same policy stands here')),
          ...(policy.at === policy.call.at ? [] : [evidence(policy.call.at, 'the policy is used here')]),
          ...routes.slice(0, 3).map((route) => evidence(route.at, `${routeName(route)} answers every site`)),
        ],
        fix: allowListFix(model, open),
      }
    }
  },
})
