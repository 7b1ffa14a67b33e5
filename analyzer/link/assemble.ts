// Putting the units of a boot together: one index of calls, objects and names, the same whatever order they were made in.
import type { Location } from '../text/location.js'
import { keepAll, keepFirst, MOST_CONTEXTS, newCounts } from './parts.js'
import type { Member, Roll } from './roll.js'
import type { Binding } from './units.js'
import type { CallRecord, Value } from './value.js'

/** Lists in order. A part is the same array as the last time, where its unit and what is kept of it are the same. */
export interface Parts {
  readonly calls: (readonly CallRecord[])[]
  readonly objects: (readonly Value[])[]
  readonly bindings: (readonly Binding[])[]
}

/** The parts of what the boot and the handlers did, then of what only the sweep saw: of each place that nothing else reached, what the first unit recorded. */
export function partsOf(served: Roll, swept: Roll): Parts {
  shareOut(served, swept)
  const parts: Parts = { calls: [], objects: [], bindings: [] }
  for (const { members } of [served, swept]) {
    for (const { records } of members) {
      const { calls, objects, bindings } = records
      if (calls.kept.length > 0) parts.calls.push(calls.kept)
      if (objects.kept.length > 0) parts.objects.push(objects.kept)
      if (bindings.kept.length > 0) parts.bindings.push(bindings.kept)
    }
  }
  return parts
}

/**
 * What each has that those before it have not. Places belong to functions: only of functions that units which came or went ran
 * is it worked out anew, which is little after an edit.
 */
function shareOut(served: Roll, swept: Roll): void {
  const touched = new Set([...served.touched, ...swept.touched])
  for (const member of [...concernedBy(served, touched), ...concernedBy(swept, touched)]) {
    const wasAlone = member.isAlone
    member.isAlone = isAlone(member, served, swept)
    if (member.isAlone) keepAll(member.records)
    // Who is alone counts for nobody else.
    if (member.isAlone !== wasAlone) for (const keys of [member.unit.executed, member.foreign]) for (const key of keys) touched.add(key)
  }
  const counts = newCounts()
  const isTouched = [served, swept].every(isNew) ? () => true : placesOf(touched)
  for (const { roll, records, isAlone: hasAll } of [...concernedBy(served, touched), ...concernedBy(swept, touched)])
    if (!hasAll) keepFirst(records, counts, roll.kind === 'served' ? MOST_CONTEXTS : 1, isTouched)
  for (const roll of [served, swept]) {
    roll.came.clear()
    roll.touched.clear()
  }
}

/** Members that came, or that have places of one of the functions, in order. */
function concernedBy(roll: Roll, touched: ReadonlySet<string>): readonly Member[] {
  if (isNew(roll)) return roll.members
  const found = new Set(roll.came)
  for (const key of touched) {
    for (const member of roll.runs.get(key) ?? []) found.add(member)
    for (const member of roll.meets.get(key) ?? []) found.add(member)
  }
  return [...found].sort((a, b) => a.position - b.position)
}

/** True where all members came since parts were shared out, as in a first run. */
function isNew({ came, members }: Roll): boolean {
  return came.size === members.length
}

/** True where no other member ran one of its functions, so that nobody else meets its places. */
function isAlone({ roll, unit }: Member, served: Roll, swept: Roll): boolean {
  if (unit.kind !== 'handler' && unit.kind !== 'shared' && unit.kind !== 'sweep') return false
  for (const key of unit.executed) {
    if (roll.runs.get(key)?.size !== 1) return false
    if (roll === swept && served.runs.has(key)) return false
  }
  return unit.executed.size > 0
}

/** Whether a place belongs to one of the functions. */
function placesOf(functions: Iterable<string>): (at: Location) => boolean {
  const byFile = new Map<string, Set<string>>()
  for (const key of functions) {
    const end = key.lastIndexOf('#')
    const file = key.slice(0, end)
    const known = byFile.get(file)
    if (known === undefined) byFile.set(file, new Set([key.slice(end + 1)]))
    else known.add(key.slice(end + 1))
  }
  return ({ file, fn }) => byFile.get(file)?.has(fn) === true
}
