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

/**
 * Requests every static route of the model and tells those that the application does not know:
 * answered 404 by no route. Routes that answer in the place of another (a guard in front) count as known.
 */
export async function unansweredRoutes(
  url: string,
  model: ProjectModel,
  recording: Recording,
  fixture: Fixture,
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const route of servedRoutes(model)) {
    const path = samplePath(route.path, fixture.parameters ?? {})
    if (path === null) continue
    const method = methodOf(route) === 'ALL' ? 'GET' : methodOf(route)
    const known = fixture.requests.find((request) => request.method === method && pathOf(request.path) === path)
    const response = await send(url, { ...known, method, path, headers: { ...known?.headers, 'x-oracle': '1' } })
    await response.arrayBuffer()
    const sites = (response.headers.get('x-oracle-registrations') ?? '').split(' ').map((index) => recording.calls[Number(index)])
    const isAnswered = sites.some((call) => call !== undefined && `${call.file}:${call.line}` === siteOfRoute(model, route))
    if (!isAnswered && response.status === 404) missing.push(`${method} ${path} is answered 404`)
  }
  return missing
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
function samplePath(pattern: string, parameters: Readonly<Record<string, string>>): string | null {
  const plain = pattern
    .replace(/\{[^}]*\}/g, '')
    .replace(/:(\w+)\??/g, (_whole, name: string) => parameters[name] ?? '1')
    .replace(/\/\*\w+/g, '/any')
  return /[*()[\]^$\\]/.test(plain) ? null : joinPaths(plain)
}
