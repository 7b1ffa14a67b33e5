// Paths that an application hands to other servers by middleware of a package: those of a gateway.
import type { App, Capability, ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { recorded } from '../recorded.js'
import { answeredRoutes } from '../serving.js'

/** How many proxies stand on the application itself, and those that certainly lack a capability. */
export function proxiesWithout(
  model: ProjectModel,
  app: App,
  capability: Capability,
): { readonly count: number; readonly open: readonly Route[] } {
  const all = proxiedRoutes(model, app)
  return { count: all.length, open: all.filter((route) => protectsRoute(model, route, capability).answer === 'no') }
}

/** Each seen as a route for every method. */
const proxiedRoutes: (model: ProjectModel, app: App) => readonly Route[] = recorded((model, app) =>
  answeredRoutes(model, app)
    .filter(({ entry }) => entry.kind === 'layer' && entry.handlers.some((value) => proxies.has(originOf(value)?.package ?? '')))
    .map((route) => ({ ...route, method: 'ALL' })),
)

const proxies: ReadonlySet<string> = new Set(['http-proxy-middleware', 'express-http-proxy', 'proxy-middleware', 'express-request-proxy'])
