// Schemas over the environment: which variables they demand, and which they fill in.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { jsonSchemaKeys } from '../jsonSchemaKeys.js'
import { methodName, originOf, packageOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { childrenOf } from '../search.js'
import { classKeys } from './classKeys.js'
import { convictKeys } from './convictKeys.js'
import { possibleValues, property, stringOf } from '../values.js'
import { readKey, type SchemaKey } from './schemaKeys.js'

export interface EnvironmentSchema {
  readonly call: CallRecord
  /** null where the schema was not understood: it may demand anything. */
  readonly keys: readonly SchemaKey[] | null
}

const validators = new Set(
  'validate validateSync validateAsync parse safeParse parseAsync cleanEnv customCleanEnv attempt assert create createEnv parseEnv envsafe load from cast decode plainToClass plainToInstance'.split(
    ' ',
  ),
)
const libraries = new Set(
  'joi @hapi/joi zod yup envalid ajv superstruct valibot @t3-oss/env-core znv envsafe env-schema convict class-validator class-transformer arktype io-ts runtypes @sinclair/typebox typebox celebrate'.split(
    ' ',
  ),
)
/** True for packages that read the environment without being given it, and hold it against a JSON Schema. */
export function readsByItself({ callee }: CallRecord): boolean {
  const origin = packageOf(callee)
  if (origin === null || !/^(?:@fastify\/env|fastify-env|env-schema)$/.test(origin.package)) return false
  return origin.path.length === 0 || named.has(origin.path.join('.'))
}

/** What these packages also call their one export: `import { envSchema } from 'env-schema'`. */
const named: ReadonlySet<string> = new Set(['envSchema', 'fastifyEnv'])

/** Calls that hold the environment, or variables of it, against a schema, in order. */
export const environmentSchemas: (model: ProjectModel) => readonly EnvironmentSchema[] = ofEachCall(
  (call) => {
    const origin = originOf(call.callee)
    if (origin?.package === 'env-var') return chainedKey(call)
    if (!call.isWrite && readsByItself(call)) return [{ call, keys: jsonSchemaKeys(property(call.args[0] ?? null, 'schema')) }]
    const schema = origin === null || call.isWrite ? null : ajvSchema(origin.package, call)
    if (schema !== null) return holdsEnvironment(call.args) ? [{ call, keys: jsonSchemaKeys(schema) }] : none
    const isValidator = !call.isWrite && (origin?.path.length === 0 || validators.has(methodName(call.callee) ?? ''))
    if (!isValidator) return none
    if (origin?.package === 'convict' && origin.path.length === 0) return [{ call, keys: convictKeys(call.args[0] ?? null) }]
    if (!holdsEnvironment(call.args)) return none
    if (origin?.package === 'class-transformer') return [{ call, keys: classKeys(call.args[0] ?? null) }]
    const isKnown = origin !== null && libraries.has(origin.package)
    return isKnown || call.args.some(isWholeEnvironment) ? [{ call, keys: keysOf(call) }] : none
  },
  {
    packages: (name) => name === 'env-var' || name === 'convict',
    names: (name) => name === '' || name === 'default' || validators.has(name) || named.has(name),
  },
)

const none: readonly EnvironmentSchema[] = []

/** `ajv.compile(schema)(environment)`, `ajv.validate(schema, environment)` */
function ajvSchema(name: string, { callee, args }: CallRecord): Value | null {
  if (!/^ajv(\/|$)/.test(name)) return null
  if (callee.kind === 'result') return methodName(callee.call.callee) === 'compile' ? (callee.call.args[0] ?? null) : null
  return methodName(callee) === 'validate' ? (args[0] ?? null) : null
}

/** env-var has a chain for each variable: `env.get('KEY').required().asString()`. */
function chainedKey(call: CallRecord): readonly EnvironmentSchema[] {
  if (call.isWrite || !/^as[A-Z]/.test(methodName(call.callee) ?? '')) return []
  for (let value = call.callee; value.kind === 'member' || value.kind === 'result';) {
    const name = value.kind === 'result' && methodName(value.call.callee) === 'get' ? stringOf(value.call.args[0] ?? null) : null
    if (name !== null) return [{ call, keys: [readKey(name, call.callee, call.at, 'optional')] }]
    value = value.kind === 'member' ? value.object : value.call.callee
  }
  return []
}

/** The whole environment, or an object that copies variables of it. */
function holdsEnvironment(args: readonly Value[]): boolean {
  return args.some((arg) => arg.kind === 'environment' || variablesOf(arg).length > 0)
}

/** The variables in an object, and in the objects in it. */
function variablesOf(value: Value, depth = 0): readonly Value[] {
  if (value.kind !== 'object' || depth > 2) return []
  return [...value.properties.values()].flatMap((one) =>
    one.kind === 'object' ? variablesOf(one, depth + 1) : possibleValues(one).filter((part) => part.kind === 'environment'),
  )
}

function isWholeEnvironment(value: Value): boolean {
  if (value.kind === 'environment') return value.name === '*'
  return value.kind === 'object' && [...value.properties.values()].some((one) => one.kind === 'environment' && one.name === '*')
}

function keysOf(call: CallRecord): readonly SchemaKey[] | null {
  const keysAre = originOf(call.callee)?.package.includes('joi') === true ? 'optional' : 'required'
  const holder = call.args.find((arg): arg is ObjectValue => arg.kind === 'object' && variablesOf(arg).length > 0) ?? null
  // `createEnv({ server: { … }, runtimeEnv: { … } })` has both in one object.
  const given = property(holder, 'runtimeEnvStrict') ?? property(holder, 'runtimeEnv') ?? holder
  return keysWithin([call.callee, ...call.args.filter((arg) => arg !== given)], given?.kind === 'object' ? given : null, keysAre)
}

/** Keys are called as the variables are, which an object may give under other names: `schema.parse({ port: process.env.PORT })`. */
function keysWithin(schemas: readonly Value[], given: ObjectValue | null, keysAre: 'optional' | 'required'): readonly SchemaKey[] | null {
  const objects = schemaObjects(schemas)
  const keys = objects.flatMap((object) =>
    [...object.properties].flatMap(([name, rule]) => {
      const value = given?.properties.get(name) ?? null
      if (value?.kind === 'object') return keysWithin([rule], value, keysAre) ?? []
      const names = possibleValues(value).flatMap((one) => (one.kind === 'environment' && one.name !== '*' ? [one.name] : []))
      const at = object.writtenAt.get(name) ?? object.at
      return (names.length === 0 ? [name] : names).map((each) => readKey(each, rule, at, keysAre))
    }),
  )
  return keys.length === 0 || objects.some((object) => object.isOpen) ? null : keys
}

/** Object literals in the schema, through chains of calls, of which the properties are rules and not variables. */
function schemaObjects(values: readonly Value[]): readonly ObjectValue[] {
  const found: ObjectValue[] = []
  const pending = values.map((value) => ({ value, depth: 0 }))
  const seen = new Set<Value>()
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { value, depth } = next
    if (seen.has(value) || depth > 16) continue
    seen.add(value)
    if (value.kind === 'object') {
      const rules = [...value.properties.values()].filter((one) => one.kind === 'result')
      if (rules.length > 0) found.push(value)
      else pending.push(...childrenOf(value).map((one) => ({ value: one, depth: depth + 1 })))
    } else if (value.kind === 'result' || value.kind === 'member')
      pending.push(...childrenOf(value).map((one) => ({ value: one, depth: depth + 1 })))
  }
  return found
}
