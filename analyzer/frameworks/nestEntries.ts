// Entries of scopes of a Nest application.
import type { Machine } from '../link/machine.js'
import type { Entry } from '../model/model.js'
import type { NestApplication } from './nestState.js'

/** An entry under the conditions of its application. */
export function entryOf(machine: Machine, app: NestApplication, entry: Omit<Entry, 'order' | 'guards' | 'isOff' | 'stack'>): Entry {
  return { ...entry, order: machine.order++, guards: app.guards, isOff: app.isOff, stack: app.stack }
}
