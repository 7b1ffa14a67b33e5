// What stands in for a variable of the environment in a schema over it.
import type { LiteralValue } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { environmentSchemas } from './environmentSchemas.js'

/** The text that a schema over the environment puts in where the variable is missing; null where none does. */
export function schemaFallback(model: ProjectModel, name: string): LiteralValue | null {
  for (const { keys } of environmentSchemas(model)) {
    const key = keys?.find((one) => one.name === name && one.fallback !== null)
    if (key !== undefined) return key.fallback
  }
  return null
}
