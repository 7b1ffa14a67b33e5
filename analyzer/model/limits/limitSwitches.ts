// Limiters behind a switch: feature flags and variables of the environment.
import { runsWhenUnset } from '../defaults.js'
import type { Route } from '../model.js'
import type { AppProtection } from '../queries.js'
import type { Protection } from '../protection.js'

/** True where a limiter stands in front, but only when a named switch is set. One that is on unless the switch turns it off is on. */
export function isOffByDefault(protection: Protection): boolean {
  if (protection.answer !== 'yes' || !protection.isConditional || protection.flags.length === 0) return false
  return !protection.links.some(({ link }) => runsWhenUnset(link.entry.guards) === true)
}

/** The routes of an application whose limiters are off where nobody sets their switches. */
export function switchedOff({
  conditional,
  protections,
}: AppProtection): readonly { readonly route: Route; readonly protection: Protection }[] {
  return conditional.flatMap((route) => {
    const protection = protections.get(route)
    return protection !== undefined && isOffByDefault(protection) ? [{ route, protection }] : []
  })
}

/** The switches of several protections, for a message: `` `ENABLE_LIMITS` ``. */
export function flagsText(protections: readonly Protection[]): string {
  return [...new Set(protections.flatMap(({ flags }) => flags))].map((flag) => `\`${flag}\``).join(', ')
}
