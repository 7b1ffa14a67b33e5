// Routes as places of a finding: each registration line once, with what it answers.
import { locationKey, type Location } from '../text/location.js'
import type { Route } from './model.js'
import type { RelatedPlace } from './relatedPlaces.js'
import { listed } from './words.js'

export interface RoutePlace {
  readonly at: Location
  readonly routes: readonly Route[]
}

/** The registration lines of routes, in their order. A router that is mounted twice, or a line for several methods, is one place. */
export function placesOf(routes: readonly Route[]): readonly RoutePlace[] {
  const places = new Map<string, { at: Location; routes: Route[] }>()
  for (const route of routes) {
    const key = locationKey(route.at)
    const place = places.get(key)
    if (place === undefined) places.set(key, { at: route.at, routes: [route] })
    else place.routes.push(route)
  }
  return [...places.values()]
}

/** `POST /login`; with several routes at one place `POST /login and 2 more`. */
export function routeText(place: RoutePlace): string {
  return listed(place.routes.map(routeName), 1)
}

/** Places of routes beside the one of a finding, with how many routes are meant at each, and which. */
export function relatedRoutes(
  places: readonly RoutePlace[],
  role: RelatedPlace['role'],
  noteOf: (place: RoutePlace) => string,
): readonly RelatedPlace[] {
  return places.map((place) => ({ at: place.at, note: noteOf(place), role, ...routesAt(place) }))
}

function routesAt({ routes }: RoutePlace): { readonly routes: number; readonly routeNames: readonly string[] } {
  return { routes: routes.length, routeNames: routes.map(routeName) }
}

/** `POST /login`; '' where there is no route. */
export function routeName(route: Route | null | undefined): string {
  return route === null || route === undefined ? '' : `${route.method} ${route.path}`
}

/** Items in groups by the file that registers their routes. */
export function byFile<Item extends { readonly route: Route }>(items: readonly Item[]): readonly (readonly Item[])[] {
  const files = new Map<string, Item[]>()
  for (const item of items) files.set(item.route.at.file, [...(files.get(item.route.at.file) ?? []), item])
  return [...files.values()]
}

/** The end of a sentence about the first of several routes, with the others of its file in the place of `{more}`: `, and so do 3 more routes of this file`. */
export function othersText(count: number, one: string, many = one): string {
  if (count === 0) return ''
  return (count === 1 ? one : many).replace('{more}', count === 1 ? 'one more route of this file' : `${count} more routes of this file`)
}

/** The same of routes without a limit. */
export function unlimitedToo({ length }: readonly RoutePlace[]): string {
  return othersText(length, ', and {more} lacks one too', ', and {more} lack one too')
}
