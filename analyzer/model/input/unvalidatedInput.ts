// Routes that change something by what a request brings, which nothing looked at before.
import { addToGroup } from '../../grouped.js'
import { locationKey, type Location } from '../../text/location.js'
import { checkedInChain } from './chainChecks.js'
import { checksAnyOf, covers } from './checkedFields.js'
import { inputUses, type InputUse } from './inputUses.js'
import type { Input } from './inputsWithin.js'
import { massAssignmentsOf } from './massAssignments.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { losesOperators } from './operatorSanitizers.js'
import { protectsRoute, routesOf } from '../queries.js'
import { recorded } from '../recorded.js'
import { ownHandlers, rewritesBody } from './routeHandlers.js'

export interface UnvalidatedRoute {
  readonly route: Route
  /** Where it is read: what a service that several handlers share was given, stands there. */
  readonly at: Location
  /** The call of the store. */
  readonly usedAt: Location
  readonly part: Input['part']
  /** Those that nothing checks, where something checks others. */
  readonly fields: readonly string[]
  /** False where it only says what is looked up. */
  readonly isStored: boolean
  /** Medium where a body is certainly written to a store. */
  readonly confidence: Confidence
}

/** Those of one controller together, each place once, what is stored first. Bodies that a store gets as a whole are left to `assignedBodies`. */
export const unvalidatedRoutes: (model: ProjectModel, app: App) => readonly (readonly UnvalidatedRoute[])[] = recorded((model, app) => {
  const places = new Map<string, UnvalidatedRoute>()
  for (const route of routesOf(model, app)) {
    const found = unvalidatedRoute(model, route)
    if (found !== null && !places.has(locationKey(found.at))) places.set(locationKey(found.at), found)
  }
  const groups = new Map<string, UnvalidatedRoute[]>()
  for (const confidence of ['medium', 'low'])
    for (const one of places.values()) if (one.confidence === confidence) addToGroup(groups, one.at.file, one)
  return [...groups.values()]
})

function unvalidatedRoute(model: ProjectModel, route: Route): UnvalidatedRoute | null {
  if (!changesSomething(route) || massAssignmentsOf(model, route).length > 0) return null
  const uses = ownHandlers(route).flatMap((fn) => inputUses(model, fn))
  if (uses.length === 0 || rewritesBody(model, route)) return null
  const checked = checkedInChain(model, route)
  const unchecked = uses.flatMap((use) => {
    const inputs = use.inputs.filter((input) => !covers(checked, input))
    return inputs.length === 0 ? [] : [{ ...use, inputs }]
  })
  const use =
    unchecked.find(isStored) ??
    unchecked.find(({ inputs }) => inputs.some(({ part }) => part !== 'params') && !losesOperators(model, route))
  const input = use?.inputs.find(({ part }) => part === 'body') ?? use?.inputs.find(({ part }) => part === 'query')
  if (use === undefined || input === undefined || protectsRoute(model, route, 'webhook-signature').answer !== 'no') return null
  const isSure = isStored(use) && protectsRoute(model, route, 'validation').unlistedPackages.length === 0
  return {
    route,
    at: input.whole.at,
    usedAt: use.record.at,
    part: input.part,
    fields: checksAnyOf(checked, input.part) ? fieldsOf(unchecked, input.part) : [],
    isStored: isStored(use),
    confidence: isSure ? 'medium' : 'low',
  }
}

/** True for routes of the project that are meant to change something, where all that stands in front is known. */
export function changesSomething({ method, entry, isComplete }: Route): boolean {
  return /^(POST|PUT|PATCH|DELETE)$/.test(method) && !entry.isOff && isComplete
}

function isStored({ kind, inputs }: InputUse): boolean {
  return kind === 'write' && inputs.some(({ part }) => part === 'body')
}

function fieldsOf(uses: readonly InputUse[], part: Input['part']): readonly string[] {
  const names = uses
    .flatMap(({ kind, inputs }) => (kind === 'write' ? inputs : []))
    .flatMap((one) => (one.part === part ? (one.field ?? '*') : []))
  return names.includes('*') ? [] : [...new Set(names)]
}
