// Security headers, and which other sites may read responses.
import type { Value } from '../../link/value.js'
import { corsPolicies, type CorsPolicy } from '../../model/cors/corsPolicies.js'
import { absentHeaders, headerShortfall } from '../../model/headers/headerShortfall.js'
import { isNestOnFastify, isOnExpress } from '../../model/nestPlatform.js'
import type { App, Capability, ProjectModel } from '../../model/model.js'
import { possibleValues, property } from '../../model/values.js'
import { sameLocation, type Location } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { coverage } from '../coverage.js'
import { againstIt, withheld } from '../fromFindings.js'
import { listed } from '../../model/words.js'

export const headers: readonly ControlDefinition[] = [
  {
    id: 'security-headers',
    area: 'headers',
    title: 'Responses carry the security headers that browsers act on',
    weight: 3,
    rules: ['require-security-headers', 'no-weakened-security-headers'],
    judge: securityHeaders,
  },
  {
    id: 'content-security-policy',
    area: 'headers',
    title: 'A Content-Security-Policy says what pages may load',
    weight: 1,
    rules: ['no-unsafe-csp'],
    judge: (context) => header(context, 'csp', 'a Content-Security-Policy', ['no-unsafe-csp']),
  },
  {
    id: 'strict-transport-security',
    area: 'headers',
    title: 'Strict-Transport-Security keeps browsers on HTTPS',
    weight: 1,
    rules: ['require-long-hsts'],
    judge: (context) => header(context, 'hsts', 'Strict-Transport-Security', ['require-long-hsts']),
  },
  {
    id: 'permissions-policy',
    area: 'headers',
    title: 'A Permissions-Policy switches off what pages do not use',
    weight: 1,
    rules: ['require-permissions-policy'],
    judge: (context) => header(context, 'permissions-policy', 'a Permissions-Policy', []),
  },
  {
    id: 'no-powered-by',
    area: 'headers',
    title: 'Responses do not name the framework',
    weight: 1,
    rules: ['no-powered-by'],
    judge: (context) => context.apps.map((app) => poweredBy(context, app)),
  },
  {
    id: 'cors',
    area: 'headers',
    title: 'Only named sites may read responses',
    weight: 3,
    rules: ['no-permissive-cors', 'no-credentialed-any-origin', 'no-bypassable-origin-check', 'no-development-origin', 'no-unset-origin'],
    concerns: ({ model }, { at }) => !isOfSockets(model, at),
    judge: cors,
  },
]

function poweredBy(context: Context, app: App): Judgement {
  const shown = [{ at: app.at, note: app.name }]
  if (isOnExpress(app)) return coverage(context, app, { capability: 'hide-powered-by', noun: 'X-Powered-By switched off' })
  if (app.framework === 'fastify' || isNestOnFastify(app)) return { status: 'in-place', text: 'Fastify sends no X-Powered-By.', shown, app }
  return { status: 'not-known', text: 'What Nest stands on is not known.', shown, app }
}

/** Some of them are not none: what is there is told, and what lacks. */
function securityHeaders(context: Context): readonly Judgement[] {
  return header(context, 'security-headers', 'security headers', ['require-security-headers', 'no-weakened-security-headers']).map(
    (judgement) => {
      const shortfall = judgement.status === 'missing' && judgement.app !== null ? headerShortfall(context.model, judgement.app) : null
      if (shortfall === null || shortfall.headers.length === 0) return judgement
      return {
        ...judgement,
        status: 'partly',
        text: `Only ${listed(shortfall.headers)}; without ${absentHeaders(shortfall.headers).join(', ')}.`,
      }
    },
  )
}

function header(context: Context, capability: Capability, noun: string, rules: readonly string[]): readonly Judgement[] {
  const covered = context.apps.map((app) => coverage(context, app, { capability, noun }))
  // A finding says where the shortfall comes from; it cannot make worse what is missing already.
  const isAnywhere = covered.some(({ status }) => status === 'in-place' || status === 'partly')
  return [...covered, ...(isAnywhere ? againstIt(context, rules, 'partly') : [])]
}

const corsRules = [
  'no-permissive-cors',
  'no-credentialed-any-origin',
  'no-bypassable-origin-check',
  'no-development-origin',
  'no-unset-origin',
]

/** Whether a place says which sites may open sockets, and not which may read responses. */
export function isOfSockets(model: ProjectModel, at: Location): boolean {
  return corsPolicies(model).some((policy) => policy.source === 'socket' && sameLocation(policy.at, at))
}

function cors(context: Context): readonly Judgement[] {
  const policies = corsPolicies(context.model).filter(({ source }) => source !== 'socket')
  const findings = againstIt(context, corsRules).filter(({ shown }) => !shown.some(({ at }) => isOfSockets(context.model, at)))
  if (findings.length > 0) return findings
  const doubt = withheld(context, corsRules)
  if (doubt !== null) return [doubt]
  if (policies.length === 0) {
    return context.apps.map((app) => {
      const { status, shown } = coverage(context, app, { capability: 'cors', noun: 'CORS' })
      if (status !== 'missing')
        return { status: 'not-known', text: 'Something answers CORS, and which sites it names is not known.', shown, app }
      const text = 'Nothing sends CORS headers, so browsers let no other site read responses.'
      return { status: 'in-place', text, shown: [{ at: app.at, note: app.name }], app }
    })
  }
  return policies.map((policy): Judgement => {
    const outcome = namesOrigins(policy)
    return {
      status: outcome ? 'in-place' : 'not-known',
      text: outcome ? 'The sites that may read responses are named.' : 'Which sites this names is not known, or the environment decides.',
      shown: [{ at: policy.at, note: 'the policy' }],
      app: null,
    }
  })
}

/**
 * Only what is written out counts: a variable that is not set would leave the default of the package, which is every site. Headers that are written by hand
 * have no default: an origin that no list holds gets none.
 */
export function namesOrigins({ options, grants, isDefault, isAsked }: CorsPolicy): boolean {
  if (isDefault || grants.some(({ kind }) => kind !== 'fixed')) return false
  if (isAsked === true) return true
  const origin = property(options, 'origin')
  return origin === null ? grants.length > 0 : possibleValues(origin).every(isWrittenOut)
}

function isWrittenOut(value: Value): boolean {
  if (value.kind === 'array') return !value.isOpen && value.elements.every((element) => possibleValues(element).every(isWrittenOut))
  if (value.kind === 'regex') return true
  return (
    value.kind === 'literal' && (value.value === false || (typeof value.value === 'string' && value.value !== '' && value.value !== '*'))
  )
}
