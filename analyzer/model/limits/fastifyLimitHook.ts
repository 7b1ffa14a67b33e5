// A limit of Fastify as a hook of the application: it counts what guards refuse, which a limit that stands on routes does not see.
import type { Editor } from '../../fix/fix.js'
import { routeSetting } from '../../link/routeSettings.js'
import type { App, ChainLink, ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import { openDemands } from './limitDemand.js'

/**
 * True where hooks ask who sends a request before a limit on the route counts it, and a hook that counts takes the place of no stricter limit:
 * the first limit of one plugin is the only one that counts a request.
 */
export function wantsLimitHook(model: ProjectModel, app: App, routes: readonly Route[]): boolean {
  if (!routes.some((route) => guardsOf(model, route).length > 0)) return false
  const isOwn = (route: Route): boolean => route.app.scope === app.scope && routeSetting(route.entry.options, 'rateLimit') !== undefined
  return !model.routes.some(isOwn) && !openDemands(model, app).some(({ demand }) => demand.isCredential)
}

/** The hook where the plugin has loaded. */
export function awaitedLimitHook(limit: string): LimitCode {
  return (name, plugin) => `await ${name}.register(${plugin}, { global: false, ${limit} })
${name}.addHook('onRequest', ${name}.rateLimit())`
}

/** The code for the application and the plugin by their names. */
export type LimitCode = (name: string, plugin: string) => string

/**
 * The hook where nothing can await the plugin. Hooks of the application itself are there before the plugin has loaded, so where one of them is a guard,
 * what counts is a hook in front of it that gets its limiter later.
 */
export function laterLimitHook(editor: Editor, model: ProjectModel, app: App, routes: readonly Route[], limit: string): LimitCode {
  const isLate = routes.some((route) => guardsOf(model, route).some(({ entry }) => entry.scope === app.scope && entry !== route.entry))
  return (name, plugin) => {
    const register = `${name}.register(${plugin}, { global: false, ${limit} })`
    if (!isLate) return `${register}\n${name}.after(() => {\n  ${name}.addHook('onRequest', ${name}.rateLimit())\n})`
    const { file } = app.scope.at
    const variable = editor.freeName(file, 'countRequest')
    const type = editor.isTypeScript(file) ? `: ReturnType<typeof ${name}.rateLimit>` : ''
    return `${register}
let ${variable}${type}
${name}.after(() => {
  ${variable} = ${name}.rateLimit()
})
// In front of the hooks that follow, so that requests which they refuse are counted too.
${name}.addHook('onRequest', (request, reply) => ${variable}.call(${name}, request, reply))`
  }
}

/** Guards that answer as early as a request can be counted. */
function guardsOf(model: ProjectModel, route: Route): readonly ChainLink[] {
  return protectsRoute(model, route, 'auth').links.flatMap(({ link }) => {
    const { entry, value } = link
    const hook = entry === route.entry ? entry.hooks?.[entry.handlers.indexOf(value)] : entry.hook
    return hook === 'onRequest' ? [link] : []
  })
}
