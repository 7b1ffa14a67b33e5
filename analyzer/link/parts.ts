// What a model keeps of the records of one unit.
import type { Location } from '../text/location.js'
import type { Binding, Unit } from './units.js'
import type { CallRecord, Value } from './value.js'

/** Lists in order. A part is the same array as the last time, where its unit and what is kept of it are the same. */
export interface Parts {
  readonly calls: (readonly CallRecord[])[]
  readonly objects: (readonly Value[])[]
  readonly bindings: (readonly Binding[])[]
}

export interface KeptParts {
  readonly unit: Unit
  readonly kept: Parts
}

/** How many contexts of one call site the index keeps. Of what only a sweep saw it keeps one. */
export const MOST_CONTEXTS = 16

const served = new WeakMap<Unit, Parts>()
const swept = new WeakMap<Unit, Parts>()

/** All that a unit recorded while it served. */
export function ofServed(unit: Unit): Parts {
  let parts = served.get(unit)
  if (parts === undefined) served.set(unit, (parts = distinct(unit, unit.items.filter(isCall), MOST_CONTEXTS)))
  return parts
}

/** All that a unit of the sweep recorded. Its records say of themselves that nothing leads to them. */
export function ofSwept(unit: Unit): Parts {
  let parts = swept.get(unit)
  if (parts === undefined) {
    const calls = unit.items.filter(isCall).map((one) => (one.phase === 'unreached' ? one : { ...one, phase: 'unreached' as const }))
    swept.set(unit, (parts = distinct(unit, calls, 1)))
  }
  return parts
}

function isCall(item: CallRecord | Unit): item is CallRecord {
  return !('items' in item)
}

function distinct(unit: Unit, calls: readonly CallRecord[], most: number): Parts {
  return kept({ calls: [calls], objects: [unit.objects], bindings: [unit.bindings] }, newCounts(), most, () => null)
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

/** Whether a record stays; null where its place is to be counted. */
export type Stays = (one: { readonly at: Location }) => boolean | null

/** Of each place the first records: of a call `most`, of anything else one. */
export function kept(parts: Parts, counts: Counts, most: number, stays: Stays): Parts {
  return {
    calls: listsOf(parts.calls, counts.calls, most, stays),
    objects: listsOf(parts.objects, counts.objects, 1, stays),
    bindings: listsOf(parts.bindings, counts.bindings, 1, stays),
  }
}

function listsOf<T extends { readonly at: Location }>(
  lists: readonly (readonly T[])[],
  counts: Map<Location, number>,
  most: number,
  stays: Stays,
): (readonly T[])[] {
  return lists.flatMap((list) => {
    const some = firstOf(list, counts, most, stays)
    return some.length === 0 ? [] : [some]
  })
}

function firstOf<T extends { readonly at: Location }>(
  list: readonly T[],
  counts: Map<Location, number>,
  most: number,
  stays: Stays,
): readonly T[] {
  const some = list.filter((one) => {
    const answer = stays(one)
    if (answer !== null) return answer
    const count = counts.get(one.at) ?? 0
    if (count < most) counts.set(one.at, count + 1)
    return count < most
  })
  return some.length === list.length ? list : asBefore(list, some)
}

const remembered = new WeakMap<readonly unknown[], readonly unknown[]>()

/** The array that was kept of a list the last time, where it is equal. */
function asBefore<T>(list: readonly T[], some: readonly T[]): readonly T[] {
  const before = remembered.get(list) as readonly T[] | undefined
  if (before?.length === some.length && before.every((one, index) => one === some[index])) return before
  remembered.set(list, some)
  return some
}
