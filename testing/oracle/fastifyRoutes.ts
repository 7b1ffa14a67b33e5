// Routes of Fastify with their hooks, as the running application has them and as the model says.
import { bringsRoutes } from '../../analyzer/frameworks/fastifyBroughtRoutes.js'
import { withoutInterop } from '../../analyzer/frameworks/knownPackages.js'
import type { Value } from '../../analyzer/link/value.js'
import type { ProjectModel, Route } from '../../analyzer/model/model.js'
import { siteOf } from './modelScopes.js'
import { joinPaths } from './recordedRoutes.js'
import type { RecordedFastifyRoute } from './start.js'

/** `GET /notes server.js:8: onRequest server.js:4, preHandler of the route` for every route of the running application, sorted. */
export function recordedFastifyRoutes(routes: readonly RecordedFastifyRoute[]): readonly string[] {
  const lines = routes.flatMap(({ methods, url, hooks, file, line, package: name }) =>
    name !== undefined && !bringsRoutes(name)
      ? []
      : // Fastify answers HEAD for every GET by itself.
        named(methods).map((method) => `${method} ${joinPaths(url)} ${name ?? `${file}:${line}`}: ${hooks.join(', ')}`),
  )
  return [...new Set(lines)].sort()
}

/** `all()` registers every method that the server knows. */
function named(methods: readonly string[]): readonly string[] {
  return methods.length > 5 ? ['ALL'] : methods.filter((method) => method !== 'HEAD')
}

/** The same for the routes of the model. Hooks of packages are probed from outside. */
export function modelFastifyRoutes(model: ProjectModel): readonly string[] {
  return [
    ...new Set(
      model.routes.map((route) => {
        const site = route.entry.broughtBy ?? siteOf(model.files, route.entry.call?.at ?? route.at)
        return `${route.method} ${joinPaths(route.path)} ${site}: ${hooksOf(model, route).join(', ')}`
      }),
    ),
  ].sort()
}

/** Schemas, and what a plugin reads in the options of a route, are no hooks of the project. */
function isOption(value: Value): boolean {
  const callee = value.kind === 'result' ? value.call.callee : null
  return callee?.kind === 'package' && (callee.package === 'fastify' || withoutInterop(callee.path).length === 0)
}

function hooksOf(model: ProjectModel, route: Route): readonly string[] {
  const own = route.entry.handlers.map((value, index) => ({ value, hook: route.entry.hooks?.[index] ?? null }))
  return route.chain.flatMap(({ entry, value }) => {
    if (entry === route.entry) {
      // One function may stand on several hooks.
      const [one] = own.splice(
        own.findIndex((each) => each.value === value),
        1,
      )
      const hook = one?.hook ?? null
      return hook === null || isOption(value) ? [] : [`${hook} of the route`]
    }
    const callee = entry.call?.callee
    return callee?.kind === 'member' && callee.name === 'addHook'
      ? [`${entry.hook ?? ''} ${siteOf(model.files, entry.call?.at ?? entry.at)}`]
      : []
  })
}
