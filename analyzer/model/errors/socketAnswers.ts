// What servers of sockets tell clients of an error: emitted, sent, or given to the function that acknowledges a message.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, ParameterValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import type { ResponseRecord } from '../responses.js'
import { isOnServer, serverCalls } from '../sockets/socketListeners.js'
import { oneOf } from '../sorted.js'
import { errorPart } from './errorParts.js'

/** What a client of a socket gets. */
export interface SocketAnswer extends Pick<ResponseRecord, 'record' | 'status' | 'statuses'> {
  readonly body: Value
}

const sending = oneOf(['emit', 'send'])
const listening = oneOf(['on', 'once', 'addListener'])

const withStacks = callsThat((call) => !call.isWrite && !call.isOff && call.args.some((arg) => errorPart(arg)?.part === 'stack'), {
  names: (name) => name === '' || sending(name),
})

/** Messages to clients that carry a stack, in production code. */
export function socketAnswers(model: ProjectModel): readonly SocketAnswer[] {
  return withStacks(model)
    .filter((record) => isInProduction(model, record) && reachesClient(model, record))
    .flatMap((record) => record.args.map((body) => ({ record, status: null, statuses: [], body })))
}

function reachesClient(model: ProjectModel, { callee }: CallRecord): boolean {
  if (callee.kind === 'parameter') return acknowledging(model).has(ownerOf(callee))
  return callee.kind === 'member' && sending(callee.name) && (isConnection(model, callee.object) || isOnServer(callee.object))
}

/** A connection, or what narrows down who gets a message: `socket.broadcast`, `socket.to('room')`. */
function isConnection(model: ProjectModel, value: Value): boolean {
  let root = value
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  if (root.kind === 'typed') return isSocketType(root.type.name)
  if (root.kind !== 'parameter') return false
  return root.role === 'socket' || isSocketType(root.type?.name ?? '') || connected(model).has(ownerOf(root))
}

const isSocketType = (name: string): boolean => /^(?:\w+\.)?(?:Socket|WebSocket)$/.test(name)

/** Functions that get a connection first: `io.on('connection', (socket) => …)`. */
const connected = recordedOnce(
  (model): ReadonlySet<string> => new Set(serverCalls(model).flatMap(({ call, how }) => (how === 'connection' ? listenersOf(call) : []))),
)

const listeners = callsThat((call) => !call.isWrite && listening(methodName(call.callee) ?? ''), { names: listening })

/** Functions that hear messages: what they call among their parameters acknowledges one. */
const acknowledging = recordedOnce(
  (model): ReadonlySet<string> =>
    new Set(
      listeners(model).flatMap((call) =>
        call.callee.kind === 'member' && isConnection(model, call.callee.object) ? listenersOf(call) : [],
      ),
    ),
)

function listenersOf({ args }: CallRecord): readonly string[] {
  return args.slice(1).flatMap((arg) => functionsBehind(arg).map(({ source, facts }) => `${source.file}#${facts.id}`))
}

function ownerOf({ fn }: ParameterValue): string {
  return `${fn.file}#${fn.fn}`
}
