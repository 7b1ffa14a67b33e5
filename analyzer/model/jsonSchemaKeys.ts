// Variables that a JSON Schema over the environment names, as @fastify/env and env-schema take it: written out, by TypeBox, by fluent-json-schema.
import type { ResultValue, Value } from '../link/value.js'
import type { SchemaKey } from './secrets/schemaKeys.js'
import { methodName, originOf } from './origins.js'
import { isEmpty, possibleValues, property, stringOf, stringsOf } from './values.js'

/** null where the schema was not understood. */
export function jsonSchemaKeys(schema: Value | null): readonly SchemaKey[] | null {
  if (schema?.kind === 'result')
    return originOf(schema.call.callee)?.package === 'fluent-json-schema' ? fluentKeys(schema) : typeBoxKeys(schema)
  const properties = property(schema, 'properties')
  if (properties?.kind !== 'object' || properties.isOpen) return null
  const required = property(schema, 'required')
  const names = new Set(required?.kind === 'array' ? required.elements.flatMap(stringsOf) : [])
  return [...properties.properties].map(([name, rule]) => {
    const given = property(rule.kind === 'object' ? rule : null, 'default')
    return key(name, rule, properties.writtenAt.get(name) ?? rule.at, names.has(name) ? 'demanded' : 'optional', given)
  })
}

/** `Type.Object({ KEY: Type.String(), PORT: Type.Optional(Type.Number({ default: 3000 })) })` */
function typeBoxKeys({ call }: ResultValue): readonly SchemaKey[] | null {
  const [rules] = call.args
  if (methodName(call.callee) !== 'Object' || rules?.kind !== 'object' || rules.isOpen) return null
  return [...rules.properties].map(([name, rule]) => {
    const isOptional = rule.kind === 'result' && methodName(rule.call.callee) === 'Optional'
    const inner = isOptional ? (rule.call.args[0] ?? rule) : rule
    const options = inner.kind === 'result' ? (inner.call.args.at(-1) ?? null) : inner
    return key(
      name,
      rule,
      rules.writtenAt.get(name) ?? rule.at,
      isOptional ? 'optional' : 'demanded',
      property(options?.kind === 'object' ? options : null, 'default'),
    )
  })
}

/** `S.object().prop('KEY', S.string().required()).prop('PORT', S.number().default(3000))` */
function fluentKeys(schema: ResultValue): readonly SchemaKey[] | null {
  const found: SchemaKey[] = []
  const required = new Set<string>()
  for (const { call } of chainOf(schema)) {
    const method = methodName(call.callee)
    if (method === 'required') for (const name of namesIn(call.args[0])) required.add(name)
    const name = method === 'prop' ? stringOf(call.args[0] ?? null) : null
    if (name === null) continue
    const rule = call.args[1] ?? null
    const links = rule?.kind === 'result' ? chainOf(rule) : []
    const given = links.find((one) => methodName(one.call.callee) === 'default')?.call.args[0] ?? null
    const isRequired = links.some((one) => methodName(one.call.callee) === 'required')
    found.push(key(name, rule ?? schema, call.at, isRequired ? 'demanded' : 'optional', given))
  }
  return found.length === 0 ? null : found.map((one) => ({ ...one, isRequired: one.isRequired || required.has(one.name) }))
}

function namesIn(value: Value | undefined): readonly string[] {
  return value?.kind === 'array' ? value.elements.flatMap(stringsOf) : []
}

/** The calls of a chain, the last one first. */
function chainOf(result: ResultValue): readonly ResultValue[] {
  const links: ResultValue[] = []
  for (let value: Value = result; value.kind === 'result' || value.kind === 'member';) {
    if (value.kind === 'result') links.push(value)
    value = value.kind === 'result' ? value.call.callee : value.object
  }
  return links
}

/** A default is put in before the schema is asked, so that nothing is missing then. */
function key(name: string, rule: Value, at: SchemaKey['at'], is: 'demanded' | 'optional', given: Value | null): SchemaKey {
  const text = possibleValues(given).find((one) => one.kind === 'literal' && typeof one.value === 'string' && one.value !== '')
  return {
    name,
    at,
    isRequired: is === 'demanded' && given === null,
    fallback: text?.kind === 'literal' ? text : null,
    isFilledIn: given !== null && !isEmpty(given),
    rule,
    // env-schema splits texts of which the schema names a separator.
    isConverted: rule.kind === 'object' && rule.properties.has('separator'),
  }
}
