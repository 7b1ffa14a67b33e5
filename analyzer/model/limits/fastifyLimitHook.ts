// A limit of Fastify as a hook of the application: it counts what guards refuse, which a limit that stands on routes does not see.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { limitHookOf } from '../../link/hooks.js'
import { routeSetting } from '../../link/routeSettings.js'
import { comesAfter } from '../../text/location.js'
import type { App, ChainLink, Entry, ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import { property } from '../values.js'
import { receiverIn } from './fastifyOrder.js'
import { openDemands } from './limitDemand.js'

/**
 * True where hooks ask who sends a request before a limit on the route counts it, and a hook that counts takes the place of no stricter limit:
 * the first limit of one plugin is the only one that counts a request.
 */
export function wantsLimitHook(model: ProjectModel, app: App, routes: readonly Route[]): boolean {
  if (!routes.some((route) => guardsOf(model, route).length > 0)) return false
  return !hasOwnLimits(model, app) && !openDemands(model, app).some(({ demand }) => demand.isCredential)
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
    return `${register}\n${waitingHook(editor, app.scope.at.file, name)}`
  }
}

/** Makes a limit on routes a hook, which counts what the hooks behind it refuse: those of the same context must stand behind it in the text. */
export function putInFront(editor: Editor, model: ProjectModel, limit: Entry, checks: readonly ChainLink[]): void {
  const { call, scope } = limit
  if (call === null || limit.option !== 'rateLimit') throw new FixRefused('the limit stands on no plugin')
  if (model.apps.some((app) => hasOwnLimits(model, app))) throw new FixRefused('routes have limits of their own')
  if (checks.some(({ entry }) => entry.kind === 'layer' && entry.scope === scope && !comesAfter(entry.at, call.at)))
    throw new FixRefused('the check stands in front of it')
  const options = call.args[1] ?? null
  if (options !== null && limitHookOf(options) !== 'onRequest' && property(options, 'keyGenerator') !== null)
    throw new FixRefused('its key may be known only at its own hook')
  const name = receiverIn(editor, call)
  editor.setProperty(call.at, 'global', 'false', 1)
  const hook = call.isAwaited ? `${name}.addHook('onRequest', ${name}.rateLimit())` : waitingHook(editor, call.at.file, name)
  editor.insertAfter(call.at, hook)
}

/** A hook that is there before the plugin that makes its limiter has loaded. */
function waitingHook(editor: Editor, file: string, name: string): string {
  const variable = editor.freeName(file, 'countRequest')
  const type = editor.isTypeScript(file) ? `: ReturnType<typeof ${name}.rateLimit>` : ''
  return `let ${variable}${type}
${name}.after(() => {
  ${variable} = ${name}.rateLimit()
})
// In front of the hooks that follow, so that requests which they refuse are counted too.
${name}.addHook('onRequest', (request, reply) => ${variable}.call(${name}, request, reply))`
}

function hasOwnLimits(model: ProjectModel, app: App): boolean {
  return model.routes.some((route) => route.app.scope === app.scope && routeSetting(route.entry.options, 'rateLimit') !== undefined)
}

/** Guards that answer as early as a request can be counted. */
function guardsOf(model: ProjectModel, route: Route): readonly ChainLink[] {
  return protectsRoute(model, route, 'auth').links.flatMap(({ link }) => {
    const { entry, value } = link
    const hook = entry === route.entry ? entry.hooks?.[entry.handlers.indexOf(value)] : entry.hook
    return hook === 'onRequest' ? [link] : []
  })
}
