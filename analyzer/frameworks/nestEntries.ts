// Scopes of a Nest application and the entries on them.
import { onUndo } from '../link/heapLog.js'
import type { Machine } from '../link/machine.js'
import type { Entry, Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import type { NestApplication } from './nestState.js'

export function makeScope(machine: Machine, kind: Scope['kind'], at: Location, name: string): Scope {
  const scope: Scope = { id: machine.scopes.length, kind, framework: 'nest', at, name, entries: [], settings: [], gaps: [], mounts: [] }
  machine.scopes.push(scope)
  onUndo(machine, () => void machine.scopes.splice(machine.scopes.indexOf(scope), 1))
  return scope
}

/** An entry under the conditions of its application. */
export function entryOf(machine: Machine, app: NestApplication, entry: Omit<Entry, 'order' | 'guards' | 'isOff' | 'stack'>): Entry {
  return { ...entry, order: machine.order++, guards: app.guards, isOff: app.isOff, stack: app.stack }
}
