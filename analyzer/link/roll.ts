// Which units take part in a model, in order, and which of them ran each function.
import type { Location } from '../text/location.js'
import { ofServed, ofSwept, type UnitRecords } from './parts.js'
import type { ScopeBinding } from './scopeNames.js'
import type { Binding, Unit } from './units.js'

/** A unit that takes part. */
export interface Member {
  readonly unit: Unit
  readonly roll: Roll
  readonly records: UnitRecords
  /** Functions of which it has places without having run them: fields of classes belong to the module. */
  readonly foreign: ReadonlySet<string>
  /** True where no other member ran one of its functions: all that it recorded stays. */
  isAlone: boolean
  /** Which scopes it names, and where that was read from: see scopeNames.ts. */
  names: { readonly from: readonly Binding[]; readonly found: readonly ScopeBinding[] } | null
  /** Its place in the order. */
  position: number
}

/** Units in the order in which they ran or were used, each once. Lives as long as a boot, and takes in what changed. */
export interface Roll {
  readonly kind: 'served' | 'swept'
  members: Member[]
  roots: readonly Unit[]
  /** Which members ran each function. Functions that nobody ran are left out. */
  readonly runs: Map<string, Set<Member>>
  /** Which members have places of a function that they did not run. */
  readonly meets: Map<string, Set<Member>>
  /** In how many of them a known condition left an arm of it out. */
  readonly partial: Map<string, number>
  /** Members that came since parts were shared out, and functions of those that came or went. */
  readonly came: Set<Member>
  readonly touched: Set<string>
  /** Stands for the last walk over the units. */
  walk: object
  /** That of the other roll then. */
  beside: object | undefined
}

export function newRoll(kind: Roll['kind']): Roll {
  return {
    kind,
    members: [],
    roots: [],
    runs: new Map(),
    meets: new Map(),
    partial: new Map(),
    came: new Set(),
    touched: new Set(),
    walk: {},
    beside: undefined,
  }
}

/** Takes a unit in, at the place that its caller gives it. */
export function enroll(roll: Roll, unit: Unit): Member {
  const records = roll.kind === 'served' ? ofServed(unit) : ofSwept(unit)
  const member: Member = { unit, roll, records, foreign: foreignTo(unit, records), isAlone: false, names: null, position: 0 }
  unit.member = member
  roll.came.add(member)
  for (const key of unit.executed) add(roll.runs, key, member)
  for (const key of member.foreign) add(roll.meets, key, member)
  for (const key of unit.partial) roll.partial.set(key, (roll.partial.get(key) ?? 0) + 1)
  return member
}

export function strike(roll: Roll, member: Member): void {
  const { unit } = member
  // Another roll may have taken it over.
  if (unit.member === member) unit.member = null
  roll.came.delete(member)
  for (const key of unit.executed) remove(roll.runs, key, member)
  for (const key of member.foreign) remove(roll.meets, key, member)
  for (const key of unit.partial) roll.partial.set(key, (roll.partial.get(key) ?? 0) - 1)
}

/** Lets go of all members: no edit follows. */
export function dismiss(roll: Roll): void {
  for (const { unit } of roll.members) unit.member = null
  Object.assign(roll, newRoll(roll.kind))
}

function add(index: Map<string, Set<Member>>, key: string, member: Member): void {
  const known = index.get(key)
  if (known === undefined) index.set(key, new Set([member]))
  else known.add(member)
}

function remove(index: Map<string, Set<Member>>, key: string, member: Member): void {
  const known = index.get(key)
  known?.delete(member)
  if (known?.size === 0) index.delete(key)
}

const none: ReadonlySet<string> = new Set()

function foreignTo({ executed }: Unit, { calls, objects, bindings }: UnitRecords): ReadonlySet<string> {
  let found: Set<string> | null = null
  let last: Location | null = null
  const met = new Map<string, Set<string>>()
  for (const records of [calls.all, objects.all, bindings.all]) {
    for (const { at } of records) {
      // Most records come from the same function as the one before, and nearly all from few functions.
      if (last?.fn === at.fn && last.file === at.file) continue
      last = at
      const known = met.get(at.file)
      if (known?.has(at.fn) === true) continue
      if (known === undefined) met.set(at.file, new Set([at.fn]))
      else known.add(at.fn)
      const key = `${at.file}#${at.fn}`
      if (!executed.has(key)) (found ??= new Set()).add(key)
    }
  }
  return found ?? none
}
