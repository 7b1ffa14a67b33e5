// Express 4 and 5: applications, routers and what is registered on them, in order (domain facts K1–K18).
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { addGap, record, snapshot } from '../link/records.js'
import { onUndo } from '../link/heapLog.js'
import { defer } from '../link/promises.js'
import type { CallRecord, Guard, ScopeValue, Value } from '../link/value.js'
import { literal, memberValue, resultValue, undefinedAt } from '../link/values.js'
import type { Entry, Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import { effectOf } from './knownPackages.js'
import { flattenHandlers, isPathLike, pathsOf } from './expressArguments.js'

export const VERBS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'all',
  'del',
  'copy',
  'lock',
  'mkcol',
  'move',
  'purge',
  'propfind',
  'proppatch',
  'report',
  'search',
  'subscribe',
  'trace',
  'unlock',
  'link',
  'unlink',
  'connect',
  'checkout',
  'merge',
  'notify',
  'source',
  'bind',
  'rebind',
  'unbind',
  'acl',
])

/** Packages whose export makes a router with Express's interface. */
const ROUTER_PACKAGES = new Set(['router', 'express-promise-router'])
const APP_PACKAGES = new Set(['express', 'express4', 'ultimate-express', '@feathersjs/express'])

export const express: FrameworkModel = {
  callPackage(machine, site, callee, args, mode) {
    const path = callee.path.filter((part) => part !== 'default').join('.')
    if (APP_PACKAGES.has(callee.package)) {
      if (path === '' && mode === 'call') return makeScope(machine, site, 'app', callee, args)
      if (path === 'Router') return makeScope(machine, site, 'router', callee, args)
      return null
    }
    if (ROUTER_PACKAGES.has(callee.package) && (path === '' || path === 'Router')) return makeScope(machine, site, 'router', callee, args)
    return null
  },
  callScope(machine, site, scope, name, args) {
    return scope.scope.framework === 'express' ? callScope(machine, site, scope, name, args) : null
  },
  onOpaqueCall(machine, site, call) {
    for (const scope of scopesIn(call)) escape(machine, site, scope, call)
    return null
  },
}

interface RouteBuilder {
  readonly parent: Scope
  readonly paths: readonly (string | null)[]
}
const routeBuilders = new WeakMap<Scope, RouteBuilder>()

/** A new application or router. Its identity is the place that makes it. */
export function makeScope(machine: Machine, site: CallSite, kind: Scope['kind'], callee: Value, args: readonly Value[]): ScopeValue {
  record(machine, site.frame, {
    at: site.at,
    callee,
    receiver: null,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
  const scope: Scope = {
    id: machine.scopes.length,
    kind,
    framework: 'express',
    at: site.at,
    name: kind,
    entries: [],
    settings: [],
    gaps: [],
    mounts: [],
  }
  machine.scopes.push(scope)
  onUndo(machine, () => void machine.scopes.splice(machine.scopes.indexOf(scope), 1))
  return { kind: 'scope', at: site.at, scope, properties: new Map() }
}

function callScope(machine: Machine, site: CallSite, value: ScopeValue, name: string, args: readonly Value[]): Value | null {
  const { scope } = value
  const builder = routeBuilders.get(scope)
  const note = (): CallRecord =>
    record(machine, site.frame, {
      at: site.at,
      callee: memberValue(site.at, value, name),
      receiver: value,
      args,
      argsAt: site.argsAt,
      isNew: false,
      isWrite: false,
      isAwaited: site.isAwaited,
    })
  if (VERBS.has(name)) {
    const call = note()
    if (builder !== undefined) {
      register(machine, site, builder.parent, 'route', builder.paths, methodsOf(name), args, site.argsAt, call)
      return value
    }
    if (name === 'get' && args.length === 1) return readSetting(machine, site, scope, args[0] as Value) ?? resultValue(site.at, call)
    register(machine, site, scope, 'route', pathsOf(args[0]), methodsOf(name), args.slice(1), site.argsAt.slice(1), call)
    return value
  }
  switch (name) {
    case 'use': {
      const call = note()
      const hasPath = args.length > 0 && isPathLike(args[0] as Value, args.length)
      register(
        machine,
        site,
        scope,
        'layer',
        hasPath ? pathsOf(args[0]) : [''],
        [],
        hasPath ? args.slice(1) : args,
        hasPath ? site.argsAt.slice(1) : site.argsAt,
        call,
      )
      return value
    }
    case 'route': {
      note()
      const inner: Scope = {
        id: -1,
        kind: 'route',
        framework: 'express',
        at: site.at,
        name: 'route',
        entries: [],
        settings: [],
        gaps: [],
        mounts: [],
      }
      routeBuilders.set(inner, { parent: scope, paths: pathsOf(args[0]) })
      return { kind: 'scope', at: site.at, scope: inner, properties: new Map() }
    }
    case 'param':
      register(machine, site, scope, 'layer', [''], [], args.slice(1), site.argsAt.slice(1), note())
      return value
    case 'set':
    case 'enable':
    case 'disable': {
      note()
      const key = args[0]
      if (key?.kind === 'literal') {
        if (name === 'set' && args.length === 1) return readSetting(machine, site, scope, key) ?? undefinedAt(site.at)
        const setting = {
          name: String(key.value),
          value: name === 'set' ? (args[1] ?? undefinedAt(site.at)) : literal(site.at, name === 'enable'),
          at: site.at,
          guards: snapshot(machine.guards, 'guards', machine),
        }
        scope.settings.push(setting)
        onUndo(machine, () => void scope.settings.splice(scope.settings.indexOf(setting), 1))
      }
      return value
    }
    case 'enabled':
    case 'disabled':
    case 'engine':
    case 'listen':
    case 'render':
    case 'handle':
    case 'path':
    case 'address':
    case 'close':
    case 'on':
    case 'once': {
      const call = note()
      if (name === 'engine') return value
      for (const [index, arg] of args.entries()) if (arg.kind === 'function' && index > 0) runLater(machine, site, arg)
      return resultValue(site.at, call)
    }
    default:
      return null
  }
}

/** Listen callbacks and event listeners of the application run after the boot. */
function runLater(machine: Machine, site: CallSite, fn: Value): void {
  if (fn.kind !== 'function') return
  defer(machine, () => void machine.run.call(machine, { ...site, isAwaited: true }, fn, null, []))
}

function methodsOf(name: string): readonly string[] {
  return name === 'all' ? [] : [(name === 'del' ? 'delete' : name).toUpperCase()]
}

function readSetting(machine: Machine, site: CallSite, scope: Scope, key: Value): Value | null {
  if (key.kind !== 'literal') return null
  const own = scope.settings.findLast((setting) => setting.name === key.value && setting.guards.length === 0)
  if (own !== undefined) return own.value
  if (key.value !== 'env') return null
  const environment = literal(site.at, machine.world.settings.environment['NODE_ENV'] ?? 'development')
  machine.assumed.add(environment)
  return environment
}

/** Adds the layers, mounts and handlers of one call, in order, to the scope. */
function register(
  machine: Machine,
  site: CallSite,
  scope: Scope,
  kind: 'layer' | 'route',
  paths: readonly (string | null)[],
  methods: readonly string[],
  args: readonly Value[],
  argsAt: readonly Location[],
  call: CallRecord,
): void {
  for (const path of paths) {
    let pending: { value: Value; at: Location }[] = []
    const flush = (): void => {
      if (pending.length === 0) return
      add(machine, scope, {
        kind,
        at: site.at,
        scope,
        order: machine.order++,
        path,
        methods,
        handlers: pending.map((one) => one.value),
        handlersAt: pending.map((one) => one.at),
        mounted: null,
        guards: snapshot(machine.guards, 'guards', machine),
        isOff: machine.offDepth > 0,
        call,
        stack: snapshot(machine.stack, 'stack', machine),
      })
      pending = []
    }
    for (const handler of flattenHandlers(args, argsAt)) {
      if (handler.value.kind !== 'scope' || handler.value.scope.kind === 'route') {
        pending.push(handler)
        continue
      }
      flush()
      const guards: readonly Guard[] =
        handler.guard === null ? snapshot(machine.guards, 'guards', machine) : [...machine.guards, handler.guard]
      const mounted = handler.value.scope
      const entry: Entry = {
        kind: 'mount',
        at: site.at,
        scope,
        order: machine.order++,
        path,
        methods,
        handlers: [],
        handlersAt: [handler.at],
        mounted,
        guards,
        isOff: machine.offDepth > 0,
        call,
        stack: snapshot(machine.stack, 'stack', machine),
      }
      add(machine, scope, entry)
      mounted.mounts.push(entry)
      onUndo(machine, () => void mounted.mounts.splice(mounted.mounts.indexOf(entry), 1))
    }
    flush()
  }
}

function add(machine: Machine, scope: Scope, entry: Entry): void {
  scope.entries.push(entry)
  onUndo(machine, () => void scope.entries.splice(scope.entries.indexOf(entry), 1))
}

function scopesIn(call: CallRecord): readonly ScopeValue[] {
  const found: ScopeValue[] = []
  for (const arg of call.args) {
    if (arg.kind === 'scope') found.push(arg)
    if (arg.kind === 'object' && arg.role === 'plain') for (const one of arg.properties.values()) if (one.kind === 'scope') found.push(one)
  }
  return found
}

/** Servers, serverless adapters and packages in the registry do nothing to an application that would hide something. */
const HARMLESS =
  /^(?:https?|http2|net|spdy|util|events|serverless-http|@vendia\/serverless-express|aws-serverless-express|@codegenie\/serverless-express|supertest|console|stoppable|http-terminator|http-graceful-shutdown|@godaddy\/terminus|lightship|close-with-grace)$/

/** Globals of the runtime itself. Any other, and `require` of a path that is not known, may register something. */
const RUNTIME =
  /^(?:console|Promise|Object|Array|Reflect|process|JSON|Map|Set|WeakMap|WeakSet|WeakRef|Symbol|Proxy|String|Number|Boolean|Math|Error|Function|Date|RegExp|Buffer|setTimeout|setInterval|setImmediate|queueMicrotask|structuredClone|globalThis|global|module|exports)$/

function escape(machine: Machine, site: CallSite, value: ScopeValue, call: CallRecord): void {
  let root: Value = call.callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  if (root.kind === 'scope' || (root.kind === 'global' && RUNTIME.test(root.name))) return
  if (root.kind === 'package') {
    if (HARMLESS.test(root.package) || effectOf(root.package, root.path) !== null) return
    addGap(machine, value.scope, { at: site.at, why: `${root.package} receives the application`, isBlind: false, package: root.package })
    return
  }
  addGap(machine, value.scope, {
    at: site.at,
    why: 'the application is passed to code that could not be resolved',
    isBlind: true,
    package: null,
  })
}
