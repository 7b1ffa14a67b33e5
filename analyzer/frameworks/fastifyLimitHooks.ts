// `app.rateLimit(options)` of @fastify/rate-limit: a hook with the options of the plugin, and those of the call on top.
import type { CallSite, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { PackageValue, Value } from '../link/value.js'
import { resultValue } from '../link/values.js'
import { merged, routeOptionOf } from './fastifyRouteOptions.js'

const optionsOf = new WeakMap<PackageValue, Value>()

/** Keeps the options of a plugin with what it decorated: one line may register it for several contexts, each with options of its own. */
export function keepOptions(decorator: PackageValue, options: Value): void {
  optionsOf.set(decorator, options)
}

/** The hook that such a call makes; null for every other call of a package. */
export function limitHook(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  if (routeOptionOf(callee.package, null) !== 'rateLimit' || callee.path.join('.') !== 'rateLimit') return null
  const shared = optionsOf.get(callee)
  const [own] = args
  const options = own === undefined ? shared : own.kind === 'object' ? merged(own, shared) : own
  const call = recordCall(machine, site, { callee, receiver: null, args: options === undefined ? [] : [options] })
  return resultValue(site.at, call)
}
