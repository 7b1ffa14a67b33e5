// Variables that a schema of convict names: `convict({ jwt: { secret: { format: String, default: '…', env: 'JWT_SECRET' } } })`.
import type { ObjectValue, Value } from '../../link/value.js'
import { isEmpty, possibleValues, property, stringOf } from '../values.js'
import type { SchemaKey } from './schemaKeys.js'

/** null where the schema was not understood. A default of null demands the variable: `validate()` takes it for no text and no number, and for nothing but `*`. */
export function convictKeys(schema: Value | null): readonly SchemaKey[] | null {
  return schema?.kind === 'object' ? settingsIn(schema, 0) : null
}

function settingsIn(group: ObjectValue, depth: number): readonly SchemaKey[] {
  if (depth > 6) return []
  return [...group.properties].flatMap(([name, rule]): readonly SchemaKey[] => {
    if (rule.kind !== 'object') return []
    const variable = stringOf(property(rule, 'env'))
    if (variable === null) return settingsIn(rule, depth + 1)
    const given = property(rule, 'default')
    const text = possibleValues(given).find((one) => one.kind === 'literal' && typeof one.value === 'string' && one.value !== '')
    const fallback = text?.kind === 'literal' ? text : null
    const isFilledIn = given !== null && !isEmpty(given)
    const format = property(rule, 'format')
    const isRequired = given?.kind === 'literal' && given.value === null && format !== null && stringOf(format) !== '*'
    return [{ name: variable, at: group.writtenAt.get(name) ?? rule.at, isRequired, fallback, isFilledIn, rule, isConverted: false }]
  })
}
