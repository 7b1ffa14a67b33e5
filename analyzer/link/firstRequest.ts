// A layer that runs once at the end of the boot, as the first request would run it: what it makes then belongs to the application.
import { withinSteps } from './budget.js'
import { abandonLog, beginLog, keepLog } from './heapLog.js'
import type { Frame, Machine } from './machine.js'
import { functionKey } from './places.js'
import { drain } from './promises.js'
import { takenApart } from './registrations.js'
import { handlerRoles, symbolicArguments } from './roles.js'
import { selfOf } from './serving.js'
import { noteUnit } from './unitIndex.js'
import { inUnit, newUnit, type Unit, useUnit, visitUnits } from './units.js'
import type { CallRecord, FunctionValue } from './value.js'
import { undefinedAt } from './values.js'

/** Steps that such a layer may take: what it makes at the first request is a router with its routes. */
const MOST_STEPS = 400_000

/**
 * Runs the function as a handler and answers what `look` finds among its calls.
 * What it wrote stays where something was found or a module was loaded, and is taken back otherwise.
 */
export function firstRequest<Found extends { readonly size: number }>(
  machine: Machine,
  fn: FunctionValue,
  look: (calls: readonly CallRecord[]) => Found,
): Found {
  const unit = newUnit('boot')
  // Where nothing is found, the boot went by what the layer asked all the same: an edit of that boots anew.
  noteUnit(machine, unit)
  const files = machine.modules.size
  const scopes = new Set(machine.scopes)
  const log = beginLog(machine)
  machine.grown.clear()
  run(machine, unit, fn)
  while (machine.logs.at(-1) !== log) machine.logs.pop()
  const found = look(callsOf(unit))
  if (found.size === 0 && machine.modules.size === files) {
    abandonLog(machine)
    return found
  }
  // What a request registers in what was there before is not there at the first one.
  takenApart(machine, (scope) => !scopes.has(scope))
  keepLog(machine)
  useUnit(machine.unit, unit)
  return found
}

function run(machine: Machine, unit: Unit, fn: FunctionValue): void {
  const self = selfOf(fn) ?? undefinedAt(fn.at)
  const frame: Frame = { source: fn.source, facts: fn.facts, self, fn, owner: null, args: [], returns: [], guardBase: 0 }
  withinSteps(machine, MOST_STEPS, unit, functionKey(fn), () =>
    inUnit(machine, unit, 'boot', () => {
      machine.run.call(machine, { at: fn.at, frame, argsAt: [], isAwaited: true }, fn, self, symbolicArguments(fn, handlerRoles(fn)))
      drain(machine)
    }),
  )
  machine.queue.length = 0
}

function callsOf(unit: Unit): readonly CallRecord[] {
  const calls: CallRecord[] = []
  visitUnits(
    [unit],
    new Set(),
    () => undefined,
    (call) => calls.push(call),
  )
  return calls
}
