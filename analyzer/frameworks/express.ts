// Express 4 and 5: applications, routers and what is registered on them, in order (domain facts K1–K18).
import { isListening, listen } from '../link/events.js'
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { defer } from '../link/promises.js'
import { addGap, recordCall } from '../link/records.js'
import type { CallRecord, ScopeValue, Value } from '../link/value.js'
import { literal, memberValue, resultValue, undefinedAt } from '../link/values.js'
import type { Scope } from '../model/model.js'
import { isPathLike, pathsOf } from './expressArguments.js'
import { mountDelegated } from './expressDelegation.js'
import { escape, scopesIn } from './expressEscapes.js'
import { memberOfScope } from './expressMembers.js'
import { methodsOf, VERBS } from './expressMethods.js'
import { register, registerApplied } from './expressRegistration.js'
import { makeScope, routeBuilders } from './expressScopes.js'
import { changeSetting, readSetting } from './expressSettings.js'
import { noteRegistrar, packageBehind } from './routeRegistrars.js'
import { Table } from '../link/table.js'

/** Packages whose export makes a router with Express's interface. */
const ROUTER_PACKAGES = new Set(['router', 'express-promise-router'])
const APP_PACKAGES = new Set(['express', 'express4', 'ultimate-express', '@feathersjs/express'])

/** The name of a member whose key is not known: `app[row.method](…)`. */
const COMPUTED = '*'

export const express: FrameworkModel = {
  knows: (name) => APP_PACKAGES.has(name) || ROUTER_PACKAGES.has(name),
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
  memberOf: memberOfScope,
  settle: mountDelegated,
  onOpaqueCall(machine, site, call) {
    if (!registerApplied(machine, site, call)) for (const scope of scopesIn(call)) escape(machine, site, scope, call)
    return null
  },
}

function callScope(machine: Machine, site: CallSite, value: ScopeValue, name: string, args: readonly Value[]): Value | null {
  const { scope } = value
  const builder = routeBuilders.get(scope)
  const note = (): CallRecord => recordCall(machine, site, { callee: memberValue(site.at, value, name), receiver: value, args })
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
      return { kind: 'scope', at: site.at, scope: inner, properties: new Table() }
    }
    case 'param':
      register(machine, site, scope, 'layer', [''], [], args.slice(1), site.argsAt.slice(1), note())
      return value
    case 'set':
    case 'enable':
    case 'disable': {
      note()
      const key = args[0]
      if (key?.kind !== 'literal') return value
      if (name === 'set' && args.length === 1) return readSetting(machine, site, scope, key) ?? undefinedAt(site.at)
      changeSetting(machine, site, scope, {
        name: String(key.value),
        value: name === 'set' ? (args[1] ?? undefinedAt(site.at)) : literal(site.at, name === 'enable'),
      })
      return value
    }
    case COMPUTED: {
      const call = note()
      // With a path in front it is a route, of whatever method; else it may be anything, a layer too. Of a path that is as unknown nothing is gained.
      const isRoute = args.length > 1 && isPathLike(args[0] as Value, args.length) && pathsOf(args[0]).every(isPartlyKnown)
      if (isRoute) register(machine, site, scope, 'route', pathsOf(args[0]), [], args.slice(1), site.argsAt.slice(1), call)
      addGap(machine, scope, { at: site.at, why: 'the method of this registration is computed', isBlind: !isRoute, package: null })
      return value
    }
    case 'configure': {
      const call = note()
      const [given] = args
      const origin = given === undefined ? null : packageBehind(given)
      if (origin !== null) noteRegistrar(machine, scope, site.at, origin)
      if (given?.kind !== 'function') return resultValue(site.at, call)
      machine.run.call(machine, { ...site, isAwaited: true }, given, value, [value])
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
      for (const fn of args.slice(1)) {
        if (fn.kind !== 'function') continue
        const run = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, fn, null, [])
        if (machine.phase === 'boot' && isListening(call)) listen(machine, site, call, fn, run)
        else defer(machine, run)
      }
      return resultValue(site.at, call)
    }
    default:
      return null
  }
}

function isPartlyKnown(path: string | null): boolean {
  return path !== null && !/^[/*]*\*$/.test(path)
}
