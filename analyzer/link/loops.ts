// Loops: over known items, and while a condition holds.
import type { Pattern, Statement } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { childEnvironment, type Environment } from './environment.js'
import type { Items } from './iterables.js'
import { beginLog, joinPaths, NO_CHANGE, revertLog } from './heapLog.js'
import { mayMiss } from './lacking.js'
import { isSwept, type Completion, type Frame, type Machine } from './machine.js'
import { endTurn, guarded } from './paths.js'
import type { Value } from './value.js'
import { truthOf } from './truth.js'

const MOST_ITERATIONS = 2_000
/** Loops with a condition: past this they are taken for loops that depend on data. */
const MOST_TURNS = 100
/** While serving nothing is registered: a few turns tell what the body does. */
const MOST_TURNS_SERVING = 8

export interface Walk {
  readonly binding: Pattern
  readonly items: Items
  readonly body: readonly Statement[]
  readonly label: string | null
}

/** `for of` and `for in`. */
export function loopOver(machine: Machine, frame: Frame, environment: Environment, walk: Walk, at: Location): Completion {
  const { binding, items, body, label } = walk
  const iteration = (item: Value): Completion => {
    const scope = childEnvironment(environment, 'block')
    machine.run.bind(machine, frame, scope, binding, item, binding[0] === 'name' || binding[0].endsWith('Pattern') ? 'let' : 'assign')
    return machine.run.execute(machine, frame, scope, body)
  }
  const depth = machine.guards.length
  for (const item of items.known.slice(0, MOST_ITERATIONS)) {
    const start = machine.guards.length
    const completion = iteration(item)
    // Whether anybody left in this turn says nothing where it may not be taken.
    if (mayMiss(items, item)) machine.guards.length = Math.min(machine.guards.length, start)
    endTurn(machine, depth)
    if (isBreak(completion, label)) break
    if (!goesOn(completion, label)) return completion
  }
  return items.rest === null ? 'normal' : once(machine, at, items.rest, () => iteration(items.rest as Value))
}

export interface Loop {
  readonly test: Parameters<Machine['run']['evaluate']>[3] | null
  readonly update: Parameters<Machine['run']['evaluate']>[3] | null
  readonly body: readonly Statement[]
  readonly runsFirst: boolean
  readonly label: string | null
}

function isBreak(completion: Completion, label: string | null): boolean {
  return completion === 'break' || (label !== null && completion === `break ${label}`)
}

/** True where the loop turns again; what else leaves a turn leaves the loop too, a `continue` of an outer loop among it. */
function goesOn(completion: Completion, label: string | null): boolean {
  return completion === 'normal' || completion === 'continue' || (label !== null && completion === `continue ${label}`)
}

/** `for`, `while` and `do`. */
export function loopWhile(machine: Machine, frame: Frame, environment: Environment, loop: Loop, at: Location): Completion {
  const depth = machine.guards.length
  const most = machine.phase === 'boot' ? MOST_TURNS : MOST_TURNS_SERVING
  for (let turn = 0; turn < most; turn++) {
    const test = loop.test === null || (loop.runsFirst && turn === 0) ? null : machine.run.evaluate(machine, frame, environment, loop.test)
    const truth = test === null ? (loop.test === null ? 'unknown' : 'yes') : truthOf(test)
    if (truth === 'no' && !(isSwept(machine) && turn === 0)) return 'normal'
    const work = (): Completion => machine.run.execute(machine, frame, childEnvironment(environment, 'block'), loop.body)
    if (truth === 'unknown' || isSwept(machine)) {
      return once(machine, at, test ?? { kind: 'unknown', at, why: 'endless loop' }, () => {
        const completion = work()
        if (loop.update !== null) machine.run.evaluate(machine, frame, environment, loop.update)
        return completion
      })
    }
    const completion = work()
    endTurn(machine, depth)
    if (isBreak(completion, loop.label)) return 'normal'
    if (!goesOn(completion, loop.label)) return completion
    if (loop.update !== null) machine.run.evaluate(machine, frame, environment, loop.update)
  }
  return 'normal'
}

/** A body that runs an unknown number of times is run once, as a path that may not be taken. */
function once(machine: Machine, at: Location, test: Value, work: () => Completion): Completion {
  beginLog(machine)
  const depth = machine.guards.length
  try {
    guarded(machine, { at, value: test, holds: true, kind: 'loop' }, work)
  } finally {
    machine.guards.length = depth
    const end = revertLog(machine)
    joinPaths(machine, at, end, NO_CHANGE, null)
  }
  return 'normal'
}
