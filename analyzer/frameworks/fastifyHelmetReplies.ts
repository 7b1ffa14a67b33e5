// `reply.helmet(options)` of @fastify/helmet: sets the headers on one reply, with the options of the plugin and those of the call on top.
import type { Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { CallRecord } from '../link/value.js'
import { resultValue, undefinedAt } from '../link/values.js'
import { keepMethod } from './fastifyDecorators.js'
import { merged, synthetic } from './fastifyRouteOptions.js'

/** Hands the replies to what the registered plugin makes of its options. */
export function keepHelmet(machine: Machine, plugin: CallRecord): void {
  keepMethod(machine, 'helmet', (serving, site, reply, [own]) => {
    const made = own?.kind === 'object' ? synthetic(serving, site, plugin.callee, merged(own, plugin.args[0]), site.at) : plugin
    recordCall(serving, site, { callee: resultValue(site.at, made), receiver: null, args: [reply] })
    return undefinedAt(site.at)
  })
}
