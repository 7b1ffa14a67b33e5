// The state of one symbolic boot: heap, guards, records, jobs and budgets, and the parts of the boot that meet in it.
import { addToGroup } from '../grouped.js'
import type { Expression, FunctionFacts, Pattern, SourceFacts, Statement } from '../extract/facts.js'
import type { ModelSettings, PackageFacts, Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import type { Environment } from './environment.js'
import type { WriteLog } from './heapLog.js'
import type { Sizes } from './registrations.js'
import type { Resolution } from './resolveModule.js'
import type { UnitIndex } from './unitIndex.js'
import type { Unit } from './units.js'
import type { ArrayValue, CallRecord, ClassValue, FunctionValue, Guard, ObjectValue, PackageValue, ScopeValue, Value } from './value.js'

/** Where the project lies in the boot's own file system: what `__dirname` and `process.cwd()` start with. */
export const ROOT = '/@'

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
  /** What a generator has yielded so far. */
  readonly yields?: ArrayValue
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
  readonly surroundings: Pick<Machine, 'guards' | 'stack' | 'functionStack'>
  readonly mustWait: (() => boolean) | null
  /** How often it has waited. */
  waits: number
}

/** Where a call is written, for records and for what the call must know of its place. */
export interface CallSite {
  readonly at: Location
  readonly frame: Frame
  readonly argsAt: readonly Location[]
  readonly isAwaited: boolean
}

/** How a statement ends; `break` and `continue` with the label where they name one. */
export type Completion = 'normal' | 'return' | 'throw' | 'break' | 'continue' | `break ${string}` | `continue ${string}`

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
  /** Whether it may answer calls of what this package exports; where it does not say, of any package. */
  knows?(packageName: string): boolean
  /** A call of something that a package exports; `self` is the receiver where it was called as a method of a result. */
  callPackage?(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[], mode: 'call' | 'new'): Value | null
  callScope?(machine: Machine, site: CallSite, scope: ScopeValue, name: string, args: readonly Value[]): Value | null
  /** A property of an application or router that the project did not put there. */
  memberOf?(machine: Machine, site: CallSite, scope: ScopeValue, name: string): Value | null
  /** Any other call that the project does not define, after it was recorded: a place to see who receives an application. */
  onOpaqueCall?(machine: Machine, site: CallSite, call: CallRecord): Value | null
  /** What the constructor of a package's class gives to an instance of a class that extends it. */
  extend?(machine: Machine, site: CallSite, instance: ObjectValue, parent: PackageValue): void
  /** Somebody awaits a scope, or what a call on it gave back: what it put off runs first. */
  awaitScope?(machine: Machine, scope: ScopeValue): void
  /** What is put off until the end of the boot; true where something ran. */
  settle?(machine: Machine): boolean
  /** What was made for one target alone: a call that is given it runs by itself. */
  isOfOneTarget?(value: Value): boolean
  /** What a command line of the framework does with a file that it is given. */
  startFile?(machine: Machine, file: string): void
  /** All files are loaded: what no entry reaches is registered too, so that it can be named. */
  unreached?(machine: Machine): void
}

/** The package name of functions that the boot itself provides. */
export const NATIVE = 'parapet:native'

export interface Machine {
  readonly world: World
  readonly run: Interpreter
  readonly frameworks: readonly FrameworkModel[]
  /** Those that may answer the calls of a package, by its name. */
  readonly answering: Map<string, readonly FrameworkModel[]>
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
  /** How many calls on scopes there were. */
  scopeCalls: number
  /** Scopes in which something was registered, and what they held before. */
  readonly grown: Map<Scope, Sizes>
  /** Literals that follow from the assumed environment (NODE_ENV=production). */
  readonly assumed: WeakSet<Value>
  /** Functions that a table by environment holds for others than production: `({ development: f })[process.env.NODE_ENV]`. */
  readonly unchosen: Set<string>
  /** Conditions, calls and functions around what runs: see surroundings.ts. */
  guards: Guard[]
  stack: Location[]
  functionStack: Frame[]
  readonly queue: Job[]
  readonly logs: WriteLog[]
  readonly methods: WeakMap<object, Map<string, FunctionValue>>
  readonly getters: WeakMap<Map<string, Value>, Map<string, FunctionValue>>
  /** Names of methods that decorators replaced, on whatever class. */
  readonly replacedNames: Set<string>
  /** Keyed heap of dependency-injection containers. */
  containers: Map<string, Value>
  /** Properties of the global object that the project sets. */
  globals: Map<string, Value>
  /** Functions that the boot itself hands to the project (`resolve` of a promise). */
  readonly natives: Map<string, (args: readonly Value[], site: CallSite) => Value>
  /** The file that was started. */
  main: string | null
  phase: CallRecord['phase']
  /** How many calls lie between a function that only the sweep runs and what runs now: 1 in that function, 0 outside of the sweep. */
  sweepDepth: number
  tryDepth: number
  offDepth: number
  steps: number
  limit: number
  order: number
  /** What runs now. */
  unit: Unit
  /** Which units are there to be used again, by what they read. */
  readonly units: UnitIndex
  /** What was born up to here is older than serving. */
  bootMark: number
  /** How many shared runs are nested now. */
  depth: number
  /** How many awaits are nested that run what waits. */
  waits: number
  /** A number for an object, the same each time. */
  identity: (value: object) => number
  /** Summaries of functions called with arguments that do not matter, by function and key. */
  readonly memo: Map<object, Map<string, { result: Value | null; readonly unit: Unit }>>
}

/** True in a function that only the sweep runs, where every arm of every condition is read; not in what it calls. */
export function isSwept(machine: Machine): boolean {
  return machine.sweepDepth === 1
}

/** Keeps a function or class of the heap, see `Machine.made`. */
export function noteMade(machine: Machine, value: FunctionValue | ClassValue): void {
  addToGroup(machine.made, value.source.file, value)
}
