// Applications, routers and contexts as the boot makes them.
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import { onUndo } from './heapLog.js'
import type { Machine } from './machine.js'

/** A scope in which nothing is registered yet. Its identity is the place that makes it. */
export function newScope(
  machine: Machine,
  framework: Scope['framework'],
  kind: Scope['kind'],
  at: Location,
  name: string = kind,
  made: 'empty' | 'filled' = 'empty',
): Scope {
  const lists = { entries: [], settings: [], gaps: [], mounts: [] }
  const filled = made === 'filled' ? { comesFilled: true as const } : {}
  const scope: Scope = { id: machine.scopes.length, kind, framework, at, name, ...lists, ...filled }
  machine.scopes.push(scope)
  onUndo(machine, () => void machine.scopes.splice(machine.scopes.indexOf(scope), 1))
  return scope
}
