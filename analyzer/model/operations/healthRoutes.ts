// Routes that tell whether a server is well: by their path, by what they answer, and by the packages that bring them.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { auxiliaryKind } from '../auxiliary.js'
import { effectsOf } from '../effects.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { ofCalls } from '../perPart.js'
import { loadedIn, servingProcesses } from './processes.js'
import { broughtRoutesOf, protectsRoute, routesOf } from '../queries.js'
import { isHealthPath } from '../probePaths.js'
import { recorded } from '../recorded.js'
import { conditionsOf } from '../sorted.js'
import { isTrue, possibleValues, property, stringsOf } from '../values.js'
import { packageFolderOf } from '../versions.js'
import { routeName } from '../routePlaces.js'

export interface HealthPlace {
  readonly at: Location
  /** `GET /health`, or the package. */
  readonly note: string
}

/** What tells whether the process of an application is well. Probes often have a port of their own, so all applications of the process count. */
export const healthPlaces: (model: ProjectModel, app: App) => readonly HealthPlace[] = recorded((model, app) => {
  const beside = model.apps.filter(
    (one) => one.entry === app.entry || packageFolderOf(model, one.entry) === packageFolderOf(model, app.entry),
  )
  const apps = beside.filter((one) => {
    const kind = auxiliaryKind(model, one)
    return kind === 'health' || (one.entry === app.entry && kind !== 'temporary')
  })
  const routes = apps.flatMap((one) => [...routesOf(model, one), ...broughtRoutesOf(model, one)].filter((route) => isHealth(model, route)))
  const layers = apps.flatMap((one) =>
    one.scope.entries.filter(
      ({ kind, handlers, isOff, path }) =>
        !isOff &&
        handlers.some(
          (value) =>
            effectsOf(model, value).some(({ capability }) => capability === 'health') ||
            (kind === 'layer' && isAnswerAt(model, path, value)),
        ),
    ),
  )
  const named = loadedIn(model, app).find((name) => bringing.test(name))
  return [
    ...routes.map((route) => ({ at: route.at, note: routeName(route) })),
    ...layers.map(({ at, path }) => ({ at, note: path ?? 'a probe' })),
    ...(named === undefined ? [] : [{ at: app.at, note: named }]),
  ]
})

const bringing =
  /^(@godaddy\/terminus|@nestjs\/terminus|lightship|@cloudnative\/health.*|express-healthcheck|express-actuator|fastify-healthcheck|fastify-custom-healthcheck|@fastify\/under-pressure|under-pressure|health-?check.*|.*[-/]health-?checks?)$/

export interface Unprobed {
  readonly app: App
  readonly confidence: Confidence
}

/** The first application of each process that listens and answers nobody whether it is well. */
export function unprobedApplications(model: ProjectModel): readonly Unprobed[] {
  return servingProcesses(model).flatMap((app) =>
    healthPlaces(model, app).length > 0 ? [] : [{ app, confidence: confidenceOf(model, app) }],
  )
}

/** `low` where a probe may be answered by what was not understood. */
function confidenceOf(model: ProjectModel, app: App): Confidence {
  const scopes = [app.scope, ...new Set(routesOf(model, app).flatMap(({ mounts }) => mounts.map(({ scope }) => scope)))]
  const isOpen = scopes.some(
    ({ gaps, entries }) =>
      gaps.some(({ isBlind, hidesRoutes }) => isBlind || hidesRoutes === true) ||
      entries.some(({ path, kind }) => kind === 'route' && path === null),
  )
  return isOpen || asksForHealth(model).length > 0 ? 'low' : 'high'
}

function isHealth(model: ProjectModel, route: Route): boolean {
  const { method, path, entry, app } = route
  // `/badge/:id/status` tells of something else.
  if (!/^(GET|ALL|HEAD)$/.test(method) || entry.isOff || /[:*{]/.test(path)) return false
  // What is live there is a feed.
  if (isTrue(property(entry.options ?? null, 'websocket')) === 'yes') return false
  // Where there is `/status/:page` too, `/status` lists what the product is about.
  return (
    (isHealthPath(path) && !model.routes.some((one) => one.app.scope === app.scope && one.path.startsWith(`${path}/:`))) ||
    saysSo(model, route)
  )
}

/** `app.use('/health', (req, res) => res.end('ok'))`: what stands in front of something else answers nobody, or refuses. */
function isAnswerAt(model: ProjectModel, path: string | null, value: Value): boolean {
  if (path === null || !isHealthPath(path) || value.kind !== 'function') return false
  return conductOf(model, value).answers.some(
    ({ statuses }) => statuses.length === 0 || statuses.some((status) => status >= 200 && status < 300),
  )
}

/** An answer that is `OK`, `{ healthy: true }` or `{ status: 'up' }`; `{ uptime }` for whoever asks, since administrators have pages that tell it as well. */
function saysSo(model: ProjectModel, route: Route): boolean {
  if (route.handler?.kind !== 'function') return false
  const { answers } = conductOf(model, route.handler)
  const bodies = answers.flatMap(({ body, status }) => ((status === null || status === 200) && body !== null ? [body] : []))
  return bodies.some(isWell) || (bodies.some(tellsUptime) && protectsRoute(model, route, 'auth').answer !== 'yes')
}

function tellsUptime(body: Value): boolean {
  return possibleValues(body).some((one) => one.kind === 'object' && one.properties.has('uptime'))
}

const well = /^(ok|okay|up|pong|healthy|alive|running|pass|i'?m alive|server is (up|running).*)[.!]?$/i

function isWell(body: Value): boolean {
  if (stringsOf(body).some((text) => well.test(text))) return true
  return possibleValues(body).some(
    (one) =>
      one.kind === 'object' &&
      (['healthy', 'health', 'alive'].some((name) => one.properties.has(name)) ||
        stringsOf(property(one, 'status')).some((text) => well.test(text)) ||
        (one.properties.size === 1 && one.properties.has('ok'))),
  )
}

/** `if (req.url === '/healthz')`, and lists of paths that something leaves out. */
const asksForHealth = ofCalls((calls) => [...conditionsOf(calls)].filter((value) => namesHealth(value, 2)))

function namesHealth(value: Value, depth: number): boolean {
  if (value.kind === 'literal') return typeof value.value === 'string' && value.value.startsWith('/') && isHealthPath(value.value)
  if (depth === 0) return false
  if (value.kind === 'operation') return value.operands.some((one) => namesHealth(one, depth - 1))
  if (value.kind === 'array') return value.elements.some((one) => namesHealth(one, depth - 1))
  if (value.kind !== 'result') return false
  const { args, receiver } = value.call
  return args.some((one) => namesHealth(one, depth - 1)) || (receiver !== null && namesHealth(receiver, depth - 1))
}
