// Tests of require-socket-origin-check.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import noPermissiveCors from '../no-permissive-cors/rule.js'
import rule from './rule.js'

/** A server of ws within an Express application. */
const ws = (code: string): string => `
    //- /server.js
    const http = require('http')
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const { WebSocketServer } = require('ws')
    const app = express()
    const server = http.createServer(app)
    ${code}
    server.listen(3000)
`

test('a server of ws that passes on what everybody says', () => {
  check(
    rule,
    ws(`
    const wss = new WebSocketServer({ server })
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A ws server lets pages of every site connect, and asks nobody who they are. => Let pages of ALLOWED_ORIGINS connect alone
    wss.on('connection', (socket) => {
      socket.on('message', (data) => wss.clients.forEach((client) => client.send(data)))
    })
    `),
  )
})

test('one that only sends says the same to everybody, as a page does', () => {
  check(
    rule,
    ws(`
    const wss = new WebSocketServer({ server })
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] A ws server lets pages of every site connect
    wss.on('connection', (socket) => {
      socket.send(JSON.stringify({ price: 42 }))
      socket.on('close', () => console.log('gone'))
    })
    `),
  )
})

test('upgrades by hand that look at the path alone, with listeners in another file', () => {
  check(
    rule,
    `
    //- /server.ts
    import { createServer } from 'node:http'
    import express from 'express'
    import { live } from './live.js'
    const server = createServer(express())
    server.on('upgrade', (request, socket, head) => {
      if (request.url !== '/live') {
        socket.destroy()
        return
      }
      live.handleUpgrade(request, socket, head, (client) => live.emit('connection', client, request))
    })
    server.listen(3000)
    //- /live.ts
    import { WebSocketServer } from 'ws'
    import { take } from './messages.js'
    export const live = new WebSocketServer({ noServer: true, maxPayload: 65536 })
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A ws server lets pages of every site connect
    live.on('connection', take)
    //- /messages.ts
    import { prisma } from './prisma.js'
    export function take(socket) {
      socket.on('message', async (data) => {
        const { room, text, author } = JSON.parse(data)
        await prisma.message.create({ data: { room, text, author } })
      })
    }
    //- /prisma.ts
    import { PrismaClient } from '@prisma/client'
    export const prisma = new PrismaClient()
  `,
  )
})

const listens = "wss.on('connection', (socket) => socket.on('message', (data) => wss.clients.forEach((client) => client.send(data))))"

test.each([
  [
    'verifyClient',
    `const wss = new WebSocketServer({ server, verifyClient: ({ origin }) => origin === 'https://example.com' })\n    ${listens}`,
  ],
  [
    'a look at the origin when somebody connects',
    `const wss = new WebSocketServer({ server })
    wss.on('connection', (socket, request) => {
      if (request.headers.origin !== 'https://example.com') return socket.close()
      socket.on('message', (data) => socket.send(data))
    })`,
  ],
  [
    'a token in the address',
    `const wss = new WebSocketServer({ server })
    wss.on('connection', (socket, request) => {
      const given = new URL(request.url, 'http://localhost').searchParams.get('token')
      try {
        socket.user = jwt.verify(given, process.env.JWT_SECRET)
      } catch {
        return socket.close()
      }
      socket.on('message', (data) => socket.send(data))
    })`,
  ],
  [
    'a first message that says who it is',
    `const wss = new WebSocketServer({ server })
    wss.on('connection', (socket) => {
      socket.on('message', (data) => {
        const message = JSON.parse(data)
        if (message.type === 'auth') socket.user = jwt.verify(message.value, process.env.JWT_SECRET)
        else if (socket.user) wss.clients.forEach((client) => client.send(data))
      })
    })`,
  ],
  [
    'a check before the upgrade',
    `const wss = new WebSocketServer({ noServer: true })
    ${listens}
    server.on('upgrade', (request, socket, head) => {
      sessionParser(request, {}, () => {
        if (!request.session.userId) return socket.destroy()
        wss.handleUpgrade(request, socket, head, (client) => wss.emit('connection', client, request))
      })
    })
    const sessionParser = require('express-session')({ secret: process.env.SECRET })`,
  ],
  [
    'a check in a class',
    `class Live {
      constructor() {
        this.wss = new WebSocketServer({ server })
        this.wss.on('connection', (socket, request) => this.welcome(socket, request))
      }
      welcome(socket, request) {
        if (!this.isKnown(request)) return socket.terminate()
        socket.on('message', (data) => socket.send(data))
      }
      isKnown(request) {
        return request.headers.cookie !== undefined
      }
    }
    new Live()`,
  ],
  [
    'something that is not understood and takes the server',
    `const { useServer } = require('graphql-ws/lib/use/ws')
    const wss = new WebSocketServer({ server, path: '/graphql' })
    useServer({ schema: app.get('schema'), context: ({ connectionParams }) => connectionParams }, wss)`,
  ],
  [
    'something that is not understood and takes each connection',
    `const { setupWSConnection } = require('y-websocket/bin/utils')
    const wss = new WebSocketServer({ server })
    wss.on('connection', (socket, request) => {
      socket.on('message', () => app.set('last', Date.now()))
      setupWSConnection(socket, request)
    })`,
  ],
  ['no listener that is known', 'exports.wss = new WebSocketServer({ server })'],
  ['options that are not known', `const wss = new WebSocketServer(require('config').get('sockets'))\n    ${listens}`],
  [
    'development alone',
    `if (process.env.NODE_ENV === 'development') {\n      const wss = new WebSocketServer({ server })\n      ${listens}\n    }`,
  ],
  [
    'a client',
    `const upstream = new (require('ws'))('wss://prices.example.com')
    upstream.on('message', (data) => app.set('prices', data))`,
  ],
])('quiet: ws with %s', (_name, code) => {
  check(rule, ws(code))
})

/** A server of socket.io within an Express application. */
const io = (options: string, code: string): string => `
    //- /server.js
    const http = require('http')
    const express = require('express')
    const { Server } = require('socket.io')
    const server = http.createServer(express())
    const io = new Server(server${options})
    ${code}
    server.listen(3000)
`
const says = "io.on('connection', (socket) => socket.on('say', (text) => io.emit('said', text)))"

test('socket.io: where CORS keeps other sites out, sockets alone are open', () => {
  check(
    rule,
    io(
      ', { cors: { origin: "https://example.com" } }',
      `//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] socket.io lets pages of every site connect => no fix\n    ${says}`,
    ),
  )
  check(
    rule,
    io(
      ", { cors: { origin: '*' } }",
      `//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] socket.io lets pages of every site connect\n    ${says}`,
    ),
  )
})

test.each([
  ['middleware', '', `io.use((socket, next) => next(socket.handshake.auth.token ? undefined : new Error('no')))\n    ${says}`],
  ['middleware of a namespace', '', `io.of('/chat').use(require('./known'))\n    ${says}`],
  ['allowRequest', ', { allowRequest: (req, callback) => callback(null, req.headers.origin === undefined) }', says],
  [
    'a handshake',
    '',
    "io.on('connection', (socket) => { if (!socket.handshake.query.key) socket.disconnect(true); socket.on('say', (text) => io.emit('said', text)) })",
  ],
  ['a login as an event', '', "io.on('connection', (socket) => { socket.on('login', (name, password) => socket.join('members')) })"],
])('quiet: socket.io with %s', (_name, options, code) => {
  check(rule, io(options, code))
})

/** A Fastify application with sockets. */
const fastify = (options: string, routes: string): string => `
    //- /app.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    await app.register(websocket${options})
    ${routes}
    await app.listen({ port: 3000 })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
`

test('Fastify', () => {
  check(
    rule,
    fastify(
      '',
      `//    ^^^^^^^^^^^^^^^^^^^^^^^ [medium] @fastify/websocket lets pages of every site connect => Let pages of ALLOWED_ORIGINS connect alone
    app.get('/live', { websocket: true }, (socket) => {
      socket.on('message', (data) => socket.send(data))
    })`,
    ),
  )
})

test.each([
  [
    'verifyClient',
    ", { options: { verifyClient: ({ origin }) => origin === 'https://example.com' } }",
    "app.get('/live', { websocket: true }, (socket) => socket.on('message', (data) => socket.send(data)))",
  ],
  [
    'a hook of the route',
    '',
    `app.get('/live', { websocket: true, preValidation: async (request, reply) => {
      if (request.headers.origin !== 'https://example.com') return reply.code(403).send()
    } }, (socket) => socket.on('message', (data) => socket.send(data)))`,
  ],
  [
    'a hook in front',
    '',
    `app.addHook('onRequest', async (request) => { await request.jwtVerify() })
    app.get('/live', { websocket: true }, (socket) => socket.on('message', (data) => socket.send(data)))`,
  ],
  [
    'a look at the request',
    '',
    "app.get('/live', { websocket: true }, (socket, request) => { if (!request.headers.cookie) socket.close(); socket.on('message', (data) => socket.send(data)) })",
  ],
  ['no route of its own', '', "app.get('/', async () => 'hello')"],
])('quiet: Fastify with %s', (_name, options, routes) => {
  check(rule, fastify(options, routes))
})

/** A Nest application with this gateway. */
const nest = (main: string, gateway: string): string => `
    //- /src/main.ts
    import { NestFactory } from '@nestjs/core'
    ${main.includes('WsAdapter') ? "import { WsAdapter } from '@nestjs/platform-ws'" : ''}
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      ${main}
      await app.listen(3000)
    }
    void bootstrap()
    //- /src/app.module.ts
    import { Module } from '@nestjs/common'
    import { ChatGateway } from './chat.gateway'
    @Module({ providers: [ChatGateway] })
    export class AppModule {}
    //- /src/chat.gateway.ts
    import { CanActivate, ExecutionContext, UseGuards } from '@nestjs/common'
    import { SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets'
    class MemberGuard implements CanActivate {
      canActivate(context: ExecutionContext) {
        return context.switchToWs().getClient().handshake.headers.authorization === process.env.KEY
      }
    }
    ${gateway}
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.0.0", "@nestjs/common": "^12.0.0", "@nestjs/websockets": "^12.0.0" } }
`
const say = `@SubscribeMessage('say')
      say(client: any, text: string) {
        return { event: 'said', data: text }
      }`
const wsAdapter = 'app.useWebSocketAdapter(new WsAdapter(app))'

test('a gateway of Nest', () => {
  check(
    rule,
    nest(
      wsAdapter,
      `@WebSocketGateway({ path: '/chat' })
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] This gateway lets pages of every site connect => Let pages of ALLOWED_ORIGINS connect alone
    export class ChatGateway {
      ${say}
    }`,
    ),
  )
  check(
    rule,
    nest(
      '',
      `@WebSocketGateway()\n     ^^^^^^^^^^^^^^^^^^ [low] This gateway lets pages of every site connect => no fix\n    export class ChatGateway {\n      ${say}\n    }`,
    ),
  )
  check(
    rule,
    nest(
      '',
      `@WebSocketGateway({ cors: true })\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] This gateway lets pages of every site connect => no fix\n    export class ChatGateway {\n      ${say}\n    }`,
    ),
  )
})

test.each([
  ['a guard', wsAdapter, `@UseGuards(MemberGuard)\n    @WebSocketGateway()\n    export class ChatGateway {\n      ${say}\n    }`],
  [
    'a look at the client',
    wsAdapter,
    `@WebSocketGateway()\n    export class ChatGateway {\n      handleConnection(client: any, request: any) {\n        if (!request.headers.cookie) client.close()\n      }\n      ${say}\n    }`,
  ],
  [
    'middleware',
    '',
    `@WebSocketGateway()\n    export class ChatGateway {\n      afterInit(server: any) {\n        server.use((socket, next) => next(socket.handshake.auth.token ? undefined : new Error('no')))\n      }\n      ${say}\n    }`,
  ],
  [
    'verifyClient',
    wsAdapter,
    `@WebSocketGateway({ verifyClient: ({ origin }) => origin === 'https://example.com' })\n    export class ChatGateway {\n      ${say}\n    }`,
  ],
  [
    'an adapter of its own',
    'app.useWebSocketAdapter(new (class extends WsAdapter {})(app))',
    `@WebSocketGateway()\n    export class ChatGateway {\n      ${say}\n    }`,
  ],
  ['nothing to say', wsAdapter, `@WebSocketGateway()\n    export class ChatGateway {\n      @WebSocketServer() server: any\n    }`],
])('quiet: Nest with %s', (_name, main, gateway) => {
  check(rule, nest(main, gateway))
})

test('the list of origins is declared in front', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const server = express().listen(3000)
    // Everybody may talk.
    const wss = new WebSocketServer({ server })
    wss.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
    `,
    `
    //- /server.js
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const server = express().listen(3000)
    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)

    // Everybody may talk.
    const wss = new WebSocketServer({ server, verifyClient: ({ origin }) => !origin || allowedOrigins.includes(origin) })
    wss.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
    `,
  )
})

test('a hook that sets Permissions-Policy asks nobody who they are', () => {
  check(
    rule,
    `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
    })
    await app.register(websocket)
          ^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] lets pages of every site connect
    app.get('/live', { websocket: true }, (socket) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] connections and messages
      socket.on('message', (data) => socket.send(data.toString()))
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('the fix reads the list when a page asks, where a file fills the environment after the modules are loaded', () => {
  const app = (origin: string, list: string): string =>
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'

${list}@WebSocketGateway({ cors: { origin: ${origin} } })
class ChatGateway {
  @SubscribeMessage('say')
  say() {
    return 'said'
  }
}

@Module({ imports: [ConfigModule.forRoot()], providers: [ChatGateway] })
export class AppModule {}
`)
  checkFix(
    noPermissiveCors,
    app(`'*'`, ''),
    app(
      `(origin: string | undefined, callback: (error: Error | null, isAllowed?: boolean) => void) => callback(null, isAllowedOrigin(origin))`,
      `const isAllowedOrigin = (origin: string | undefined): boolean =>
  (process.env.ALLOWED_ORIGINS ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .some((one) => one === origin)

`,
    ),
  )
})
