// The applications of a project, and the routes that each answers.
import type { App, Framework, ProjectModel, Route } from './model.js'
import { recorded } from './recorded.js'

/** Applications, of one framework where it is given. */
export function appsOf(model: ProjectModel, framework?: Framework): readonly App[] {
  return framework === undefined ? model.apps : model.apps.filter((app) => app.framework === framework)
}

/** Applications with those that answer messages alone, of which rules about HTTP know nothing. */
export function servingApplications(model: ProjectModel): readonly App[] {
  const known = new Set(model.apps.map(({ scope }) => scope))
  const others = new Map(model.routes.filter(({ app }) => !known.has(app.scope)).map(({ app }) => [app.scope, app]))
  return [...model.apps, ...others.values()]
}

/**
 * Routes of the project that an application answers, in order of registration. Messages and fields of GraphQL types are served by it too,
 * but no request of their own asks for them. What plugins of packages bring is left out: see `broughtRoutesOf`.
 */
export const routesOf: (model: ProjectModel, app: App) => readonly Route[] = recorded((model, app) =>
  model.routes.filter(
    (route) => route.app.scope === app.scope && route.entry.broughtBy === undefined && !/^(?:MESSAGE|RESOLVE\w+)$/.test(route.method),
  ),
)

/** Routes that plugins of packages register on an application: static files, pages of documentation. */
export const broughtRoutesOf: (model: ProjectModel, app: App) => readonly Route[] = recorded((model, app) =>
  model.routes.filter((route) => route.app.scope === app.scope && route.entry.broughtBy !== undefined),
)
