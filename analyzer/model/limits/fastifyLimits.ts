// Limits of Fastify applications and of single routes, as @fastify/rate-limit has them (domain facts C19–C22): the code that fixes write.
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { routeSetting } from '../../link/routeSettings.js'
import { comesAfter, inSameFunction, sameLocation, type Location } from '../../text/location.js'
import { afterApplication, hasName, importPlugin, mayAwait, mayAwaitAt, registerFirst } from '../fastifyFix.js'
import { askedByProbe, countedProbes } from './countedProbes.js'
import { awaitedLimitHook, laterLimitHook, wantsLimitHook } from './fastifyLimitHook.js'
import { commonPlugin, lateForAll, LIMIT_PLUGIN, pluginCalls } from './fastifyLimitPlugins.js'
import { putBehindPlugins } from './fastifyOrder.js'
import { answersUnknown, limitedAnswer } from './fastifyUnknownFix.js'
import type { LimitedRoute, WantedLimit } from './limiterCode.js'
import type { App, ProjectModel, Route } from '../model.js'
import { property } from '../values.js'

/**
 * Registers a limit for all routes, and for paths that no route fits. The plugin sees only routes that come after it has loaded, so it is awaited;
 * where nothing can await, the same limit is a hook, which counts for routes wherever they stand and for unknown paths too. Such a hook would take
 * the place of limits that routes have of their own: beside these the routes come behind the plugin.
 */
export function limitFastifyApp(editor: Editor, model: ProjectModel, app: App, routes: readonly Route[], wanted: WantedLimit): void {
  const probes = countedProbes(model, app)
  const allowed = allowedText(probes)
  const limit = allowed === null ? limitText(wanted) : `${limitText(wanted)}, allowList: ${allowed}`
  const isAwaited = mayAwait(model, app)
  const early = isAwaited ? [] : routes.filter((route) => route.mounts.length === 0)
  const known = early.flatMap((route) => pluginCalls(model, route))[0]
  if (known !== undefined) return limitByPlugin(editor, known, early, wanted, probes)
  const loaded = routes.length === 0 ? undefined : commonPlugin(model, routes)
  if (loaded !== undefined) return limitAll(editor, loaded, wanted, probes)
  const late = routes.length === 0 ? undefined : lateForAll(model, routes)
  if (late !== undefined) {
    editor.wrap(late.at, 'await ', '')
    return limitAll(editor, late, wanted, probes)
  }
  const plugin = importPlugin(editor, model, app.scope.at.file, LIMIT_PLUGIN, 'rateLimit')
  const isHook = wantsLimitHook(model, app, routes)
  if (isHook && isAwaited && hasName(editor, app)) return afterApplication(editor, app, (name) => awaitedLimitHook(limit)(name, plugin))
  if (isAwaited && !answersUnknown(app) && hasName(editor, app))
    return afterApplication(editor, app, (name) => `await ${name}.register(${plugin}, { ${limit} })\n${limitedAnswer(name)}`)
  if (early.length === 0 && !(isHook && hasName(editor, app))) return registerFirst(editor, app, `${plugin}, { ${limit} }`)
  const code = laterLimitHook(editor, model, app, routes, limit)
  afterApplication(editor, app, (name) => code(name, plugin))
}

/** Lets a plugin that limits single routes limit all of them. */
function limitByPlugin(editor: Editor, call: CallRecord, routes: readonly Route[], wanted: WantedLimit, probes: readonly Route[]): void {
  putBehindPlugins(editor, behind(call, routes))
  limitAll(editor, call, wanted, probes)
}

/** What the registration says of its numbers and of whom it spares stays. */
function limitAll(editor: Editor, { at, args, order }: CallRecord, { limit, minutes }: WantedLimit, probes: readonly Route[]): void {
  const options = args[0] ?? null
  const allowed = allowedText(probes.filter(({ entry }) => entry.order > order))
  editor.setProperty(at, 'global', 'true', 1)
  if (property(options, 'max') === null) {
    editor.setProperty(at, 'max', String(limit), 1)
    editor.setProperty(at, 'timeWindow', windowText(minutes), 1)
  }
  if (allowed !== null && property(options, 'allowList') === null) editor.setProperty(at, 'allowList', allowed, 1)
}

/** Gives routes a limit of their own in their options, and registers the plugin where they have none. */
export function limitFastifyRoutes(editor: Editor, model: ProjectModel, app: App, routes: readonly LimitedRoute[]): void {
  const open = routes.map(({ route }) => route).filter((route) => !pluginCalls(model, route).some(({ order }) => order < route.entry.order))
  if (routes.some(({ route }) => isCountedByHook(route))) throw new FixRefused('a hook of the application counts first')
  const late = open.filter((route) => pluginCalls(model, route).length > 0)
  const bare = open.filter((route) => !late.includes(route))
  if (late.length > 0) loadBefore(editor, model, late)
  if (bare.length > 0) registerForSome(editor, model, app, bare)
  for (const { route, wanted } of routes) setLimit(editor, model, route, `{ ${limitText(wanted)} }`)
}

/** Loads the plugin in front of a route that has a limit in its options; null where neither of them can be moved. */
export function readLimit(model: ProjectModel, route: Route): ((editor: Editor) => void) | null {
  const [call] = pluginCalls(model, route)
  if (call === undefined) return (editor) => registerForSome(editor, model, route.app, [route])
  const place = placeBeside(route, call)
  if (place === null) return null
  const isAwaitable = mayAwaitAt(model, call.at)
  if (comesAfter(place, call.at))
    return isAwaitable || sameLocation(place, route.entry.call?.at ?? route.at) ? (editor) => loadBefore(editor, model, [route]) : null
  const to = firstLimited(model, call)
  return isAwaitable && to !== null ? (editor) => editor.moveBefore(call.at, to, call.isAwaited ? '' : 'await ') : null
}

/** Where the function that registers the plugin registers the route, or a plugin around it. */
function placeBeside({ entry, mounts }: Route, { at }: CallRecord): Location | null {
  return [entry, ...mounts].map((one) => one.call?.at ?? one.at).find((one) => inSameFunction(one, at)) ?? null
}

/** The first registration of such a route in front of the plugin: all of them ask for one place. */
function firstLimited(model: ProjectModel, call: CallRecord): Location | null {
  const places = model.routes
    .filter((route) => routeSetting(route.entry.options, 'rateLimit') !== undefined && pluginCalls(model, route)[0] === call)
    .flatMap((route) => placeBeside(route, call) ?? [])
  return places.reduce<Location | null>((first, at) => (first === null || comesAfter(first, at) ? at : first), null)
}

/** Awaits the plugins that stand in front of routes, or puts the routes behind them. */
function loadBefore(editor: Editor, model: ProjectModel, routes: readonly Route[]): void {
  const calls = new Map<CallRecord, Route[]>()
  for (const route of routes) {
    const call = pluginCalls(model, route)[0]
    if (call !== undefined) calls.set(call, [...(calls.get(call) ?? []), route])
  }
  for (const [call, those] of calls) {
    const after = behind(call, those)
    if (mayAwaitAt(model, call.at)) editor.wrap(call.at, 'await ', '')
    else putBehindPlugins(editor, after)
  }
}

/** The routes, where all of them stand behind the registration in its own function. */
function behind({ at }: CallRecord, routes: readonly Route[]): readonly Route[] {
  for (const { entry } of routes) {
    const place = entry.call?.at ?? entry.at
    if (!comesAfter(place, at)) throw new FixRefused('the plugin stands elsewhere')
  }
  return routes
}

/** A limit that the project hooks in front of every route counts, and those behind it do not. */
function isCountedByHook({ chain }: Route): boolean {
  return chain.some(
    ({ value, entry }) =>
      entry.kind === 'layer' &&
      entry.hook === 'onRequest' &&
      value.kind === 'result' &&
      value.call.callee.kind === 'package' &&
      value.call.callee.package === LIMIT_PLUGIN &&
      value.call.callee.path.join('.') === 'rateLimit',
  )
}

/** The plugin without a limit for all. Routes within plugins come later by themselves; others are put behind it where nothing can be awaited. */
function registerForSome(editor: Editor, model: ProjectModel, app: App, routes: readonly Route[]): void {
  if (!mayAwait(model, app))
    putBehindPlugins(
      editor,
      routes.filter((route) => route.mounts.length === 0),
    )
  const plugin = importPlugin(editor, model, app.scope.at.file, LIMIT_PLUGIN, 'rateLimit')
  registerFirst(editor, app, `${plugin}, { global: false }`)
}

function setLimit(editor: Editor, model: ProjectModel, { entry }: Route, limit: string): void {
  const { call, options } = entry
  if (call === null) throw new FixRefused('not known where the route is registered')
  const config = options?.kind === 'object' ? options.properties.get('config') : undefined
  if (config?.kind === 'object') return editor.setProperty(config.at, 'rateLimit', limit)
  const index = call.callee.kind === 'member' && call.callee.name === 'route' ? 0 : 1
  const given = call.args[index]
  const isWritten = given?.kind === 'object' && sameLocation(given.at, call.argsAt[index] ?? call.at)
  if (isWritten) editor.setProperty(call.at, 'config', `{ rateLimit: ${limit} }`, index)
  else if (index === 1 && call.args.length === 2) editor.insertArgument(call.at, 1, `{ config: { rateLimit: ${limit} } }`)
  // `routes.forEach((one) => app.route(one))`: each object is one route.
  else if (
    options?.kind === 'object' &&
    options.role === 'plain' &&
    model.routes.every((one) => one.entry === entry || one.entry.options !== options)
  )
    editor.setProperty(options.at, 'config', `{ rateLimit: ${limit} }`)
  else throw new FixRefused('the options stand elsewhere')
}

/** Spares probes; null where there are none. */
function allowedText(probes: readonly Route[]): string | null {
  const asked = askedByProbe(probes, 'request.url')
  return asked === null ? null : `(request) => ${asked}`
}

function limitText({ limit, minutes }: WantedLimit): string {
  return `max: ${limit}, timeWindow: ${windowText(minutes)}`
}

function windowText(minutes: number): string {
  return minutes === 60 ? "'1 hour'" : `'${minutes} minutes'`
}
