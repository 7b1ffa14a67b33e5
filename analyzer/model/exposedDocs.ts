// Pages that describe an API, and consoles to try it on, which production serves to everybody.
import type { Location } from '../text/location.js'
import { broughtRoutesOf, routesOf } from './appRoutes.js'
import { effectsOf } from './effects.js'
import type { App, ProjectModel, Route } from './model.js'
import { protectsRoute } from './queries.js'
import { answeredRoutes } from './serving.js'

export interface ExposedDocs {
  readonly app: App
  readonly at: Location
  /** The first of its paths. */
  readonly path: string
  /** `The documentation of the API`, `The console of GraphQL`. */
  readonly what: string
}

/** Once for each place, where certainly no authentication stands in front. What a switch decides about is left to whoever sets it. */
export function exposedDocs(model: ProjectModel, app: App): readonly ExposedDocs[] {
  const found = new Map<Location, ExposedDocs>()
  const routes = new Set([...answeredRoutes(model, app), ...routesOf(model, app), ...broughtRoutesOf(model, app)])
  for (const route of routes) {
    const what = kindOf(model, route)
    if (what === null || found.has(route.entry.at) || isConditional(route)) continue
    if (protectsRoute(model, route, 'auth').answer !== 'no') continue
    found.set(route.entry.at, { app, at: route.entry.at, path: route.path, what })
  }
  return [...found.values()]
}

function kindOf(model: ProjectModel, { entry }: Route): string | null {
  if (entry.isOff) return null
  if (entry.broughtBy === 'mercurius') return 'The console of GraphQL'
  // The scripts of the page say nothing of the API.
  if (entry.broughtBy === '@fastify/static') return null
  const isDocs = entry.handlers.some((value) => effectsOf(model, value).some(({ capability }) => capability === 'docs'))
  return isDocs ? 'The documentation of the API' : null
}

function isConditional({ entry, mounts }: Route): boolean {
  return [entry, ...mounts].some(({ guards }) => guards.some(({ kind }) => kind !== 'catch' && kind !== 'loop'))
}
