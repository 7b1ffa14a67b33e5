// Origins that are missing where a variable of the environment is.
import type { Value } from '../../link/value.js'
import { environmentChecks } from '../secrets/environmentChecks.js'
import { environmentSchemas } from '../secrets/environmentSchemas.js'
import type { ProjectModel } from '../model.js'
import { isAbsent, possibleValues, stringOf } from '../values.js'

/** `variable` has to be set; null where the value is `undefined`, `null` or empty as it stands. */
export interface MissingOrigin {
  readonly variable: string | null
}

/** null for an origin that is there in any case. */
export function missingOrigin(model: ProjectModel, origin: Value): MissingOrigin | null {
  const missing = missingIn(origin)
  return missing === null || (missing.variable !== null && isAssured(model, missing.variable)) ? null : missing
}

/** What stands there when nothing is set. `false` switches CORS off, and is an answer. */
function missingIn(origin: Value): MissingOrigin | null {
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
