// Running one function with symbolic arguments, and keeping what it did.
import type { Crossing, Delivery, Summary } from '../model/model.js'
import { runBody } from './runBody.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { abandonLog, beginLog, revertLog, type WriteLog } from './heapLog.js'
import { withinSteps } from './budget.js'
import { functionKey } from './places.js'
import { drain } from './promises.js'
import { recordReturned } from './returnedAnswers.js'
import { selfOf, servingOf } from './serving.js'
import { noteUnit } from './unitIndex.js'
import { addTo, inUnit, newUnit, type StateWrite, type Throw, type Unit, visitUnits } from './units.js'
import type { CallRecord, FunctionValue, Value } from './value.js'
import { undefinedAt } from './values.js'

/** Steps that one handler, and one function that nothing leads to, may take; on real backends none comes near. */
const MOST_STEPS = { handler: 400_000, sweep: 40_000 } as const

/** A function that ran, what it did as a summary for queries, and as a unit for putting the model together. */
export interface Run {
  readonly summary: Summary
  readonly unit: Unit
}

/** Runs `fn` as it would run while serving, or in a sweep. What it writes is taken back, so that runs do not depend on their order. */
export function runOnce(
  machine: Machine,
  fn: FunctionValue,
  kind: 'handler' | 'sweep',
  parameters: readonly Value[],
  production: 'on' | 'off' = 'on',
  answers: 'sent' | 'returned' | 'passing' = 'sent',
): Run {
  const unit = newUnit(kind)
  noteUnit(machine, unit)
  const log = beginLog(machine)
  const self = selfOf(fn) ?? undefinedAt(fn.at)
  const caller: Frame = { source: fn.source, facts: fn.facts, self, fn, owner: null, args: [], returns: [], guardBase: 0 }
  let returns: Frame['returns'] = []
  let given = parameters
  withinSteps(machine, MOST_STEPS[kind], unit, functionKey(fn), () => {
    inUnit(machine, unit, kind === 'sweep' ? 'unreached' : 'handler', () => {
      if (production === 'off') machine.offDepth = 1
      const site: CallSite = { at: fn.at, frame: caller, argsAt: [], isAwaited: true }
      const serving = servingOf(fn)
      if (serving !== undefined) given = serving.parameters(machine, site, fn)
      machine.guards.push(...(serving?.holding?.(machine, given) ?? []))
      returns = runBody(machine, site, fn, self, [...fn.bound, ...given.slice(fn.bound.length)]).frame.returns
      drain(machine)
      serving?.finish(machine, site, returns, given)
      if (answers === 'returned') recordReturned(machine, caller, fn, parameters, returns)
    })
  })
  noteWrites(unit, log)
  while (machine.logs.at(-1) !== log) revertLog(machine)
  // What a sweep registers is what no entry reaches; it stays to be reported.
  if (kind === 'sweep') revertLog(machine)
  else abandonLog(machine)
  machine.queue.length = 0
  return { unit, summary: summaryOf(fn, unit, returns, given, answers === 'passing') }
}

function noteWrites(unit: Unit, log: WriteLog): void {
  for (const [holder, keys] of log.properties) {
    for (const key of keys.keys()) {
      const value = holder.get(key)
      if (value !== undefined) addTo(unit, 'writes', { target: key, value, at: value.at })
    }
  }
  for (const array of log.arrays.keys()) addTo(unit, 'writes', { target: '[]', value: array, at: array.at })
}

/** How many calls a summary lists; past this the rest of a long chain of helpers says nothing new. */
const MOST_CALLS = 3_000

/** Lists are put together when somebody asks: most summaries share most of what they did. */
function summaryOf(fn: FunctionValue, unit: Unit, returns: Frame['returns'], parameters: readonly Value[], passesOn = false): Summary {
  let gathered: Required<Pick<Summary, 'calls' | 'crossings' | 'deliveries' | 'throws' | 'writes'>> | null = null
  const gather = (): NonNullable<typeof gathered> => {
    if (gathered !== null) return gathered
    const calls: CallRecord[] = []
    const crossings: Crossing[] = []
    const deliveries: Delivery[] = []
    const throws: Throw[] = []
    const writes: StateWrite[] = []
    visitUnits(
      [unit],
      new Set(),
      (one) => {
        crossings.push(...one.crossings)
        deliveries.push(...one.deliveries)
        throws.push(...one.throws)
        writes.push(...one.writes)
      },
      (call) => void (calls.length < MOST_CALLS && calls.push(call)),
    )
    gathered = { calls, crossings, deliveries, throws, writes }
    return gathered
  }
  return {
    fn,
    returns,
    parameters,
    isExhausted: unit.exhausted.length > 0,
    ...(passesOn ? { passesOn } : {}),
    ...(servingOf(fn)?.catches === true ? { isCaught: true as const } : {}),
    get calls() {
      return gather().calls
    },
    get crossings() {
      return gather().crossings
    },
    get deliveries() {
      return gather().deliveries
    },
    get throws() {
      return gather().throws
    },
    get writes() {
      return gather().writes
    },
  }
}
