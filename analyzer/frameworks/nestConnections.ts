// What gateways of Nest do when a connection comes or goes: hooks that are known by their names, and no messages.
import { findMethod } from '../link/classMembers.js'
import { write } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { defer } from '../link/promises.js'
import { serveWith } from '../link/serving.js'
import type { ClassValue, FunctionValue, Value } from '../link/value.js'
import type { Entry, Scope } from '../model/model.js'
import { serverOf } from './gatewayServers.js'
import { parameterOf } from './nestContext.js'
import { lineage, memberDecorators } from './nestDecorators.js'
import { entryOf } from './nestEntries.js'
import { handlerArguments } from './nestParameters.js'
import type { NestApplication } from './nestState.js'
import { servedCopy } from './servedCopies.js'

/** `handleConnection` stands in front of the messages and runs as what stands in front of a route does. */
const HOOKS = ['afterInit', 'handleDisconnect']

/** What looks at each connection before its messages come; null where the gateway has no such method. */
export function connectionLayer(
  machine: Machine,
  scope: Scope,
  app: NestApplication,
  gateway: ClassValue,
  instance: Value | null,
): Entry | null {
  const method = findMethod(machine, gateway, instance, 'handleConnection')
  if (method === null) return null
  const served = servedCopy(machine, method, 'connection', (fn) =>
    serveWith(fn, { parameters: connectionArguments, finish: () => undefined }),
  )
  return entryOf(machine, app, {
    kind: 'layer',
    at: method.at,
    scope,
    path: '',
    methods: [],
    handlers: [served],
    handlersAt: [method.at],
    mounted: null,
    call: null,
    transports: ['ws'],
  })
}

/** The connection first, then what the adapter says of the request that opened it. */
function connectionArguments(machine: Machine, site: CallSite, method: FunctionValue): readonly Value[] {
  const [first] = method.facts.parameters
  const [, ...rest] = handlerArguments(machine, site, method)
  return first === undefined ? [] : [parameterOf(placeOf(method.source.file, method.facts, first.node), 'socket', 'client'), ...rest]
}

/** The server, or the namespace, of the gateway. */
function serverArguments(machine: Machine, app: NestApplication, scope: Scope, method: FunctionValue): readonly Value[] {
  return handlerArguments(machine, app.site, method).map((value, index) => (index === 0 ? serverOf(value, app, scope) : value))
}

/** `@WebSocketServer() server` holds the same server. */
function fillServers(machine: Machine, app: NestApplication, scope: Scope, gateway: ClassValue, instance: Value | null): void {
  if (instance?.kind !== 'object') return
  for (const owner of lineage(gateway))
    for (const { key } of owner.facts.members)
      if (typeof key === 'string' && memberDecorators(owner, key).some(({ name }) => name === 'WebSocketServer'))
        write(machine, instance.properties, key, serverOf(machine.run.getMember(machine, app.site, instance, key), app, scope))
}

/** Runs the hooks of a gateway once the application has started, as listeners of a server of sockets are run. */
export function runConnectionHooks(
  machine: Machine,
  app: NestApplication,
  scope: Scope,
  gateway: ClassValue,
  instance: Value | null,
): void {
  fillServers(machine, app, scope, gateway, instance)
  for (const name of HOOKS) {
    const method = findMethod(machine, gateway, instance, name)
    if (method === null) continue
    defer(machine, () => {
      machine.phase = 'callback'
      // Nobody in the project calls them: what the start of the application led to is another flow.
      machine.stack = []
      const args = name === 'afterInit' ? serverArguments(machine, app, scope, method) : connectionArguments(machine, app.site, method)
      machine.run.call(machine, { ...app.site, at: method.at, isAwaited: true }, method, instance, args)
    })
  }
}
