// Which units read a function, and which used a unit: what a change makes stale is found without a look at all others.
import type { FunctionFacts } from '../extract/facts.js'
import type { Machine } from './machine.js'
import type { Unit } from './units.js'
import type { FunctionValue } from './value.js'

/** Where a unit is kept to be used again. */
export type Home =
  | { readonly kind: 'handler'; readonly fn: FunctionValue }
  | { readonly kind: 'sweep'; readonly key: string }
  | { readonly kind: 'shared'; readonly facts: FunctionFacts; readonly key: string }

/** Lives as long as a boot. */
export interface UnitIndex {
  readonly readers: Map<string, Set<Unit>>
  readonly users: Map<Unit, Set<Unit>>
  /** Units that ran since the index was last asked: what they read is known once they have ended. */
  readonly fresh: Unit[]
}

export function newUnitIndex(): UnitIndex {
  return { readers: new Map(), users: new Map(), fresh: [] }
}

/** Notes a unit that may be used again. */
export function noteUnit(machine: Machine, unit: Unit): void {
  machine.units.fresh.push(unit)
}

/** Units that read one of `changed`, or that used such a unit. */
export function unitsReading(index: UnitIndex, changed: Iterable<string>): ReadonlySet<Unit> {
  takeIn(index)
  const found = new Set<Unit>()
  for (const key of changed) for (const unit of index.readers.get(key) ?? []) found.add(unit)
  for (const unit of found) for (const user of index.users.get(unit) ?? []) found.add(user)
  return found
}

/** Takes units out that are not used again. */
export function dropUnits({ readers, users }: UnitIndex, units: Iterable<Unit>): void {
  for (const unit of units) {
    for (const keys of [unit.executed, unit.seen]) for (const key of keys) remove(readers, key, unit)
    for (const used of unit.uses) remove(users, used, unit)
    users.delete(unit)
  }
}

function takeIn({ readers, users, fresh }: UnitIndex): void {
  for (const unit of fresh.splice(0)) {
    for (const keys of [unit.executed, unit.seen]) for (const key of keys) add(readers, key, unit)
    for (const used of unit.uses) add(users, used, unit)
  }
}

function add<Key>(index: Map<Key, Set<Unit>>, key: Key, unit: Unit): void {
  const known = index.get(key)
  if (known === undefined) index.set(key, new Set([unit]))
  else known.add(unit)
}

function remove<Key>(index: Map<Key, Set<Unit>>, key: Key, unit: Unit): void {
  const known = index.get(key)
  known?.delete(unit)
  if (known?.size === 0) index.delete(key)
}
