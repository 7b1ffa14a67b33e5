// Booting: one process per entry, then its handlers.
import type { Entry, Scope } from '../model/model.js'
import { birthMark } from './births.js'
import { functionsBehind } from './handlers.js'
import type { Machine } from './machine.js'
import { withinSteps } from './budget.js'
import { drain } from './promises.js'
import { answersOf, hookRoles } from './hooks.js'
import { awaitedParameters } from './pathParameters.js'
import { handlerRoles, PARAMETER_ROLES, passedArguments } from './roles.js'
import { type Run, runOnce } from './summaries.js'
import { noSurroundings, surroundedBy } from './surroundings.js'
import { noteUnit } from './unitIndex.js'
import { newUnit, type Unit } from './units.js'
import type { FunctionValue, Value } from './value.js'

/** Steps that one entry may take. */
const ENTRY_STEPS = 3_000_000

/** The heap of one process. */
export interface Process {
  readonly modules: Machine['modules']
  readonly globals: Machine['globals']
  readonly containers: Machine['containers']
  readonly main: string
}

export interface BootedEntry {
  readonly file: string
  readonly why: string
  readonly process: Process
  readonly unit: Unit
  /** Scopes that this entry made, in order. */
  readonly scopes: readonly Scope[]
  /** Files that the boot loaded. */
  readonly loaded: readonly string[]
  /** What the entry module exports. */
  readonly exports: readonly Value[]
}

/** Starts a process: a fresh heap, the module, and what it leaves in the queue. `work` runs after the module, before the queue is drained. */
export function bootEntry(machine: Machine, file: string, why: string, work: () => void = () => undefined): BootedEntry {
  const process: Process = { modules: new Map(), globals: new Map(), containers: new Map(), main: file }
  const unit = newUnit('boot')
  noteUnit(machine, unit)
  const before = machine.scopes.length
  enter(machine, process)
  machine.unit = unit
  machine.phase = 'boot'
  withinSteps(machine, ENTRY_STEPS, unit, `${file}#`, () => {
    surroundedBy(machine, noSurroundings(), () => {
      machine.run.loadModule(machine, file)
      work()
      do drain(machine)
      while (machine.frameworks.some((framework) => framework.settle?.(machine) === true))
    })
  })
  machine.queue.length = 0
  machine.logs.length = 0
  machine.bootMark = birthMark()
  const state = process.modules.get(file)
  const exported = state?.module.properties.get('exports')
  const exports: Value[] =
    exported === undefined ? [] : exported.kind === 'object' ? [exported, ...exported.properties.values()] : [exported]
  if (state !== undefined)
    for (const one of state.frame.source.exports)
      if (one.kind === 'local')
        exports.push(state.environment.variables.get(one.local) ?? { kind: 'unknown', at: state.module.at, why: 'not set' })
  return { file, why, process, unit, scopes: machine.scopes.slice(before), loaded: [...process.modules.keys()], exports }
}

/** Makes `process` the one whose heap is used. */
export function enter(machine: Machine, process: Process): void {
  machine.modules = process.modules
  machine.globals = process.globals
  machine.containers = process.containers
  machine.main = process.main
}

/** Makes the process that made a function the one whose heap is used: there the modules that it asks for are loaded. */
export function enterAround(machine: Machine, entries: readonly BootedEntry[], fn: FunctionValue): void {
  let outermost = fn.environment
  while (outermost.parent !== null) outermost = outermost.parent
  const maker = entries.find(({ process }) => process.modules.get(fn.source.file)?.environment === outermost) ?? entries.at(-1)
  if (maker !== undefined) enter(machine, maker.process)
}

/** A function behind a layer or a handler of an entry. */
export interface Served {
  readonly booted: BootedEntry
  readonly fn: FunctionValue
  readonly entry: Entry
  /** Which of the entry's handlers it is behind. */
  readonly index: number
}

/** The functions behind every layer and handler of an entry, in order. */
export function servedBy(booted: BootedEntry): readonly Served[] {
  return booted.scopes.flatMap((scope) =>
    scope.entries.flatMap((entry) =>
      entry.handlers.flatMap((handler, index) => functionsBehind(handler).map((fn): Served => ({ booted, fn, entry, index }))),
    ),
  )
}

/** Runs those that have not run, with symbolic arguments. */
export function runHandlers(machine: Machine, served: readonly Served[], runs: Map<FunctionValue, Run>): readonly Run[] {
  return served.map(({ booted, fn, entry, index }) => {
    const known = runs.get(fn)
    if (known !== undefined) return known
    enter(machine, booted.process)
    const roles = awaitedParameters(entry) !== null ? PARAMETER_ROLES : (hookRoles(entry, index) ?? handlerRoles(fn))
    const run = runOnce(machine, fn, 'handler', passedArguments(fn, roles), entry.isOff ? 'off' : 'on', answersOf(entry, index))
    run.unit.home = { kind: 'handler', fn }
    runs.set(fn, run)
    return run
  })
}
