// Pages that describe an API, and consoles to try it on, which production serves to everybody.
import type { Location } from '../../text/location.js'
import { broughtRoutesOf, routesOf } from '../appRoutes.js'
import { effectsOf } from '../effects.js'
import type { App, ProjectModel, Route } from '../model.js'
import { consoleOf, introspectionOf, isSwitched, optionRepair, servesConsole } from './graphqlDocs.js'
import { nestDocs } from './nestDocs.js'
import { protectsRoute } from '../queries.js'
import { answeredRoutes } from '../serving.js'
import { property } from '../values.js'

export interface ExposedDocs {
  readonly at: Location
  /** The first of its paths. */
  readonly path: string
  /** `The documentation of the API`, `The console of GraphQL`. */
  readonly what: string
  /** What takes it out of production: the call that registers nothing else, or an option that is `true`. */
  readonly repair: { readonly kind: 'statement' | 'option'; readonly at: Location } | null
}

/** Once for each place, where certainly no authentication stands in front. What a switch decides about is left to whoever sets it. */
export function exposedDocs(model: ProjectModel, app: App): readonly ExposedDocs[] {
  const found = new Map<Location, ExposedDocs>()
  const routes = new Set([...answeredRoutes(model, app), ...routesOf(model, app), ...broughtRoutesOf(model, app)])
  for (const route of routes) {
    const what = kindOf(model, route)
    if (what === null || found.has(route.entry.at) || isConditional(route)) continue
    if (protectsRoute(model, route, 'auth').answer !== 'no') continue
    found.set(route.entry.at, { at: route.entry.at, path: route.path, what, repair: repairOf(model, route) })
  }
  return [...found.values(), ...nestDocs(model, app)]
}

function kindOf(model: ProjectModel, { entry }: Route): string | null {
  if (entry.isOff) return null
  if (entry.broughtBy === 'mercurius') return 'The console of GraphQL'
  // The scripts of the page say nothing of the API.
  if (entry.broughtBy === '@fastify/static') return null
  if (entry.handlers.some(servesConsole)) return 'The console of GraphQL'
  if (entry.handlers.some((value) => introspectionOf(model, value) !== null)) return 'The schema of GraphQL'
  const isDocs = entry.handlers.some((value) => effectsOf(model, value).some(({ capability }) => capability === 'docs'))
  return isDocs ? 'The documentation of the API' : null
}

function repairOf(model: ProjectModel, { entry }: Route): ExposedDocs['repair'] {
  for (const value of entry.handlers) {
    const option = introspectionOf(model, value)
    if (option !== null) return optionRepair(option, entry.at.file)
  }
  // Without the call there would be no queries either.
  const console = entry.handlers.filter(servesConsole).map(consoleOf)[0]
  if (console !== undefined) return optionRepair(console, entry.at.file)
  if (entry.broughtBy !== 'mercurius') return { kind: 'statement', at: entry.at }
  const options = entry.call?.args.find(({ kind }) => kind === 'object') ?? null
  const page = property(options, 'graphiql')
  return optionRepair(page, entry.at.file)
}

function isConditional({ entry, mounts }: Route): boolean {
  return [entry, ...mounts].some(isSwitched)
}
