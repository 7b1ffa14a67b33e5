// Alternative paths: one arm where the condition is known, both with a guard where it is not.
import type { Location } from '../text/location.js'
import { isSwept, type Completion, type Machine } from './machine.js'
import { beginLog, joinPaths, keepLog, NO_CHANGE, type PathEnd, revertLog } from './heapLog.js'
import { addToSet } from './units.js'
import type { Guard, Value } from './value.js'
import { truthOf } from './truth.js'

/** Runs `work` under a guard. */
export function guarded<T>(machine: Machine, guard: Guard, work: () => T): T {
  const depth = machine.guards.length
  machine.guards.push(guard)
  if (guard.kind === 'off') machine.offDepth++
  try {
    return work()
  } finally {
    machine.guards.length = depth
    if (guard.kind === 'off') machine.offDepth--
  }
}

/** Runs what may run or not, such as what follows a failure: what it writes is joined with what stood there. */
export function possibly<T>(machine: Machine, at: Location, work: () => T): T {
  beginLog(machine)
  try {
    return work()
  } finally {
    joinPaths(machine, at, revertLog(machine), NO_CHANGE, null)
  }
}

/** Runs an arm that production does not take, for what can be read there; what it wrote is taken back, what it registered stays and is marked off. */
function runOff(machine: Machine, guard: Omit<Guard, 'kind'>, work: () => unknown): void {
  beginLog(machine)
  try {
    guarded(machine, { ...guard, kind: 'off' }, work)
  } finally {
    revertLog(machine)
  }
}

/** `test ? then : otherwise` for expressions; `join` makes one value of two where both may count. */
export function forkExpression(
  machine: Machine,
  at: Location,
  test: Value,
  then: () => Value,
  otherwise: () => Value,
  join: (then: Value, otherwise: Value) => Value,
): Value {
  const truth = truthOf(test)
  if (truth !== 'unknown' && (!isSwept(machine) || machine.assumed.has(test))) {
    if (machine.assumed.has(test)) runOff(machine, { at, value: test, holds: truth !== 'yes' }, truth === 'yes' ? otherwise : then)
    else addToSet(machine.unit, 'partial', `${at.file}#${at.fn}`)
    return truth === 'yes' ? then() : otherwise()
  }
  let one: Value | null = null
  let other: Value | null = null
  bothArms(
    machine,
    at,
    test,
    () => {
      one = then()
      return 'normal'
    },
    () => {
      other = otherwise()
      return 'normal'
    },
  )
  return one !== null && other !== null ? join(one, other) : (one ?? other ?? test)
}

/** `if (test) then else otherwise` for statements. Guards what follows where one arm leaves. */
export function forkStatement(
  machine: Machine,
  at: Location,
  test: Value,
  then: () => Completion,
  otherwise: () => Completion,
): Completion {
  const truth = truthOf(test)
  if (truth !== 'unknown' && (!isSwept(machine) || machine.assumed.has(test))) {
    if (machine.assumed.has(test)) runOff(machine, { at, value: test, holds: truth !== 'yes' }, truth === 'yes' ? otherwise : then)
    else addToSet(machine.unit, 'partial', `${at.file}#${at.fn}`)
    return truth === 'yes' ? then() : otherwise()
  }
  const [one, other] = bothArms(machine, at, test, then, otherwise)
  const first = one.completion
  const second = other.completion
  if (first === 'normal' && second === 'normal') return 'normal'
  if (first !== 'normal' && second !== 'normal') return first === second ? first : first === 'throw' ? second : first
  const leaving = first === 'normal' ? second : first
  // After a throw the rest runs only where the condition failed, and a server that threw at start does not run at all. Which error it is matters even then.
  if (leaving !== 'throw' || asksAboutError(test, 0)) {
    const guard: Guard = { at, value: test, holds: first === 'normal', kind: 'early-exit' }
    machine.guards.push(guard)
    if (leaving === 'return') returning.add(guard)
  }
  // Who comes past the fork went through the other arm, and has not left there either.
  machine.guards.push(...(first === 'normal' ? one : other).exits)
  return 'normal'
}

const returning = new WeakSet<Guard>()

/** Early exits of one turn of a loop that hold for all that follows it; a `break` or `continue` says nothing of what comes after the loop. */
const MOST_RETURNS = 24

/** Ends a turn of a loop that began with so many guards: of those that its turns left, those stay behind which the function returned. */
export function endTurn({ guards }: Machine, depth: number): void {
  if (guards.length <= depth) return
  const kept = guards.slice(depth).filter((guard) => returning.has(guard))
  guards.length = Math.min(guards.length, depth)
  guards.push(...kept.slice(0, MOST_RETURNS))
}

/** `!(error instanceof NotFound)` before `throw error`: what follows speaks of that sort of error alone. */
function asksAboutError(value: Value, depth: number): boolean {
  if (depth > 6) return false
  switch (value.kind) {
    case 'parameter':
      return value.role === 'error'
    case 'member':
      return asksAboutError(value.object, depth + 1)
    case 'operation':
      return anyAsksAboutError(value.operands, depth + 1)
    case 'choice':
      return anyAsksAboutError(value.options, depth + 1)
    case 'result':
      return asksAboutError(value.call.callee, depth + 1) || anyAsksAboutError(value.call.args, depth + 1)
    default:
      return false
  }
}

function anyAsksAboutError(values: readonly Value[], depth: number): boolean {
  for (const one of values) if (asksAboutError(one, depth)) return true
  return false
}

function bothArms(machine: Machine, at: Location, test: Value, then: () => Completion, otherwise: () => Completion): readonly [Arm, Arm] {
  const one = arm(machine, { at, value: test, holds: true, kind: 'condition' }, then)
  const other = arm(machine, { at, value: test, holds: false, kind: 'condition' }, otherwise)
  const isDead = (completion: Completion): boolean => completion === 'throw'
  if (isDead(one.completion) && !isDead(other.completion)) joinPaths(machine, at, other.end, other.end, null)
  else if (isDead(other.completion) && !isDead(one.completion)) joinPaths(machine, at, one.end, one.end, null)
  else if (isDead(one.completion) && isDead(other.completion)) joinPaths(machine, at, NO_CHANGE, NO_CHANGE, null)
  else joinPaths(machine, at, one.end, other.end, test)
  return [one, other]
}

interface Arm {
  readonly completion: Completion
  readonly end: PathEnd
  /** What holds at its end, since it was not left before. */
  readonly exits: readonly Guard[]
}

/** Runs one arm and takes back what it wrote. */
function arm(machine: Machine, guard: Guard, work: () => Completion): Arm {
  const depth = machine.logs.length
  let exits: readonly Guard[] = []
  beginLog(machine)
  try {
    const completion = guarded(machine, guard, () => {
      const inner = machine.guards.length
      const end = work()
      if (machine.guards.length > inner) exits = machine.guards.slice(inner)
      return end
    })
    return { completion, end: revertLog(machine), exits }
  } finally {
    // Only a budget that ended leaves the log open.
    if (machine.logs.length > depth) keepLog(machine)
  }
}
