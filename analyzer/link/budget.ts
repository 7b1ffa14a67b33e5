// The step budget: how long the boot may work on one thing.
import type { Machine } from './machine.js'
import { addTo, type Unit } from './units.js'

/** Counts one step; throws past the limit, which ends the work of the innermost `withinSteps`. */
export function step(machine: Machine): void {
  if (++machine.steps > machine.limit) throw new BudgetExhausted()
}

class BudgetExhausted extends Error {}

/**
 * As `withinSteps`, for work that others want too: where the steps left around it end first, that ends as well.
 * Work that has had half of its steps by then is noted nevertheless, so that nobody begins it again.
 */
export function withinOwnSteps(machine: Machine, most: number, unit: Unit, name: string, work: () => void): void {
  const { limit, steps } = machine
  machine.limit = Math.min(limit, steps + most)
  try {
    work()
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error
    const isOwn = machine.steps <= limit
    if (isOwn || machine.steps - steps > most / 2) addTo(unit, 'exhausted', name)
    if (!isOwn) throw error
  } finally {
    machine.limit = limit
  }
}

/** Does `work` in at most so many steps, and no more than are left around it. What does not come to its end, for want of steps or of stack, is noted in the unit under `name`. */
export function withinSteps(machine: Machine, most: number, unit: Unit, name: string, work: () => void): void {
  const { limit } = machine
  machine.limit = Math.min(limit, machine.steps + most)
  try {
    work()
  } catch (error) {
    if (!(error instanceof BudgetExhausted) && !(error instanceof RangeError)) throw error
    addTo(unit, 'exhausted', name)
  } finally {
    machine.limit = limit
  }
}
