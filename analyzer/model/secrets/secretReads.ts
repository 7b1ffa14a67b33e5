// Which secrets a server reads from the environment, and which of them nothing demands at start.
import type { CallRecord, EnvironmentVariable, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { environmentChecks } from './environmentChecks.js'
import { environmentSchemas } from './environmentSchemas.js'
import type { App, ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { ofCalls, ofEachBinding } from '../perPart.js'
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
}

/** Secrets of an application that a start without them does not notice: the first read of each, those in use first. Empty where something unknown may check them. */
export function uncheckedSecretsOf(model: ProjectModel, app: App): readonly SecretRead[] {
  const checks = environmentChecks(model)
  const files = filesOf(model, app)
  const reads = new Map<string, SecretRead>()
  const early = demandedByPackages(model)
  const former = formerKeys(model)
  // A schema that fills them in is another fault.
  const filled = new Set(environmentSchemas(model).flatMap(({ keys }) => (keys ?? []).flatMap((key) => (key.fallback ? [key.name] : []))))
  const isDemanding = demandsSecrets(model)
  for (const read of [...usedSecrets(model), ...namedSecrets(model)]) {
    // What a schema calls optional is meant so, and so is what one leaves out that demands other secrets: those of a mailer or a store that not everybody has. A key cannot be.
    const isOptionalOne = read.by !== 'key' && (isDemanding || checks.declared.has(read.name))
    const isMeant = early.has(read.name) || former.has(read.name) || filled.has(read.name) || isOptionalOne
    if (files(read.at.file) && !isMeant && !reads.has(read.name) && checks.isChecked(read.name) === 'no') reads.set(read.name, read)
  }
  const order = ['key', 'used', 'named']
  return [...reads.values()].toSorted((a, b) => order.indexOf(a.by) - order.indexOf(b.by))
}

/** Whether a schema demands a secret, so that somebody went through them. */
function demandsSecrets(model: ProjectModel): boolean {
  return environmentSchemas(model).some(({ keys }) => keys?.some(({ name, isRequired }) => isRequired && secretKind(name) !== null))
}

/** Where Nest reads the environment of an application, which is where a check belongs: the first `ConfigModule.forRoot()` that makes none. */
export function uncheckedConfiguration(model: ProjectModel, app: App): Location | null {
  const files = filesOf(model, app)
  const made = callsTo(model, '@nestjs/config', ['ConfigModule', 'forRoot']).filter(({ at, isOff }) => files(at.file) && !isOff)
  return made.find(({ args: [options = null] }) => CHECKS.every((key) => property(options, key) === null))?.at ?? null
}

const CHECKS = ['validate', 'validationSchema']

/** What an application's own process loads, as far as the model tells applications apart: by the package they are in. */
function filesOf(model: ProjectModel, app: App): (file: string) => boolean {
  const folder = packageFolderOf(model, app.entry)
  const isAlone = model.apps.every((other) => packageFolderOf(model, other.entry) === folder)
  return (file) => model.serverFiles.has(file) && (isAlone || packageFolderOf(model, file) === folder)
}

/** Packages that refuse to start without the secret check it themselves. */
function demandedByPackages(model: ProjectModel): ReadonlySet<string> {
  const uses = secretUsesOf(model).filter(({ sink, call }) => sink.failsAtStart && call.phase === 'boot')
  return new Set(uses.flatMap(({ parts }) => parts.filter(isVariable).map((part) => part.name)))
}

/** Keys of before, which stand beside one that the start demands: `[process.env.KEY, process.env.KEY_PREVIOUS].filter(Boolean)`. */
function formerKeys(model: ProjectModel): ReadonlySet<string> {
  const checks = environmentChecks(model)
  const together = secretUsesOf(model).flatMap(({ sink, parts }) => (sink.kind === 'signing' ? [parts.filter(isVariable)] : []))
  return new Set(
    together.filter((keys) => keys.some(({ name }) => checks.isChecked(name) === 'yes')).flatMap((keys) => keys.map(({ name }) => name)),
  )
}

/** What is used only when it is there is optional; what has a default is another fault. */
function usedSecrets(model: ProjectModel): readonly SecretRead[] {
  return secretUsesOf(model).flatMap(({ sink, call, parts }) => {
    const variables = hasDefault(parts) ? [] : parts.filter(isVariable).filter((part) => !isOptional(call, part.name))
    return variables.map((part) => ({ name: part.name, at: part.at, by: sink.kind === 'signing' ? ('key' as const) : ('used' as const) }))
  })
}

function namedSecrets(model: ProjectModel): readonly SecretRead[] {
  const optional = optionalNames(model)
  return boundSecrets(model).flatMap(({ name, at }) => (optional.has(name) ? [] : [{ name, at, by: 'named' as const }]))
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
