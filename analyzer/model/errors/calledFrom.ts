// Where records of calls lead, place by place: into functions of the project, or out of it.
import { addToGroup } from '../../grouped.js'
import type { CallRecord } from '../../link/value.js'
import { inSameFunction, type FunctionPlace, type Location } from '../../text/location.js'
import type { Crossing } from '../model.js'

/** What a place calls. */
export interface Called {
  /** True where a call there left the project. */
  readonly leaves: boolean
  /** Those that did. */
  readonly calls: readonly CallRecord[]
  /** Project functions that were entered there. */
  readonly enters: readonly FunctionPlace[]
}

export type Calls = (at: Location) => Called

/**
 * What the records of a function say of its places, and `crossings` of those that enter runs which callers share. Both are sorted by number of node once the
 * first place is asked for: many functions have none that matters.
 */
export function callsWithin(records: readonly CallRecord[], crossings: readonly Crossing[] = []): Calls {
  let byNode: ReadonlyMap<number, readonly Step[]> | null = null
  return (at) => {
    byNode ??= stepsOf(records, crossings)
    const steps = (byNode.get(at.node) ?? []).filter(({ from }) => inSameFunction(from, at))
    const enters: FunctionPlace[] = []
    for (const { to } of steps) if (to !== null && !enters.some((one) => inSameFunction(one, to))) enters.push({ file: to.file, fn: to.fn })
    const left = steps.flatMap(({ call }) => (call === null ? [] : [call]))
    return { leaves: left.length > 0, calls: left, enters }
  }
}

/** From a place into a function of the project, or out of it. */
interface Step {
  readonly from: Location
  readonly to: FunctionPlace | null
  /** What left the project. */
  readonly call: CallRecord | null
}

function stepsOf(records: readonly CallRecord[], crossings: readonly Crossing[]): ReadonlyMap<number, readonly Step[]> {
  const steps = new Map<number, Step[]>()
  const add = (from: Location, to: Step['to'], call: CallRecord | null = null): void => {
    addToGroup(steps, from.node, { from, to, call })
  }
  for (const record of records) {
    if (!record.isWrite) add(record.at, null, record)
    for (const [index, place] of record.stack.entries()) add(place, record.stack[index + 1] ?? record.at)
  }
  for (const { at, to } of crossings) add(at, to)
  return steps
}
