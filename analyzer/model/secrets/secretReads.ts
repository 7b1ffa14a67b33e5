// Which secrets a server reads from the environment, and which of them nothing demands at start.
import type { CallRecord, EnvironmentVariable, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { environmentChecksOf } from './environmentChecks.js'
import { environmentSchemas } from './environmentSchemas.js'
import type { App, ProjectModel } from '../model.js'
import { callerOf, isInProcess, runsIn } from '../operations/processes.js'
import { callsTo } from '../packageCalls.js'
import { ofCalls, ofEachBinding } from '../perPart.js'
import { checksFor } from './processChecks.js'
import { secretKind } from './secretNames.js'
import { secretUsesOf } from './secretSinks.js'
import { environmentNamesIn } from '../search.js'
import { conditionsOf } from '../sorted.js'
import { possibleValues, property } from '../values.js'
import { packageFolderOf } from '../versions.js'
import { recordedOnce } from '../recorded.js'
import { eachWithin } from '../wideSearch.js'

export interface SecretRead {
  readonly name: string
  readonly at: Location
  /** `key`: it is known to sign or encrypt. `used`: it ends as a secret of another sort. `named`: its name alone says so. */
  readonly by: 'key' | 'used' | 'named'
  /** The file that has it read, in the end. */
  readonly from: string
  /** What it is handed to; null where its name alone speaks. */
  readonly use: CallRecord | null
}

/** Secrets of an application that a start of its process without them does not notice: the first read of each, those in use first. Empty where something unknown may check them. */
export function uncheckedSecretsOf(model: ProjectModel, app: App): readonly SecretRead[] {
  const checks = environmentChecksOf(model, app)
  const reads = new Map<string, SecretRead>()
  const early = demandedByPackages(model, app)
  const former = formerKeys(model, app)
  const schemas = environmentSchemas(model).filter(({ call }) => runsIn(model, call, app))
  // A schema that fills them in is another fault.
  const filled = new Set(schemas.flatMap(({ keys }) => (keys ?? []).flatMap((key) => (key.fallback ? [key.name] : []))))
  // Whether a schema demands a secret, so that somebody went through them.
  const isDemanding = schemas.some(({ keys }) => keys?.some(({ name, isRequired }) => isRequired && secretKind(name) !== null))
  for (const read of [...usedSecrets(model, app), ...namedSecrets(model, app)]) {
    // What a schema calls optional is meant so, and so is what one leaves out that demands other secrets: those of a mailer or a store that not everybody has. A key cannot be.
    const isOptionalOne = read.by !== 'key' && (isDemanding || checks.declared.has(read.name))
    const isMeant = early.has(read.name) || former.has(read.name) || filled.has(read.name) || isOptionalOne
    const isUnchecked = checksFor(model, app, read.from, read.use).isChecked(read.name) === 'no'
    if (!isMeant && isUnchecked && !reads.has(read.name)) reads.set(read.name, read)
  }
  const order = ['key', 'used', 'named']
  return [...reads.values()].toSorted((a, b) => order.indexOf(a.by) - order.indexOf(b.by))
}

/** Where Nest reads the environment of an application, which is where a check belongs: the first `ConfigModule.forRoot()` that makes none. */
export function uncheckedConfiguration(model: ProjectModel, app: App): Location | null {
  const files = filesOf(model, app)
  const made = callsTo(model, '@nestjs/config', ['ConfigModule', 'forRoot']).filter(({ at, isOff }) => files(at.file) && !isOff)
  return made.find(({ args: [options = null] }) => CHECKS.every((key) => property(options, key) === null))?.at ?? null
}

const CHECKS = ['validate', 'validationSchema']

/** What an application's own process loads. */
function filesOf(model: ProjectModel, app: App): (file: string) => boolean {
  return (file) => model.serverFiles.has(file) && isInProcess(model, file, app)
}

/** Those of its own package, where that is one of several: what other packages offer is of use to some, and optional. */
function ownFilesOf(model: ProjectModel, app: App): (file: string) => boolean {
  const files = filesOf(model, app)
  const folder = packageFolderOf(model, app.entry)
  const isAlone = model.apps.every((other) => packageFolderOf(model, other.entry) === folder)
  return (file) => files(file) && (isAlone || packageFolderOf(model, file) === folder)
}

/** Packages that refuse to start without the secret check it themselves. */
function demandedByPackages(model: ProjectModel, app: App): ReadonlySet<string> {
  const uses = secretUsesOf(model).filter(({ sink, call }) => sink.failsAtStart && call.phase === 'boot' && runsIn(model, call, app))
  return new Set(uses.flatMap(({ parts }) => parts.filter(isVariable).map((part) => part.name)))
}

/** Keys of before, which stand beside one that the start demands: `[process.env.KEY, process.env.KEY_PREVIOUS].filter(Boolean)`. */
function formerKeys(model: ProjectModel, app: App): ReadonlySet<string> {
  const keys = secretUsesOf(model).flatMap(({ sink, call, parts }) => {
    const together = sink.kind === 'signing' && runsIn(model, call, app) ? parts.filter(isVariable) : []
    const checks = checksFor(model, app, callerOf(call), call)
    const demanded = together.find(({ name }) => checks.isChecked(name) === 'yes')
    return demanded === undefined ? [] : together.filter(({ name }) => name !== demanded.name)
  })
  return new Set(keys.map(({ name }) => name))
}

/** What is used only when it is there is optional; what has a default is another fault. */
function usedSecrets(model: ProjectModel, app: App): readonly SecretRead[] {
  const files = filesOf(model, app)
  const own = ownFilesOf(model, app)
  return secretUsesOf(model).flatMap(({ sink, call, parts }) => {
    if (hasDefault(parts) || !runsIn(model, call, app)) return []
    const isPlace = sink.kind === 'signing' ? files : own
    const variables = parts.filter(isVariable).filter((part) => isPlace(part.at.file) && !isOptional(call, part.name))
    const by = sink.kind === 'signing' ? 'key' : 'used'
    return variables.map(({ name, at }) => ({ name, at, by, from: callerOf(call), use: call }))
  })
}

function namedSecrets(model: ProjectModel, app: App): readonly SecretRead[] {
  const optional = optionalNames(model)
  const own = ownFilesOf(model, app)
  return boundSecrets(model).flatMap(({ name, at }) =>
    optional.has(name) || !own(at.file) ? [] : [{ name, at, by: 'named' as const, from: at.file, use: null }],
  )
}

const boundSecrets = ofEachBinding(
  ({ value, isOff }): readonly EnvironmentVariable[] => {
    if (isOff || (value.kind !== 'environment' && value.kind !== 'choice' && value.kind !== 'promise')) return noVariables
    const parts = possibleValues(value)
    if (hasDefault(parts)) return noVariables
    return parts.filter(isVariable).filter((part) => /^(secret|password)$/.test(secretKind(part.name) ?? ''))
  },
  ['environment', 'choice', 'promise'],
)

const noVariables: readonly EnvironmentVariable[] = []

function isVariable(value: Value): value is EnvironmentVariable {
  return value.kind === 'environment' && value.name !== '*'
}

function hasDefault(parts: readonly Value[]): boolean {
  return parts.some(
    (part) => part.kind !== 'environment' && !(part.kind === 'literal' && (part.value === undefined || part.value === null)),
  )
}

/** `if (process.env.STRIPE_KEY) new Stripe(process.env.STRIPE_KEY)` */
function isOptional(call: CallRecord, name: string): boolean {
  return call.guards.some((guard) => environmentNamesIn(guard.value).includes(name))
}

const namesInConditions = ofCalls((calls): readonly string[] => {
  const names = new Set<string>()
  eachWithin(conditionsOf(calls), (one) => {
    if (one.kind === 'environment') names.add(one.name)
  })
  return [...names]
})

/** Names of variables on which a condition depends somewhere. */
const optionalNames = recordedOnce((model): ReadonlySet<string> => new Set(namesInConditions(model)))
