// Options of a Fastify route: hooks in the order of a request, the schema, and what plugins read of the route's own settings.
import type { Machine, CallSite } from '../link/machine.js'
import { functionsBehind } from '../link/handlers.js'
import type { Version } from '../link/packageVersions.js'
import { record } from '../link/records.js'
import { symbolicParameter } from '../link/roles.js'
import { serveWith } from '../link/serving.js'
import type { CallRecord, ObjectValue, Value } from '../link/value.js'
import { objectValue, packageValue, resultValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { flattenHandlers } from './expressArguments.js'
import type { Context } from './fastifyContexts.js'
import { LIFECYCLE, limitHookOf } from '../link/hooks.js'
import { type RouteOption, routeSetting } from '../link/routeSettings.js'

/** Something that runs for a route: a hook, its error handler, or the handler itself (`hook` is null). */
export interface RouteHandler {
  readonly value: Value
  readonly at: Location
  readonly hook: string | null
}

/** Plugins that read an option of routes that come after them (domain facts A18, B15, C22). */
const ROUTE_OPTIONS: Readonly<Record<string, RouteOption>> = {
  '@fastify/rate-limit': 'rateLimit',
  'fastify-rate-limit': 'rateLimit',
  '@fastify/helmet': 'helmet',
  'fastify-helmet': 'helmet',
  '@fastify/cors': 'cors',
  'fastify-cors': 'cors',
}

/** Which option of routes a plugin of this version reads; null for none. Nothing known of the version stands for a new one. */
export function routeOptionOf(packageName: string, version: Version | null): RouteOption | null {
  return isEarlyHelmet(packageName, version) ? null : (ROUTE_OPTIONS[packageName] ?? null)
}

/** Up to version 6, fastify-helmet reads nothing of routes, puts nothing on replies, and knows no `global`. */
export function isEarlyHelmet(packageName: string, version: Version | null): boolean {
  return packageName === 'fastify-helmet' && version !== null && version.major < 7
}

/** Everything that runs for the route, in order; the handler stands last. */
export function handlersOf(
  machine: Machine,
  site: CallSite,
  context: Context,
  options: Value,
  handler: { readonly value: Value; readonly at: Location } | null,
): readonly RouteHandler[] {
  if (options.kind !== 'object')
    return [{ value: options, at: options.at, hook: 'preHandler' }, ...(handler === null ? [] : [{ ...handler, hook: null }])]
  const found: RouteHandler[] = []
  const settings = ownSettings(machine, site, context, options)
  const own = options.properties.get('errorHandler')
  if (own !== undefined) found.push({ value: own, at: options.writtenAt.get('errorHandler') ?? own.at, hook: 'errorHandler' })
  for (const hook of LIFECYCLE) {
    if (hook === 'preHandler') found.push(...validation(machine, site, options))
    const value = options.properties.get(hook)
    const at = options.writtenAt.get(hook) ?? value?.at
    if (value !== undefined && at !== undefined)
      found.push(...flattenHandlers([value], [at]).map((one) => ({ value: one.value, at: one.at, hook })))
    // Plugins add their hooks to those of the route.
    found.push(...settings.filter((one) => one.hook === hook))
  }
  const written = options.properties.get('handler')
  const last = handler ?? (written === undefined ? null : { value: written, at: options.writtenAt.get('handler') ?? written.at })
  if (isOn(options.properties.get('websocket'))) serveSockets(last?.value)
  serveSockets(options.properties.get('wsHandler'))
  return last === null ? found : [...found, { ...last, hook: null }]
}

/** @fastify/websocket hands the connection and the request that opened it, and nobody sends what comes back (README: Usage). */
function serveSockets(handler: Value | undefined): void {
  for (const fn of handler === undefined ? [] : functionsBehind(handler))
    serveWith(fn, {
      parameters: (_machine, _site, run) => [symbolicParameter(run, 0, 'socket'), symbolicParameter(run, 1, 'request')],
      finish: () => undefined,
    })
}

function isOn(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === true
}

/** Plugins that the route configures for itself: their options with those of the route on top. */
export function ownSettings(machine: Machine, site: CallSite, context: Context, options: ObjectValue): readonly RouteHandler[] {
  const found: RouteHandler[] = []
  for (const { option, call } of context.perRoute) {
    const setting = routeSetting(options, option)
    if (setting?.kind !== 'object') continue
    const all = merged(setting, call.args[0])
    const made = synthetic(machine, site, call.callee, all, setting.at)
    found.push({ value: resultValue(setting.at, made), at: setting.at, hook: option === 'rateLimit' ? limitHookOf(all) : 'onRequest' })
  }
  return found
}

/** A schema for what the client sends is validated before the handler runs. */
function validation(machine: Machine, site: CallSite, options: ObjectValue): readonly RouteHandler[] {
  const schema = options.properties.get('schema')
  if (schema === undefined || (schema.kind === 'literal' && (schema.value === undefined || schema.value === null))) return []
  if (
    schema.kind === 'object' &&
    !schema.isOpen &&
    !['body', 'querystring', 'query', 'params', 'headers'].some((one) => schema.properties.has(one))
  )
    return []
  const at = options.writtenAt.get('schema') ?? schema.at
  const made = synthetic(machine, site, packageValue(at, 'fastify', ['schema']), schema, at)
  return [{ value: resultValue(at, made), at, hook: 'preValidation' }]
}

/** A call that a plugin makes for itself. */
export function synthetic(machine: Machine, site: CallSite, callee: Value, options: Value, at: Location): CallRecord {
  return record(machine, site.frame, {
    at,
    callee,
    receiver: null,
    args: [options],
    argsAt: [at],
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
}

/** Options with those of the plugin beneath. */
export function merged(own: ObjectValue, shared: Value | undefined): Value {
  if (shared?.kind !== 'object') return own
  const result = objectValue(own.at)
  for (const source of [shared, own]) {
    for (const [name, value] of source.properties) {
      result.properties.set(name, value)
      const at = source.writtenAt.get(name)
      if (at !== undefined) result.writtenAt.set(name, at)
    }
  }
  result.isOpen = own.isOpen || shared.isOpen
  return result
}
