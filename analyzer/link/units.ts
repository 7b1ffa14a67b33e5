// Units of work: what one boot, handler, shared run, lazily loaded module or swept function did, so that it can be kept and put together.
import type { Location } from '../text/location.js'
import type { Crossing, Delivery, Scope } from '../model/model.js'
import type { CallSite, Machine } from './machine.js'
import type { Member } from './roll.js'
import { noSurroundings, surroundedBy } from './surroundings.js'
import type { Home } from './unitIndex.js'
import type { CallRecord, FunctionValue, Guard, Value } from './value.js'

export interface Binding {
  readonly name: string
  readonly value: Value
  readonly at: Location
  readonly isOff: boolean
}
export interface Throw {
  readonly value: Value
  readonly guards: readonly Guard[]
  readonly at: Location
  readonly isCaught: boolean
}
export interface StateWrite {
  readonly target: string
  readonly value: Value
  readonly at: Location
}

/** What is in the lists of a unit. */
interface Listed {
  /** What it recorded and which units it ran or reused, in order. */
  items: CallRecord | Unit
  /** Calls of project functions that write what they are given. */
  handovers: CallRecord
  /** Calls of project functions that are given what a request brings, or that hand it on to what may store it. */
  deliveries: Delivery
  /** Where functions were entered that are async, or awaited, and whose runs are shared: records within begin at the function and not at the call. Within `try`, where any was. */
  crossings: Crossing
  throws: Throw
  writes: StateWrite
  objects: Value
  bindings: Binding
  /** Applications and routers that are only parameters, or that no entry makes. */
  scopes: Scope
  /** Names of what ran out of steps. */
  exhausted: string
}

/** What is in the sets of a unit; functions by key. */
interface Gathered {
  uses: Unit
  /** Those that it ran. */
  executed: string
  /** Those that it did not run, but whose facts it read: outside the boot those that it made. */
  seen: string
  /** Those of which a known condition left an arm out. */
  partial: string
}

/** What is in the tables of a unit, by function. */
interface Tabled {
  functions: FunctionValue
  /** How often closures ran in place. */
  inlined: number
}

type Lists = { [List in keyof Listed]: readonly Listed[List][] }
type Sets = { [Name in keyof Gathered]: ReadonlySet<Gathered[Name]> }
type Tables = { [Name in keyof Tabled]: ReadonlyMap<string, Tabled[Name]> }

export interface Unit extends Lists, Sets, Tables {
  readonly kind: 'boot' | 'handler' | 'shared' | 'module' | 'instance' | 'sweep'
  /** The file of a module unit. */
  readonly file: string | null
  /** What the roll keeps of it, and the last walk that met it: see roll.ts. */
  member: Member | null
  /** Where it is kept; null for what lasts as long as the boot. */
  home: Home | null
  walk: object | null
}

export function newUnit(kind: Unit['kind'], file: string | null = null): Unit {
  return {
    kind,
    items: NO_LIST,
    handovers: NO_LIST,
    deliveries: NO_LIST,
    crossings: NO_LIST,
    uses: NO_SET,
    throws: NO_LIST,
    writes: NO_LIST,
    objects: NO_LIST,
    bindings: NO_LIST,
    executed: NO_SET,
    seen: NO_SET,
    partial: NO_SET,
    functions: NO_TABLE,
    inlined: NO_TABLE,
    scopes: NO_LIST,
    file,
    exhausted: NO_LIST,
    member: null,
    home: null,
    walk: null,
  }
}

// Most units lack most lists: these stand in until something is put into one.
const NO_LIST: readonly never[] = []
const NO_SET: ReadonlySet<never> = new Set<never>()
const NO_TABLE: ReadonlyMap<string, never> = new Map<string, never>()

/** Puts something at the end of a list. */
export function addTo<List extends keyof Listed>(unit: Pick<Lists, List>, list: List, item: Listed[List]): void {
  if (unit[list].length === 0) unit[list] = [item] as Lists[List]
  else (unit[list] as unknown[]).push(item)
}

/** Puts something into a set. */
export function addToSet<Name extends keyof Gathered>(unit: Pick<Sets, Name>, set: Name, item: Gathered[Name]): void {
  if (unit[set].size === 0) unit[set] = new Set([item]) as Sets[Name]
  else (unit[set] as Set<unknown>).add(item)
}

/** Puts something into a table, in the place of what was there. */
export function addToTable<Name extends keyof Tabled>(unit: Pick<Tables, Name>, table: Name, key: string, item: Tabled[Name]): void {
  if (unit[table].size === 0) unit[table] = new Map([[key, item]]) as Tables[Name]
  else (unit[table] as Map<string, unknown>).set(key, item)
}

const LISTS = [
  'items',
  'handovers',
  'deliveries',
  'crossings',
  'throws',
  'writes',
  'objects',
  'bindings',
] as const satisfies readonly (keyof Listed)[]

/** A list that grew holds room for sixteen more, and most stay shorter than that. */
function trim(unit: Lists): void {
  for (const list of LISTS) if (unit[list].length > 1) unit[list] = unit[list].slice() as never[]
}

/** Notes that a function of the project was entered here. */
export function noteCrossing(machine: Machine, { at }: CallSite, { source, facts }: FunctionValue): void {
  addTo(machine.unit, 'crossings', { at, to: { file: source.file, fn: facts.id } })
}

/** Notes that `unit` ran or reused `other` here. */
export function useUnit(unit: Unit, other: Unit): void {
  if (unit === other || unit.uses.has(other)) return
  addToSet(unit, 'uses', other)
  addTo(unit, 'items', other)
}

/** Runs work as a unit of its own: outside of the conditions, calls and tries around it. */
export function inUnit<T>(machine: Machine, unit: Unit, phase: CallRecord['phase'], work: () => T): T {
  const outer = { unit: machine.unit, phase: machine.phase }
  machine.unit = unit
  machine.phase = phase
  try {
    return surroundedBy(machine, noSurroundings(), work)
  } finally {
    trim(unit)
    machine.unit = outer.unit
    machine.phase = outer.phase
  }
}

function isUnit(item: CallRecord | Unit): item is Unit {
  return 'items' in item
}

/** Calls `onUnit` for every unit that the roots lead to, once each, and `onCall` for what they recorded, in the order of the text of the units. */
export function visitUnits(roots: Iterable<Unit>, seen: Set<Unit>, onUnit: (unit: Unit) => void, onCall: (call: CallRecord) => void): void {
  const visit = (unit: Unit): void => {
    if (seen.has(unit)) return
    seen.add(unit)
    onUnit(unit)
    for (const item of unit.items) {
      if (isUnit(item)) visit(item)
      else onCall(item)
    }
  }
  for (const root of roots) visit(root)
}
