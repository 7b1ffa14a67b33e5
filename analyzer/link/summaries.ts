// Running one function with symbolic arguments, and keeping what it did.
import { runBody } from './invoke.js'
import { abandonLog, beginLog, BudgetExhausted, type Collector, type Frame, type Machine } from './machine.js'
import { drain } from './promises.js'
import { symbolicArguments } from './roles.js'
import type { CallRecord, FunctionValue, ParameterValue, Value } from './value.js'
import { undefinedAt } from './values.js'
import type { Summary } from '../model/model.js'

/** Steps that one handler may take; on real backends none comes near. */
const HANDLER_STEPS = 400_000

/** Runs `fn` as it would run while serving. What it writes is taken back, so that summaries do not depend on their order. */
export function summarise(machine: Machine, fn: FunctionValue, roles: readonly ParameterValue['role'][], phase: CallRecord['phase'], parameters: readonly Value[] = symbolicArguments(fn, roles)): Summary {
  const collector: Collector = { calls: [], throws: [], writes: [] }
  const outer = { collector: machine.collector, phase: machine.phase, limit: machine.limit, guards: machine.guards.splice(0), stack: machine.stack.splice(0), functions: machine.functionStack.splice(0), tryDepth: machine.tryDepth, offDepth: machine.offDepth, queue: machine.queue.splice(0) }
  machine.collector = collector
  machine.phase = phase
  machine.limit = machine.steps + HANDLER_STEPS
  machine.tryDepth = 0
  machine.offDepth = 0
  const log = beginLog(machine)
  let isExhausted = false
  const self = fn.self ?? undefinedAt(fn.at)
  const caller: Frame = { source: fn.source, facts: fn.facts, self, fn, owner: null, args: [], returns: [], guardBase: 0 }
  let returns: Frame['returns'] = []
  try {
    returns = runBody(machine, { at: fn.at, frame: caller, argsAt: [], isAwaited: true }, fn, self, [...fn.bound, ...parameters.slice(fn.bound.length)]).frame.returns
    drain(machine)
  } catch (error) {
    if (!(error instanceof BudgetExhausted) && !(error instanceof RangeError)) throw error
    isExhausted = true
    machine.exhausted.add(`${fn.source.file}#${fn.facts.id}`)
  } finally {
    for (const [holder, keys] of log.properties) {
      for (const key of keys.keys()) {
        const value = holder.get(key)
        if (value !== undefined) collector.writes.push({ target: key, value, at: value.at })
      }
    }
    for (const array of log.arrays.keys()) collector.writes.push({ target: '[]', value: array, at: array.at })
    while (machine.logs.at(-1) !== log) machine.logs.pop()
    abandonLog(machine)
    machine.collector = outer.collector
    machine.phase = outer.phase
    machine.limit = outer.limit
    machine.guards.splice(0, machine.guards.length, ...outer.guards)
    machine.stack.splice(0, machine.stack.length, ...outer.stack)
    machine.functionStack.splice(0, machine.functionStack.length, ...outer.functions)
    machine.tryDepth = outer.tryDepth
    machine.offDepth = outer.offDepth
    machine.queue.splice(0, machine.queue.length, ...outer.queue)
  }
  return { fn, calls: collector.calls, returns, throws: collector.throws, writes: collector.writes, parameters, isExhausted }
}
