// Functions that a project puts on requests and replies: `decorateReply('fail', function (error) { … })`, called as `reply.fail(error)`.
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, FunctionValue, Value } from '../link/value.js'

// Contexts hardly ever give one name to two functions, and a boot keeps its own.
const decorators = new WeakMap<Machine, Map<string, FunctionValue>>()

/** Keeps a function that was given to `decorateRequest` or `decorateReply`. */
export function keepDecorator(machine: Machine, [name, value]: readonly Value[]): void {
  if (name?.kind !== 'literal' || value?.kind !== 'function') return
  const known = decorators.get(machine) ?? new Map<string, FunctionValue>()
  known.set(String(name.value), value)
  decorators.set(machine, known)
}

/** Runs the function behind a call on a request or a reply; null for every other call. */
export function callDecorator(machine: Machine, site: CallSite, { callee, args }: CallRecord): Value | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'parameter') return null
  const { role } = callee.object
  const fn = role === 'response' || role === 'request' ? decorators.get(machine)?.get(callee.name) : undefined
  return fn === undefined ? null : machine.run.call(machine, site, fn, callee.object, args)
}
