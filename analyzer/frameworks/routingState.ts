// What the parts of routing-controllers share: the application that is being made, and instances of its classes.
import { write } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import type { ClassValue, ScopeValue, Value } from '../link/value.js'
import { keyOf, resolve } from './classContainer.js'

export const PACKAGE = 'routing-controllers'

/** Where `useContainer` leaves what it was given. */
export const CONTAINER = 'routing-controllers container'

export interface Routing {
  readonly machine: Machine
  readonly site: CallSite
  readonly app: ScopeValue
  /** The options, or undefined. */
  readonly options: Value
  /** `routePrefix`; null where it is not known. */
  readonly prefix: string | null
}

/** The one instance of a class: of the container that the project set, else of one that passes nothing to constructors. */
export function instanceOf(machine: Machine, site: CallSite, target: ClassValue): Value {
  const container = machine.containers.get(CONTAINER)
  if (container !== undefined) {
    const given = machine.run.callMethod(machine, { ...site, isAwaited: true }, container, 'get', [target])
    return given.kind === 'object' && given.instanceOf !== null ? given : resolve(machine, site, target)
  }
  const key = `${PACKAGE} ${keyOf(target) ?? ''}`
  const known = machine.containers.get(key)
  if (known !== undefined) return known
  const made = machine.run.construct(machine, site, target, [])
  write(machine, machine.containers, key, made)
  return made
}
