// What a model keeps of the records of one unit.
import type { Location } from '../text/location.js'
import type { Binding, Unit } from './units.js'
import type { CallRecord, Value } from './value.js'

/** What a unit recorded of one sort, each place as often as one unit may keep it, and which of it stays beside other units. */
export interface Records<T> {
  readonly all: readonly T[]
  /** 1 for each that stays; null where all do. */
  flags: (0 | 1)[] | null
  /** The same array as long as the same ones stay. */
  kept: readonly T[]
}

export interface UnitRecords {
  readonly calls: Records<CallRecord>
  readonly objects: Records<Value>
  readonly bindings: Records<Binding>
}

/** How many contexts of one call site the index keeps. Of what only a sweep saw it keeps one. */
export const MOST_CONTEXTS = 16

/** All that a unit recorded while it served. */
export function ofServed(unit: Unit): UnitRecords {
  return recordsOf(unit, callsOf(unit), MOST_CONTEXTS)
}

/** All that a unit of the sweep recorded. Its records say of themselves that nothing leads to them. */
export function ofSwept(unit: Unit): UnitRecords {
  const calls = callsOf(unit).map((one) => (one.phase === 'unreached' ? one : { ...one, phase: 'unreached' as const }))
  return recordsOf(unit, calls, 1)
}

function callsOf({ items }: Unit): readonly CallRecord[] {
  return those(items, (item) => !('items' in item)) as readonly CallRecord[]
}

/** Those that fit, in a list without room for more; the list itself where all do. */
function those<T>(list: readonly T[], fits: (one: T, index: number) => boolean): readonly T[] {
  let at = 0
  while (at < list.length && fits(list[at] as T, at)) at++
  if (at === list.length) return list
  const some = list.slice(0, at)
  for (at++; at < list.length; at++) if (fits(list[at] as T, at)) some.push(list[at] as T)
  return some.slice()
}

function recordsOf({ objects, bindings }: Unit, calls: readonly CallRecord[], most: number): UnitRecords {
  return { calls: allOf(firstOf(calls, most)), objects: allOf(firstOf(objects, 1)), bindings: allOf(firstOf(bindings, 1)) }
}

/** Most units record nothing of most sorts. */
const NOTHING: readonly never[] = []
const NONE: Records<never> = Object.freeze({ all: NOTHING, flags: null, kept: NOTHING })

function allOf<T>(all: readonly T[]): Records<T> {
  return all.length === 0 ? NONE : { all, flags: null, kept: all }
}

/** Of each place the first records. */
function firstOf<T extends Placed>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most || (list.length <= FEW && standApart(list))) return list
  const counts = new Map<Location, number>()
  return those(list, (one) => isFirst(one, counts, most))
}

/** How many are compared one by one. */
const FEW = 6

/** True where no two stand at one place. */
function standApart(list: readonly Placed[]): boolean {
  for (let index = 1; index < list.length; index++)
    for (let before = 0; before < index; before++) if (list[before]?.at === list[index]?.at) return false
  return true
}

interface Placed {
  readonly at: Location
}

/** How often each place was met. */
export interface Counts {
  readonly calls: Map<Location, number>
  readonly objects: Map<Location, number>
  readonly bindings: Map<Location, number>
}

export function newCounts(): Counts {
  return { calls: new Map(), objects: new Map(), bindings: new Map() }
}

function isFirst({ at }: Placed, counts: Map<Location, number>, most: number): boolean {
  const count = counts.get(at) ?? 0
  if (count < most) counts.set(at, count + 1)
  return count < most
}

/** Everything stays. */
export function keepAll(records: UnitRecords): void {
  for (const one of [records.calls, records.objects, records.bindings]) {
    if (one.kept === one.all) continue
    one.flags = null
    one.kept = one.all as never
  }
}

/** Counts the places that `isCounted` names: of a call the first `most` stay, of anything else the first. At other places it stays as it was. */
export function keepFirst(
  { calls, objects, bindings }: UnitRecords,
  counts: Counts,
  most: number,
  isCounted: (at: Location) => boolean,
): void {
  keepFirstOf(calls, counts.calls, most, isCounted)
  keepFirstOf(objects, counts.objects, 1, isCounted)
  keepFirstOf(bindings, counts.bindings, 1, isCounted)
}

function keepFirstOf<T extends Placed>(
  records: Records<T>,
  counts: Map<Location, number>,
  most: number,
  isCounted: (at: Location) => boolean,
): void {
  const { all } = records
  let hasChanged = false
  for (let index = 0; index < all.length; index++) {
    const one = all[index] as T
    if (!isCounted(one.at)) continue
    const flag = isFirst(one, counts, most) ? 1 : 0
    if ((records.flags?.[index] ?? 1) === flag) continue
    setFlag(records, index, flag)
    hasChanged = true
  }
  if (hasChanged) keepFlagged(records)
}

/** Says of one record whether it stays. */
export function setFlag<T>(records: Records<T>, index: number, flag: 0 | 1): void {
  records.flags ??= new Array<0 | 1>(records.all.length).fill(1)
  records.flags[index] = flag
}

/** Keeps those whose flags are set. */
export function keepFlagged<T>(records: Records<T>): void {
  const { all, flags } = records
  if (all.length > 0) records.kept = flags === null ? all : those(all, (_, index) => flags[index] === 1)
}
