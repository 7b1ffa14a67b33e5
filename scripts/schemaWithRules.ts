// The schema of the configuration as editors read it: with the rules by name, so that they are completed and explained while somebody types.
import type { Rule } from '../analyzer/check/rule.js'

type Schema = Readonly<Record<string, unknown>>

/** Wherever the schema has `rules`, each rule becomes a property of its own. Other names stay allowed; the configuration's own check speaks of them. */
export function schemaWithRules(schema: Schema, rules: readonly Rule[]): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (!isSchema(value)) return [key, value]
      return [key, key === 'rules' ? { ...value, properties: ruleProperties(value, rules) } : schemaWithRules(value, rules)]
    }),
  )
}

function ruleProperties(schema: Schema, rules: readonly Rule[]): Schema {
  const levels = isSchema(schema['additionalProperties']) ? schema['additionalProperties'] : {}
  return Object.fromEntries(rules.map(({ id, summary }) => [id, { description: summary, ...levels }]))
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
