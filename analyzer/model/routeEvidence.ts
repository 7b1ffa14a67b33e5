// What lets a reader check a finding about routes of one file: why each of them counts, and what stands in front of the first.
import { inFrontText } from './chainText.js'
import type { App, Route } from './model.js'
import { evidence, type RelatedPlace } from './relatedPlaces.js'
import { placesOf, relatedRoutes, routeText } from './routePlaces.js'

/** The further routes, what is known `besides`, then the first route with its chain, where it is mounted, and the application. */
export function routeEvidence(
  app: App,
  routes: readonly Route[],
  reasonOf: (route: Route | undefined) => string,
  besides: readonly RelatedPlace[] = [],
): readonly RelatedPlace[] {
  const [first, ...rest] = placesOf(routes)
  const mount = first?.routes[0]?.mounts.at(-1)
  return [
    ...relatedRoutes(rest, 'affected', (place) => `${routeText(place)}: ${reasonOf(place.routes[0])}`),
    ...besides,
    ...relatedRoutes(
      first === undefined ? [] : [first],
      'evidence',
      ({ routes: [route] }) => `${reasonOf(route)}; in front: ${route === undefined ? '' : inFrontText(route)}`,
    ),
    ...(mount === undefined ? [] : [evidence(mount.at, 'mounted here')]),
    evidence(app.at, 'the application'),
  ]
}
