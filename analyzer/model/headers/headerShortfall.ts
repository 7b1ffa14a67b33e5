// Why responses of an application come without security headers.
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { runsWhenUnset } from '../defaults.js'
import { coreProtections, protectionsIn } from '../effect.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { packageEffect } from '../packageEffects.js'
import { helmetPackages } from './helmetOptions.js'
import type { Protection } from '../protection.js'
import { protectsRoute } from '../queries.js'
import { registrationsOf, scopesOf, type Registration } from '../registrations.js'
import { coversPath } from '../routePaths.js'
import { answeredRoutes } from '../serving.js'
import { isFalse, property } from '../values.js'
import { unique, weakest } from '../verdict.js'
import { recorded } from '../recorded.js'

export interface HeaderShortfall {
  /**
   * `missing`: nothing sets them. `partial`: some are set by hand. `uncalled`: `app.use(helmet)`. `late`: after routes. `elsewhere`: on one path or router.
   * `development`: off in production. `optional`: behind a switch.
   */
  readonly kind: 'missing' | 'partial' | 'uncalled' | 'late' | 'elsewhere' | 'development' | 'optional'
  readonly at: Location
  /** The registration that comes near, where there is one. */
  readonly registration: Registration | null
  /** Routes that are answered without the headers. */
  readonly missed: readonly Route[]
  readonly answered: number
  readonly confidence: Confidence
  readonly headers: readonly string[]
  readonly flags: readonly string[]
  readonly unlistedPackages: readonly string[]
}

/** What is wrong with the security headers of an application; null where nothing is, or where that cannot be told. */
export const headerShortfall: (model: ProjectModel, app: App) => HeaderShortfall | null = recorded((model, app) => {
  const routes = answeredRoutes(model, app)
  if (routes.length === 0 || model.settings.gateway.includes('security-headers')) return null
  const base = { registration: null, missed: routes, answered: routes.length, headers: [], flags: [], unlistedPackages: [] }
  const uncalled = uncalledHelmet(app)
  if (uncalled !== null) return { ...base, kind: 'uncalled', at: uncalled, confidence: 'high' }
  const protections = routes.map((route) => ({ route, protection: protectsRoute(model, route, 'security-headers') }))
  const uncovered = protections.filter(({ route, protection }) => protection.answer === 'no' && !optsOut(route))
  if (uncovered.length > 0) return { ...base, ...shortfallOf(model, app, uncovered) }
  const optional = protections.filter(
    ({ protection }) => protection.answer === 'yes' && protection.isConditional && protection.flags.length > 0,
  )
  if (optional.length > 0) return optionalShortfall(optional, routes)
  const partial = protections.filter(({ protection }) => protection.answer === 'yes' && isPartial(protection))
  if (partial.length === 0) return null
  const headers = unique(partial.flatMap(({ protection }) => protection.headers))
  return { ...base, kind: 'partial', at: app.at, missed: partial.map(({ route }) => route), confidence: 'medium', headers }
})

/** `helmet: false` on a route of Fastify is a decision about that route. */
function optsOut({ entry }: Route): boolean {
  return isFalse(property(entry.options ?? null, 'helmet')) === 'yes'
}

interface Judged {
  readonly route: Route
  readonly protection: Protection
}

type Explanation = Pick<HeaderShortfall, 'kind' | 'at' | 'registration' | 'missed' | 'confidence' | 'headers' | 'unlistedPackages'>

function shortfallOf(model: ProjectModel, app: App, uncovered: readonly Judged[]): Explanation {
  const missed = uncovered.map(({ route }) => route)
  // What a handler sets on its own answer was never meant for others.
  const registrations = registrationsOf(model, app, 'security-headers').filter(
    ({ effect, entry, handler }) => isWhole(effect.headers) && !(entry.kind === 'route' && handler === entry.handlers.at(-1)),
  )
  const registration = nearest(app, registrations)
  const confidence = uncovered.every(({ route }) => setsUnknownHeaders(model, route))
    ? 'low'
    : weakest(
        uncovered.map(({ protection }) => protection.confidence),
        'strongest',
      )
  const headers = unique(uncovered.flatMap(({ protection }) => protection.links.flatMap(({ effect }) => effect.headers)))
  const unlistedPackages = unique(uncovered.flatMap(({ protection }) => protection.unlistedPackages))
  if (registration === null)
    return headers.length > 0
      ? {
          kind: 'partial',
          at: app.at,
          registration,
          missed,
          confidence: confidence === 'low' ? 'low' : 'medium',
          headers,
          unlistedPackages,
        }
      : { kind: 'missing', at: app.at, registration, missed, confidence, headers, unlistedPackages }
  const kind = registration.isOff ? 'development' : isForAll(app, registration) ? 'late' : 'elsewhere'
  return { kind, at: registration.at, registration, missed, confidence, headers, unlistedPackages }
}

/** True where something in front of a route sets headers of which the names are not known. */
function setsUnknownHeaders(model: ProjectModel, route: Route): boolean {
  return route.chain.some(
    ({ value }) => value.kind === 'function' && conductOf(model, value).headers.some(({ name, kind }) => name === null && kind === 'set'),
  )
}

/** The registration that explains best: for the whole application, then for a part of it, then one that is off. */
function nearest(app: App, registrations: readonly Registration[]): Registration | null {
  const on = registrations.filter((one) => !one.isOff)
  return on.find((one) => isForAll(app, one)) ?? on[0] ?? registrations[0] ?? null
}

function isForAll(app: App, { entry, path, scope }: Registration): boolean {
  return (
    entry.kind === 'layer' &&
    coversPath(path, null) === 'yes' &&
    (scope === app.scope || (scope.framework !== 'fastify' && scope.mounts.every((mount) => mount.scope === app.scope)))
  )
}

function optionalShortfall(optional: readonly Judged[], routes: readonly Route[]): HeaderShortfall | null {
  const link = optional[0]?.protection.links[0]
  if (link === undefined) return null
  const flags = unique(optional.flatMap(({ protection }) => protection.flags))
  return {
    kind: 'optional',
    at: link.link.at,
    registration: null,
    missed: optional.map(({ route }) => route),
    answered: routes.length,
    confidence: runsWhenUnset(link.link.entry.guards) === true ? 'low' : 'medium',
    headers: [],
    flags,
    unlistedPackages: [],
  }
}

/** What stands for all of them, or sets two of those that count. */
function isWhole(headers: readonly string[]): boolean {
  return headers.length === 0 || protectionsIn(headers).length >= 2
}

/** Set by hand or one by one, without `nosniff` or without anything against framing. Options of helmet that switch a header off are another matter. */
function isPartial({ links, headers, by }: Protection): boolean {
  if (
    by !== 'code' ||
    links.some(({ effect }) => effect.headers.length === 0 || helmetPackages.includes(effect.package?.split('.')[0] ?? ''))
  )
    return false
  const protections = protectionsIn(headers)
  return !protections.includes('sniffing') || !(protections.includes('framing') || protections.includes('content'))
}

/** Headers, one for each protection that these do not give. */
export function absentHeaders(headers: readonly string[]): readonly string[] {
  const given = protectionsIn(headers)
  return Object.entries(coreProtections).flatMap(([protection, [name]]) => (given.includes(protection) || name === undefined ? [] : [name]))
}

/** `app.use(helmet)`: every request fails (domain fact A7). */
function uncalledHelmet(app: App): Location | null {
  for (const { scope, isOff } of scopesOf(app)) {
    for (const entry of isOff ? [] : scope.entries) {
      if (entry.isOff) continue
      const index = entry.handlers.findIndex((value) => {
        const found = packageEffect(value)
        return found?.origin.package === 'helmet' && found.origin.path.join('.').replace('helmet', '') === ''
      })
      if (index >= 0) return entry.handlersAt[index] ?? entry.at
    }
  }
  return null
}
