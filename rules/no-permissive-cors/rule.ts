// Other sites may read responses only where they are named.
import { affected, asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { sameLocation } from '../../analyzer/text/location.js'
import { allowListFix } from '../../analyzer/model/cors/allowListFix.js'
import { openPolicies, type OpenPolicy } from '../../analyzer/model/cors/corsExposure.js'
import { isFastifyCors } from '../../analyzer/model/cors/corsPolicies.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

const why =
  'CORS decides which other sites may read responses in a browser. Open to all, every page that a user visits can call this server from the user’s network and read the answers.'
const how = 'Name the origins, from the environment: origin: allowedOrigins.'

export default defineRule({
  id: 'no-permissive-cors',
  summary: 'Other sites may read responses only where they are named.',
  category: 'cors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(942), asvs('14.5.3'), { name: 'MDN: CORS', url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS' }],
  messages: {
    default: {
      what: '{name} without origins lets every site read the responses.',
      why: `Its default is Access-Control-Allow-Origin: *. ${why}`,
      how,
    },
    standalone: {
      what: 'startStandaloneServer lets every site read the responses.',
      why: `It answers Access-Control-Allow-Origin: *. ${why}`,
      how: 'It has no option for this: serve Apollo with expressMiddleware, behind cors() with the origins named.',
    },
    any: { what: 'Every site may read the responses: {name} allows *.', why, how },
    reflect: {
      what: 'Every site may read the responses: {name} sends each origin back.',
      why: `Reflection lets in as many sites as * does, and would do so with cookies as well. ${why}`,
      how,
    },
    fallback: {
      what: 'Every site may read the responses unless {variable} is set.',
      why: `A forgotten variable should close the server, not open it. ${why}`,
      how: 'Fall back to no origin at all, or stop at start when the variable is missing.',
    },
  },
  *check(model) {
    for (const open of openPolicies(model)) {
      const { policy, grant, others, isPublic } = open
      if (policy.credentials === 'yes') continue
      yield {
        message: messageOf(open),
        at: policy.at,
        data: { name: nameOf(open), variable: grant.variable ?? '' },
        confidence: grant.confidence,
        ...(isPublic ? { severity: 'info' as const } : {}),
        related: [
          ...others.filter(({ at }) => !sameLocation(at, policy.at)).map(({ at }) => affected(at, 'the same policy stands here')),
          ...(policy.at === policy.call.at ? [] : [evidence(policy.call.at, 'the policy is used here')]),
          ...open.routes.slice(0, 3).map((route) => evidence(route.at, `${routeName(route)} can be read by every site`)),
        ],
        fix: allowListFix(model, open),
      }
    }
  },
})

function messageOf({ policy, grant }: OpenPolicy): 'default' | 'standalone' | 'any' | 'reflect' | 'fallback' {
  if (grant.variable !== null) return 'fallback'
  if (policy.isDefault) return policy.source === 'graphql' ? 'standalone' : 'default'
  return grant.kind === 'any' ? 'any' : 'reflect'
}

function nameOf({ policy }: OpenPolicy): string {
  if (policy.call.receiver?.kind === 'scope' && policy.call.receiver.scope.framework === 'nest') return 'enableCors()'
  return {
    cors: isFastifyCors(policy) ? '@fastify/cors' : 'cors()',
    socket: 'socket.io',
    graphql: 'graphql-yoga',
    header: 'Access-Control-Allow-Origin',
  }[policy.source]
}
