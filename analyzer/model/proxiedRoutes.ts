// Paths that an application hands to other servers by middleware of a package: those of a gateway.
import type { App, ProjectModel, Route } from './model.js'
import { originOf } from './origins.js'
import { recorded } from './recorded.js'
import { answeredRoutes } from './serving.js'

/** Each proxy that stands on the application itself, seen as a route for every method. */
export const proxiedRoutes: (model: ProjectModel, app: App) => readonly Route[] = recorded((model, app) =>
  answeredRoutes(model, app)
    .filter(({ entry }) => entry.kind === 'layer' && entry.handlers.some((value) => proxies.has(originOf(value)?.package ?? '')))
    .map((route) => ({ ...route, method: 'ALL' })),
)

const proxies: ReadonlySet<string> = new Set(['http-proxy-middleware', 'express-http-proxy', 'proxy-middleware', 'express-request-proxy'])
