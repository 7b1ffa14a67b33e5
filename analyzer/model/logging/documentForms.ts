// What schemas and classes say of how their documents are written: `toJSON` is asked for JSON alone, `toObject` where console or a text shows one (run with mongoose 9).
import type { ClassFacts } from '../../extract/facts.js'
import type { ResultValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oneOf } from '../sorted.js'
import { hasProperty, property, stringOf } from '../values.js'

/** `json`: JSON.stringify and answers. `print`: console, util.inspect and texts. */
export type Form = 'json' | 'print'

const BOTH: readonly Form[] = ['json', 'print']

/** The forms in which documents of a schema are written in another way, by its methods, settings, plugins and hooks, or by mongoose itself. */
export function hidingSchema(model: ProjectModel, isSchema: (value: Value) => boolean): ReadonlySet<Form> {
  const called = changes(model).flatMap(({ callee, args }) =>
    callee.kind === 'member' && leadsTo(callee.object, isSchema) ? hiddenBy(callee.name, args) : [],
  )
  const everywhere = callsTo(model, 'mongoose', ['set']).flatMap(({ args }) => hiddenBy('set', args))
  return new Set([
    ...called,
    ...everywhere,
    ...assigned(model, isSchema),
    ...(callsTo(model, 'mongoose', ['plugin']).length > 0 ? BOTH : []),
  ])
}

/** `toJSON() { … }` of a class, `@Schema({ toJSON: … })` above it. */
export function hidingClass(facts: ClassFacts): readonly Form[] {
  return formsNamedIn([facts.decorators, facts.members.map(({ key }) => key)])
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

/** `set('toJSON', …)` and `method('toJSON', …)` name the form; other settings and methods with a name write nothing. */
function hiddenBy(method: string, [first = null, second = null]: readonly (Value | null)[]): readonly Form[] {
  const name = method === 'set' || method === 'method' ? stringOf(first) : null
  if (name === null) return BOTH
  const form = formOf(name)
  return form === null || (method === 'set' && !hidesSomething(second)) ? [] : [form]
}

/** `new Schema(fields, { toJSON: { transform: … }, methods: { toJSON() { … } } })`. */
export function hiddenByOptions(options: Value | null): readonly Form[] {
  const methods = property(options, 'methods')
  return BOTH.filter((form) =>
    NAMES[form].some(
      (name) => (hasProperty(options, name) !== 'no' && hidesSomething(property(options, name))) || hasProperty(methods, name) !== 'no',
    ),
  )
}

const NAMES: Readonly<Record<Form, readonly string[]>> = { json: ['toJSON'], print: ['toObject', 'inspect'] }

/** `{ virtuals: true }` leaves every field in. */
function hidesSomething(option: Value | null): boolean {
  return hasProperty(option, 'transform') !== 'no'
}

function formOf(name: string): Form | null {
  return BOTH.find((form) => NAMES[form].includes(name)) ?? null
}

/** `userSchema.methods.toJSON = …`, `userSchema.methods = { toJSON() { … } }`: a statement that names the schema and how something is written. */
function assigned(model: ProjectModel, isSchema: (value: Value) => boolean): readonly Form[] {
  return model.bindings.flatMap(({ name, value, at }) => {
    const facts = isSchema(value) ? model.files.get(at.file) : undefined
    if (facts?.kind !== 'source') return []
    const statements = Object.values(facts.functions).flatMap(({ body }) => body)
    return statements.flatMap((one) => (isAboutMethods(one, name) ? formsNamedIn(one) : []))
  })
}

function isAboutMethods(statement: unknown, name: string): boolean {
  const text = JSON.stringify(statement)
  return text.includes('"methods"') && text.includes(`,"${name}"]`)
}

function formsNamedIn(facts: unknown): readonly Form[] {
  const text = JSON.stringify(facts)
  return BOTH.filter((form) => NAMES[form].some((name) => text.includes(`"${name}"`)))
}

/** Whether a value is what `mongoose.Schema` or `mongoose.model` made. */
export function isMadeBy(value: Value | null, name: string): value is ResultValue {
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
