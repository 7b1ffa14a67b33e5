// What is done with servers of sockets: listening for connections, middleware, and handing them on.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat, ofEachCall } from '../perPart.js'
import { oneOf } from '../sorted.js'
import { stringOf } from '../values.js'

export interface ServerCall {
  readonly call: CallRecord
  /** The call that made the server. */
  readonly made: CallRecord
  /** `handed`: to something that was not understood, which may take connections itself. */
  readonly how: 'connection' | 'middleware' | 'handed'
}

/** Calls on servers of `ws` and socket.io, on their namespaces, and calls that are given one. */
export const serverCalls: (model: ProjectModel) => readonly ServerCall[] = ofEachCall(
  (call): readonly ServerCall[] => {
    if (call.isWrite) return []
    const made = serverIn(call.receiver)
    if (made !== null) {
      const name = methodName(call.callee) ?? ''
      if (listening.has(name)) return isConnection(call) ? [{ call, made, how: 'connection' }] : []
      return name === 'use' ? [{ call, made, how: 'middleware' }] : []
    }
    if (globalOf(call.callee) !== null || isKept(call)) return []
    const isOfPackage = originOf(call.callee) !== null
    return call.args.flatMap((arg): readonly ServerCall[] => {
      const given = [arg, ...(isOfPackage && arg.kind === 'object' && arg.role === 'plain' ? arg.properties.values() : [])].map(serverOf)
      return given.flatMap((one) => (one === null ? [] : [{ call, made: one, how: 'handed' }]))
    })
  },
  { packages: () => true, names: (name) => listening.has(name) || name === 'use', given: ['result'] },
)

/** `app.set('io', io)`, `app.decorate('io', io)`: whoever wants it takes it from there. */
function isKept({ receiver }: CallRecord): boolean {
  return receiver?.kind === 'scope' || receiver?.kind === 'object'
}

const listening = new Set(['on', 'once', 'addListener', 'prependListener'])

/** `server.on('upgrade', …)`. */
export const upgradeListeners: (model: ProjectModel) => readonly CallRecord[] = callsThat(
  (call) => !call.isWrite && listening.has(methodName(call.callee) ?? '') && stringOf(call.args[0] ?? null) === 'upgrade',
  { names: oneOf(listening) },
)

function isConnection({ args }: CallRecord): boolean {
  return /^connect(?:ion)?$/.test(stringOf(args[0] ?? null) ?? '')
}

/** The server itself. */
function serverOf(value: Value): CallRecord | null {
  return value.kind === 'result' && isServer(value.call) ? value.call : null
}

/** True for a server of sockets, and for those of its clients that a call names: `io.to('room')`. */
export function isOnServer(value: Value): boolean {
  return serverIn(value) !== null
}

/** The server that a value is, or is a part of: `io.of('/chat')`, `io.engine`. */
function serverIn(value: Value | null): CallRecord | null {
  return originOf(value)?.calls.find(isServer) ?? null
}

function isServer({ callee, isNew }: CallRecord): boolean {
  const origin = originOf(callee)
  if (origin === null || origin.calls.length > 0) return false
  const [name = ''] = origin.path
  return origin.package === 'ws'
    ? isNew && /^(?:WebSocketServer|Server)$/.test(name)
    : origin.package === 'socket.io' && /^(?:Server)?$/.test(name)
}
