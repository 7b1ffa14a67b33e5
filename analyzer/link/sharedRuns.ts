// Runs that callers share: while serving, a call whose arguments do not matter is run once for all of them.
import { withinOwnSteps } from './budget.js'
import type { CallSite, Machine } from './machine.js'
import { beginLog, keepLog, revertLog } from './heapLog.js'
import { isOld, type Neutral, neutralOf } from './neutral.js'
import { functionKey, placeOf } from './places.js'
import { snapshot } from './records.js'
import { parameterName } from './roles.js'
import type { CallRecord, FunctionValue, ParameterValue, Value } from './value.js'
import { noteUnit } from './unitIndex.js'
import { addTo, addToSet, addToTable, newUnit, noteCrossing, type Unit, useUnit, inUnit } from './units.js'
import { undefinedAt, unknown } from './values.js'

export interface SharedRun {
  result: Value | null
  readonly unit: Unit
}

const MOST_ARGUMENTS = 12
/** Steps of one run: a library that goes by a text ends there, and not the handler that asks it. On real backends none takes more than 50,000. */
const MOST_STEPS = 100_000
const DEEPEST_RUN = 60
const DEEPEST_SWEEP = 2
const MOST_STATEMENTS_SWEPT = 3

/** The result of a shared run of `fn`, or null where this call must be run by itself. */
export function callShared(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): Value | null {
  if (args.length > MOST_ARGUMENTS || isResponse(self)) return null
  if (machine.depth > DEEPEST_RUN || isSweptItself(machine, fn)) return unknown(site.at, 'calls nested too deeply')
  const keys: string[] = []
  const neutral: Value[] = []
  for (const [index, arg] of args.entries()) {
    const one = neutralArgument(machine, fn, index, arg)
    if (one === null) return null
    keys.push(one.key)
    neutral.push(one.value)
  }
  if (!isOld(machine, fn) && isWorthInlining(machine, fn)) return null
  const receiver =
    self === null || self.kind === 'class' || (self.kind === 'object' && isOld(machine, self)) ? self : neutralSelf(machine, fn, self)
  // What events and timers run is told apart from what requests run.
  const phase = machine.phase === 'callback' ? 'callback' : 'handler'
  const whose = receiver === null ? '' : machine.identity(receiver)
  const key = [phase, machine.sweepDepth, machine.identity(fn.environment), whose, keys.join(',')].join('/')
  let runs = machine.memo.get(fn.facts)
  if (runs === undefined) machine.memo.set(fn.facts, (runs = new Map()))
  let run = runs.get(key)
  if (run === undefined) {
    run = { result: null, unit: newUnit('shared') }
    runs.set(key, run)
    run.unit.home = { kind: 'shared', facts: fn.facts, key }
    noteUnit(machine, run.unit)
    try {
      start(machine, site, { ...fn, self: fn.self === self ? receiver : fn.self }, receiver, neutral, run, phase)
    } catch (error) {
      // Where the budget that ended is the first caller's, others start anew.
      if (run.unit.exhausted.length === 0) runs.delete(key)
      throw error
    }
  }
  useUnit(machine.unit, run.unit)
  for (const name of run.unit.exhausted) if (!machine.unit.exhausted.includes(name)) addTo(machine.unit, 'exhausted', name)
  if ((fn.facts.isAsync || site.isAwaited) && machine.tryDepth === 0) noteCrossing(machine, site, fn)
  noteThrow(machine, site, fn, run.unit)
  return run.result ?? unknown(site.at, 'recursion')
}

/** `reply.fail(403)` of a decorator answers with its `this`, as a function does that is given the response. */
function isResponse(self: Value | null): boolean {
  return self?.kind === 'parameter' && self.role === 'response'
}

/** `if (!isText(name)) refuse(400)`: what only throws does so under the conditions of its caller. */
function noteThrow(machine: Machine, site: CallSite, fn: FunctionValue, { throws }: Unit): void {
  const thrown = throws.at(-1)
  if (thrown === undefined || machine.guards.length === 0 || !fn.facts.body.some(([kind]) => kind === 'throw')) return
  const guards = snapshot(machine.guards, 'guards', machine)
  addTo(machine.unit, 'throws', { value: thrown.value, guards, at: site.at, isCaught: machine.tryDepth > 0 })
}

/** What a swept function calls is swept by itself; only short functions say by what they give what their callers do. */
function isSweptItself(machine: Machine, fn: FunctionValue): boolean {
  if (machine.sweepDepth === 0 || machine.sweepDepth > DEEPEST_SWEEP) return machine.sweepDepth > 0
  // Whoever left it out has to run again when it becomes short.
  addToSet(machine.unit, 'seen', functionKey(fn))
  return fn.facts.body.length > MOST_STATEMENTS_SWEPT
}

/** Runs outside of every condition of the caller, so that the run is the same whoever comes first. */
function start(
  machine: Machine,
  site: CallSite,
  fn: FunctionValue,
  self: Value | null,
  args: readonly Value[],
  run: SharedRun,
  phase: CallRecord['phase'],
): void {
  const { sweepDepth } = machine
  machine.depth++
  if (sweepDepth > 0) machine.sweepDepth++
  try {
    inUnit(machine, run.unit, phase, () => {
      const log = beginLog(machine)
      try {
        withinOwnSteps(machine, MOST_STEPS, run.unit, functionKey(fn), () => {
          run.result = machine.run.inline(machine, { ...site, at: fn.at, isAwaited: true }, fn, self ?? undefinedAt(fn.at), args)
        })
      } finally {
        while (machine.logs.at(-1) !== log) revertLog(machine)
        keepLog(machine)
      }
    })
  } finally {
    machine.sweepDepth = sweepDepth
    machine.depth--
  }
}

function neutralArgument(machine: Machine, fn: FunctionValue, index: number, value: Value): Neutral | null {
  const parameter = fn.facts.parameters[index] ?? fn.facts.parameters.at(-1)
  const place = placeOf(fn.source.file, fn.facts, parameter?.node ?? 0)
  const stand = (role: ParameterValue['role']): Value => ({
    kind: 'parameter',
    at: place,
    name: parameterName(fn, index),
    index,
    role,
    type: parameter?.type ?? null,
    fn: placeOf(fn.source.file, fn.facts, 0),
  })
  return neutralOf(machine, value, place, stand)
}

/** An instance made while serving is like any other of its class, unless it holds what matters: then its calls share a run among themselves. */
function neutralSelf(machine: Machine, fn: FunctionValue, self: Value): Value {
  if (self.kind !== 'object' || self.instanceOf === null) return self
  const neutral = neutralOf(machine, self, fn.at, () => undefinedAt(fn.at))
  return neutral === null || neutral.key === '?' ? self : neutral.value
}

/** How often one unit runs a closure in place, with the conditions around each call, before its calls share a run: what is shared or swept tells of no caller's conditions. */
const MOST_INLINED: Readonly<Record<Unit['kind'], number>> = { boot: 4, handler: 4, module: 4, instance: 4, sweep: 1, shared: 0 }

function isWorthInlining(machine: Machine, fn: FunctionValue): boolean {
  const key = functionKey(fn)
  const count = machine.unit.inlined.get(key) ?? 0
  addToTable(machine.unit, 'inlined', key, count + 1)
  return count < MOST_INLINED[machine.unit.kind]
}
