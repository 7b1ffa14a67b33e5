// Putting the units of a boot together: one index of calls, objects and names, the same whatever order they were made in.
import type { Location } from '../text/location.js'
import type { Binding, Unit } from './units.js'
import type { CallRecord, Value } from './value.js'

/** How many contexts of one call site the index keeps. Of what only a sweep saw it keeps one. */
const MOST_CONTEXTS = 16

/** What is kept of each unit, in order. A part is the same array as the last time, where its unit and what is kept of it are the same. */
export interface Parts {
  readonly calls: (readonly CallRecord[])[]
  readonly objects: (readonly Value[])[]
  readonly bindings: (readonly Binding[])[]
}

/** Units in the order in which they ran or were used, each once, with how many of them ran each function. Lives as long as a boot, and takes in what changed. */
export interface Roll {
  units: Set<Unit>
  readonly runs: Map<string, number>
  /** The same of functions of which a known condition left an arm out. */
  readonly partial: Map<string, number>
}

export function newRoll(): Roll {
  return { units: new Set(), runs: new Map(), partial: new Map() }
}

/** Makes the roll that of the units that the roots lead to, but for those in `others`. */
export function callRoll(roll: Roll, roots: Iterable<Unit>, others: ReadonlySet<Unit>): void {
  const before = roll.units
  const units = new Set<Unit>()
  const visit = (unit: Unit): void => {
    if (units.has(unit) || others.has(unit)) return
    units.add(unit)
    for (const used of unit.uses) visit(used)
  }
  for (const root of roots) visit(root)
  for (const unit of before) if (!units.has(unit)) tally(roll, unit, -1)
  for (const unit of units) if (!before.has(unit)) tally(roll, unit, 1)
  roll.units = units
}

function tally(roll: Roll, unit: Unit, change: 1 | -1): void {
  for (const key of unit.executed) roll.runs.set(key, (roll.runs.get(key) ?? 0) + change)
  for (const key of unit.partial) roll.partial.set(key, (roll.partial.get(key) ?? 0) + change)
}

/** The parts of what the boot and the handlers did, then of what only the sweep saw: of each place that nothing else reached, what the first unit recorded. */
export function partsOf(served: Roll, swept: Roll): Parts {
  const parts: Parts = { calls: [], objects: [], bindings: [] }
  const seen: Seen = { calls: new Map(), objects: new Map(), bindings: new Map() }
  const isRunOnce = (key: string): boolean => served.runs.get(key) === 1
  for (const unit of served.units) addUnit(parts, seen, unit, ofServed(unit), isRunOnce, MOST_CONTEXTS)
  const isSweptOnce = (key: string): boolean => swept.runs.get(key) === 1 && (served.runs.get(key) ?? 0) === 0
  for (const unit of swept.units) addUnit(parts, seen, unit, ofSwept(unit), isSweptOnce, 1)
  return parts
}

/** How often each place was met. */
interface Seen {
  readonly calls: Map<Location, number>
  readonly objects: Map<Location, number>
  readonly bindings: Map<Location, number>
}

/** Nobody else meets the places of functions that this unit alone ran, so that they need not be counted. */
function addUnit(parts: Parts, seen: Seen, unit: Unit, own: Parts, isRunOnce: (key: string) => boolean, most: number): void {
  if (isExclusive(unit, isRunOnce)) {
    parts.calls.push(...own.calls)
    parts.objects.push(...own.objects)
    parts.bindings.push(...own.bindings)
    return
  }
  for (const list of own.calls) add(parts.calls, seen.calls, list, most)
  for (const list of own.objects) add(parts.objects, seen.objects, list, 1)
  for (const list of own.bindings) add(parts.bindings, seen.bindings, list, 1)
}

function isExclusive({ kind, executed }: Unit, isRunOnce: (key: string) => boolean): boolean {
  if (kind !== 'handler' && kind !== 'shared' && kind !== 'sweep') return false
  for (const key of executed) if (!isRunOnce(key)) return false
  return executed.size > 0
}

/** Adds what is new of an array that does not change any more. */
function add<T extends { readonly at: Location }>(
  lists: (readonly T[])[],
  seen: Map<Location, number>,
  all: readonly T[],
  most: number,
): void {
  let kept: T[] | null = null
  for (const [index, one] of all.entries()) {
    const count = seen.get(one.at) ?? 0
    if (count < most) {
      seen.set(one.at, count + 1)
      kept?.push(one)
    } else kept ??= all.slice(0, index)
  }
  if (kept === null) lists.push(all)
  else if (kept.length > 0) lists.push(asBefore(all, kept))
}

const remembered = new WeakMap<readonly unknown[], readonly unknown[]>()

/** The array that was kept of `all` the last time, where it is equal. */
function asBefore<T>(all: readonly T[], kept: readonly T[]): readonly T[] {
  const before = remembered.get(all) as readonly T[] | undefined
  if (before?.length === kept.length && before.every((one, index) => one === kept[index])) return before
  remembered.set(all, kept)
  return kept
}

const servedParts = new WeakMap<Unit, Parts>()
const sweptParts = new WeakMap<Unit, Parts>()

function ofServed(unit: Unit): Parts {
  let parts = servedParts.get(unit)
  if (parts === undefined) servedParts.set(unit, (parts = distinct(unit, unit.items.filter(isCall), MOST_CONTEXTS)))
  return parts
}

/** Records of a sweep say of themselves that nothing leads to them. */
function ofSwept(unit: Unit): Parts {
  let parts = sweptParts.get(unit)
  if (parts === undefined) {
    const calls = unit.items.filter(isCall).map((one) => (one.phase === 'unreached' ? one : { ...one, phase: 'unreached' as const }))
    sweptParts.set(unit, (parts = distinct(unit, calls, 1)))
  }
  return parts
}

function isCall(item: CallRecord | Unit): item is CallRecord {
  return !('items' in item)
}

function distinct(unit: Unit, calls: readonly CallRecord[], most: number): Parts {
  const parts: Parts = { calls: [], objects: [], bindings: [] }
  add(parts.calls, new Map(), calls, most)
  add(parts.objects, new Map(), unit.objects, 1)
  add(parts.bindings, new Map(), unit.bindings, 1)
  for (const lists of [parts.calls, parts.objects, parts.bindings]) if (lists[0]?.length === 0) lists.length = 0
  return parts
}
