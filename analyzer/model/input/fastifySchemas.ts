// What Fastify does with properties of a body that the schema of its route does not name.
import type { Value } from '../../link/value.js'
import { keepsByZod } from './looseSchemas.js'
import type { ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { oneOf } from '../sorted.js'
import { hasProperty, property, stringOf } from '../values.js'

/**
 * True where properties that the schema does not name certainly come through: ajv as Fastify sets it up (`removeAdditional: true`) takes away only what
 * `additionalProperties: false` forbids. Nothing is said where the project sets up its own validator, or where the schema is put together of others.
 */
export function keepsUnnamed(model: ProjectModel, { app }: Route, schema: Value | null): boolean {
  if (app.framework !== 'fastify') return false
  // Whatever compiles such schemas gives what they give.
  if (keepsByZod(property(schema, 'body'))) return true
  if (compilers(model).length > 0) return false
  const isOwn = app.scope.settings.some(
    ({ name, value }) => /^(schemaController|validatorCompiler|\*|\.\.\.)$/.test(name) || (name === 'ajv' && mayTakeAway(value)),
  )
  if (isOwn || app.scope.gaps.some((gap) => gap.isBlind)) return false
  const body = property(schema, 'body')
  return hasProperty(schema, 'validatorCompiler') === 'no' && (isOpenObject(body) || isOpenTypeBox(body))
}

/** What `customOptions` does not say stays as Fastify has it. `removeAdditional: 'all'` takes away whatever is not named, and plugins may do anything. */
function mayTakeAway(ajv: Value): boolean {
  const options = property(ajv, 'customOptions')
  if (ajv.kind !== 'object' || ajv.isOpen || ajv.properties.size !== 1 || options?.kind !== 'object' || options.isOpen) return true
  const removing = property(options, 'removeAdditional')
  return removing !== null && (removing.kind !== 'literal' || typeof removing.value !== 'boolean')
}

/** `{ type: 'object', properties: { … } }` */
function isOpenObject(body: Value | null): boolean {
  if (body?.kind !== 'object' || body.isOpen || stringOf(property(body, 'type')) !== 'object') return false
  return [...body.properties.keys()].every((key) => PLAIN.test(key)) && hasProperty(body, 'properties') === 'yes'
}

/** Words that forbid nothing which is not named. Others (`$ref`, `allOf`, `additionalProperties`) may. */
const PLAIN = /^(type|properties|required|title|description|\$id|\$schema|examples?|nullable|minProperties)$/

/** `Type.Object({ … })` of TypeBox makes the same schema, unless its options say more. */
function isOpenTypeBox(body: Value | null): boolean {
  if (body?.kind !== 'result') return false
  const origin = originOf(body)
  if (origin === null || !/^(@sinclair\/typebox|typebox)$/.test(origin.package)) return false
  const [only, ...others] = origin.calls
  if (only === undefined || others.length > 0 || origin.path.filter((name) => name !== '()').at(-1) !== 'Object') return false
  const options = only.args[1] ?? null
  return (
    options === null || (options.kind === 'object' && !options.isOpen && [...options.properties.keys()].every((key) => PLAIN.test(key)))
  )
}

const compiling = oneOf(['setValidatorCompiler', 'setSchemaController'])
const compilers = callsThat(({ callee }) => callee.kind === 'member' && compiling(callee.name), { names: compiling })
