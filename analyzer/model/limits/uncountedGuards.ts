// What runs in front of everything that counts a request: whatever is refused there may be tried without a limit.
import type { ProjectModel, Route } from '../model.js'
import type { ProtectingLink } from '../protection.js'
import { protectsRoute } from '../queries.js'

/** Layers that ask who sends a request before anything counts it, in the order of the chain. Empty where no code limits the route. */
export function uncountedGuards(model: ProjectModel, route: Route): readonly ProtectingLink[] {
  const { answer, by, links } = protectsRoute(model, route, 'rate-limit')
  if (answer !== 'yes' || by !== 'code') return []
  const first = Math.min(...links.map((link) => standOf(route, link)))
  return protectsRoute(model, route, 'auth').links.filter((guard) => guard.link.value !== route.handler && standOf(route, guard) < first)
}

function standOf({ chain }: Route, { link }: ProtectingLink): number {
  return chain.findIndex(({ entry, value }) => entry === link.entry && value === link.value)
}
