// Origins of @fastify/cors that are missing where a variable of the environment is: the plugin answers each request with 500 then (domain fact B15).
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { corsPolicies, isFastifyCors, type CorsPolicy } from './corsPolicies.js'
import { environmentChecks } from '../secrets/environmentChecks.js'
import { environmentSchemas } from '../secrets/environmentSchemas.js'
import type { ProjectModel } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { isAbsent, possibleValues, property, stringOf } from '../values.js'

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
    const missing = missingIn(origin)
    if (missing === null || (missing.variable !== null && isAssured(model, missing.variable))) return []
    return [{ policy, at: policy.at, variable: missing.variable }]
  })
}

/** Nest hands the options of `enableCors` to the plugin of its platform (domain fact B16). */
function isOnFastify(policy: CorsPolicy): boolean {
  if (policy.source !== 'cors') return false
  const scope = policy.call.receiver?.kind === 'scope' ? policy.call.receiver.scope : null
  return scope?.framework === 'nest' ? isNestOnFastify({ framework: 'nest', scope }) : isFastifyCors(policy)
}

/** What stands there when nothing is set. `false` switches CORS off, and is an answer. */
function missingIn(origin: Value): { readonly variable: string | null } | null {
  if (origin.kind === 'choice' && (origin.operator === '||' || origin.operator === '??')) {
    const parts = origin.options.map(missingIn)
    return parts.every((part) => part !== null) ? (parts.find((part) => part?.variable !== null) ?? parts[0] ?? null) : null
  }
  const [only, ...others] = possibleValues(origin)
  if (only === undefined || others.length > 0) return null
  if (only.kind === 'environment') return only.name === '*' ? null : { variable: only.name }
  const absent = absentVariable(only)
  if (absent !== null) return { variable: absent }
  const isNothing = only.kind === 'literal' && (isAbsent(only) === 'yes' || only.value === null || stringOf(only) === '')
  return isNothing ? { variable: null } : null
}

/** The variable that nobody set where a chain of calls comes to nothing: `process.env.X?.split(',').map(trim)`. Without `?.` the start fails. */
function absentVariable(value: Value): string | null {
  for (let current = value; current.kind === 'result' && current.call.callee.kind === 'member'; current = current.call.callee.object) {
    const { object } = current.call.callee
    if (current.mayBeAbsent === true && object.kind === 'environment') return object.name
  }
  return null
}

/** True where the start fails without the variable, where a schema fills it in, and where something that was not understood may do either. */
function isAssured(model: ProjectModel, variable: string): boolean {
  if (environmentChecks(model).isChecked(variable) !== 'no') return true
  return environmentSchemas(model).some(({ keys }) => keys?.some((key) => key.name === variable && key.fallback !== null) === true)
}
