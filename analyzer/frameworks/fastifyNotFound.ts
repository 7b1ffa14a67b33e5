// What answers requests that no route fits: `setNotFoundHandler(handler)`, `setNotFoundHandler({ preHandler }, handler)` (domain facts C23, K28).
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, Value } from '../link/value.js'
import { objectValue } from '../link/values.js'
import type { Context } from './fastifyContexts.js'
import { addLayer } from './fastifyEntries.js'
import { handlersOf } from './fastifyRouteOptions.js'

/** Hooks of the options stand in front of the handler. Without a handler Fastify's own answers. */
export function addNotFound(machine: Machine, site: CallSite, context: Context, args: readonly Value[], call: CallRecord): void {
  const options = args[0]?.kind === 'object' ? args[0] : undefined
  const index = args.findLastIndex((arg) => arg !== options)
  const handler = args[index]
  const found = handlersOf(
    machine,
    site,
    context,
    options ?? objectValue(site.at),
    handler === undefined ? null : { value: handler, at: site.argsAt[index] ?? site.at },
  )
  addLayer(machine, site, context, 'notFoundHandler', found, call, { hooks: found.map(({ hook }) => hook) })
}
