// Hooks that decorators of plugins make, with the options of the plugin, and those of the call on top: `app.rateLimit(options)` and `app.auth(schemes, options)`.
import type { CallSite, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { PackageValue, Value } from '../link/value.js'
import { objectValue, resultValue } from '../link/values.js'
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

/** What `app.auth(schemes)` makes where the plugin says by `defaultRelation` whether all of the schemes must pass; null for every other call. */
export function authHook(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const shared = optionsOf.get(callee)
  const relation = shared?.kind === 'object' ? shared.properties.get('defaultRelation') : undefined
  const [schemes, own = objectValue(site.at)] = args
  if (relation === undefined || schemes === undefined || own.kind !== 'object' || callee.path.join('.') !== 'auth') return null
  const options = objectValue(site.at)
  options.properties.set('relation', relation)
  return resultValue(site.at, recordCall(machine, site, { callee, receiver: null, args: [schemes, merged(own, options)] }))
}
