// What servers of GraphQL let other sites read where nobody tells them: graphql-yoga, and the server that Apollo starts by itself.
import type { CallRecord, Value } from '../../link/value.js'
import type { CorsPolicy } from './corsPolicies.js'
import { missingOrigin } from './missingOrigin.js'
import type { OriginGrant } from './originGrants.js'
import type { Answer, ProjectModel } from '../model.js'
import { identityCookies } from '../sessions/identityCookies.js'
import { isFalse, isTrue, possibleValues, property } from '../values.js'

/**
 * graphql-yoga sends every origin back and allows credentials, also for `cors: true`, for an object without origins and for `origin: '*'`;
 * `credentials: false` alone takes the credentials away, and `cors: false` all of it (measured with 5.24). `written` is what an object under `cors` says of origins.
 */
export function yogaPolicies(model: ProjectModel, call: CallRecord, written: readonly CorsPolicy[]): readonly CorsPolicy[] {
  const [options] = call.args
  if (options?.kind !== 'object') return []
  const cors = property(options, 'cors')
  if (cors === null) return options.isOpen || options.properties.has('...') ? [] : [unasked(model, call)]
  return possibleValues(cors).flatMap((one): readonly CorsPolicy[] => {
    if (one.kind === 'literal') return one.value === false ? [] : [unasked(model, call)]
    return written
      .filter((policy) => policy.options === one || policy.options === null)
      .map((policy) => ({
        ...policy,
        source: 'graphql',
        isDefault: false,
        grants: [
          ...policy.grants.map((grant): OriginGrant => (grant.kind === 'any' ? { ...grant, kind: 'reflect' } : grant)),
          ...whereMissing(model, call, property(one, 'origin')),
        ],
        credentials: credentialsOf(property(one, 'credentials')),
      }))
  })
}

/** An origin that is `undefined`, `null` or empty is none, and everybody is let in as if nothing had been said (measured with 5.24). */
function whereMissing(model: ProjectModel, call: CallRecord, origin: Value | null): readonly OriginGrant[] {
  const missing = origin === null ? null : missingOrigin(model, origin)
  return missing?.variable == null ? [] : [{ ...openTo(call, 'reflect'), at: origin?.at ?? call.at, variable: missing.variable }]
}

/** `startStandaloneServer` of Apollo Server 4 and 5 answers `*` without credentials and has no option for it (measured with 4.13 and 5.5). */
export function standalonePolicy(call: CallRecord): CorsPolicy {
  return { source: 'graphql', call, at: call.at, options: null, isDefault: true, grants: [openTo(call, 'any')], credentials: 'no' }
}

/** Nobody asked for credentials here, so they matter where the project knows anybody by a cookie. */
function unasked(model: ProjectModel, call: CallRecord): CorsPolicy {
  const credentials: Answer = identityCookies(model).length > 0 ? 'yes' : 'no'
  return { source: 'graphql', call, at: call.at, options: null, isDefault: false, grants: [openTo(call, 'reflect')], credentials }
}

function openTo({ at }: CallRecord, kind: 'any' | 'reflect'): OriginGrant {
  return { kind, at, confidence: 'medium', text: '*', variable: null, weakness: null, replaceable: null }
}

function credentialsOf(value: Value | null): Answer {
  if (isFalse(value) === 'yes') return 'no'
  return value === null || isTrue(value) === 'yes' ? 'yes' : 'unknown'
}
