// Requests that no route fits, where a limiter of Fastify passes them over: it looks at routes when they are registered (domain fact C23).
import { unknownPathsOf } from '../../link/hookedRoutes.js'
import type { CallRecord } from '../../link/value.js'
import type { App, Entry, ProjectModel, Route, Scope } from '../model.js'
import { protectsRoute } from '../queries.js'
import { limiterCallsOf } from './limiters.js'
import { limitsNothing } from './limiterProblems.js'

export interface UnlimitedUnknown {
  /** What answers, as a route. */
  readonly route: Route
  /** The call that sets the handler; null for Fastify's own. */
  readonly handler: CallRecord | null
  /** The limiter that covers the routes beside it. */
  readonly limiter: Entry
}

/** Answers for unknown paths without a limit, on contexts where @fastify/rate-limit limits every route. */
export function unlimitedUnknowns(model: ProjectModel, app: App): readonly UnlimitedUnknown[] {
  if (app.framework !== 'fastify' || answersAll(model, app)) return []
  return unknownPathsOf(app).flatMap((route): UnlimitedUnknown[] => {
    const limiter = limiterOn(route)
    if (limiter === null || limiter.handlers.flatMap(limiterCallsOf).some((call) => limitsNothing(model, call))) return []
    if (protectsRoute(model, route, 'rate-limit').answer !== 'no') return []
    return [{ route, handler: route.entry.call, limiter }]
  })
}

function limiterOn({ app, mounts }: Route): Entry | null {
  const scopes: readonly Scope[] = [app.scope, ...mounts.flatMap((mount) => mount.mounted ?? [])]
  return scopes.flatMap(({ entries }) => entries).find(({ option, isOff }) => option === 'rateLimit' && !isOff) ?? null
}

/** A route for every path, as that of static files at the root, leaves nothing unknown that a browser asks for. */
function answersAll(model: ProjectModel, app: App): boolean {
  return model.routes.some(
    (route) => route.app.scope === app.scope && /^\/?\*$/.test(route.path) && (route.method === 'GET' || route.method === 'ALL'),
  )
}
