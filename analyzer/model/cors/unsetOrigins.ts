// Origins of @fastify/cors that are missing where a variable of the environment is: the plugin answers each request with 500 then (domain fact B15).
import type { Location } from '../../text/location.js'
import { corsPolicies, isFastifyCors, type CorsPolicy } from './corsPolicies.js'
import { missingOrigin } from './missingOrigin.js'
import type { ProjectModel } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { property } from '../values.js'

export interface UnsetOrigin {
  readonly policy: CorsPolicy
  /** The value of the option, as written. */
  readonly at: Location
  /** The variable that has to be set; null where the option is `undefined`, `null` or empty as it stands. */
  readonly variable: string | null
}

/** Policies of Fastify's plugin without an origin, at least where nobody sets the variable. */
export function unsetOrigins(model: ProjectModel): readonly UnsetOrigin[] {
  return corsPolicies(model).flatMap((policy): UnsetOrigin[] => {
    const origin = isOnFastify(policy) ? property(policy.options, 'origin') : null
    if (origin === null) return []
    const missing = missingOrigin(model, origin)
    return missing === null ? [] : [{ policy, at: policy.at, variable: missing.variable }]
  })
}

/** Nest hands the options of `enableCors` to the plugin of its platform (domain fact B16). */
function isOnFastify(policy: CorsPolicy): boolean {
  if (policy.source !== 'cors') return false
  const scope = policy.call.receiver?.kind === 'scope' ? policy.call.receiver.scope : null
  return scope?.framework === 'nest' ? isNestOnFastify({ framework: 'nest', scope }) : isFastifyCors(policy)
}
