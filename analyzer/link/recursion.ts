// Where functions that call themselves end.
import type { FunctionFacts } from '../extract/facts.js'
import type { Frame, Machine } from './machine.js'
import { symbolName } from './propertyKeys.js'
import type { FunctionValue, ObjectValue, Value } from './value.js'

const DEEPEST_CALL = 80
const MOST_REENTRIES = 3
/** A container that makes what a controller asks for, and what that asks for in turn. */
const MOST_TOKENS = 10
/** Levels of a tree that the text writes out, and how far below a level the next one may stand: `{ children: { users: {} } }`. */
const MOST_DESCENTS = 12
const DEEPEST_PART = 2
const MOST_STEPS = 24

/**
 * A function is not entered again within itself too often or too deep, and not at all with arguments that say no more than those it runs with:
 * whatever that run did stands in the model already. Three entries of a function with three calls of itself are forty runs.
 * While serving, runs that say the same are shared anyway.
 */
export function isRunaway(machine: Machine, fn: FunctionValue, self: Value | null, args: readonly Value[]): boolean {
  if (machine.functionStack.length >= DEEPEST_CALL) return true
  const isBoot = machine.phase === 'boot'
  const entered = machine.functionStack.filter((running) => running.facts === fn.facts)
  if (isBoot && entered.some((running) => saysNothingNew(running, fn, self, args))) return true
  if (isBoot && args.length === 0 && isGuessing(machine, fn, self, entered)) return true
  if (entered.length < MOST_REENTRIES) return false
  if (isBoot && args.some(isToken)) return entered.length >= MOST_TOKENS
  if (isBoot && isStepwise(machine, fn, entered, args)) return entered.length >= MOST_STEPS
  return !isBoot || entered.length >= MOST_DESCENTS || !descends(entered, args)
}

/**
 * A parser of a text that is not known, say: thirty functions that ask each other under conditions would be run for all that the text may be.
 * Counted are runs on one object, or of one closure, so that the nodes of a tree may be many.
 */
function isGuessing({ guards }: Machine, fn: FunctionValue, self: Value | null, entered: readonly Frame[]): boolean {
  if (guards.length === 0) return false
  const place = self?.kind === 'object' ? self : fn.environment
  const before = guesses.get(place)?.get(fn.facts)
  if (before === undefined) {
    const isWithinItself = entered.some((running) => (place === self ? running.self === self : running.fn?.environment === place))
    if (!isWithinItself) return false
  }
  const counts = guesses.get(place) ?? new Map<FunctionFacts, number>()
  guesses.set(place, counts.set(fn.facts, (before ?? 0) + 1))
  return (before ?? 0) >= MOST_GUESSES
}

const MOST_GUESSES = 100
// Objects and closures belong to one start.
const guesses = new WeakMap<object, Map<FunctionFacts, number>>()

/**
 * `next()` of a series of steps: given nothing, and under no condition that is not known, it goes on as the program does.
 * The steps may be closures of one text, each given what goes on: `(next) => { add(path); next() }`.
 */
function isStepwise(machine: Machine, fn: FunctionValue, entered: readonly Frame[], args: readonly Value[]): boolean {
  if (machine.guards.length > (entered.at(-1)?.guardBase ?? 0)) return false
  const isNext = args.every((arg) => arg.kind === 'literal' && (arg.value === undefined || arg.value === null))
  const isStep = args.every((arg) => arg.kind === 'function') && entered.every((running) => running.fn?.environment !== fn.environment)
  return isNext || isStep
}

/**
 * A tree of routes, or of modules: each entry is given a part of what the last one was given, so it ends where the text does.
 * What leads back to where it came from is no tree, and has no end: modules that ask for each other, parts that know their whole.
 */
function descends(entered: readonly Frame[], args: readonly Value[]): boolean {
  const outer = entered.at(-1)?.args ?? []
  return args.some((arg, index) => {
    const whole = outer[index]
    if (!isComposite(arg) || whole === undefined || !isComposite(whole) || !isPartOf(arg, whole, DEEPEST_PART)) return false
    return !entered.some((running) => running.args[index] === arg) && !isPartOf(whole, arg, DEEPEST_PART)
  })
}

function isPartOf(part: Value, whole: Value, depth: number): boolean {
  const parts = whole.kind === 'array' ? whole.elements : whole.kind === 'object' ? [...whole.properties.values()] : []
  return parts.some((one) => one === part || (depth > 0 && isComposite(one) && isPartOf(part, one, depth - 1)))
}

/** What is written out in the text, and not made while running. */
function isComposite(value: Value): boolean {
  return value.kind === 'array' ? !value.isOpen : value.kind === 'object' && value.role === 'plain' && !value.isOpen
}

/** A function that is given nothing, or the same object again, goes by a state that somebody keeps: the next layer of a chain, say. */
function saysNothingNew(running: Frame, fn: FunctionValue, self: Value | null, args: readonly Value[]): boolean {
  return (
    running.fn?.environment === fn.environment &&
    running.args.length === args.length &&
    (args.some(isVague) || args.some(isToken) || (args.length > 0 && args.every((arg) => arg.kind === 'literal'))) &&
    (self === null ? running.self.kind === 'literal' : isWithin(self, running.self, 0)) &&
    args.every((arg, index) => isWithin(arg, running.args[index] as Value, 0))
  )
}

const DEEPEST_COMPARED = 3
const MOST_COMPARED = 12

/** True when the value says no more than the other one. */
function isWithin(value: Value, other: Value, depth: number): boolean {
  if (value === other) return true
  if (depth > DEEPEST_COMPARED) return false
  const symbol = symbolName(value)
  if (symbol !== null) return symbol === symbolName(other)
  if (isVague(value)) return isVague(other)
  if (value.kind === 'choice') return value.options.every((option) => isWithin(option, other, depth + 1))
  if (other.kind === 'choice') return other.options.some((option) => isWithin(value, option, depth + 1))
  if (value.kind === 'literal') return other.kind === 'literal' && value.value === other.value
  if (value.kind === 'array')
    return other.kind === 'array' && value.isOpen === other.isOpen && areWithin(value.elements, other.elements, depth)
  return value.kind === 'object' && other.kind === 'object' && isPlain(value) && isPlain(other) && hasSameParts(value, other, depth)
}

function areWithin(values: readonly Value[], others: readonly Value[], depth: number): boolean {
  return (
    values.length === others.length &&
    values.length <= MOST_COMPARED &&
    values.every((value, index) => isWithin(value, others[index] as Value, depth + 1))
  )
}

function hasSameParts(value: ObjectValue, other: ObjectValue, depth: number): boolean {
  return (
    value.isOpen === other.isOpen &&
    [...value.properties.keys()].every((key) => other.properties.has(key)) &&
    areWithin(
      [...value.properties.values()],
      [...value.properties.keys()].map((key) => other.properties.get(key) as Value),
      depth,
    ) &&
    value.properties.size === other.properties.size
  )
}

function isPlain(value: ObjectValue): boolean {
  return value.role === 'plain' && value.external === null
}

/** By which a container is asked: a class, or a symbol. */
function isToken(value: Value): boolean {
  return value.kind === 'class' || symbolName(value) !== null
}

/** Nothing is known of it: what a request carries, what a package returned, what was made of either. */
function isVague(value: Value): boolean {
  switch (value.kind) {
    case 'parameter':
      return value.role === 'unknown'
    case 'member':
    case 'result':
      return symbolName(value) === null
    case 'operation':
    case 'template':
    case 'unknown':
      return true
    case 'choice':
      return value.options.every(isVague)
    default:
      return false
  }
}
