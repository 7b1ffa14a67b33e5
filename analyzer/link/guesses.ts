// Where a start ends that goes by what nobody knows: a parser, a template, a date that a library of the project takes apart.
import type { FunctionFacts } from '../extract/facts.js'
import type { CallSite, Machine } from './machine.js'
import { addTo } from './units.js'
import type { FunctionValue, Value } from './value.js'
import { unknown } from './values.js'

/** Steps that functions of one file take at start under conditions that are not known, what they call in other files left out. Real backends take 115,000 at most. */
const MOST_STEPS = 150_000
/** So often any function of such a file is run: what it does, it has done by then. */
const LEAST_RUNS = 5
/** Steps that the longest run of such a function took: what is shorter, as `define(path, handler)` is, costs nothing and stays. */
const LEAST_STEPS = 50
/** A file that took this part of the steps works on the same guess as those that it calls. */
const INVOLVED = 0.1

interface Guesses {
  readonly steps: Map<string, number>
  readonly functions: Map<FunctionFacts, { runs: number; steps: number; reaches: boolean }>
  /** Files that are told as followed to no end. */
  readonly told: Set<string>
  /** Steps of the calls that the running function has made. */
  within: number
}

/**
 * Runs a function of a start. Two arms for every condition that is not known make a library that goes by a text take more runs than anyone can wait for:
 * once its file has taken its steps, what was run often and long enough without reaching an application is taken to give anything.
 * The file ends there, and not the start around it.
 */
export function runAtStart(machine: Machine, site: CallSite, fn: FunctionValue, args: readonly Value[], work: () => Value): Value {
  const guesses = guessesOf(machine)
  const { file } = fn.source
  const isGuess = machine.guards.length > 0
  const known = guesses.functions.get(fn.facts)
  if (isGuess && (guesses.steps.get(file) ?? 0) >= MOST_STEPS && known !== undefined && known.runs >= LEAST_RUNS) {
    if (known.steps >= LEAST_STEPS && !known.reaches && !args.some((arg) => mayReach(guesses, file, arg))) {
      if (!guesses.told.has(file)) addTo(machine.unit, 'exhausted', `${file}#`)
      guesses.told.add(file)
      return unknown(site.at, 'too many possibilities')
    }
  }
  const outer = guesses.within
  const before = { steps: machine.steps, reached: reachedBy(machine) }
  guesses.within = 0
  try {
    return work()
  } finally {
    const taken = machine.steps - before.steps
    if (isGuess) {
      guesses.steps.set(file, (guesses.steps.get(file) ?? 0) + taken - guesses.within)
      const counted = known ?? { runs: 0, steps: 0, reaches: false }
      counted.runs++
      counted.steps = Math.max(counted.steps, taken)
      counted.reaches ||= reachedBy(machine) !== before.reached
      if (known === undefined) guesses.functions.set(fn.facts, counted)
    }
    guesses.within = outer + taken
  }
}

/** Changes whenever something is asked of an application, made or loaded. */
function reachedBy({ scopes, scopeCalls, modules }: Machine): number {
  return scopes.length + scopeCalls + modules.size
}

/** An application, or what another part of the project wants to have called. */
function mayReach(guesses: Guesses, file: string, value: Value, depth = 1): boolean {
  if (value.kind === 'scope') return true
  if (value.kind === 'function') return value.source.file !== file && (guesses.steps.get(value.source.file) ?? 0) < MOST_STEPS * INVOLVED
  if (depth === 0) return false
  if (value.kind === 'array') return value.elements.some((element) => mayReach(guesses, file, element, depth - 1))
  return value.kind === 'object' && [...value.properties.values()].some((part) => mayReach(guesses, file, part, depth - 1))
}

function guessesOf({ modules }: Machine): Guesses {
  let guesses = byStart.get(modules)
  if (guesses === undefined) byStart.set(modules, (guesses = { steps: new Map(), functions: new Map(), told: new Set(), within: 0 }))
  return guesses
}

// The modules of a process belong to one start.
const byStart = new WeakMap<Machine['modules'], Guesses>()
