// What a database gives back is written down with all fields that its schema has, a password among them.
import type { ClassFacts } from '../../extract/facts.js'
import type { CallRecord, ResultValue, Value } from '../../link/value.js'
import { decoratorName, typeBehind } from '../input/dtoClasses.js'
import type { KeptSecret } from './keptSecrets.js'
import { isTakenOut } from './takenOut.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'
import { oneOf } from '../sorted.js'
import { hasProperty, isFalse, property, stringOf } from '../values.js'

export interface StoredSecret extends KeptSecret {
  readonly field: string
  /** True for documents of mongoose: they tell all in a text too, where other objects are `[object Object]` (run with mongoose 8). */
  readonly isToldByText: boolean
}

const queries =
  /^(?:find|findOne|findBy|findById|findOneBy|findOneOrFail|findOneByOrFail|findAndCountBy|create|(?:findOne|findById|findByIdAnd|findOneAnd)(?:AndUpdate|AndDelete|AndReplace|Update|Delete|Replace))$/
const steps = /^(?:exec|lean|populate|orFail|sort|limit|skip|where|session)$/

/** The password in a document of mongoose, or an entity of TypeORM, where the schema has one and neither schema nor query leave it out. mongoose prints it with console, with JSON and with Nest's Logger alike (run with mongoose 9). */
export function storedSecret(model: ProjectModel, value: ResultValue): StoredSecret | null {
  const query = queryOf(value.call)
  const store = query === null || query.callee.kind !== 'member' || leavesOut(query) ? null : query.callee.object
  const field = store === null ? null : (schemaField(model, store) ?? classField(model, store))
  if (query === null || field === null || (methodName(query.callee) === 'create' && hasProperty(query.args[0] ?? null, field) === 'no'))
    return null
  if (isTakenOut(model, value.at, field)) return null
  const isToldByText = isDocument(store) && !isLean(value.call)
  return { what: `a stored document with its password (${field})`, field, isToldByText, confidence: 'medium' }
}

function isDocument(store: Value | null): boolean {
  return isMade(store, 'model') || (store?.kind === 'typed' && store.type.name === 'Model')
}

/** `.lean()` asks for plain objects. */
function isLean({ callee }: CallRecord): boolean {
  if (callee.kind !== 'member') return false
  return callee.name === 'lean' || (callee.object.kind === 'result' && isLean(callee.object.call))
}

/** `Model.findOne(…)` behind `.lean().exec()`; null for anything else, such as a `select` that names fields. */
function queryOf(call: CallRecord, depth = 0): CallRecord | null {
  const name = methodName(call.callee) ?? ''
  if (call.callee.kind !== 'member' || depth > 6) return null
  if (queries.test(name)) return call
  return steps.test(name) && call.callee.object.kind === 'result' ? queryOf(call.callee.object.call, depth + 1) : null
}

/** A projection of mongoose stands second, `{ select }` of TypeORM first. */
function leavesOut({ callee, args }: CallRecord): boolean {
  const isPlain = /^(?:find|findOne|findById)$/.test(methodName(callee) ?? '')
  return (
    (isPlain && args.length > 1) ||
    args.some((one) => one.kind === 'object' && ['select', 'projection', 'fields'].some((name) => one.properties.has(name)))
  )
}

/** A field of `mongoose.model('User', new Schema({ password: String }))`. Schemas that change what is written of them, by options, methods or plugins, say nothing. */
function schemaField(model: ProjectModel, store: Value): string | null {
  if (!isMade(store, 'model')) return null
  const schema = store.call.args[1] ?? null
  if (!isMade(schema, 'Schema')) return null
  const [fields = null, options = null] = schema.call.args
  if (fields?.kind !== 'object' || ['toJSON', 'toObject', 'methods'].some((name) => hasProperty(options, name) !== 'no')) return null
  if (isChanged(model, (one) => one === schema)) return null
  const found = [...fields.properties].find(([name, of]) => isPassword(name) && isLoaded(of))
  return found?.[0] ?? null
}

/** True where some code changes what documents of a schema hold, or all of them: plugins of mongoose itself, and what it writes of every document. */
function isChanged(model: ProjectModel, isSchema: (value: Value) => boolean): boolean {
  return (
    changes(model).some(({ callee }) => callee.kind === 'member' && leadsTo(callee.object, isSchema)) ||
    saysHowItIsWritten(model, isSchema) ||
    callsTo(model, 'mongoose', ['plugin']).length > 0 ||
    callsTo(model, 'mongoose', ['set']).some(({ args: [option = null] }) => stringOf(option)?.startsWith('to') !== false)
  )
}

/** `schema.plugin(hidePrivate)`, `schema.set('toJSON', …)`, `schema.path('password').select(false)`, `schema.pre(/^find/, …)`. */
const changes = callsThat(
  ({ callee, args: [hook = null], isWrite }) =>
    !isWrite &&
    callee.kind === 'member' &&
    (/^(?:plugin|set|select|method|loadClass)$/.test(callee.name) ||
      (/^(?:pre|post)$/.test(callee.name) && !storing.test(stringOf(hook) ?? ''))),
  { names: oneOf(['plugin', 'set', 'select', 'method', 'loadClass', 'pre', 'post']) },
)

/** Hooks that run where documents are stored; all others may change what is read. */
const storing = /^(?:save|validate|insertMany|remove|bulkWrite|update(?:One|Many)?|delete(?:One|Many)|replaceOne)$/

/** `userSchema.methods.toJSON = …`, `userSchema.methods = { toJSON() { … } }`: a statement that names the schema and how something is written. */
function saysHowItIsWritten(model: ProjectModel, isSchema: (value: Value) => boolean): boolean {
  return model.bindings.some(({ name, value, at }) => {
    const facts = isSchema(value) ? model.files.get(at.file) : undefined
    if (facts?.kind !== 'source') return false
    return Object.values(facts.functions).some(({ body }) =>
      body.some((statement) => {
        const text = JSON.stringify(statement)
        return /"to(?:JSON|Object)"/.test(text) && text.includes(`,"${name}"]`)
      }),
    )
  })
}

/** A class that says how it is written, `@Schema({ toJSON: … })` too. */
function namesWriting(facts: ClassFacts): boolean {
  return /"to(?:JSON|Object)"/.test(JSON.stringify([facts.decorators, facts.members.map(({ key }) => key)]))
}

function isMade(value: Value | null, name: string): value is ResultValue {
  if (value?.kind !== 'result') return false
  const origin = originOf(value.call.callee)
  return origin?.package === 'mongoose' && origin.path.at(-1) === name
}

/** `schema.methods`, `schema.path('password')`. */
function leadsTo(value: Value, isWanted: (value: Value) => boolean): boolean {
  if (isWanted(value)) return true
  const object =
    value.kind === 'member'
      ? value.object
      : value.kind === 'result' && value.call.callee.kind === 'member'
        ? value.call.callee.object
        : null
  return object !== null && leadsTo(object, isWanted)
}

/** `String`, or an object that does not keep the field out of what queries give. */
function isLoaded(definition: Value): boolean {
  return (
    globalOf(definition) !== null ||
    hasProperty(definition, 'select') === 'no' ||
    (definition.kind === 'object' && isFalse(property(definition, 'select')) === 'no')
  )
}

/** A decorated field of the class in `Model<User>` or `Repository<User>`. */
function classField(model: ProjectModel, store: Value): string | null {
  if (store.kind !== 'typed' || !/^(?:Model|Repository)$/.test(store.type.name)) return null
  const [type] = store.type.args
  const found = type === undefined ? 'unknown' : typeBehind(model, store.at.file, type.name)
  if (typeof found === 'string') return null
  const field = found.facts.members.find(
    ({ key, kind, isStatic, decorators }) =>
      kind === 'field' && !isStatic && typeof key === 'string' && isPassword(key) && isColumn(decorators),
  )
  if (typeof field?.key !== 'string') return null
  const { file } = found.at
  return namesWriting(found.facts) || isChanged(model, (one) => isSchemaOf(one, file)) ? null : field.key
}

/** `SchemaFactory.createForClass(User)` of Nest, beside the class. */
function isSchemaOf(value: Value, file: string): boolean {
  return value.kind === 'result' && value.at.file === file && methodName(value.call.callee) === 'createForClass'
}

function isColumn(decorators: ClassFacts['members'][number]['decorators']): boolean {
  const stored = decorators.find((decorator) => /^(?:Prop|Column)$/.test(decoratorName(decorator)))
  return stored !== undefined && !JSON.stringify(stored.expression).includes('"select"')
}

function isPassword(name: string): boolean {
  return sensitiveName(name) === 'a password'
}
