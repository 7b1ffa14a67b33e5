// The step budget: how long the boot may work on one thing.
import type { Machine } from './machine.js'

/** Counts one step; throws BudgetExhausted past the limit. */
export function step(machine: Machine): void {
  if (++machine.steps > machine.limit) throw new BudgetExhausted()
}

/** Thrown where a step budget ends; caught by whoever set the budget. */
export class BudgetExhausted extends Error {}
