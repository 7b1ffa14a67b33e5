// What the sweep registers in applications and routers of others: nothing leads there, so it is kept beside them.
import type { Scope } from '../model/model.js'

/**
 * Does work, and takes what it registers out of `scopes` again. Gives scopes that hold it instead, so that it can be reported as unreached:
 * neither does the boot have a protection that nobody registers, nor does an edit leave behind what was swept before it.
 */
export function keptApart<T>(scopes: readonly Scope[], work: () => T): { readonly done: T; readonly apart: readonly Scope[] } {
  const before = scopes.map(({ entries, settings, gaps, mounts }) => [entries.length, settings.length, gaps.length, mounts.length] as const)
  const done = work()
  const apart = scopes.flatMap((scope, index) => {
    const [entriesBefore, settingsBefore, gapsBefore, mountsBefore] = before[index] ?? [0, 0, 0, 0]
    const entries = scope.entries.splice(entriesBefore)
    const settings = scope.settings.splice(settingsBefore)
    const gaps = scope.gaps.splice(gapsBefore)
    const mounts = scope.mounts.splice(mountsBefore)
    return entries.length === 0 ? [] : [{ ...scope, entries, settings, gaps, mounts }]
  })
  return { done, apart }
}
