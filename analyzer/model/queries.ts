// The questions that rules ask about applications and routes: who is protected by what.
import { conductOf } from './conduct.js'
import { underRegistration } from './conditions.js'
import { flagsOf, underCondition } from './effect.js'
import { effectsOf } from './effects.js'
import { opacityOf } from './opacity.js'
import { isPassage } from './passages.js'
import { errorHandling } from './errors/errorHandling.js'
import { gatewaySees } from './headers/gatewayHeaders.js'
import { gatewayLimit } from './limits/gatewayLimits.js'
import { routesOf } from './appRoutes.js'
import type { App, Capability, ChainLink, ProjectModel, Route } from './model.js'
import { poweredByHiding } from './headers/poweredBy.js'
import type { ProtectingLink, Protection } from './protection.js'
import { recorded } from './recorded.js'
import { spares } from './sparedRoutes.js'
import { unique, verdict, weakest, type Sight } from './verdict.js'

export { appsOf, broughtRoutesOf, routesOf, servingApplications } from './appRoutes.js'

/** The middleware in front of a route's last handler, in order, from the application down to the route's own. What is off in production is left out. */
export function middlewareOf(route: Route): readonly ChainLink[] {
  return runningLinks(route).filter((link) => !isHandler(route, link))
}

/**
 * Whether a route has a capability in front of it, or in its handler.
 * `yes` with `isConditional` means: only under a condition that is not known, such as a feature flag (`flags`).
 * `unknown`: project code in the way was not understood. Unlisted packages do not blind; they are named, and the answer is `no` at medium confidence.
 * What the gateway does, by configuration or by its own files in the project, counts as `yes`.
 */
export function protectsRoute(model: ProjectModel, route: Route, capability: Capability): Protection {
  let find = protections.get(capability)
  if (find === undefined) protections.set(capability, (find = recorded((of, one: Route) => findProtection(of, one, capability))))
  return find(model, route)
}

const protections = new Map<Capability, (model: ProjectModel, route: Route) => Protection>()

function findProtection(model: ProjectModel, route: Route, capability: Capability): Protection {
  if (isByGateway(model, capability)) return byGateway
  if (capability === 'error-handler') return errorHandling(model, route)
  const links = linksWith(model, route, capability)
  if (capability === 'hide-powered-by') return poweredByHiding(route, links)
  return verdict(links, capability, route.gaps, sightOf(model, route))
}

export interface AppProtection extends Omit<Protection, 'links'> {
  /** Routes with the capability, those without, those that were not understood, those that have it only under a condition. */
  readonly covered: readonly Route[]
  readonly uncovered: readonly Route[]
  readonly unknown: readonly Route[]
  readonly conditional: readonly Route[]
  readonly protections: ReadonlyMap<Route, Protection>
}

/**
 * Whether all routes of an application have a capability: `no` where at least one certainly lacks it, `unknown` where some were not understood and none is known to lack it.
 * An application without routes is judged by what is registered on it. Routes for OPTIONS answer preflights and do not count, nor do those that pass every request on.
 */
export function protectsApp(model: ProjectModel, app: App, capability: Capability): AppProtection {
  let find = appProtections.get(capability)
  if (find === undefined) appProtections.set(capability, (find = recorded((of, one: App) => findAppProtection(of, one, capability))))
  return find(model, app)
}

const appProtections = new Map<Capability, (model: ProjectModel, app: App) => AppProtection>()

function findAppProtection(model: ProjectModel, app: App, capability: Capability): AppProtection {
  const routes = routesOf(model, app).filter((route) => route.method !== 'OPTIONS' && !isPassage(model, route))
  const protections = new Map(routes.map((route) => [route, protectsRoute(model, route, capability)]))
  const having = (test: (protection: Protection) => boolean): Route[] => routes.filter((route) => test(protections.get(route) ?? byGateway))
  const covered = having((one) => one.answer === 'yes' && !one.isConditional)
  const conditional = having((one) => one.answer === 'yes' && one.isConditional)
  const uncovered = having((one) => one.answer === 'no')
  const unknown = having((one) => one.answer === 'unknown')
  const own = routes.length === 0 ? bareProtection(model, app, capability) : null
  const all = own === null ? [...protections.values()] : [own]
  const relevant = uncovered.length > 0 ? uncovered.flatMap((route) => protections.get(route) ?? []) : all
  return {
    answer: own?.answer ?? (uncovered.length > 0 ? 'no' : unknown.length > 0 ? 'unknown' : 'yes'),
    confidence: weakest(
      relevant.map((one) => one.confidence),
      uncovered.length > 0 ? 'strongest' : 'weakest',
    ),
    by: all.find((one) => one.by !== null)?.by ?? null,
    isConditional: covered.length === 0 && (own?.isConditional ?? conditional.length > 0),
    flags: unique(all.flatMap((one) => one.flags)),
    headers: unique(all.flatMap((one) => one.headers)),
    unlistedPackages: unique(all.flatMap((one) => one.unlistedPackages)),
    looked: all[0]?.looked ?? [],
    covered,
    uncovered,
    unknown,
    conditional,
    protections,
  }
}

const byGateway: Protection = {
  answer: 'yes',
  confidence: 'high',
  by: 'gateway',
  links: [],
  isConditional: false,
  flags: [],
  headers: [],
  unlistedPackages: [],
  looked: [],
}

function isByGateway(model: ProjectModel, capability: Capability): boolean {
  if (model.settings.gateway.includes(capability)) return true
  return capability === 'rate-limit' ? gatewayLimit(model) !== null : gatewaySees(model, capability)
}

/** The links of a chain that bring the capability about, each with its effect under the conditions of its registration. */
export function linksWith(model: ProjectModel, route: Route, capability: Capability): readonly ProtectingLink[] {
  const forms = formsOf(route)
  return runningLinks(route).flatMap((link) => {
    if (!passesOn(model, route, link)) return []
    const effects = effectsOf(model, link.value).filter((effect) => effect.capability === capability)
    return effects.flatMap((effect) => {
      const met = forms.filter((form) => !spares(model, form, link, effect))
      const found = met.length === 0 ? [] : met.length === forms.length ? [effect] : underCondition([effect], [])
      return found.map((one) => ({ link, effect: underRegistration(one, link, route) }))
    })
  })
}

/** A route for every method is asked by each of those that do something: what spares reading may stand in front of writing. */
function formsOf(route: Route): readonly Route[] {
  return route.method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ ...route, method })) : [route]
}

/** Handlers of earlier routes with the same path count only where they pass the request on. */
function passesOn(model: ProjectModel, route: Route, link: ChainLink): boolean {
  return (
    link.entry.kind !== 'route' || link.entry === route.entry || link.value.kind !== 'function' || conductOf(model, link.value).continues
  )
}

/** What could not be seen in a chain. A last handler that is known to be one method of something does not blind: middleware stands in front of it. */
function sightOf(model: ProjectModel, route: Route): Sight {
  const opacities = linksOnTheWay(route).map((link) =>
    isHandler(route, link) && link.value.kind !== 'unknown'
      ? { ...opacityOf(model, link.value), isBlind: false }
      : opacityOf(model, link.value),
  )
  return {
    isBlind: opacities.some((one) => one.isBlind),
    packages: unique(opacities.flatMap((one) => one.packages)),
    looked: runningLinks(route).map((link) => link.at),
  }
}

/** The running links but for handlers of earlier routes with the same path. */
export function linksOnTheWay(route: Route): readonly ChainLink[] {
  return runningLinks(route).filter((link) => link.entry.kind !== 'route' || link.entry === route.entry)
}

/** For an application in which no route was found, what stands on it counts. */
function bareProtection(model: ProjectModel, app: App, capability: Capability): Protection {
  const entries = app.scope.entries.filter((entry) => entry.kind === 'layer' && !entry.isOff && (entry.path === '' || entry.path === '/'))
  const chain = entries.flatMap((entry) =>
    entry.handlers.map((value, index): ChainLink => ({
      value,
      at: entry.handlersAt[index] ?? entry.at,
      entry,
      isConditional: flagsOf(entry.guards).length > 0,
    })),
  )
  if (isByGateway(model, capability)) return byGateway
  const opacities = chain.map((link) => opacityOf(model, link.value))
  const sight: Sight = {
    isBlind: opacities.some((one) => one.isBlind),
    packages: unique(opacities.flatMap((one) => one.packages)),
    looked: chain.map((link) => link.at),
  }
  const links = chain.flatMap((link) =>
    effectsOf(model, link.value).flatMap((effect) =>
      effect.capability === capability ? [{ link, effect: underRegistration(effect, link, null) }] : [],
    ),
  )
  return verdict(links, capability, app.scope.gaps, sight)
}

/** Links that production runs. Handlers of earlier routes that take only part of this route's requests stand beside it, not in front. */
export function runningLinks(route: Pick<Route, 'chain'> & Partial<Pick<Route, 'entry'>>): readonly ChainLink[] {
  return route.chain.filter(
    (link) => !link.entry.isOff && !(link.isConditional && link.entry.kind === 'route' && link.entry !== route.entry),
  )
}

/** True for the last handler of the route, in front of which all others stand. */
export function isHandler(route: Route, link: ChainLink): boolean {
  return link.entry === route.entry && link === route.chain.at(-1)
}
