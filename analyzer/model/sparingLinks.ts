// What stands in front of a route and lets it past: a limiter whose `skip` names the path, a check with a list of open paths.
import { effectsOf } from './effects.js'
import type { Capability, ProjectModel, Route } from './model.js'
import type { ProtectingLink } from './protection.js'
import { linksOnTheWay } from './queries.js'
import { evidence, type RelatedPlace } from './relatedPlaces.js'
import { routeName } from './routePlaces.js'
import { spares } from './sparedRoutes.js'

/** The links that bring the capability about for other routes and leave this one out. */
export function sparingLinks(model: ProjectModel, route: Route, capability: Capability): readonly ProtectingLink[] {
  return linksOnTheWay(route).flatMap((link) =>
    effectsOf(model, link.value).flatMap((effect) =>
      effect.capability === capability && spares(model, route, link, effect) ? [{ link, effect }] : [],
    ),
  )
}

/** Where the first of these routes is left out. */
export function sparingPlaces(model: ProjectModel, [first]: readonly Route[], capability: Capability): readonly RelatedPlace[] {
  if (first === undefined) return []
  return sparingLinks(model, first, capability).map(({ link }) => evidence(link.at, `leaves ${routeName(first)} out`))
}
