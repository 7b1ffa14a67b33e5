// `reply.helmet(options)` of @fastify/helmet: sets the headers on one reply, with the options of the plugin and those of the call on top.
import type { CallSite, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { CallRecord, Value } from '../link/value.js'
import { resultValue, undefinedAt } from '../link/values.js'
import { merged, synthetic } from './fastifyRouteOptions.js'

// By the modules of a process, each of which has its own: an application hardly ever registers the plugin twice.
const plugins = new WeakMap<Machine['modules'], CallRecord>()

/** Keeps the registration of the plugin, of which replies get the method. */
export function keepHelmet(machine: Machine, call: CallRecord): void {
  plugins.set(machine.modules, call)
}

/** Hands the reply to what the plugin makes of its options; null for every other call. */
export function callHelmet(machine: Machine, site: CallSite, { callee, args }: CallRecord): Value | null {
  if (callee.kind !== 'member' || callee.name !== 'helmet' || callee.object.kind !== 'parameter' || callee.object.role !== 'response')
    return null
  const plugin = plugins.get(machine.modules)
  if (plugin === undefined) return null
  const [own] = args
  const made = own?.kind === 'object' ? synthetic(machine, site, plugin.callee, merged(own, plugin.args[0]), site.at) : plugin
  recordCall(machine, site, { callee: resultValue(site.at, made), receiver: null, args: [callee.object] })
  return undefinedAt(site.at)
}
