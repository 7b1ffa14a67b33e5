// Routes of Fastify contexts: the shorthand methods and `route({ … })`.
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, ObjectValue, Value } from '../link/value.js'
import { literal, objectValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { pathsOf } from './expressArguments.js'
import type { Context } from './fastifyContexts.js'
import { addRoute } from './fastifyEntries.js'
import { runRouteHooks } from './fastifyRouteHooks.js'
import { handlersOf } from './fastifyRouteOptions.js'

/** `fastify.get(path, options?, handler)`. */
export function shorthand(
  machine: Machine,
  site: CallSite,
  context: Context,
  methods: readonly string[],
  args: readonly Value[],
  call: CallRecord,
): void {
  const [path, second, third] = args
  const isOptions = third !== undefined || second?.kind === 'object'
  const handler = third ?? (isOptions ? undefined : second)
  const at = site.argsAt[third === undefined ? 1 : 2] ?? site.at
  const options = isOptions && second !== undefined ? ownCopy(second) : objectValue(site.at)
  if (options.kind === 'object' && path !== undefined) options.properties.set('url', path)
  place(machine, site, context, methods, options, handler === undefined ? null : { value: handler, at }, path, call)
}

/** `fastify.route(options)`. `broughtBy` is the package that calls it. */
export function addRouteOf(
  machine: Machine,
  site: CallSite,
  context: Context,
  [given]: readonly Value[],
  call: CallRecord,
  broughtBy?: string,
): void {
  if (given === undefined) return
  const options = ownCopy(given)
  const read = (name: string): Value | undefined => (options.kind === 'object' ? options.properties.get(name) : undefined)
  place(machine, site, context, methodNames(read('method')), options, null, read('url') ?? read('path'), call, broughtBy)
}

function place(
  machine: Machine,
  site: CallSite,
  context: Context,
  methods: readonly string[],
  options: Value,
  handler: { readonly value: Value; readonly at: Location } | null,
  path: Value | undefined,
  call: CallRecord,
  broughtBy?: string,
): void {
  if (options.kind === 'object' && machine.phase !== 'unreached' && context.onRoute.length > 0) {
    if (!options.properties.has('method') && methods.length > 0) options.properties.set('method', literal(site.at, methods[0] ?? ''))
    runRouteHooks(machine, site, context, options)
  }
  const handlers = handlersOf(machine, site, context, options, handler)
  for (const one of pathsOf(path)) addRoute(machine, site, context, { path: one, methods, handlers, options, call, broughtBy })
}

/** Hooks of `onRoute` change the copy that the route keeps, not the object that the project wrote. */
function ownCopy(value: Value): Value {
  if (value.kind !== 'object') return value
  const copy: ObjectValue = objectValue(value.at)
  for (const [name, one] of value.properties) copy.properties.set(name, one)
  for (const [name, at] of value.writtenAt) copy.writtenAt.set(name, at)
  copy.isOpen = value.isOpen
  copy.external = value.external
  return copy
}

/** `method: 'GET'` or `['GET', 'POST']`; none stands for every one. */
function methodNames(value: Value | undefined): readonly string[] {
  if (value?.kind === 'array') return value.elements.flatMap(methodNames)
  return value?.kind === 'literal' && typeof value.value === 'string' ? [value.value.toUpperCase()] : []
}
