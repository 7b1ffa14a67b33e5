// What an application answers: its routes, and the middleware in it that answers by itself.
import { conductOf } from './conduct.js'
import type { App, ChainLink, Entry, ProjectModel, Route } from './model.js'
import { globalOf, originOf } from './origins.js'
import { packageEffect } from './packageEffects.js'
import { isProbePath, isStatusPath } from './probePaths.js'
import { broughtRoutesOf, routesOf } from './queries.js'
import { isRequest, isResponse } from './requests.js'
import type { ResponseRecord } from './responses.js'
import { coversPath } from './routePaths.js'
import { contains } from './search.js'
import { startOf } from './values.js'
import { recorded } from './recorded.js'

/**
 * Routes that production answers, and a GET for each static folder or document page that stands on the application itself, in order of registration.
 * Routes for OPTIONS answer preflights and are left out. Empty for an application that answers nothing.
 */
export const answeredRoutes: (model: ProjectModel, app: App) => readonly Route[] = recorded((model, app) => {
  const routes = [...routesOf(model, app), ...broughtRoutesOf(model, app)].filter((route) => route.method !== 'OPTIONS')
  const layers = app.scope.entries.flatMap((entry) => (isAnswering(entry) ? [layerAsRoute(app, entry)] : []))
  return [...routes, ...layers].sort((a, b) => orderIn(app, a) - orderIn(app, b))
})

/** True when every route is for probes: `/healthz`, `/metrics`; `/status`, `/up` and their like where their handlers tell of the process alone. */
export function isProbesOnly(model: ProjectModel, routes: readonly Route[]): boolean {
  return routes.every((route) => isProbe(route) || (isStatusPath(route.path) && tellsOfProcess(model, route)))
}

/** Probes ask, and ask of no single thing: `/health/patients/:id` is an API of its own. */
function isProbe({ method, path }: Route): boolean {
  return /^(GET|HEAD|ALL)$/.test(method) && !/[:*{]/.test(path) && isProbePath(path)
}

/** A handler that answers with what it has at hand: it asks no store and no other service, and takes nothing from the request. */
const tellsOfProcess = recorded((model, { handler }: Route): boolean => {
  if (handler?.kind !== 'function') return false
  const { records, answers } = conductOf(model, handler)
  return (
    answers.length > 0 &&
    answers.every(({ body }) => !contains(body, isRequest)) &&
    records.every(({ callee }) => {
      const name = globalOf(callee)
      return (
        contains(callee, isResponse) ||
        (name !== null && /^(process|Date|Math|JSON|Number|String|performance)\b/.test(name)) ||
        originOf(callee)?.package === 'os'
      )
    })
  )
})

/** True for middleware of a package that answers requests itself: static files, documents. */
function isAnswering(entry: Entry): boolean {
  if (entry.kind !== 'layer' || entry.isOff) return false
  return entry.handlers.some((value) => {
    const effect = packageEffect(value)?.effect
    return (
      effect !== null &&
      effect !== undefined &&
      (effect.kind === 'middleware factory' || effect.kind === 'middleware') &&
      (!effect.continues || effect.capabilities.includes('static'))
    )
  })
}

/** A layer seen as the route that it answers, behind the layers before it that cover its path. */
function layerAsRoute(app: App, entry: Entry): Route {
  // Hooks of Fastify run for everything in their context, wherever they stand (domain fact K19).
  const isOrdered = app.scope.framework !== 'fastify'
  const before = app.scope.entries
    .slice(0, isOrdered ? app.scope.entries.indexOf(entry) : undefined)
    .filter((one) => one !== entry && one.kind === 'layer' && !one.isOff && one.hook !== 'errorHandler' && one.hook !== 'notFoundHandler')
  const path = entry.path === null ? '*' : entry.path === '' ? '/' : entry.path
  const chain = before.flatMap((one) => {
    const covered = coversPath(one.path, entry.path)
    return covered === 'no' ? [] : linksOf(one, covered === 'unknown' ? 'uncertain' : 'certain')
  })
  return {
    app,
    method: 'GET',
    path,
    at: entry.at,
    entry,
    mounts: [],
    chain: [...chain, ...linksOf(entry, 'certain')],
    handler: entry.handlers.at(-1) ?? null,
    isComplete: !app.scope.gaps.some((gap) => gap.isBlind),
    gaps: app.scope.gaps,
  }
}

function linksOf(entry: Entry, cover: 'certain' | 'uncertain'): readonly ChainLink[] {
  const isGuarded = entry.guards.some((guard) => guard.kind !== 'catch' && guard.kind !== 'loop')
  return entry.handlers.map((value, index) => ({
    value,
    at: entry.handlersAt[index] ?? entry.at,
    entry,
    isConditional: isGuarded || cover === 'uncertain',
  }))
}

/** The place of the outermost registration among those of the application. */
function orderIn(app: App, route: Route): number {
  return app.scope.entries.indexOf(route.mounts[0] ?? route.entry)
}

/** Whether anything of the project sends pages: views, files, HTML, static folders. Where it does not, it is a JSON service. */
export function sendsPages(model: ProjectModel): boolean {
  return model.apps.some((app) =>
    answeredRoutes(model, app).some(
      (route) =>
        route.entry.kind === 'layer' ||
        route.entry.broughtBy !== undefined ||
        route.chain.some(
          ({ value, entry }) => entry === route.entry && value.kind === 'function' && conductOf(model, value).answers.some(isPage),
        ),
    ),
  )
}

function isPage({ method, body }: ResponseRecord): boolean {
  return method === 'render' || method === 'sendFile' || method === 'pipe' || startOf(body).trimStart().startsWith('<')
}
