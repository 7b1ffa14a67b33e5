// What a database gives back is written down with all fields that its schema has, a password among them.
import type { ClassFacts } from '../../extract/facts.js'
import type { CallRecord, ResultValue, Value } from '../../link/value.js'
import { decoratorName, typeBehind } from '../input/dtoClasses.js'
import { hiddenByOptions, hidingClass, hidingSchema, isMadeBy, type Form } from './documentForms.js'
import type { KeptSecret } from './keptSecrets.js'
import { isTakenOut } from './takenOut.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'
import { hasProperty, isFalse, property } from '../values.js'

export interface StoredSecret extends KeptSecret {
  readonly field: string
  /** True for documents of mongoose: they tell all in a text too, where other objects are `[object Object]` (run with mongoose 8). */
  readonly isToldByText: boolean
  /** The forms in which its schema or class writes something else. */
  readonly hiddenIn: ReadonlySet<Form>
}

const queries =
  /^(?:find|findOne|findBy|findById|findOneBy|findOneOrFail|findOneByOrFail|findAndCountBy|create|(?:findOne|findById|findByIdAnd|findOneAnd)(?:AndUpdate|AndDelete|AndReplace|Update|Delete|Replace))$/
const steps = /^(?:exec|lean|populate|orFail|sort|limit|skip|where|session)$/

/**
 * The password in a document of mongoose, or an entity of TypeORM, where the schema has one and the query does not leave it out. mongoose prints it with console,
 * with JSON and with Nest's Logger alike (run with mongoose 9). `isPlain`: asked of the plain object that toObject made of it, from which `delete` takes a field.
 */
export function storedSecret(model: ProjectModel, value: ResultValue, isPlain = false): StoredSecret | null {
  const query = queryOf(value.call)
  const store = query === null || query.callee.kind !== 'member' || leavesOut(query) ? null : query.callee.object
  const found = store === null ? null : (schemaField(model, store) ?? classField(model, store))
  if (
    query === null ||
    found === null ||
    (methodName(query.callee) === 'create' && hasProperty(query.args[0] ?? null, found.field) === 'no')
  )
    return null
  const { field, hiddenIn } = found
  const isToldByText = isDocument(store) && !isLean(value.call)
  if (hiddenIn.size === 2 || isTakenOut(model, value.at, field, isToldByText && !isPlain ? 'assigned' : 'either')) return null
  return { what: `a stored document with its password (${field})`, field, isToldByText, hiddenIn, confidence: 'medium' }
}

function isDocument(store: Value | null): boolean {
  return isMadeBy(store, 'model') || (store?.kind === 'typed' && store.type.name === 'Model')
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

type SecretColumn = Pick<StoredSecret, 'field' | 'hiddenIn'>

/** A field of `mongoose.model('User', new Schema({ password: String }))`. */
function schemaField(model: ProjectModel, store: Value): SecretColumn | null {
  const schema = isMadeBy(store, 'model') ? (store.call.args[1] ?? null) : null
  const [fields, options = null] = isMadeBy(schema, 'Schema') ? schema.call.args : []
  if (schema === null || fields?.kind !== 'object') return null
  const found = [...fields.properties].find(([name, of]) => isPassword(name) && isLoaded(of))
  if (found === undefined) return null
  return { field: found[0], hiddenIn: new Set([...hiddenByOptions(options), ...hidingSchema(model, (one) => one === schema)]) }
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
function classField(model: ProjectModel, store: Value): SecretColumn | null {
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
  const hiddenIn = new Set([...hidingClass(found.facts), ...hidingSchema(model, (one) => isSchemaOf(one, file))])
  return { field: field.key, hiddenIn }
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
