// The model's routes in the words of the recording, and requests that find them on the running application.
import type { ProjectModel, Route } from '../../analyzer/model/model.js'
import type { Fixture } from './fixture.js'
import { siteOf } from './modelScopes.js'
import { send } from './probe.js'
import { joinPaths } from './recordedRoutes.js'
import type { Recording } from './start.js'

/** `GET /notes/:id server.js:18` for every route that production serves. */
export function modelRoutes(model: ProjectModel): readonly string[] {
  return servedRoutes(model).map((route) => `${methodOf(route)} ${joinPaths(route.path)} ${siteOfRoute(model, route)}`)
}

export interface VisitedRoute {
  readonly route: Route
  /** The request that was sent: `GET /notes/1`. */
  readonly request: string
  readonly status: number
  readonly headers: Headers
  /** True when the registration that the model names answered; false when a guard in front did, or no route. */
  readonly isAnswered: boolean
}

/** Requests every static route of the model, with body and headers of the fixture's own request where it has one. */
export async function visitRoutes(
  url: string,
  model: ProjectModel,
  recording: Recording,
  fixture: Fixture,
): Promise<readonly VisitedRoute[]> {
  const visited: VisitedRoute[] = []
  for (const route of servedRoutes(model)) {
    const path = samplePath(route.path, fixture.parameters ?? {})
    if (path === null) continue
    const method = methodOf(route) === 'ALL' ? 'GET' : methodOf(route)
    const known = fixture.requests.find((request) => request.method === method && pathOf(request.path) === path)
    const response = await send(url, { ...known, method, path, headers: { ...fixture.probes.headers, ...known?.headers, 'x-oracle': '1' } })
    await response.arrayBuffer()
    const sites = (response.headers.get('x-oracle-registrations') ?? '').split(' ').map((index) => recording.calls[Number(index)])
    const isAnswered = sites.some((call) => call !== undefined && `${call.file}:${call.line}` === siteOfRoute(model, route))
    visited.push({ route, request: `${method} ${path}`, status: response.status, headers: response.headers, isAnswered })
  }
  return visited
}

/** Routes of the model that the application does not know. Those behind a guard that answered count as known. */
export function unansweredRoutes(visited: readonly VisitedRoute[]): readonly string[] {
  return visited.filter(({ isAnswered, status }) => !isAnswered && status === 404).map(({ request }) => `${request} is answered 404`)
}

function servedRoutes(model: ProjectModel): readonly Route[] {
  return model.routes.filter((route) => !route.entry.isOff && !route.mounts.some((mount) => mount.isOff))
}

function methodOf(route: Route): string {
  return route.method === '' || route.method === '*' ? 'ALL' : route.method
}

function siteOfRoute(model: ProjectModel, route: Route): string {
  return siteOf(model.files, route.entry.call?.at ?? route.at)
}

function pathOf(requestPath: string): string {
  return requestPath.split('?')[0] ?? requestPath
}

/** A path that the pattern matches; null for regular expressions and unknown parts. */
export function samplePath(pattern: string, parameters: Readonly<Record<string, string>>): string | null {
  const plain = pattern
    .replace(/\{[^}]*\}/g, '')
    .replace(/:(\w+)\??/g, (_whole, name: string) => parameters[name] ?? '1')
    .replace(/\/\*\w+/g, '/any')
  return /[*()[\]^$\\]/.test(plain) ? null : joinPaths(plain)
}
