// Which environment variables a start without them is refused for: by a throw, an exit, an assertion or a schema.
import type { CallRecord, Guard, Value } from '../../link/value.js'
import { environmentSchemas, readsByItself } from './environmentSchemas.js'
import { isOnlyLogged } from './loggedFailures.js'
import { holdsWhenUnset } from '../defaults.js'
import type { Answer, App, ProjectModel } from '../model.js'
import { callerOf, isInProcess } from '../operations/processes.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat, ofCalls } from '../perPart.js'
import { recorded, recordedOnce } from '../recorded.js'
import { valuesWithin } from '../search.js'
import { callsAmong, guardsOf, type WantedCalls } from '../sorted.js'
import { eachWithin, searchFor } from '../wideSearch.js'
import { namesTestedBy } from './testedVariables.js'

export interface EnvironmentChecks {
  /** Names that something refuses to go on without. */
  readonly refused: ReadonlySet<string>
  /** Names that a schema mentions, if only as optional. */
  readonly declared: ReadonlySet<string>
  /** Texts that something refuses as values, as in `if (secret === 'changeme') throw`. */
  readonly deniedTexts: ReadonlySet<string>
  /** `unknown` where code that was not understood received the whole environment. */
  isChecked(name: string): Answer
}

/** What the project does about missing variables, anywhere in its code. */
export const environmentChecks: (model: ProjectModel) => EnvironmentChecks = recordedOnce((model) => readChecks(model, () => true))

/** What the process of an application does about them: what another one asks for at its start keeps nobody else from starting. */
export const environmentChecksOf: (model: ProjectModel, app: App) => EnvironmentChecks = recorded((model, app) =>
  readChecks(model, (file) => isInProcess(model, file, app)),
)

function readChecks(model: ProjectModel, isAsked: (file: string) => boolean): EnvironmentChecks {
  const found = refusals(model).filter((one) => 'text' in one || isAsked(one.from))
  const schemas = environmentSchemas(model).filter(({ call }) => isAsked(callerOf(call)))
  // What a schema fills in is never missing to whoever asks for it behind the schema.
  const filledIn = new Set(schemas.flatMap(({ keys }) => (keys ?? []).flatMap(({ name, isFilledIn }) => (isFilledIn ? [name] : []))))
  const refused = new Set(found.flatMap((one) => ('name' in one && !(one.isConfigured && filledIn.has(one.name)) ? [one.name] : [])))
  const denied = new Set(found.flatMap((one) => ('text' in one ? [one.text] : [])))
  const demanding = schemas.filter(({ call }) => !isOnlyLogged(model, call))
  for (const { keys } of demanding) for (const key of keys ?? []) if (key.isRequired) refused.add(key.name)
  const understood = new Set(schemas.filter(({ keys }) => keys !== null).map(({ call }) => call))
  const isBlind =
    schemas.some(({ call, keys }) => keys === null && readsByItself(call)) ||
    takersOfEnvironment(model).some((call) => !understood.has(call) && isAsked(callerOf(call)))
  const declared = new Set(schemas.flatMap(({ keys }) => (keys ?? []).map((key) => key.name)))
  return { refused, declared, deniedTexts: denied, isChecked: (name) => (refused.has(name) ? 'yes' : isBlind ? 'unknown' : 'no') }
}

/** Of names, with the file that asks for them or has them asked for, and whether it asks the configuration that a schema made of the environment. */
type Refusal = { readonly name: string; readonly from: string; readonly isConfigured: boolean } | { readonly text: string }

/** Names that must be there, and texts that must not. */
const refusals = ofCalls((calls): readonly Refusal[] => {
  const names = new Map<string, Refusal>()
  const add = (one: Extract<Refusal, { name: string }>): void => void names.set(`${one.from}\n${one.name}\n${one.isConfigured}`, one)
  for (const call of callsAmong(calls, DEMANDS))
    for (const name of demandedBy(call)) add({ from: callerOf(call), name, isConfigured: methodName(call.callee) === CONFIGURED })
  const refusing = new Set<Guard>()
  for (const call of callsAmong(calls, REFUSALS)) {
    if (call.guards.length === 0 || !isRefusal(call)) continue
    for (const guard of call.guards) refusing.add(guard)
    for (const name of namesMissingAt(call)) add({ from: callerOf(call), name, isConfigured: false })
  }
  // What refuses a value refuses it where they are equal: `if (given !== PASSWORD) throw` lets it in.
  const tests = Array.from(refusing, ({ value, holds }) => ({ value, holds }))
  for (const { kind, value, holds } of guardsOf(calls)) if (kind === 'early-exit') tests.push({ value, holds: !holds })
  const texts = new Set<string>()
  for (const refuses of [true, false]) {
    const values = tests.flatMap(({ value, holds }) => (holds === refuses ? [value] : []))
    eachWithin(values, (one) => comparedTexts(one, refuses ? /^===?$/ : /^!==?$/).forEach((text) => texts.add(text)), enters)
  }
  return [...names.values(), ...Array.from(texts, (text) => ({ text }))]
})

/** The names that are tested in front of a refusal. What is refused while a variable is there, as a bad signature is, does not demand that one. */
function namesMissingAt({ guards }: CallRecord): readonly string[] {
  const names = new Set(guards.flatMap((guard) => namesTestedBy(guard, enters)))
  for (const guard of guards) {
    const [name, ...others] = new Set(namesTestedBy(guard, enters))
    const holds = name === undefined || others.length > 0 ? null : holdsWhenUnset(guard.value)
    if (name !== undefined && holds !== null && holds !== guard.holds) names.delete(name)
  }
  return [...names]
}

const takersOfEnvironment = callsThat(passesEnvironmentOn, { given: ['environment'], packages: (name) => name === 'dotenv-safe' })

const ends: ReadonlySet<string> = new Set(['exit', 'abort', 'kill'])

/** The calls that `isRefusal` is asked about. */
export const REFUSALS: WantedCalls = { names: mayRefuse, globals: (name) => mayRefuse(name.slice(name.lastIndexOf('.') + 1)) }

function mayRefuse(name: string): boolean {
  return ends.has(name) || name.endsWith('Error') || name.endsWith('Exception')
}

/** What ends a start: errors are made to be thrown. */
export function isRefusal(call: CallRecord): boolean {
  const { callee, isNew, isWrite } = call
  if (isWrite) return false
  if (callee.kind === 'member' && !isNew && !ends.has(callee.name)) return false
  const name = globalOf(callee)
  if (name === 'process.exit' || name === 'process.abort' || name === 'process.kill') return true
  return isNew && ((name !== null && name.endsWith('Error')) || /(Error|Exception)$/.test(methodName(callee) ?? ''))
}

const DEMANDS: WantedCalls = { names: (name) => demands.has(name), packages: (name) => name === 'assert' }
/** ConfigService of Nest gives what its schema filled in, and throws for what is missing even then (domain fact F8). */
const CONFIGURED = 'getOrThrow'
const demands: ReadonlySet<string> = new Set(['assert', 'invariant', 'ok', 'required', CONFIGURED])
const noNames: readonly string[] = []

/** Assertions and packages that fail without a variable: `assert(process.env.X)`, `nconf.required(['X'])`, `env.get('X').required()`. */
function demandedBy(call: CallRecord): readonly string[] {
  if (call.isWrite) return noNames
  const name = methodName(call.callee) ?? ''
  // A test that nothing is demanded of needs no look at where it comes from.
  if (call.args.length === 0 && name !== 'required') return noNames
  const origin = originOf(call.callee)
  if (origin?.package !== 'assert' && !demands.has(name)) return noNames
  if (origin?.package === 'assert' || /^(assert|invariant|ok)$/.test(name)) return variablesIn(call.args[0] ?? null)
  if (origin?.package === 'nconf' && name === 'required') return textsIn(call.args[0] ?? null)
  if (origin?.package === 'env-var' && name === 'required') return textsIn(call.callee)
  if (name === CONFIGURED) return textsIn(call.args[0] ?? null)
  return []
}

function textsIn(value: Value | null): readonly string[] {
  const texts: string[] = []
  for (const one of valuesWithin(value, enters)) if (one.kind === 'literal' && typeof one.value === 'string') texts.push(one.value)
  return texts
}

/** Literals that variables are compared with, and elements of lists that they are looked up in. What a request is compared with says nothing about secrets. */
function comparedTexts(value: Value, equality: RegExp): readonly string[] {
  const { texts, asked } = comparisonIn(value, equality)
  return texts.length > 0 && (asked === null || asked.some(mayBeVariable)) ? texts : noNames
}

interface Comparison {
  readonly texts: readonly string[]
  /** What they are compared with, of which one must be a variable. null where it may be anything. */
  readonly asked: readonly Value[] | null
}

const noComparison: Comparison = { texts: [], asked: null }

function comparisonIn(value: Value, equality: RegExp): Comparison {
  if (value.kind === 'operation') {
    const { operator, operands } = value
    if (equality.test(operator)) return { texts: textsOf(operands), asked: operands }
    return operator === 'some' ? { texts: textsOf(operands.flatMap(elementsOf)), asked: null } : noComparison
  }
  if (value.kind !== 'result' || value.call.callee.kind !== 'member' || !/^(includes|indexOf|has)$/.test(value.call.callee.name))
    return noComparison
  return { texts: textsOf(elementsOf(value.call.callee.object)), asked: value.call.args }
}

function textsOf(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) => (value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : []))
}

function mayBeVariable(value: Value): boolean {
  return holdsVariable(value) || (value.kind === 'parameter' && value.role === 'unknown')
}

// Comparisons of one text that is taken apart share most of what they compare.
const holdsVariable = searchFor(({ kind }) => kind === 'environment', new WeakMap(), enters)

function elementsOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return value.elements
  return value.kind === 'object' ? [...value.properties.values()] : []
}

function variablesIn(value: Value | null): readonly string[] {
  const names: string[] = []
  for (const one of valuesWithin(value, enters)) if (one.kind === 'environment') names.push(one.name)
  return names
}

/** Instances and modules lead to the whole heap, and a condition asks nothing of it. */
function enters(value: Value): boolean {
  return value.kind !== 'object' || (value.role === 'plain' && value.properties.size <= 30) || value.role === 'set'
}

const passive = /^(console|Object|JSON|Reflect)\.|^(log|info|debug|keys|entries|expand|config|spawn|fork|exec|execFile|spawnSync|assign)$/

/** A call that was not understood and received the whole environment may well check it. */
function passesEnvironmentOn(call: CallRecord): boolean {
  if (call.isWrite) return false
  const name = originOf(call.callee)?.package
  if (!call.args.some((arg) => arg.kind === 'environment' && arg.name === '*')) return name === 'dotenv-safe'
  if (name === 'dotenv-safe') return true
  // It checks what the class says that class-transformer filled.
  if (name === 'class-validator') return false
  return !passive.test(globalOf(call.callee) ?? '') && !passive.test(methodName(call.callee) ?? '') && call.callee.kind !== 'unknown'
}
