// Booting: one process per entry, then its handlers.
import type { Scope, Summary } from '../model/model.js'
import { functionsBehind } from './handlers.js'
import { BudgetExhausted, type Machine } from './machine.js'
import { drain } from './promises.js'
import { handlerRoles } from './roles.js'
import { summarise } from './summaries.js'
import type { CallRecord, FunctionValue, Value } from './value.js'

/** Steps that one entry may take. */
const ENTRY_STEPS = 6_000_000

export interface BootedEntry {
  readonly file: string
  readonly why: string
  /** Scopes that this entry made, in order. */
  readonly scopes: readonly Scope[]
  readonly loaded: readonly string[]
  /** What the entry module exports. */
  readonly exports: readonly Value[]
}

/** Starts a process: a fresh heap, the module, and what it leaves in the queue. `work` runs after the module, before the queue is drained. */
export function bootEntry(machine: Machine, file: string, why: string, work: () => void = () => undefined): BootedEntry {
  machine.modules.clear()
  machine.globals.clear()
  machine.containers.clear()
  machine.main = file
  const before = machine.scopes.length
  within(machine, `${file}#`, () => {
    machine.run.loadModule(machine, file)
    work()
    drain(machine)
  })
  machine.queue.length = 0
  const state = machine.modules.get(file)
  const exported = state?.module.properties.get('exports')
  const exports: Value[] = exported === undefined ? [] : exported.kind === 'object' ? [exported, ...exported.properties.values()] : [exported]
  if (state !== undefined) for (const one of state.frame.source.exports) if (one.kind === 'local') exports.push(state.environment.variables.get(one.local) ?? { kind: 'unknown', at: state.module.at, why: 'not set' })
  return { file, why, scopes: machine.scopes.slice(before), loaded: [...machine.modules.keys()], exports }
}

/** Runs every layer and handler of the scopes with symbolic arguments. */
export function runHandlers(machine: Machine, scopes: readonly Scope[], summaries: Map<FunctionValue, Summary>): void {
  for (const scope of scopes) {
    for (const entry of scope.entries) {
      for (const handler of entry.handlers) {
        for (const fn of functionsBehind(handler)) {
          if (summaries.has(fn)) continue
          const phase: CallRecord['phase'] = 'handler'
          if (entry.isOff) machine.offDepth++
          summaries.set(fn, summarise(machine, fn, handlerRoles(fn), phase))
          if (entry.isOff) machine.offDepth--
        }
      }
    }
  }
}

/** Sets the budget of an entry; what it could not reach is counted. */
function within(machine: Machine, name: string, work: () => void): void {
  machine.phase = 'boot'
  machine.limit = machine.steps + ENTRY_STEPS
  try {
    work()
  } catch (error) {
    if (!(error instanceof BudgetExhausted) && !(error instanceof RangeError)) throw error
    machine.exhausted.add(name)
  } finally {
    machine.limit = Infinity
    machine.guards.length = 0
    machine.stack.length = 0
    machine.functionStack.length = 0
    machine.tryDepth = 0
    machine.offDepth = 0
  }
}
