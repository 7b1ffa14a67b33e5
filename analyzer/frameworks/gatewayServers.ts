// The server of sockets that Nest hands to a gateway: what it is told to run for each connection stands in front of the messages.
import { functionsBehind } from '../link/handlers.js'
import type { CallSite, Machine } from '../link/machine.js'
import { registerFirst } from '../link/registrations.js'
import { symbolicParameter } from '../link/roles.js'
import { serveWith } from '../link/serving.js'
import type { CallRecord, Value } from '../link/value.js'
import { resultValue } from '../link/values.js'
import type { Scope } from '../model/model.js'
import { entryOf } from './nestEntries.js'
import type { NestApplication } from './nestState.js'
import { servedCopy } from './servedCopies.js'

const servers = new WeakMap<Value, { readonly app: NestApplication; readonly scope: Scope }>()

/** The value as the server, or the namespace, of this gateway alone. */
export function serverOf(value: Value, app: NestApplication, scope: Scope): Value {
  const server = { ...value }
  servers.set(server, { app, scope })
  return server
}

/** `server.use((socket, next) => …)` of socket.io: connections that it refuses send no message of the gateway (run with Nest 11, with and without a namespace). */
export function answerServer(machine: Machine, site: CallSite, call: CallRecord): Value | null {
  if (call.callee.kind !== 'member' || call.callee.name !== 'use') return null
  const server = servers.get(call.callee.object)
  if (server === undefined) return null
  for (const fn of call.args.flatMap((arg) => functionsBehind(arg))) {
    const served = servedCopy(machine, fn, 'connection', (copy) =>
      serveWith(copy, {
        parameters: (_machine, _site, run) => [
          ...run.bound,
          symbolicParameter(run, run.bound.length, 'socket'),
          symbolicParameter(run, run.bound.length + 1, 'next'),
        ],
        finish: () => undefined,
      }),
    )
    const entry = entryOf(machine, server.app, {
      kind: 'layer',
      at: call.at,
      scope: server.scope,
      path: '',
      methods: [],
      handlers: [served],
      handlersAt: [fn.at],
      mounted: null,
      call,
      transports: ['ws'],
    })
    registerFirst(machine, server.scope, entry)
  }
  return resultValue(site.at, call)
}
