// The state of one symbolic boot: heap, guards, records, jobs and budgets.
import type { Expression, FunctionFacts, NodeId, Pattern, SourceFacts, Statement } from '../extract/facts.js'
import type { Gap, ModelSettings, PackageFacts, Scope } from '../model/model.js'
import { locationKey, type Location } from '../text/location.js'
import { birthMark, isYoungerThan } from './births.js'
import type { Environment } from './environment.js'
import { placeOf } from './places.js'
import { newUnit, type Unit } from './units.js'
import type { Resolution } from './resolveModule.js'
import type { ArrayValue, CallRecord, ClassValue, FunctionValue, Guard, ObjectValue, PackageValue, ScopeValue, Value } from './value.js'
import { choice, undefinedAt } from './values.js'

/** Where the project lies in the boot's own file system: what `__dirname` and `process.cwd()` start with. */
export const ROOT = '/@'

/** Thrown where a step budget ends; caught by whoever set the budget. */
export class BudgetExhausted extends Error {}

/** What a project looks like to the boot. Nothing here changes while it runs. */
export interface World {
  readonly sources: ReadonlyMap<string, SourceFacts>
  readonly resolve: (specifier: string, from: string) => Resolution
  readonly listFolder: (folder: string) => readonly { readonly name: string; readonly isFolder: boolean }[]
  readonly hasFile: (file: string) => boolean
  readonly packages: readonly PackageFacts[]
  readonly settings: ModelSettings
}

/** A running call of a project function, or of a module. */
export interface Frame {
  readonly source: SourceFacts
  readonly facts: FunctionFacts
  readonly self: Value
  readonly fn: FunctionValue | null
  readonly owner: ClassValue | null
  readonly args: readonly Value[]
  readonly returns: { readonly value: Value; readonly guards: readonly Guard[]; readonly at: Location }[]
  /** Length of the guard stack when the call began. */
  readonly guardBase: number
}

export interface ModuleState {
  readonly file: string
  readonly environment: Environment
  /** The CommonJS module object; its property `exports` is what a require gets. */
  readonly module: ObjectValue
  readonly frame: Frame
  /** Where `exports` was before the module ran, to see whether it was replaced. */
  readonly initialExports: ObjectValue
  state: 'running' | 'done'
  phase: CallRecord['phase']
  /** The unit that loaded it, when that was not the boot. */
  unit: Unit | null
}

export interface Job {
  readonly run: () => void
  readonly guards: readonly Guard[]
  readonly stack: readonly Location[]
  readonly functions: readonly FunctionValue[]
}

/** Where a call is written, for records and for what the call must know of its place. */
export interface CallSite {
  readonly at: Location
  readonly frame: Frame
  readonly argsAt: readonly Location[]
  readonly isAwaited: boolean
}

export type Completion = 'normal' | 'return' | 'throw' | 'break' | 'continue'

/** The parts of the boot that call each other. They meet here, so that their files need not import each other. */
export interface Interpreter {
  evaluate(machine: Machine, frame: Frame, environment: Environment, expression: Expression): Value
  execute(machine: Machine, frame: Frame, environment: Environment, statements: readonly Statement[]): Completion
  bind(machine: Machine, frame: Frame, environment: Environment, pattern: Pattern, value: Value, mode: 'let' | 'var' | 'assign'): void
  call(machine: Machine, site: CallSite, callee: Value, self: Value | null, args: readonly Value[]): Value
  construct(machine: Machine, site: CallSite, callee: Value, args: readonly Value[]): Value
  callSuper(machine: Machine, site: CallSite, args: readonly Value[]): Value
  callMethod(machine: Machine, site: CallSite, receiver: Value, name: string, args: readonly Value[]): Value
  getMember(machine: Machine, site: CallSite, object: Value, name: string): Value
  setMember(machine: Machine, site: CallSite, object: Value, name: string, value: Value): void
  loadModule(machine: Machine, file: string): ModuleState
  requireModule(machine: Machine, site: CallSite, specifier: string): Value
  readName(machine: Machine, frame: Frame, environment: Environment, name: string, at: Location): Value
  inline(machine: Machine, site: CallSite, fn: FunctionValue, self: Value, args: readonly Value[]): Value
  /** Null where the call must be run by itself. */
  callShared(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): Value | null
  genericInstance(machine: Machine, target: ClassValue): Value
  makeClass(machine: Machine, frame: Frame, environment: Environment, id: string, at: Location): ClassValue
  makeFunction(machine: Machine, frame: Frame, environment: Environment, id: string, at: Location): FunctionValue
}

/** What a framework (or a container) adds to the boot. A null answer means: not mine. */
export interface FrameworkModel {
  /** A call of something that a package exports; `self` is the receiver where it was called as a method of a result. */
  callPackage(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[], mode: 'call' | 'new'): Value | null
  callScope(machine: Machine, site: CallSite, scope: ScopeValue, name: string, args: readonly Value[]): Value | null
  /** Any other call that the project does not define, after it was recorded: a place to see who receives an application. */
  onOpaqueCall(machine: Machine, site: CallSite, call: CallRecord): Value | null
}

/** What stood in properties, variables and arrays before they were changed since a mark, so that a path can be taken back and joined with another. */
export interface WriteLog {
  readonly properties: Map<Map<string, Value>, Map<string, Value | undefined>>
  readonly arrays: Map<ArrayValue, readonly Value[]>
  readonly undo: (() => void)[]
  /** Births up to here are older than the log. */
  readonly mark: number
}

export interface Machine {
  readonly world: World
  readonly run: Interpreter
  readonly frameworks: readonly FrameworkModel[]
  modules: Map<string, ModuleState>
  readonly namespaces: WeakMap<ObjectValue, string>
  /** Call sites that ran. */
  readonly visited: Set<Location>
  readonly snapshots: { guards: readonly Guard[]; stack: readonly Location[] }
  /** Functions and classes of the heap by file: their facts are exchanged when the text of a function changes that the boot did not run. */
  readonly made: Map<string, (FunctionValue | ClassValue)[]>
  readonly instances: Map<ClassValue, { value: Value; unit: Unit }>
  readonly classes: Map<string, ClassValue>
  readonly scopes: Scope[]
  /** Literals that follow from the assumed environment (NODE_ENV=production). */
  readonly assumed: WeakSet<Value>
  readonly guards: Guard[]
  readonly stack: Location[]
  readonly functionStack: FunctionValue[]
  readonly queue: Job[]
  readonly logs: WriteLog[]
  readonly methods: WeakMap<object, Map<string, FunctionValue>>
  readonly getters: WeakMap<Map<string, Value>, Map<string, FunctionValue>>
  /** Keyed heap of dependency-injection containers. */
  containers: Map<string, Value>
  /** Properties of the global object that the project sets. */
  globals: Map<string, Value>
  /** Functions that the boot itself hands to the project (`resolve` of a promise). */
  readonly natives: Map<string, (args: readonly Value[]) => Value>
  /** The file that was started. */
  main: string | null
  phase: CallRecord['phase']
  /** In a sweep every arm of every condition runs. */
  isSweep: boolean
  tryDepth: number
  offDepth: number
  steps: number
  limit: number
  order: number
  /** What runs now. */
  unit: Unit
  /** What was born up to here is older than serving. */
  bootMark: number
  /** How many shared runs are nested now. */
  depth: number
  /** A number for an object, the same each time. */
  identity: (value: object) => number
  /** Summaries of functions called with arguments that do not matter, by function and key. */
  readonly memo: Map<object, Map<string, { result: Value | null; readonly unit: Unit }>>
}

export function createMachine(world: World, run: Interpreter, frameworks: readonly FrameworkModel[]): Machine {
  return {
    world,
    run,
    frameworks,
    modules: new Map(),
    namespaces: new WeakMap(),
    visited: new Set(),
    snapshots: { guards: [], stack: [] },
    made: new Map(),
    instances: new Map(),
    classes: new Map(),
    scopes: [],
    assumed: new WeakSet(),
    guards: [],
    stack: [],
    functionStack: [],
    queue: [],
    logs: [],
    methods: new WeakMap(),
    getters: new WeakMap(),
    containers: new Map(),
    globals: new Map(),
    natives: new Map(),
    main: null,
    phase: 'boot',
    isSweep: false,
    tryDepth: 0,
    offDepth: 0,
    steps: 0,
    limit: Infinity,
    order: 0,
    unit: newUnit('boot'),
    bootMark: 0,
    depth: 0,
    identity: identities(),
    memo: new Map(),
  }
}

function identities(): (value: object) => number {
  const numbers = new WeakMap<object, number>()
  let next = 1
  return (value) => {
    let number = numbers.get(value)
    if (number === undefined) numbers.set(value, (number = next++))
    return number
  }
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

/** Keeps a function or class of the heap, see `Machine.made`. */
export function noteMade(machine: Machine, value: FunctionValue | ClassValue): void {
  const known = machine.made.get(value.source.file)
  if (known === undefined) machine.made.set(value.source.file, [value])
  else known.push(value)
}

export function locate(frame: Frame, node: NodeId): Location {
  return placeOf(frame.source.file, frame.facts, node)
}

/** Counts one step; throws BudgetExhausted past the limit. */
export function step(machine: Machine): void {
  if (++machine.steps > machine.limit) throw new BudgetExhausted()
}

/** Every change of the heap goes through here, so that it can be logged. */
export function write(machine: Machine, holder: Map<string, Value>, key: string, value: Value): void {
  const log = machine.logs.at(-1)
  if (log !== undefined && !isYoungerThan(holder, log.mark)) noteProperty(log, holder, key, holder.get(key))
  holder.set(key, value)
}

export function changeArray(machine: Machine, array: ArrayValue, change: (elements: Value[]) => void): void {
  const log = machine.logs.at(-1)
  if (log !== undefined && !isYoungerThan(array, log.mark) && !log.arrays.has(array)) log.arrays.set(array, [...array.elements])
  change(array.elements)
}

/** Registers how to take something back that is neither a property nor an element. */
export function onUndo(machine: Machine, undo: () => void): void {
  machine.logs.at(-1)?.undo.push(undo)
}

export function beginLog(machine: Machine): WriteLog {
  const log: WriteLog = { properties: new Map(), arrays: new Map(), undo: [], mark: birthMark() }
  machine.logs.push(log)
  return log
}

/** Ends the innermost log and leaves its writes in place; an outer log takes them over. */
export function keepLog(machine: Machine): void {
  const log = machine.logs.pop()
  const outer = machine.logs.at(-1)
  if (log === undefined || outer === undefined) return
  for (const [holder, keys] of log.properties) {
    if (!isYoungerThan(holder, outer.mark)) for (const [key, before] of keys) noteProperty(outer, holder, key, before)
  }
  for (const [array, before] of log.arrays)
    if (!isYoungerThan(array, outer.mark) && !outer.arrays.has(array)) outer.arrays.set(array, before)
  for (const entry of log.undo) outer.undo.push(entry)
}

/** Only what stood there first counts for taking back. */
function noteProperty(log: WriteLog, holder: Map<string, Value>, key: string, before: Value | undefined): void {
  let keys = log.properties.get(holder)
  if (keys === undefined) log.properties.set(holder, (keys = new Map()))
  if (!keys.has(key)) keys.set(key, before)
}

/** What stood at the end of a path that was taken back. */
export interface PathEnd {
  readonly properties: ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value | undefined>>
  readonly arrays: ReadonlyMap<ArrayValue, readonly Value[]>
  readonly undo: readonly (() => void)[]
}

/** The end of a path that wrote nothing. */
export const NO_CHANGE: PathEnd = { properties: new Map(), arrays: new Map(), undo: [] }

/** Ends the innermost log and takes back what it wrote to properties, variables and arrays. Returns what stood there at its end. */
export function revertLog(machine: Machine): PathEnd {
  const log = machine.logs.pop()
  if (log === undefined) return NO_CHANGE
  const properties = new Map<Map<string, Value>, Map<string, Value | undefined>>()
  for (const [holder, keys] of log.properties) {
    const ends = new Map<string, Value | undefined>()
    for (const [key, before] of keys) {
      ends.set(key, holder.get(key))
      if (before === undefined) holder.delete(key)
      else holder.set(key, before)
    }
    properties.set(holder, ends)
  }
  const arrays = new Map<ArrayValue, readonly Value[]>()
  for (const [array, before] of log.arrays) arrays.set(array, array.elements.splice(0, array.elements.length, ...before))
  return { properties, arrays, undo: log.undo }
}

/** Takes back everything since the log began, registrations too. */
export function abandonLog(machine: Machine): void {
  for (const undo of revertLog(machine).undo.toReversed()) undo()
}

/** Writes what two alternative paths left, as choices where they differ. */
export function joinPaths(machine: Machine, at: Location, one: PathEnd, other: PathEnd, test: Value | null): void {
  for (const holder of new Set([...one.properties.keys(), ...other.properties.keys()])) {
    const first = one.properties.get(holder)
    const second = other.properties.get(holder)
    for (const key of new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])) {
      const before = holder.get(key)
      const a = (first?.has(key) === true ? first.get(key) : before) ?? undefinedAt(at)
      const b = (second?.has(key) === true ? second.get(key) : before) ?? undefinedAt(at)
      write(machine, holder, key, a === b ? a : choice(at, 'join', [a, b], test))
    }
  }
  for (const array of new Set([...one.arrays.keys(), ...other.arrays.keys()])) {
    const joined = new Set([...array.elements, ...(one.arrays.get(array) ?? []), ...(other.arrays.get(array) ?? [])])
    if (joined.size > MOST_ELEMENTS) array.isOpen = true
    else if (joined.size > array.elements.length) {
      // How many of them there are depends on the path.
      array.isOpen = true
      changeArray(machine, array, (elements) => elements.splice(0, elements.length, ...joined))
    }
  }
  for (const undo of [...one.undo, ...other.undo]) onUndo(machine, undo)
}

/** Past this many elements an array that paths add to is only known to hold more. */
const MOST_ELEMENTS = 1_000

/** Adds a call to the index and to the summary being made. */
export function record(
  machine: Machine,
  frame: Frame | null,
  call: Omit<CallRecord, 'guards' | 'stack' | 'phase' | 'isOff' | 'isCaught' | 'order'>,
): CallRecord {
  const { at, callee, receiver, args, argsAt, isNew, isWrite, isAwaited } = call
  const full: CallRecord = {
    at,
    callee,
    receiver,
    args,
    argsAt,
    isNew,
    isWrite,
    isAwaited,
    guards: snapshot(machine.guards, 'guards', machine),
    stack: snapshot(machine.stack, 'stack', machine),
    phase: machine.phase,
    isOff: machine.offDepth > 0,
    isCaught: machine.tryDepth > 0,
    order: machine.order++,
  }
  machine.unit.items.push(full)
  machine.visited.add(at)
  return full
}

/** A copy of a stack, shared by all records made while it stands so: equal top and depth mean equal content. */
export function snapshot<T>(items: readonly T[], name: 'guards' | 'stack', machine: Machine): readonly T[] {
  const known = machine.snapshots[name] as readonly T[]
  if (known.length === items.length && known.at(-1) === items.at(-1) && known[0] === items[0]) return known
  const made = items.slice()
  machine.snapshots[name] = made as never
  return made
}

export function addGap(machine: Machine, scope: Scope, gap: Gap): void {
  if (scope.gaps.some((known) => known.why === gap.why && locationKey(known.at) === locationKey(gap.at))) return
  scope.gaps.push(gap)
  onUndo(machine, () => void scope.gaps.splice(scope.gaps.indexOf(gap), 1))
}
