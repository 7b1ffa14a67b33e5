// Changes to Nest applications in the framework's own words: imports and providers of the root module, decorators of routes.
import { FixRefused, type Editor } from '../fix/fix.js'
import type { ObjectValue, Value } from '../link/value.js'
import { importPlugin } from './fastifyFix.js'
import { generalLimit, type LimitedRoute, type WantedLimit } from './limits/limiterCode.js'
import { oncePerRoutePlace, skipsThrottle, throttleRoute } from './limits/throttleDecorators.js'
import { THROTTLER } from './limits/limits.js'
import { throttlerForm, throttlerModule } from './limits/throttlerForm.js'
import type { App, ProjectModel, Route } from './model.js'
import { hasSecurityHeaders, isNestOnFastify } from './nestPlatform.js'
import { runsIn } from './operations/processes.js'
import { methodName, originOf } from './origins.js'
import { protectsRoute, routesOf } from './queries.js'
import { isProbesOnly } from './serving.js'
import { isTrue, property } from './values.js'
import { versionOf } from './versions.js'

const THROTTLER_VERSION = '^6.7.1'

/** Security headers for the whole application: Nest's own from 12.1 on, else helmet in the form of the platform. */
export function addNestHeaders(editor: Editor, model: ProjectModel, app: App): void {
  const name = editor.nameOf(app.scope)
  if (name === null) throw new FixRefused('the application has no name where it is made')
  const { file } = app.at
  if (hasSecurityHeaders(model, app)) return editor.insertAfter(app.scope.at, `${name}.useSecurityHeaders()`)
  if (isNestOnFastify(app)) {
    const isOld = (versionOf(model, file, '@nestjs/platform-fastify')?.major ?? 11) < 11
    const helmet = isOld
      ? editor.addImport(file, '@fastify/helmet', 'default', 'helmet')
      : importPlugin(editor, model, file, '@fastify/helmet', 'helmet')
    if (isOld) editor.addDependency(file, '@fastify/helmet', '^11.1.1')
    return editor.insertAfter(app.scope.at, `await ${name}.register(${helmet})`)
  }
  const helmet = editor.addImport(file, 'helmet', 'default', 'helmet')
  editor.insertAfter(app.scope.at, `${name}.use(${helmet}())`)
  editor.addDependency(file, 'helmet', '^8.3.0')
}

/** A header with everything that the application answers, on either platform. */
export function addNestHeader(editor: Editor, app: App, header: string, value: string): void {
  const name = editor.nameOf(app.scope)
  if (name === null) throw new FixRefused('the application has no name where it is made')
  const types = ['unknown', '{ setHeader(name: string, value: string): void }', '() => void']
  const [request, response, next] = types.map((type) => (editor.isTypeScript(app.at.file) ? `: ${type}` : ''))
  editor.insertAfter(
    app.scope.at,
    `${name}.use((_req${request}, res${response}, next${next}) => {\n  res.setHeader('${header}', '${value}')\n  next()\n})`,
  )
}

/** ThrottlerModule in the root module, and its guard for every route (domain fact C26). */
export function limitNestApp(editor: Editor, model: ProjectModel, app: App, wanted: WantedLimit): void {
  const module = rootModule(app)
  if (!hasThrottler(model, app)) addThrottler(editor, model, app, wanted)
  const { file } = module.at
  const guard = editor.addImport(file, THROTTLER, 'ThrottlerGuard', 'ThrottlerGuard')
  const token = editor.addImport(file, '@nestjs/core', 'APP_GUARD', 'APP_GUARD')
  addTo(editor, module, 'providers', `{ provide: ${token}, useClass: ${guard} }`)
  for (const { route } of oncePerRoutePlace(probesOf(model, app)))
    editor.replace(route.at, `${skipping(editor, model, app, route.at.file)}\n${editor.text(route.at)}`)
}

/** Probes that the guard would count: one that is refused gets the process restarted. */
function probesOf(model: ProjectModel, app: App): readonly LimitedRoute[] {
  const probes = routesOf(model, app).filter((route) => route.entry.scope.framework === 'nest' && isProbesOnly(model, [route]))
  return probes
    .filter((route) => !skipsThrottle(model, route, throttlerForm(model, app, route.at.file)))
    .map((route) => ({ route, wanted: generalLimit }))
}

function skipping(editor: Editor, model: ProjectModel, app: App, file: string): string {
  return skippingText(model, app, file, editor.addImport(file, THROTTLER, 'SkipThrottle', 'SkipThrottle'))
}

/** The decorator that keeps the guard from counting: `@SkipThrottle()`. */
export function skippingText(model: ProjectModel, app: App, file: string, name = 'SkipThrottle'): string {
  const form = throttlerForm(model, app, file)
  return form.isOld || form.name === 'default' ? `@${name}()` : `@${name}({ ${form.name}: true })`
}

/**
 * A limit of its own for each route. Where the application has no throttler yet, its guard comes to stand in front of every route: one on the route
 * would count each request twice as soon as another one stands there. Where it would stand in front of messages too, the routes get it alone.
 */
export function limitNestRoutes(editor: Editor, model: ProjectModel, app: App, routes: readonly LimitedRoute[]): void {
  const isMissing = !hasThrottler(model, app)
  const isNew = isMissing && !guardsMessages(model, app)
  if (isNew) limitNestApp(editor, model, app, generalLimit)
  else if (isMissing) addThrottler(editor, model, app, generalLimit)
  const hasGuard = isNew || hasThrottlerGuard(model, app)
  for (const limited of oncePerRoutePlace(routes)) {
    const { route } = limited
    const form = throttlerForm(model, app, route.at.file)
    const isCounted = isNew || (hasGuard && (skipsThrottle(model, route, form) || runsThrottler(model, route)))
    throttleRoute(editor, model, limited, form, () => (isCounted ? [] : [guarded(editor, route.at.file)]))
  }
}

function guarded(editor: Editor, file: string): string {
  const guard = editor.addImport(file, THROTTLER, 'ThrottlerGuard', 'ThrottlerGuard')
  const guards = editor.addImport(file, '@nestjs/common', 'UseGuards', 'UseGuards')
  return `@${guards}(${guard})`
}

function hasThrottlerGuard(model: ProjectModel, app: App): boolean {
  return routesOf(model, app).some((route) => runsThrottler(model, route))
}

/** Whether the guard of throttlers counts requests of a route. */
export function runsThrottler(model: ProjectModel, route: Route): boolean {
  return protectsRoute(model, route, 'rate-limit').links.some(({ effect }) => effect.package?.startsWith(THROTTLER))
}

/** The options of `@Module` on the root module. */
export function rootModule(app: App): ObjectValue {
  const value = app.scope.settings.find((setting) => setting.name === 'module')?.value
  if (value?.kind !== 'object') throw new FixRefused('the root module is not known')
  return value
}

function addThrottler(editor: Editor, model: ProjectModel, app: App, wanted: WantedLimit): void {
  const module = rootModule(app)
  const { file } = module.at
  const name = editor.addImport(file, THROTTLER, 'ThrottlerModule', 'ThrottlerModule')
  editor.addDependency(file, THROTTLER, THROTTLER_VERSION)
  addTo(editor, module, 'imports', throttlerModule(name, wanted, throttlerForm(model, app, file)))
}

/** In its own process: that of a neighbour is of no use to its guard. */
function hasThrottler(model: ProjectModel, app: App): boolean {
  return model.calls.some((call) => {
    const origin = originOf(call.callee)
    return origin?.package === THROTTLER && origin.path[0] === 'ThrottlerModule' && !call.isOff && runsIn(model, call, app)
  })
}

/** True where a guard under APP_GUARD also runs for fields of GraphQL, or messages of a microservice: these have no response to set headers on, so each would fail. */
export function guardsMessages(model: ProjectModel, app: App): boolean {
  return model.calls.some((call) => {
    const origin = originOf(call.callee)
    const isGraph = origin?.package === '@nestjs/graphql' && origin.path[0] === 'GraphQLModule'
    const inherits =
      methodName(call.callee) === 'connectMicroservice' && isTrue(property(call.args[1] ?? null, 'inheritAppConfig')) === 'yes'
    return (isGraph || inherits) && !call.isOff && runsIn(model, call, app)
  })
}

/** Adds a controller to the root module. */
export function addController(editor: Editor, module: ObjectValue, name: string): void {
  addTo(editor, module, 'controllers', name)
}

/** Adds an element to a list of the module. */
function addTo(editor: Editor, module: ObjectValue, key: string, code: string): void {
  const list: Value | undefined = module.properties.get(key)
  if (list === undefined) return editor.setProperty(module.at, key, `[${code}]`)
  if (list.kind !== 'array' || list.at.file !== module.at.file) throw new FixRefused(`the ${key} of the root module stand elsewhere`)
  editor.replace(list.at, withElement(editor.text(list.at), code))
}

/** The list with one element more: on a line of its own where the others have theirs. The editor indents what it is given, so the lines are given without. */
function withElement(list: string, code: string): string {
  const base = /\n([ \t]*)\]$/.exec(list)?.[1]
  const text = base === undefined ? list : list.replaceAll(`\n${base}`, '\n')
  const whole = text.slice(1, -1).trimEnd()
  const inner = whole.replace(/,$/, '')
  const comma = inner === whole ? '' : ','
  if (inner.trim() === '') return `[${code}]`
  if (base === undefined) return `[${inner}, ${code}]`
  const own = /^\s*\n([ \t]*)/.exec(inner)?.[1]
  return own === undefined ? `[${inner}, ${code}${comma}\n]` : `[${inner},\n${own}${code}${comma}\n]`
}
