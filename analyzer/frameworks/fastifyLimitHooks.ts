// `app.rateLimit(options)` of @fastify/rate-limit: a hook with the options of the plugin, and those of the call on top.
import type { CallSite, Machine } from '../link/machine.js'
import { record } from '../link/records.js'
import type { PackageValue, Value } from '../link/value.js'
import { resultValue } from '../link/values.js'
import { locationKey, type Location } from '../text/location.js'
import { merged, routeOptionOf } from './fastifyRouteOptions.js'

const plugins = new WeakMap<Machine, Map<string, Value>>()

/** Keeps the options of a plugin by the place of its registration, which its decorators carry. */
export function keepOptions(machine: Machine, at: Location, options: Value): void {
  const known = plugins.get(machine) ?? new Map<string, Value>()
  known.set(locationKey(at), options)
  plugins.set(machine, known)
}

/** The hook that such a call makes; null for every other call of a package. */
export function limitHook(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  if (routeOptionOf(callee.package) !== 'rateLimit' || callee.path.join('.') !== 'rateLimit') return null
  const shared = plugins.get(machine)?.get(locationKey(callee.at))
  const [own] = args
  const options = own === undefined ? shared : own.kind === 'object' ? merged(own, shared) : own
  const call = record(machine, site.frame, {
    at: site.at,
    callee,
    receiver: null,
    args: options === undefined ? [] : [options],
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: site.isAwaited,
  })
  return resultValue(site.at, call)
}
