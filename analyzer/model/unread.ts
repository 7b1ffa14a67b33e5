// Layers in front of routes of which nothing is known: whatever seems to lack may be what they do.
import { locationKey, type Location } from '../text/location.js'
import { opacityOf } from './opacity.js'
import type { App, Capability, ProjectModel, Route } from './model.js'
import { isHandler, linksOnTheWay, protectsApp } from './queries.js'
import { recorded } from './recorded.js'
import { evidence, type RelatedPlace } from './relatedPlaces.js'

/** The layers in front of a route that could not be read, in order. Empty where everything was understood, and where a registration may hide any number of them. */
export const unreadInFront: (model: ProjectModel, route: Route) => readonly Location[] = recorded((model, route) =>
  route.gaps.some((gap) => gap.isBlind)
    ? []
    : linksOnTheWay(route)
        .filter((link) => !isHandler(route, link) && opacityOf(model, link.value).isBlind)
        .map((link) => link.at),
)

/**
 * Routes for which a capability may be what such a layer brings, where no other route of the application is known to lack it:
 * what lacks there is said with the places of its routes alone.
 */
export function leftToUnread(model: ProjectModel, app: App, capability: Capability): readonly Route[] {
  const { uncovered, unknown } = protectsApp(model, app, capability)
  return uncovered.length > 0 ? [] : unknown.filter((route) => unreadInFront(model, route).length > 0)
}

/** Layers for every path that could not be read, once per place, in order. Those with a path of their own may be routers: see partlyKnown.ts; for packages see unreadOwnPackages.ts. */
export function unreadLayers(model: ProjectModel): readonly Location[] {
  const found = new Map<string, Location>()
  for (const { entries } of model.scopes)
    for (const { kind, path, isOff, handlers, handlersAt, at } of entries) {
      if (kind !== 'layer' || path !== '' || isOff) continue
      for (const [index, handler] of handlers.entries()) {
        const { isBlind, packages } = opacityOf(model, handler)
        const place = handlersAt[index] ?? at
        if (isBlind && packages.length === 0) found.set(locationKey(place), place)
      }
    }
  return [...found.values()]
}

/** The first layers in front of any of the routes that could not be read, each once. */
export function unreadPlaces(model: ProjectModel, routes: readonly Route[]): readonly RelatedPlace[] {
  const found = new Map<string, Location>()
  for (const route of routes) for (const at of unreadInFront(model, route)) found.set(locationKey(at), at)
  return [...found.values()].slice(0, MOST_PLACES).map((at) => evidence(at, 'a layer that could not be read stands in front'))
}

const MOST_PLACES = 3
