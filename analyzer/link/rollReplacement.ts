// Units that ran anew in the place of others: where they use the same ones in the same order, the roll is what it was but for them.
import { addToGroup } from '../grouped.js'
import type { Location } from '../text/location.js'
import { keepFlagged, type Records, setFlag, type UnitRecords } from './parts.js'
import { enroll, type Member, type Roll, strike } from './roll.js'
import type { Unit } from './units.js'

/** Puts the units behind `roots` in the places of those behind the roots before; false, with nothing done, where their order may be another one. */
export function replaceUnits(roll: Roll, roots: readonly Unit[], others: Roll | null): boolean {
  if (roots.length !== roll.roots.length) return false
  const replaced = new Map<Unit, Unit>()
  const isOther = (unit: Unit): boolean => others !== null && unit.walk === others.walk
  const matches = (before: Unit, now: Unit): boolean => {
    if (before === now) return true
    if (isOther(before) || isOther(now)) return isOther(before) && isOther(now)
    const known = replaced.get(before)
    if (known !== undefined) return known === now
    if (before.member?.roll !== roll || now.member !== null || before.uses.size !== now.uses.size) return false
    replaced.set(before, now)
    const used = [...now.uses]
    return [...before.uses].every((one, index) => matches(one, used[index] as Unit))
  }
  for (const [index, root] of roots.entries()) if (!matches(roll.roots[index] as Unit, root)) return false
  if (new Set(replaced.values()).size < replaced.size) return false
  for (const [before, now] of replaced) if (before.member !== null) replace(roll, before.member, now)
  roll.roots = roots
  return true
}

function replace(roll: Roll, before: Member, unit: Unit): void {
  const { position } = before
  strike(roll, before)
  const member = enroll(roll, unit)
  unit.walk = roll.walk
  member.position = position
  member.isAlone = before.isAlone
  roll.members[position] = member
  for (const key of differing(before.unit.executed, unit.executed)) roll.touched.add(key)
  for (const key of differing(before.unit.partial, unit.partial)) roll.touched.add(key)
  for (const key of takeOver(before.records, member.records)) roll.touched.add(key)
}

/** What one of the two has and the other has not. */
function differing(before: ReadonlySet<string>, now: ReadonlySet<string>): readonly string[] {
  return [...[...before].filter((key) => !now.has(key)), ...[...now].filter((key) => !before.has(key))]
}

/** Where a function recorded at the same places as before, the same ones stay. Gives the functions of which that has to be worked out. */
function takeOver(before: UnitRecords, now: UnitRecords): ReadonlySet<string> {
  const changed = new Set<string>()
  takeOverOf(before.calls, now.calls, changed)
  takeOverOf(before.objects, now.objects, changed)
  takeOverOf(before.bindings, now.bindings, changed)
  return changed
}

interface Placed {
  readonly at: Location
}

function takeOverOf<T extends Placed>(before: Records<T>, now: Records<T>, changed: Set<string>): void {
  const old = byFunction(before.all)
  const fresh = byFunction(now.all)
  for (const key of old.keys()) if (!fresh.has(key)) changed.add(key)
  for (const [key, indexes] of fresh) {
    const known = old.get(key) ?? []
    const isSame = known.length === indexes.length && indexes.every((one, index) => now.all[one]?.at === before.all[known[index] ?? -1]?.at)
    if (!isSame) changed.add(key)
    else if (before.flags !== null) for (const [index, one] of indexes.entries()) setFlag(now, one, before.flags[known[index] ?? 0] ?? 1)
  }
  keepFlagged(now)
}

/** Positions of records by the function that they belong to. */
function byFunction(records: readonly Placed[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const [index, { at }] of records.entries()) {
    addToGroup(found, `${at.file}#${at.fn}`, index)
  }
  return found
}
