// Putting the units of a boot together: one index of calls, objects and names, the same whatever order they were made in.
import type { Location } from '../text/location.js'
import { type Binding, type Unit, visitUnits } from './units.js'
import type { CallRecord, FunctionValue, Value } from './value.js'

export interface Assembly {
  readonly calls: CallRecord[]
  readonly objects: Value[]
  readonly bindings: Binding[]
  /** Files of modules that serving loads. */
  readonly loaded: Set<string>
  readonly executed: Set<string>
  readonly partial: Set<string>
  readonly functions: Map<string, FunctionValue>
  readonly units: Set<Unit>
  readonly exhausted: Set<string>
  readonly sites: Assembled
}

/** What is kept once a place, or a few times. */
interface Assembled {
  readonly calls: Map<Location, number>
  readonly objects: Set<Location>
  readonly bindings: Set<Location>
}

/** How many contexts of one call site the index keeps. */
const MOST_CONTEXTS = 16

export function newAssembly(): Assembly {
  return {
    calls: [],
    objects: [],
    bindings: [],
    loaded: new Set(),
    executed: new Set(),
    partial: new Set(),
    functions: new Map(),
    units: new Set(),
    exhausted: new Set(),
    sites: { calls: new Map(), objects: new Set(), bindings: new Set() },
  }
}

/** Adds what the boot and the handlers did. */
export function addUnits(assembly: Assembly, roots: Iterable<Unit>): void {
  const { sites } = assembly
  visitUnits(
    roots,
    assembly.units,
    (unit) => addTables(assembly, unit),
    (call) => {
      const count = sites.calls.get(call.at) ?? 0
      sites.calls.set(call.at, count + 1)
      if (count < MOST_CONTEXTS) assembly.calls.push(call)
    },
  )
}

/** Adds what only a sweep saw: of each place that nothing else reached, what the first unit recorded. */
export function addSwept(assembly: Assembly, roots: Iterable<Unit>): void {
  const { sites } = assembly
  visitUnits(
    roots,
    assembly.units,
    (unit) => addTables(assembly, unit),
    (call) => {
      if (sites.calls.has(call.at)) return
      sites.calls.set(call.at, 1)
      assembly.calls.push(call.phase === 'unreached' ? call : { ...call, phase: 'unreached' })
    },
  )
}

function addTables(assembly: Assembly, unit: Unit): void {
  const { sites } = assembly
  for (const object of unit.objects) {
    if (sites.objects.has(object.at)) continue
    sites.objects.add(object.at)
    assembly.objects.push(object)
  }
  for (const binding of unit.bindings) {
    if (sites.bindings.has(binding.at)) continue
    sites.bindings.add(binding.at)
    assembly.bindings.push(binding)
  }
  for (const key of unit.executed) assembly.executed.add(key)
  for (const key of unit.partial) assembly.partial.add(key)
  for (const [key, fn] of unit.functions) if (!assembly.functions.has(key)) assembly.functions.set(key, fn)
  for (const name of unit.exhausted) assembly.exhausted.add(name)
  if (unit.file !== null) assembly.loaded.add(unit.file)
}
