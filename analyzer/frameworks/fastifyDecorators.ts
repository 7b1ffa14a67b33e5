// Functions that a project or a plugin puts on requests and replies: `decorateReply('fail', function (error) { … })`, called as `reply.fail(error)`.
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, Value } from '../link/value.js'

/** What a call on such a request or reply (`self`) gives. */
type Decorator = (machine: Machine, site: CallSite, self: Value, args: readonly Value[]) => Value

// By the modules of a process, each of which has its own. Contexts hardly ever give one name to two functions.
const decorators = new WeakMap<Machine['modules'], Map<string, Decorator>>()

/** Keeps a function that was given to `decorateRequest` or `decorateReply`. */
export function keepDecorator(machine: Machine, [name, value]: readonly Value[]): void {
  if (name?.kind !== 'literal' || value?.kind !== 'function') return
  keepMethod(machine, String(name.value), (at, site, self, args) => at.run.call(at, site, value, self, args))
}

/** Keeps what a plugin of a package does under a name. */
export function keepMethod(machine: Machine, name: string, decorator: Decorator): void {
  const known = decorators.get(machine.modules) ?? new Map<string, Decorator>()
  decorators.set(machine.modules, known.set(name, decorator))
}

/** Answers a call of such a function on a request or a reply; null for every other call. */
export function callDecorator(machine: Machine, site: CallSite, { callee, args }: CallRecord): Value | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'parameter') return null
  const { role } = callee.object
  const decorator = role === 'response' || role === 'request' ? decorators.get(machine.modules)?.get(callee.name) : undefined
  return decorator?.(machine, site, callee.object, args) ?? null
}
