// Functions that a framework calls in a way of its own: what it passes to them, and what it makes of what they return.
import type { CallSite, Machine } from './machine.js'
import type { FunctionValue, Guard, Value } from './value.js'
import type { Location } from '../text/location.js'

export interface Returned {
  readonly value: Value
  readonly guards: readonly Guard[]
  readonly at: Location
}

export interface Serving {
  /** The arguments, made anew for each run: what they depend on belongs to the run. */
  readonly parameters: (machine: Machine, site: CallSite, fn: FunctionValue) => readonly Value[]
  /** What holds wherever the framework calls the function, if anything does. */
  readonly holding?: (machine: Machine, parameters: readonly Value[]) => readonly Guard[]
  /** Runs after the body, within the same unit. */
  readonly finish: (machine: Machine, site: CallSite, returns: readonly Returned[], parameters: readonly Value[]) => void
}

const servings = new WeakMap<FunctionValue, Serving>()

/** Says how the framework calls the function. */
export function serveWith(fn: FunctionValue, serving: Serving): void {
  servings.set(fn, serving)
}

/** How the framework calls the function; undefined where it is called as Express does. */
export function servingOf(fn: FunctionValue): Serving | undefined {
  return servings.get(fn)
}
