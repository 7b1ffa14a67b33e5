// Calls: who answers a call, by what is called. Project functions are run with their arguments, constructors make instances.
import { step } from './budget.js'
import { callGlobal } from './builtins/globalFunctions.js'
import { callBuiltin } from './builtins/index.js'
import { instantiate } from './constructors.js'
import { noteDelivery } from './deliveries.js'
import { runAtStart } from './guesses.js'
import { noteHandover } from './handovers.js'
import { isSwept, type CallSite, type Machine } from './machine.js'
import { callOpaque } from './opaqueCalls.js'
import { forkStatement } from './paths.js'
import { isRunaway } from './recursion.js'
import { inline } from './runBody.js'
import { noteCrossing } from './units.js'
import type { FunctionValue, Value } from './value.js'
import { choice, memberValue, objectValue, undefinedAt, unknown } from './values.js'

/** Calls `callee` with a receiver. */
export function call(machine: Machine, site: CallSite, callee: Value, self: Value | null, args: readonly Value[]): Value {
  if (callee.kind === 'function') return callFunction(machine, site, callee, callee.self ?? self, [...callee.bound, ...args])
  if (callee.kind === 'choice') {
    return eachOption(machine, site, callee, (option) => call(machine, site, option, self, args))
  }
  if (callee.kind === 'global') {
    const builtin = callGlobal(machine, site, callee.name, args)
    if (builtin !== null) return builtin
  }
  if (callee.kind === 'member' && (self === null || self === callee.object)) {
    const builtin = callBuiltin(machine, site, callee.object, callee.name, args)
    if (builtin !== null) return builtin
  }
  return callOpaque(machine, site, callee, self, args, 'call')
}

/** `receiver.name(...args)`. */
export function callMethod(machine: Machine, site: CallSite, receiver: Value, name: string, args: readonly Value[]): Value {
  if (receiver.kind === 'choice') {
    const callable = receiver.options.filter((option) => option.kind !== 'literal' || typeof option.value === 'string')
    const narrowed: Value =
      callable.length === 1 ? (callable[0] as Value) : { ...receiver, options: callable.length === 0 ? receiver.options : callable }
    if (narrowed.kind === 'choice') return eachOption(machine, site, narrowed, (option) => callMethod(machine, site, option, name, args))
    return callMethod(machine, site, narrowed, name, args)
  }
  // What the project put in the place of a method of an application or a router is called instead.
  const isReplaced = receiver.kind === 'scope' && receiver.properties.has(name)
  const builtin = isReplaced ? null : callBuiltin(machine, site, receiver, name, args)
  if (builtin !== null) return builtin
  const member = machine.run.getMember(machine, site, receiver, name)
  if (member.kind === 'literal' || member.kind === 'array')
    return callOpaque(machine, site, memberValue(site.at, receiver, name), receiver, args, 'call')
  return call(machine, site, member, receiver, args)
}

/** `new callee(...args)`. */
export function construct(machine: Machine, site: CallSite, callee: Value, args: readonly Value[]): Value {
  if (callee.kind === 'class') return instantiate(machine, site, callee, args)
  if (callee.kind === 'choice') return eachOption(machine, site, callee, (option) => construct(machine, site, option, args))
  if (callee.kind === 'function') {
    const self = objectValue(site.at, 'instance')
    const prototype = callee.properties.get('prototype')
    if (prototype?.kind === 'object') self.external = prototype
    const result = callFunction(machine, site, callee, self, args)
    return result.kind === 'object' || result.kind === 'scope' || result.kind === 'function' ? result : self
  }
  if (callee.kind === 'global') {
    const builtin = callBuiltin(machine, site, callee, 'new', args)
    if (builtin !== null) return builtin
  }
  return callOpaque(machine, site, callee, null, args, 'new')
}

const MOST_OPTIONS_CALLED = 6

function eachOption(machine: Machine, site: CallSite, value: Extract<Value, { kind: 'choice' }>, work: (option: Value) => Value): Value {
  const results: Value[] = []
  const options = value.options.slice(0, MOST_OPTIONS_CALLED)
  // Choices within choices share their options: without a count, thirty of them are a billion calls.
  step(machine)
  const from = (index: number): void => {
    const option = options[index]
    if (option === undefined) return
    if (index === options.length - 1 && index === 0) {
      results.push(work(option))
      return
    }
    forkStatement(
      machine,
      site.at,
      index === 0 && value.test !== null ? value.test : { kind: 'unknown', at: site.at, why: 'one of several values' },
      () => {
        results.push(work(option))
        return 'normal'
      },
      () => {
        from(index + 1)
        return 'normal'
      },
    )
  }
  if (isSwept(machine) || options.length === 1) for (const option of options) results.push(work(option))
  else from(0)
  // Each result is there under the conditions of its callee.
  const conditions = results.length === value.options.length ? value.conditions : undefined
  return results.length === 0 ? undefinedAt(site.at) : choice(site.at, 'join', results, value.test, conditions)
}

/** Runs a project function. While serving, calls whose arguments do not matter share one run. */
function callFunction(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): Value {
  if (isRunaway(machine, fn, self, args)) return unknown(site.at, 'recursion')
  noteHandover(machine, site, fn, self, args)
  if (machine.tryDepth > 0) noteCrossing(machine, site, fn)
  const run = (): Value => inline(machine, site, fn, self ?? undefinedAt(site.at), args)
  if (machine.phase === 'boot') return runAtStart(machine, site, fn, args, run)
  const shared = machine.run.callShared(machine, site, fn, self, args)
  if (shared !== null) noteDelivery(machine, site, fn, args)
  return shared ?? run()
}
