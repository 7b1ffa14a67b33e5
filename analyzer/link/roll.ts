// Which units take part in a model, and how many of them ran each function.
import type { KeptParts, Parts } from './parts.js'
import type { Unit } from './units.js'

/** Units in the order in which they ran or were used, each once. Lives as long as a boot, and takes in what changed. */
export interface Roll {
  units: Set<Unit>
  /** How many of the units ran each function. */
  readonly runs: Map<string, number>
  /** In how many of them a known condition left an arm of it out. */
  readonly partial: Map<string, number>
  /** What was kept of units that share functions with others, by all that they recorded. */
  shared: ReadonlyMap<Parts, KeptParts>
}

export function newRoll(): Roll {
  return { units: new Set(), runs: new Map(), partial: new Map(), shared: new Map() }
}

/** Makes the roll that of the units that the roots lead to, but for those in `others`. */
export function callRoll(roll: Roll, roots: Iterable<Unit>, others: ReadonlySet<Unit>): void {
  const before = roll.units
  const units = new Set<Unit>()
  const visit = (unit: Unit): void => {
    if (units.has(unit) || others.has(unit)) return
    units.add(unit)
    for (const used of unit.uses) visit(used)
  }
  for (const root of roots) visit(root)
  for (const unit of before) if (!units.has(unit)) tally(roll, unit, -1)
  for (const unit of units) if (!before.has(unit)) tally(roll, unit, 1)
  roll.units = units
}

function tally(roll: Roll, unit: Unit, change: 1 | -1): void {
  for (const key of unit.executed) roll.runs.set(key, (roll.runs.get(key) ?? 0) + change)
  for (const key of unit.partial) roll.partial.set(key, (roll.partial.get(key) ?? 0) + change)
}
