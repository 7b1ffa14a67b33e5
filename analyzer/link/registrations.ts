// What is registered in applications and routers, in a way that a path can take back and that the sweep can keep apart.
import type { Scope } from '../model/model.js'
import { onUndo } from './heapLog.js'
import type { Machine } from './machine.js'

/** How much a scope held. */
export type Sizes = Readonly<Record<'entries' | 'settings' | 'gaps' | 'mounts', number>>

/** Adds to one list of a scope. */
export function registerIn<K extends keyof Sizes>(machine: Machine, scope: Scope, list: K, one: Scope[K][number]): void {
  const { entries, settings, gaps, mounts } = scope
  if (!machine.grown.has(scope))
    machine.grown.set(scope, { entries: entries.length, settings: settings.length, gaps: gaps.length, mounts: mounts.length })
  const items: unknown[] = scope[list]
  items.push(one)
  onUndo(machine, () => void items.splice(items.indexOf(one), 1))
}

/** Adds an entry in front of all that the scope of a start has: what is registered late and runs first. */
export function registerFirst(machine: Machine, scope: Scope, entry: Scope['entries'][number]): void {
  registerIn(machine, scope, 'entries', entry)
  scope.entries.unshift(...scope.entries.splice(scope.entries.indexOf(entry), 1))
}

/** Puts the entries from a place on in front of the first one that fits: what the framework asks before it, whenever it was registered. */
export function moveBefore(machine: Machine, scope: Scope, from: number, fits: (entry: Scope['entries'][number]) => boolean): void {
  const place = scope.entries.findIndex(fits)
  // What the sweep registers stays at the end, where it is taken out of the scope again.
  if (machine.phase !== 'boot' || place < 0 || place >= from) return
  scope.entries.splice(place, 0, ...scope.entries.splice(from))
}

/**
 * Takes what was registered in scopes since `machine.grown` was emptied out of them again, but for scopes that are `new`.
 * Gives scopes that hold it instead, so that it can be reported as unreached:
 * neither does the boot have a protection that nobody registers, nor does an edit leave behind what was swept before it.
 */
export function takenApart(machine: Machine, isNew: (scope: Scope) => boolean): readonly Scope[] {
  const apart: Scope[] = []
  for (const [scope, before] of machine.grown) {
    if (isNew(scope)) continue
    const entries = scope.entries.splice(before.entries)
    const settings = scope.settings.splice(before.settings)
    const gaps = scope.gaps.splice(before.gaps)
    const mounts = scope.mounts.splice(before.mounts)
    if (entries.length > 0) apart.push({ ...scope, entries, settings, gaps, mounts })
  }
  return apart
}
