// What the boot records: calls, with the conditions and calls around them, and gaps of applications.
import type { Gap, Scope } from '../model/model.js'
import { locationKey } from '../text/location.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { registerIn } from './registrations.js'
import { addTo } from './units.js'
import type { CallRecord } from './value.js'

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
    // What only the sweep shares, no entry leads to.
    phase: machine.sweepDepth > 0 && machine.unit.kind === 'shared' ? 'unreached' : machine.phase,
    isOff: machine.offDepth > 0,
    isCaught: machine.tryDepth > 0,
    order: machine.order++,
  }
  return keep(machine, call.argumentsFrom === undefined ? full : { ...full, argumentsFrom: call.argumentsFrom })
}

function keep(machine: Machine, full: CallRecord): CallRecord {
  addTo(machine.unit, 'items', full)
  machine.visited.add(full.at)
  return full
}

/** The same for a call as it is written. */
export function recordCall(
  machine: Machine,
  { at, frame, argsAt, isAwaited }: CallSite,
  call: Pick<CallRecord, 'callee' | 'receiver' | 'args'> & Partial<Pick<CallRecord, 'isNew'>>,
): CallRecord {
  const { callee, receiver, args, isNew = false } = call
  return record(machine, frame, { at, callee, receiver, args, argsAt, isNew, isWrite: false, isAwaited })
}

/** A copy of a stack, shared by all records made while it stands so: equal top and depth mean equal content. */
export function snapshot<T>(items: readonly T[], name: 'guards' | 'stack', machine: Machine): readonly T[] {
  const known = machine.snapshots[name] as readonly T[]
  if (known.length === items.length && known.at(-1) === items.at(-1) && known[0] === items[0]) return known
  const made = items.slice()
  machine.snapshots[name] = made as never
  return made
}

/** Production does not come by what is off, so that hides nothing. */
export function addGap(machine: Machine, scope: Scope, gap: Gap): void {
  if (machine.offDepth > 0) return
  if (scope.gaps.some((known) => known.why === gap.why && locationKey(known.at) === locationKey(gap.at))) return
  registerIn(machine, scope, 'gaps', gap)
}
