// What stands at the start of an application and needs no limit.
import { doesNothingBut } from '../effects.js'
import type { App, Capability, Entry, ProjectModel } from '../model.js'
import { routesOf } from '../queries.js'
import { isProbesOnly } from '../serving.js'

const UNCOUNTED: ReadonlySet<Capability> = new Set<Capability>([
  'security-headers',
  'csp',
  'hsts',
  'permissions-policy',
  'hide-powered-by',
  'cors',
  'request-id',
  'logging',
  'metrics',
  'compression',
  'static',
])

/**
 * What a limiter for everything comes behind: headers, which a refusal should carry too, lines that tell of it, files of a page, of which there may be
 * many, and probes, which must not be refused.
 */
export function lastBeforeLimits(model: ProjectModel, app: App): Entry | undefined {
  const entries = app.scope.entries.filter(({ isOff }) => !isOff)
  const end = entries.findIndex((entry) => !mayPassUncounted(model, entry) && !answersProbes(model, app, entry))
  return (end === -1 ? entries : entries.slice(0, end)).at(-1)
}

function mayPassUncounted(model: ProjectModel, entry: Entry): boolean {
  return entry.path !== null && doesNothingBut(model, entry, UNCOUNTED)
}

function answersProbes(model: ProjectModel, app: App, entry: Entry): boolean {
  const routes = routesOf(model, app).filter((route) => route.entry === entry)
  return routes.length > 0 && isProbesOnly(model, routes)
}
