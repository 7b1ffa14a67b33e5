// Fastify 3 to 5: applications, contexts, hooks and routes (domain facts K19–K28).
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { defer } from '../link/promises.js'
import { versionAbove } from '../link/packageVersions.js'
import { recordCall } from '../link/records.js'
import type { CallRecord, ScopeValue, Value } from '../link/value.js'
import { literal, memberValue, resultValue, undefinedAt } from '../link/values.js'
import { callDecorator, keepDecorator } from './fastifyDecorators.js'
import { startPlugin } from './fastifyCliPlugin.js'
import { type Context, contextOf, decorate, makeRoot } from './fastifyContexts.js'
import { addLayer } from './fastifyEntries.js'
import { authHook, limitHook } from './fastifyLimitHooks.js'
import { addNotFound } from './fastifyNotFound.js'
import { flush, flushAll, isWaiting, putOff, register, shared, withOwnQueue } from './fastifyPlugins.js'
import { addRouteOf, shorthand } from './fastifyRegistration.js'
import { methodsOf, VERBS } from './expressMethods.js'
import { isPathLike, pathsOf } from './expressArguments.js'

const APP_PACKAGES = new Set(['fastify', 'fastify4'])

export const fastify: FrameworkModel = {
  callPackage(machine, site, callee, args) {
    const path = callee.path.filter((part) => part !== 'default').join('.')
    if (APP_PACKAGES.has(callee.package)) {
      if (path === 'done') return undefinedAt(site.at)
      if (path !== '' && path !== 'fastify') return null
      note(machine, site, callee, null, args)
      return makeRoot(machine, site.at, args[0])
    }
    if (callee.package === 'fastify-plugin' && (path === '' || path === 'fastifyPlugin')) return shared(machine, site, args)
    return limitHook(machine, site, callee, args) ?? authHook(machine, site, callee, args)
  },
  callScope(machine, site, scope, name, args) {
    return scope.scope.framework === 'fastify' ? callContext(machine, site, scope, name, args) : null
  },
  onOpaqueCall(machine, site, call) {
    const decorated = callDecorator(machine, site, call)
    if (decorated !== null) return decorated
    // `plugin[Symbol.for('skip-override')] = true` is what fastify-plugin does.
    const isSymbol = call.callee.kind === 'member' && call.callee.name === 'for' && call.callee.object.kind === 'global'
    const [key] = call.args
    return isSymbol && key?.kind === 'literal' && key.value === 'skip-override' ? literal(site.at, `Symbol(${key.value})`) : null
  },
  awaitScope(_machine, value) {
    if (value.scope.framework === 'fastify') flush(contextOf(value))
  },
  settle: flushAll,
  startFile: startPlugin,
}

function callContext(machine: Machine, site: CallSite, value: ScopeValue, name: string, args: readonly Value[]): Value | null {
  const context = contextOf(value)
  const call = (): CallRecord => note(machine, site, memberValue(site.at, value, name), value, args)
  if (name !== 'bind' && name !== 'source' && (VERBS.has(name) || name === 'query')) {
    const made = call()
    inTurn(machine, site, context, () => shorthand(machine, site, context, methodsOf(name), args, made))
    return value
  }
  if (
    /^(?:set\w+|withTypeProvider|addSchema|addContentTypeParser|removeContentTypeParser|removeAllContentTypeParsers|addHttpMethod)$/.test(
      name,
    )
  ) {
    const made = call()
    const [first] = args
    if (name === 'setNotFoundHandler') addNotFound(machine, site, context, args, made)
    else if (name === 'setErrorHandler' && first !== undefined)
      addLayer(machine, site, context, 'errorHandler', [{ value: first, at: site.argsAt[0] ?? site.at }], made)
    return value
  }
  switch (name) {
    case 'register':
      register(machine, site, value, args, call())
      return value
    case 'route': {
      const made = call()
      inTurn(machine, site, context, () => addRouteOf(machine, site, context, args, made))
      return value
    }
    case 'addHook':
      addHook(machine, site, context, args, call())
      return value
    case 'use':
      addMiddleware(machine, site, context, args, call())
      return value
    case 'decorate':
    case 'decorateRequest':
    case 'decorateReply':
      call()
      if (name !== 'decorate') keepDecorator(machine, args)
      if (name === 'decorate' && args[0]?.kind === 'literal')
        decorate(machine, context, String(args[0].value), args[1] ?? undefinedAt(site.at))
      return value
    case 'after':
    case 'ready':
    case 'listen':
    case 'inject':
    case 'close':
      return start(machine, site, value, context, name, args, call())
    case 'getDecorator':
      return args[0]?.kind === 'literal' ? machine.run.getMember(machine, site, value, String(args[0].value)) : null
    case 'hasDecorator':
      return args[0]?.kind === 'literal' && value.properties.has(String(args[0].value)) ? literal(site.at, true) : null
    default:
      return null
  }
}

/** Before version 4, a route is added behind the plugins that were registered in front of it, awaited or not, so that they see it. */
function inTurn(machine: Machine, site: CallSite, context: Context, add: () => void): void {
  const isOld = (versionAbove(machine.world.packages, site.at.file, 'fastify')?.major ?? 4) < 4
  if (isOld) inOrder(machine, context, add)
  else add()
}

function note(machine: Machine, site: CallSite, callee: Value, receiver: Value | null, args: readonly Value[]): CallRecord {
  return recordCall(machine, site, { callee, receiver, args })
}

/** Hooks of requests stand on the context; those of the application run at their time. */
function addHook(machine: Machine, site: CallSite, context: Context, [name, ...handlers]: readonly Value[], call: CallRecord): void {
  const hook = name?.kind === 'literal' ? String(name.value) : ''
  const [handler] = handlers
  if (handler === undefined) return
  if (hook === 'onRoute') context.onRoute.push(handler)
  else if (hook === 'onRegister') context.onRegister.push(handler)
  else if (hook === 'onReady' || hook === 'onListen' || hook === 'onClose' || hook === 'preClose') runLater(machine, site, context, handler)
  else inOrder(machine, context, () => addLayer(machine, site, context, hook, [{ value: handler, at: site.argsAt[1] ?? site.at }], call))
}

/** Hooks of requests are added behind the plugins that were registered in front of them, with all their hooks (Fastify 3 to 5: `addHook` waits with `after`). */
function inOrder(machine: Machine, context: Context, add: () => void): void {
  if (isWaiting(machine, context)) putOff(machine, context, add)
  else add()
}

/** `use` of @fastify/middie and @fastify/express: middleware for all routes of the context under a path (domain fact K28). */
function addMiddleware(machine: Machine, site: CallSite, context: Context, args: readonly Value[], call: CallRecord): void {
  const hasPath = args.length > 1 && isPathLike(args[0] as Value, args.length)
  const handlers = (hasPath ? args.slice(1) : args).flatMap((value, index) =>
    (value.kind === 'array' ? value.elements : [value]).map((one) => ({
      value: one,
      at: site.argsAt[index + (hasPath ? 1 : 0)] ?? site.at,
    })),
  )
  for (const path of hasPath ? pathsOf(args[0]) : ['']) addLayer(machine, site, context, 'use', handlers, call, { path })
}

/** `after`, `ready`, `listen`, `inject` load what waits; callbacks run when that is done. */
function start(
  machine: Machine,
  site: CallSite,
  value: ScopeValue,
  context: Context,
  name: string,
  args: readonly Value[],
  call: CallRecord,
): Value {
  const callback = args.findLast((arg) => arg.kind === 'function')
  if (callback !== undefined) {
    const run = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, callback, value, [])
    if (name === 'after') putOff(machine, context, () => withOwnQueue(context, run))
    else if (name !== 'close') runLater(machine, site, context, callback)
  }
  if (name === 'after') {
    if (site.isAwaited) flush(context)
    return value
  }
  if (name === 'close' || machine.phase !== 'boot') return resultValue(site.at, call)
  if (site.isAwaited) flush(context)
  else defer(machine, () => void flush(context))
  return resultValue(site.at, call)
}

/** Runs a callback behind everything that waits now. */
function runLater(machine: Machine, site: CallSite, context: Context, callback: Value): void {
  if (machine.phase !== 'boot') return
  defer(machine, () => {
    flush(context)
    machine.phase = 'callback'
    machine.run.call(machine, { ...site, isAwaited: true }, callback, context.value, [])
  })
}
