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
  /** True where whoever calls it takes what it throws, and what its promise is rejected with, and hands that on. */
  readonly catches?: true
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

const selves = new WeakMap<FunctionValue, Value>()

/** Says what `this` is in the function. Arrows have one of their own; where a function is handed over several times, the first one counts. */
export function servedOn(fn: FunctionValue, self: Value): void {
  if (fn.self === null && fn.facts.kind !== 'arrow' && !selves.has(fn)) selves.set(fn, self)
}

/** `this` of the function, where the framework has one. */
export function selfOf(fn: FunctionValue): Value | null {
  return fn.self ?? selves.get(fn) ?? null
}
