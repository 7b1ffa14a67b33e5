// The environment variables that production code reads, where, and what happens while they are missing.
import type { CallRecord, Value } from '../link/value.js'
import { environmentSchemas } from '../model/secrets/environmentSchemas.js'
import type { Answer, ProjectModel } from '../model/model.js'
import { isCheckedWhereRead } from '../model/secrets/processChecks.js'
import { secretKind } from '../model/secrets/secretNames.js'
import { valuesWithin } from '../model/search.js'
import { isEmpty } from '../model/values.js'
import { locationKey, type Location } from '../text/location.js'

export interface EnvironmentVariableUse {
  readonly name: string
  /** By its name, or by what it is used for. */
  readonly isSecret: boolean
  /** Each place once, in order of files. */
  readonly reads: readonly Location[]
  /** Where another value stands in; empty where nothing does. The value itself is never told. */
  readonly fallbacks: readonly Location[]
  /** Whether the start of every process that reads it is refused without it. */
  readonly isChecked: Answer
}

const known = new WeakMap<ProjectModel, readonly EnvironmentVariableUse[]>()

/** Variables by name. Those that only tests and scripts read are left out. */
export function environmentVariables(model: ProjectModel): readonly EnvironmentVariableUse[] {
  let found = known.get(model)
  if (found === undefined) known.set(model, (found = collect(model)))
  return found
}

function collect(model: ProjectModel): readonly EnvironmentVariableUse[] {
  const reads = new Map<string, Map<string, Location>>()
  const fallbacks = new Map<string, Map<string, Location>>()
  const add = (to: Map<string, Map<string, Location>>, name: string, at: Location): void => {
    const places = to.get(name) ?? new Map<string, Location>()
    to.set(name, places.set(locationKey(at), at))
  }
  // Each value is looked at once, whatever holds it.
  const seen = new Set<Value>()
  for (const root of rootsOf(model)) {
    for (const value of valuesWithin(root, () => true, seen)) {
      if (value.kind === 'environment' && value.name !== '*' && isOurs(model, value.at)) add(reads, value.name, value.at)
      if (value.kind !== 'choice' || (value.operator !== '||' && value.operator !== '??')) continue
      const [first, ...others] = value.options
      if (first?.kind === 'environment' && !others.every(isEmpty)) add(fallbacks, first.name, value.at)
    }
  }
  for (const { call, keys } of environmentSchemas(model)) {
    for (const key of keys ?? []) {
      if (!reads.has(key.name) && isOurs(model, call.at)) add(reads, key.name, call.at)
      if (key.isFilledIn && isOurs(model, key.at)) add(fallbacks, key.name, key.at)
    }
  }
  const names = [...reads.keys()].filter((name) => name !== 'NODE_ENV').sort((a, b) => (a < b ? -1 : 1))
  return names.map((name) => ({
    name,
    isSecret: secretKind(name) !== null,
    reads: sorted(reads.get(name)),
    fallbacks: sorted(fallbacks.get(name)),
    isChecked: isCheckedWhereRead(model, name, sorted(reads.get(name))),
  }))
}

function* rootsOf(model: ProjectModel): Generator<Value> {
  for (const { value } of model.bindings) yield value
  for (const object of model.objects) yield object
  for (const call of model.calls) yield* partsOf(call)
}

function partsOf(call: CallRecord): readonly Value[] {
  return [call.callee, ...call.args, ...call.guards.map((guard) => guard.value)]
}

function isOurs(model: ProjectModel, at: Location): boolean {
  return model.productionFiles.has(at.file) && (model.serverFiles.size === 0 || model.serverFiles.has(at.file))
}

function sorted(places: ReadonlyMap<string, Location> | undefined): readonly Location[] {
  const compare = (a: Location, b: Location): number =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.fn < b.fn ? -1 : a.fn > b.fn ? 1 : a.node - b.node
  return [...(places?.values() ?? [])].sort(compare)
}
