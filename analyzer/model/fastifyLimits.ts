// Limits of Fastify applications and of single routes, as @fastify/rate-limit has them (domain facts C19–C22): the code that fixes write.
import { FixRefused, type Editor } from '../fix/fix.js'
import { sameLocation } from '../text/location.js'
import { afterApplication, hasName, importPlugin, mayAwait, registerFirst } from './fastifyFix.js'
import { scopesAround } from './fastifyErrors.js'
import { answersUnknown, limitedAnswer } from './fastifyUnknownFix.js'
import type { WantedLimit } from './limiterCode.js'
import type { App, ProjectModel, Route } from './model.js'

const PLUGIN = '@fastify/rate-limit'

/**
 * Registers a limit for all routes, and for paths that no route fits. The plugin sees only routes that come after it has loaded, so it is awaited;
 * where nothing can await, the same limit is a hook, which counts for routes wherever they stand and for unknown paths too.
 */
export function limitFastifyApp(editor: Editor, model: ProjectModel, app: App, routes: readonly Route[], wanted: WantedLimit): void {
  const plugin = importPlugin(editor, model, app.scope.at.file, PLUGIN, 'rateLimit')
  const limit = limitText(wanted)
  const isAwaited = mayAwait(model, app)
  if (isAwaited && !answersUnknown(app) && hasName(editor, app))
    return afterApplication(editor, app, (name) => `await ${name}.register(${plugin}, { ${limit} })\n${limitedAnswer(name)}`)
  if (isAwaited || routes.every((route) => route.mounts.length > 0)) return registerFirst(editor, app, `${plugin}, { ${limit} }`)
  afterApplication(
    editor,
    app,
    (name) => `${name}.register(${plugin}, { global: false, ${limit} })
${name}.after(() => {
  ${name}.addHook('onRequest', ${name}.rateLimit())
})`,
  )
}

export interface FastifyLimitedRoute {
  readonly route: Route
  readonly wanted: WantedLimit
}

/** Gives routes a limit of their own in their options, and registers the plugin where they have none. */
export function limitFastifyRoutes(editor: Editor, model: ProjectModel, app: App, routes: readonly FastifyLimitedRoute[]): void {
  const open = routes.filter(({ route }) => !hasPlugin(model, route))
  if (open.length > 0) {
    if (!mayAwait(model, app) && open.some(({ route }) => route.mounts.length === 0))
      throw new FixRefused('the plugin would load after these routes')
    const plugin = importPlugin(editor, model, app.scope.at.file, PLUGIN, 'rateLimit')
    registerFirst(editor, app, `${plugin}, { global: false }`)
  }
  for (const { route, wanted } of routes) setLimit(editor, route, `{ ${limitText(wanted)} }`)
}

/** True where the plugin has loaded on the context of a route before the route is registered. */
function hasPlugin(model: ProjectModel, route: Route): boolean {
  const scopes = scopesAround(route)
  return model.calls.some(
    ({ callee, receiver, order, isOff }) =>
      callee.kind === 'package' &&
      callee.package === PLUGIN &&
      receiver?.kind === 'scope' &&
      !isOff &&
      scopes.includes(receiver.scope) &&
      order < route.entry.order,
  )
}

function setLimit(editor: Editor, { entry }: Route, limit: string): void {
  const { call, options } = entry
  if (call === null) throw new FixRefused('not known where the route is registered')
  const config = options?.kind === 'object' ? options.properties.get('config') : undefined
  if (config?.kind === 'object') return editor.setProperty(config.at, 'rateLimit', limit)
  const index = call.callee.kind === 'member' && call.callee.name === 'route' ? 0 : 1
  const given = call.args[index]
  const isWritten = given?.kind === 'object' && sameLocation(given.at, call.argsAt[index] ?? call.at)
  if (isWritten) editor.setProperty(call.at, 'config', `{ rateLimit: ${limit} }`, index)
  else if (index === 1 && call.args.length === 2) editor.insertArgument(call.at, 1, `{ config: { rateLimit: ${limit} } }`)
  else throw new FixRefused('the options stand elsewhere')
}

function limitText({ limit, minutes }: WantedLimit): string {
  return `max: ${limit}, timeWindow: '${minutes === 60 ? '1 hour' : `${minutes} minutes`}'`
}
