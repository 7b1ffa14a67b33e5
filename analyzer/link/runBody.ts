// Running the body of a project function: parameters, statements, returns, and what an async function leaves for later.
import type { Location } from '../text/location.js'
import { childEnvironment, type Environment } from './environment.js'
import { executeOne } from './execute.js'
import { write } from './heapLog.js'
import { hoist } from './hoist.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { functionKey, locate } from './places.js'
import { asPromise, defer } from './promises.js'
import { addToSet } from './units.js'
import type { FunctionValue, PromiseValue, Value } from './value.js'
import { arrayValue, choice, isJoin, promiseOf, undefinedAt } from './values.js'

/** Runs the body and gives the frame too, with every return by itself. */
export function runBody(
  machine: Machine,
  site: CallSite,
  fn: FunctionValue,
  self: Value,
  args: readonly Value[],
): { result: Value; frame: Frame } {
  addToSet(machine.unit, 'executed', functionKey(fn))
  const environment = childEnvironment(fn.facts.isSelfNamed === true ? knowingItself(fn) : fn.environment, 'function')
  const guardBase = machine.guards.length
  const running = { source: fn.source, facts: fn.facts, self, fn, owner: fn.owner, args, returns: [], guardBase }
  const frame: Frame = fn.facts.isGenerator ? { ...running, yields: arrayValue(site.at, []) } : running
  const { tryDepth } = machine
  machine.functionStack.push(frame)
  machine.stack.push(site.at)
  try {
    bindParameters(machine, frame, environment, args)
    hoist(machine, frame, environment, fn.facts.body)
    const suspends = fn.facts.isAsync && !fn.facts.isGenerator && fn.facts.hasAwait && !site.isAwaited && machine.phase === 'boot'
    let completion: ReturnType<typeof executeOne> = 'normal'
    for (const [index, statement] of fn.facts.body.entries()) {
      if (suspends && holdsAwait(statement)) return { result: suspend(machine, frame, environment, index), frame }
      completion = executeOne(machine, frame, environment, statement)
      if (completion !== 'normal') break
    }
    const result = frame.yields ?? resultOf(frame, completion, site.at)
    return { result: fn.facts.isAsync && frame.yields === undefined ? asPromise(result) : result, frame }
  } finally {
    machine.stack.pop()
    machine.functionStack.pop()
    machine.guards.length = guardBase
    machine.tryDepth = tryDepth
  }
}

/** `function next() { next() }` as an expression can call itself by its name, which nobody else sees. */
function knowingItself(fn: FunctionValue): Environment {
  const environment = childEnvironment(fn.environment, 'block')
  environment.variables.set(fn.facts.name, fn)
  return environment
}

/** Runs the body with these arguments. */
export function inline(machine: Machine, site: CallSite, fn: FunctionValue, self: Value, args: readonly Value[]): Value {
  return runBody(machine, site, fn, self, args).result
}

/** The rest of an async function that nobody awaits here runs later, as it would. */
function suspend(machine: Machine, frame: Frame, environment: Environment, index: number): PromiseValue {
  const promise = promiseOf(locate(frame, 0), null)
  defer(machine, () => {
    const guardBase = machine.guards.length
    const rest: Frame = { ...frame, guardBase }
    machine.functionStack.push(rest)
    let completion: ReturnType<typeof executeOne> = 'normal'
    for (const statement of frame.facts.body.slice(index)) {
      completion = executeOne(machine, rest, environment, statement)
      if (completion !== 'normal') break
    }
    promise.result = resultOf(rest, completion, promise.at)
    machine.guards.length = guardBase
  })
  return promise
}

function resultOf(frame: Frame, completion: string, at: Location): Value {
  // What an arm returns that production does not take is read, and given to nobody.
  const returns = frame.returns.filter(({ guards }) => !guards.some((guard) => guard.kind === 'off'))
  const [first, second] = returns
  // Most functions return once, or not at all.
  if (first === undefined) return undefinedAt(at)
  if (second === undefined && completion !== 'normal' && !isJoin(first.value)) return first.value
  const values = returns.map((one) => one.value)
  if (completion === 'normal') values.push(undefinedAt(at))
  return choice(
    at,
    'join',
    values,
    null,
    returns.map((one) => one.guards.filter((guard) => guard.kind !== 'loop' && guard.kind !== 'catch')),
  )
}

function bindParameters(machine: Machine, frame: Frame, environment: Environment, args: readonly Value[]): void {
  frame.facts.parameters.forEach((parameter, index) => {
    const pattern = parameter.pattern
    const value: Value =
      pattern[0] === 'rest'
        ? arrayValue(locate(frame, parameter.node), args.slice(index))
        : (args[index] ?? undefinedAt(locate(frame, parameter.node)))
    machine.run.bind(machine, frame, environment, pattern, value, 'let')
    if (parameter.isProperty && frame.self.kind === 'object') {
      const name = pattern[0] === 'name' ? pattern[2] : pattern[0] === 'default' && pattern[2][0] === 'name' ? pattern[2][2] : null
      if (name !== null) write(machine, frame.self.properties, name, environment.variables.get(name) ?? value)
    }
  })
}

/** True when an `await` stands in the statement outside nested functions. */
function holdsAwait(statement: unknown): boolean {
  if (!Array.isArray(statement)) return typeof statement === 'object' && statement !== null && Object.values(statement).some(holdsAwait)
  if (statement[0] === 'await' || (statement[0] === 'forOf' && statement[5] === true)) return true
  return statement.some((part) => typeof part === 'object' && part !== null && holdsAwait(part))
}
