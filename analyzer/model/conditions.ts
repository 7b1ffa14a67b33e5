// Under which conditions a link of a chain runs, given that the route itself is there.
import type { Guard } from '../link/value.js'
import { describe } from './describe.js'
import { flagsOf, type Effect } from './effect.js'
import type { ChainLink, Entry, Route } from './model.js'

/**
 * The effect under the conditions of its registration. Conditions that the route shares do not count: where `if (adminEnabled) app.use('/admin', admin)`
 * brings both the route and its guard, the guard is always there when the route is. Without a route all conditions count.
 */
export function underRegistration(effect: Effect, link: ChainLink, route: Pick<Route, 'entry' | 'mounts'> | null): Effect {
  const own = guardsOfLink(link, route)
  const shared = (route === null ? [] : [route.entry, ...route.mounts]).flatMap((entry) => entry.guards).filter(decides)
  const remaining = own.filter((guard) => !shared.some((other) => sameCondition(guard, other)))
  // A link may also be uncertain because its path is not known to cover the route; then no guard explains it.
  const isUncertain = remaining.length > 0 || (link.isConditional && own.length === 0 && shared.length === 0)
  return isUncertain ? { ...effect, isConditional: true, flags: [...new Set([...effect.flags, ...flagsOf(remaining)])] } : effect
}

/** Guards of the registration itself, and of the mounts that lead to its scope where they are not on the way to the route. */
function guardsOfLink(link: ChainLink, route: Pick<Route, 'entry' | 'mounts'> | null): readonly Guard[] {
  const { scope } = link.entry
  const isOnTheWay =
    route === null ||
    scope === route.entry.scope ||
    scope.mounts.length === 0 ||
    route.mounts.some((mount) => mount.mounted === scope || mount.scope === scope)
  const entries: readonly Entry[] = isOnTheWay ? [link.entry] : [link.entry, ...scope.mounts.slice(0, 1)]
  return entries.flatMap((entry) => entry.guards).filter(decides)
}

function decides(guard: Guard): boolean {
  return guard.kind === 'condition' || guard.kind === 'early-exit' || guard.kind === 'off'
}

function sameCondition(a: Guard, b: Guard): boolean {
  return a === b || (a.holds === b.holds && (a.value === b.value || describe(a.value) === describe(b.value)))
}
