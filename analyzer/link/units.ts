// Units of work: what one boot, handler, shared run, lazily loaded module or swept function did, so that it can be kept and put together.
import type { Location } from '../text/location.js'
import type { Scope } from '../model/model.js'
import type { Machine } from './machine.js'
import type { Member } from './roll.js'
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

export interface Unit {
  readonly kind: 'boot' | 'handler' | 'shared' | 'module' | 'instance' | 'sweep'
  /** What it recorded and which units it ran or reused, in order. */
  readonly items: (CallRecord | Unit)[]
  /** Calls of project functions that write what they are given. */
  readonly handovers: CallRecord[]
  readonly uses: Set<Unit>
  readonly throws: Throw[]
  readonly writes: StateWrite[]
  readonly objects: Value[]
  readonly bindings: Binding[]
  /** Functions whose facts it read: those that it ran, and outside the boot those that it made. */
  readonly reads: Set<string>
  readonly executed: Set<string>
  /** Functions of which a known condition left an arm out. */
  readonly partial: Set<string>
  readonly functions: Map<string, FunctionValue>
  /** How often closures ran in place. */
  readonly inlined: Map<string, number>
  /** Applications and routers that are only parameters, or that no entry makes. */
  readonly scopes: Scope[]
  /** The file of a module unit. */
  readonly file: string | null
  /** Names of what ran out of steps. */
  readonly exhausted: string[]
  /** What the roll keeps of it, and the last walk that met it: see roll.ts. */
  member: Member | null
  /** Where it is kept; null for what lasts as long as the boot. */
  home: Home | null
  walk: object | null
}

export function newUnit(kind: Unit['kind'], file: string | null = null): Unit {
  return {
    kind,
    items: [],
    handovers: [],
    uses: new Set(),
    throws: [],
    writes: [],
    objects: [],
    bindings: [],
    reads: new Set(),
    executed: new Set(),
    partial: new Set(),
    functions: new Map(),
    inlined: new Map(),
    scopes: [],
    file,
    exhausted: [],
    member: null,
    home: null,
    walk: null,
  }
}

/** Notes that `unit` ran or reused `other` here. */
export function useUnit(unit: Unit, other: Unit): void {
  if (unit === other || unit.uses.has(other)) return
  unit.uses.add(other)
  unit.items.push(other)
}

/** Runs work as a unit of its own: outside of the conditions, calls and tries around it. */
export function inUnit<T>(machine: Machine, unit: Unit, phase: CallRecord['phase'], work: () => T): T {
  const outer = { unit: machine.unit, phase: machine.phase, tryDepth: machine.tryDepth, offDepth: machine.offDepth }
  const guards = machine.guards.splice(0)
  const stack = machine.stack.splice(0)
  const functions = machine.functionStack.splice(0)
  machine.unit = unit
  machine.phase = phase
  machine.tryDepth = 0
  machine.offDepth = 0
  try {
    return work()
  } finally {
    Object.assign(machine, outer)
    machine.guards.splice(0, machine.guards.length, ...guards)
    machine.stack.splice(0, machine.stack.length, ...stack)
    machine.functionStack.splice(0, machine.functionStack.length, ...functions)
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
