// Messages to GraphQL, to gateways and to microservices: whether a running application serves them, and whether the model says so.
import { connect } from 'node:net'
import { io } from 'socket.io-client'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import type { HonestMessage } from './fixture.js'
import { send } from './probe.js'
import type { RunningApplication } from './start.js'

/** Sentences about messages that the application, or the model, answers in another way than the fixture says; none when all agree. */
export async function unexpectedAnswers(
  running: RunningApplication,
  model: ProjectModel,
  messages: readonly HonestMessage[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const message of messages) {
    const isServed = await isAnswered(running, message)
    if (isServed !== message.isServed) found.push(`${message.to} is ${isServed ? 'served' : 'refused'}\n${running.output()}`)
    const route = model.routes.find(({ path }) => path === message.to)
    if (route === undefined) {
      found.push(`${message.to} is no route of the model`)
      continue
    }
    const { answer } = protectsRoute(model, route, 'auth')
    if (answer !== (isServed ? 'no' : 'yes'))
      found.push(`${message.to} is ${isServed ? 'served' : 'refused'}, and the model says ${answer}`)
  }
  return found
}

function isAnswered(running: RunningApplication, message: HonestMessage): Promise<boolean> {
  if (message.over === 'graphql') return isResolved(running.url, message)
  if (message.over === 'socket') return isAcknowledged(running.url, message)
  const url = running.listeners.find((listener) => listener.url.startsWith('tcp:'))?.url ?? ''
  return isReplied(Number(new URL(url).port), message)
}

async function isResolved(url: string, { data }: HonestMessage): Promise<boolean> {
  const response = await send(url, { method: 'POST', path: '/graphql', body: { query: data } })
  const { errors } = (await response.json()) as { errors?: readonly unknown[] }
  return errors === undefined
}

/** A gateway acknowledges what it serves and sends `exception` for the rest. */
function isAcknowledged(url: string, { name, data }: HonestMessage): Promise<boolean> {
  const socket = io(url, { transports: ['websocket'], reconnection: false })
  return new Promise<boolean>((resolve, reject) => {
    socket.once('connect_error', reject)
    socket.once('exception', () => resolve(false))
    socket.emit(String(name), data, () => resolve(true))
  }).finally(() => socket.close())
}

/** The wire of the TCP transport: the length, `#`, and JSON. */
function isReplied(port: number, { name, data }: HonestMessage): Promise<boolean> {
  const pattern = typeof name === 'string' ? name : JSON.stringify(name)
  const text = JSON.stringify({ pattern, data, id: '1' })
  const socket = connect({ host: '127.0.0.1', port })
  return new Promise<boolean>((resolve, reject) => {
    let received = ''
    socket.once('error', reject)
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString()
      const found = /^\d+#(\{[\s\S]*\})/.exec(received)
      if (found !== null) resolve(!('err' in (JSON.parse(found[1] ?? '{}') as object)))
    })
    socket.write(`${text.length}#${text}`)
  }).finally(() => socket.destroy())
}
