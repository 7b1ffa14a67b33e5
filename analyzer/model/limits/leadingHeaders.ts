// The middleware at the start of an application that only sets headers.
import { doesNothingBut } from '../effects.js'
import type { App, Capability, Entry, ProjectModel, Scope } from '../model.js'
import { routesOf } from '../queries.js'
import { isProbesOnly } from '../serving.js'

const HEADERS: ReadonlySet<Capability> = new Set<Capability>([
  'security-headers',
  'csp',
  'hsts',
  'permissions-policy',
  'hide-powered-by',
  'cors',
  'request-id',
])

/** The layers that stand first on a scope, on every path and in every case, and do nothing but set headers. */
export function leadingHeaders(model: ProjectModel, scope: Scope): readonly Entry[] {
  const end = scope.entries.findIndex((entry) => !setsHeaders(model, entry))
  return end === -1 ? scope.entries : scope.entries.slice(0, end)
}

/** What a limiter for everything comes behind: headers, which a refusal should carry too, and then probes, which must not be refused. */
export function lastBeforeLimits(model: ProjectModel, app: App): Entry | undefined {
  const headers = leadingHeaders(model, app.scope)
  const others = app.scope.entries.slice(headers.length)
  const end = others.findIndex((entry) => !answersProbes(model, app, entry))
  return [...headers, ...(end === -1 ? others : others.slice(0, end))].at(-1)
}

function answersProbes(model: ProjectModel, app: App, entry: Entry): boolean {
  const routes = routesOf(model, app).filter((route) => route.entry === entry)
  return routes.length > 0 && isProbesOnly(model, routes)
}

function setsHeaders(model: ProjectModel, entry: Entry): boolean {
  return entry.path === '' && doesNothingBut(model, entry, HEADERS)
}
