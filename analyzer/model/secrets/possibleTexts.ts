// Texts among what a value may be, and the variable of the environment that they stand in for.
import type { LiteralValue, Value } from '../../link/value.js'

export interface TextValue extends LiteralValue {
  readonly value: string
}

/** True for literals that are texts, and not empty. */
export function isText(value: Value): value is TextValue {
  return value.kind === 'literal' && typeof value.value === 'string' && value.value !== ''
}

/** The variable among several possible values. */
export function environmentIn(parts: readonly Value[]): string | null {
  for (const part of parts) if (part.kind === 'environment' && part.name !== '*' && part.name !== 'NODE_ENV') return part.name
  return null
}
