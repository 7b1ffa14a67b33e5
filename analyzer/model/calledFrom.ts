// Where records of calls lead, place by place: into functions of the project, or out of it.
import type { CallRecord } from '../link/value.js'
import type { Location } from '../text/location.js'

/** What a place calls. */
export interface Called {
  /** True where a call there left the project. */
  readonly leaves: boolean
  /** Project functions that were entered there. */
  readonly enters: readonly Pick<Location, 'file' | 'fn'>[]
}

export type Calls = (at: Location) => Called

/** Records are sorted by number of node once the first place is asked for: many functions have none that matters. */
export function callsWithin(records: readonly CallRecord[]): Calls {
  let byNode: ReadonlyMap<number, readonly Step[]> | null = null
  return (at) => {
    byNode ??= stepsOf(records)
    const steps = (byNode.get(at.node) ?? []).filter(({ from }) => from.fn === at.fn && from.file === at.file)
    const enters: Pick<Location, 'file' | 'fn'>[] = []
    for (const { to } of steps)
      if (to !== null && !enters.some((one) => one.file === to.file && one.fn === to.fn)) enters.push({ file: to.file, fn: to.fn })
    return { leaves: steps.some(({ to }) => to === null), enters }
  }
}

/** From a place into a function of the project, or out of it. */
interface Step {
  readonly from: Location
  readonly to: Location | null
}

function stepsOf(records: readonly CallRecord[]): ReadonlyMap<number, readonly Step[]> {
  const steps = new Map<number, Step[]>()
  const add = (from: Location, to: Location | null): void => {
    const known = steps.get(from.node)
    if (known === undefined) steps.set(from.node, [{ from, to }])
    else known.push({ from, to })
  }
  for (const { at, stack, isWrite } of records) {
    if (!isWrite) add(at, null)
    for (const [index, place] of stack.entries()) add(place, stack[index + 1] ?? at)
  }
  return steps
}
