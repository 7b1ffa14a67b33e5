// Servers of sockets that the project makes, each with the options that it is given.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { isAbsent, property } from '../values.js'

export interface SocketServer {
  /** `gateway`: of Nest, on an adapter that the application chooses. */
  readonly kind: 'ws' | 'fastify' | 'express-ws' | 'socket.io' | 'gateway'
  /** What makes it, or the decorator of the gateway. */
  readonly call: CallRecord
  /** `A ws server`, as a subject. */
  readonly name: string
  /** What is said about connections and messages; null where nothing is, `unknown` where that is not known. */
  readonly options: ObjectValue | null | 'unknown'
  /** Position of the options among the arguments as written. */
  readonly argument: number
  /** The property of that argument under which they stand: `options` of @fastify/websocket. null where they are the argument itself. */
  readonly within: string | null
}

/** Those that production makes, each place once. A gateway that says nothing itself is one too. */
export function socketServers(model: ProjectModel): readonly SocketServer[] {
  const made = (name: string): readonly CallRecord[] => oncePerPlace(productionCalls(model, callsTo(model, name)))
  return [
    ...made('ws').flatMap((call) => (isServerClass(call, ['WebSocketServer', 'Server']) ? [server('ws', call, 'A ws server', 0)] : [])),
    ...['@fastify/websocket', 'fastify-websocket'].flatMap(made).flatMap((call) => fastifyServer(call)),
    ...made('fastify-socket.io').flatMap((call) =>
      call.argumentsFrom === undefined ? [] : [server('socket.io', call, 'fastify-socket.io', call.argumentsFrom)],
    ),
    ...made('express-ws').flatMap((call) =>
      pathOf(call) === '' ? [within(server('express-ws', call, 'express-ws', 2), 'wsOptions')] : [],
    ),
    ...made('socket.io').flatMap((call) => (/^(?:Server)?$/.test(pathOf(call)) ? [socketIo(call)] : [])),
    ...oncePerPlace(productionCalls(model, attachments(model))).flatMap((call) => (call.args.length > 1 ? [socketIo(call)] : [])),
    ...made('@nestjs/websockets').flatMap((call) => (pathOf(call) === 'WebSocketGateway' ? [gateway(call)] : [])),
  ]
}

/** `io.attach(server, options)`, `io.listen(3000, options)`. */
const attachments = callsThat(
  ({ callee }) => {
    const origin = originOf(callee)
    return origin?.package === 'socket.io' && /^(?:Server\.)?\(\)\.(?:attach|listen)$/.test(origin.path.join('.'))
  },
  { packages: (name) => name === 'socket.io' },
)

function isServerClass(call: CallRecord, names: readonly string[]): boolean {
  return call.isNew && names.includes(pathOf(call))
}

function pathOf({ callee }: CallRecord): string {
  return originOf(callee)?.path.join('.') ?? ''
}

function server(kind: SocketServer['kind'], call: CallRecord, name: string, argument: number): SocketServer {
  const value = call.args[argument - (call.argumentsFrom ?? 0)] ?? null
  return { kind, call, name, options: optionsIn(value), argument, within: null }
}

/** The options that stand in a property of what was found. */
function within(found: SocketServer, key: string): SocketServer {
  if (found.options === null || found.options === 'unknown') return { ...found, within: key }
  const inner = found.options.isOpen && !found.options.properties.has(key) ? 'unknown' : optionsIn(property(found.options, key))
  return { ...found, options: inner, within: key }
}

/** `app.register(websocket, { options: { … } })`. */
function fastifyServer(call: CallRecord): readonly SocketServer[] {
  return call.argumentsFrom === undefined ? [] : [within(server('fastify', call, '@fastify/websocket', call.argumentsFrom), 'options')]
}

/** `new Server(http, options)`, `new Server(options)`, `require('socket.io')(http, options)`. */
function socketIo(call: CallRecord): SocketServer {
  const position = call.args.length > 1 || call.args[0]?.kind !== 'object' || call.args[0].role !== 'plain' ? 1 : 0
  return server('socket.io', call, 'socket.io', position)
}

/** `@WebSocketGateway()`, `@WebSocketGateway(options)`, `@WebSocketGateway(8080, options)`. */
function gateway(call: CallRecord): SocketServer {
  return server('gateway', call, 'This gateway', call.args.length > 1 || call.args[0]?.kind === 'literal' ? 1 : 0)
}

function optionsIn(value: Value | null): SocketServer['options'] {
  if (value === null || isAbsent(value) === 'yes') return null
  return value.kind === 'object' ? value : 'unknown'
}
