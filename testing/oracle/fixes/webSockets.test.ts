// Fixes of the rules about servers of WebSockets, proven on running servers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { WebSocket } from 'ws'
import requireSocketLimits from '../../../rules/require-socket-limits/rule.js'
import requireSocketOriginCheck from '../../../rules/require-socket-origin-check/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [{ method: 'GET', path: '/', status: 200 }]

/** Whether a server takes a message of two megabytes; a short one has to come back in any case. */
async function takesLargeMessages({ url }: ProbedApplication): Promise<boolean> {
  const address = `${url.replace('http', 'ws')}/live`
  if (!(await echoes(address, 'hello'))) throw new Error('short messages do not come back')
  return echoes(address, 'x'.repeat(2_000_000))
}

/** Whether a message comes back before the connection is closed. */
function echoes(address: string, message: string, origin?: string): Promise<boolean> {
  const socket = new WebSocket(address, origin === undefined ? {} : { origin })
  socket.on('error', () => {})
  return new Promise<boolean>((resolve) => {
    socket.onopen = () => socket.send(message)
    socket.onmessage = ({ data }) => resolve(data === message)
    socket.onclose = () => resolve(false)
  }).finally(() => socket.close())
}

const wsServer = `
      //- /server.ts
      import { createServer } from 'node:http'
      import express from 'express'
      import { WebSocketServer } from 'ws'

      const app = express()
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      const server = createServer(app)
      const sockets = new WebSocketServer({ server, path: '/live' })
      sockets.on('connection', (socket) => {
        socket.on('error', () => {})
        socket.on('message', (data) => socket.send(data.toString()))
      })
      server.listen(process.env.PORT)
    `

const fastifyServer = `
      //- /server.ts
      import websocket from '@fastify/websocket'
      import Fastify from 'fastify'

      const app = Fastify()
      await app.register(websocket)
      app.get('/', async () => ({ ok: true }))
      app.get('/live', { websocket: true }, (socket) => {
        socket.on('message', (data: Buffer) => socket.send(data.toString()))
      })
      await app.listen({ port: Number(process.env.PORT) })
    `

const gateways = join(fixturesRoot, 'nest-gateways')
const nestServer = `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { WsAdapter } from '@nestjs/platform-ws'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.useWebSocketAdapter(new WsAdapter(app))
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { LiveGateway } from './live.gateway'

@Controller()
class AppController {
  @Get()
  hello() {
    return { ok: true }
  }
}

@Module({ controllers: [AppController], providers: [LiveGateway] })
export class AppModule {}
//- /src/live.gateway.ts
import { OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'

@WebSocketGateway({ path: '/live' })
export class LiveGateway implements OnGatewayConnection {
  handleConnection(client: WebSocket) {
    client.addEventListener('message', ({ data }) => client.send(String(data)))
  }

  @SubscribeMessage('count')
  count() {
    return { event: 'counted', data: 1 }
  }
}
//- /package.json
${readFileSync(join(gateways, 'package.json'), 'utf8').replace('"@nestjs/platform-socket.io"', '"@nestjs/platform-ws"')}
//- /tsconfig.json
${readFileSync(join(gateways, 'tsconfig.json'), 'utf8')}`

test('require-socket-limits: ws', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSocketLimits,
    app: wsServer,
    honest,
    weakness: takesLargeMessages,
  }),
)

test('require-socket-limits: the plugin of Fastify', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSocketLimits,
    app: fastifyServer,
    honest,
    weakness: takesLargeMessages,
  }),
)

test('require-socket-limits: a gateway of Nest on ws', { timeout: TIMEOUT }, () =>
  proveFix({ rule: requireSocketLimits, app: nestServer, honest, weakness: takesLargeMessages }),
)

/** Whether a page of another site gets its message back; a page of the site that is named, and a client that is no browser, have to in any case. */
async function letsOthersIn({ url }: ProbedApplication): Promise<boolean> {
  const address = `${url.replace('http', 'ws')}/live`
  for (const origin of ['https://www.example.com', undefined])
    if (!(await echoes(address, 'hello', origin))) throw new Error(`${origin ?? 'a client without a page'} is locked out`)
  return echoes(address, 'hello', 'https://evil.example')
}

const origins = { ALLOWED_ORIGINS: 'https://app.example.com,https://www.example.com' }

test('require-socket-origin-check: ws', { timeout: TIMEOUT }, () =>
  proveFix({ rule: requireSocketOriginCheck, env: origins, app: wsServer, honest, weakness: letsOthersIn }),
)

test('require-socket-origin-check: the plugin of Fastify', { timeout: TIMEOUT }, () =>
  proveFix({ rule: requireSocketOriginCheck, env: origins, app: fastifyServer, honest, weakness: letsOthersIn }),
)

test('require-socket-origin-check: a gateway of Nest on ws', { timeout: TIMEOUT }, () =>
  proveFix({ rule: requireSocketOriginCheck, env: origins, app: nestServer, honest, weakness: letsOthersIn }),
)
