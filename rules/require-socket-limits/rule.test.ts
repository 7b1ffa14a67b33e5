// Tests of require-socket-limits.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('a server of ws that says nothing takes 100 MiB', () => {
  check(
    rule,
    `
    //- /server.js
    const http = require('http')
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const app = express()
    const server = http.createServer(app)
    const wss = new WebSocketServer({ server })
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A ws server takes messages of up to 100 MiB => Take messages of up to 1 MiB
    wss.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
    server.listen(3000)
  `,
  )
})

test('the older name of the class, and one that a file of its own makes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const sockets = require('./sockets')
    const app = express()
    const server = app.listen(3000)
    sockets.open(server)
    //- /sockets.js
    const WebSocket = require('ws')
    exports.open = (server) => {
      const wss = new WebSocket.Server({ noServer: true, path: '/live' })
    //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A ws server takes messages
      server.on('upgrade', (request, socket, head) => wss.handleUpgrade(request, socket, head, () => {}))
    }
  `,
  )
})

test('options from another file, a size that is far too large, and no size at all', () => {
  check(
    rule,
    `
    //- /app.ts
    import { createServer } from 'node:http'
    import express from 'express'
    import { WebSocketServer } from 'ws'
    import { Server } from 'socket.io'
    import { socketOptions } from './options.js'
    const server = createServer(express())
    new WebSocketServer(socketOptions)
    new WebSocketServer({ server, maxPayload: 0 })
    //                            ^^^^^^^^^^^^^ [high] A ws server takes messages of any size
    new Server(server, { maxHttpBufferSize: 1e8, cors: { origin: 'https://example.com' } })
    //                   ^^^^^^^^^^^^^^^^^^^^^^ [high] socket.io takes messages of up to 100 MB
    const io = new Server()
    io.attach(server, { maxHttpBufferSize: Infinity })
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] socket.io takes messages of any size
    server.listen(3000)
    //- /options.ts
    export const socketOptions = { port: 8080, maxPayload: 64 * 1024 * 1024 }
    //                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A ws server takes messages of up to 67 MB
  `,
  )
})

test('the plugin of Fastify', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    app.register(websocket)
    ^^^^^^^^^^^^^^^^^^^^^^^ [high] @fastify/websocket takes messages of up to 100 MiB
    app.register(async (live) => {
      live.get('/live', { websocket: true }, (socket) => socket.on('message', (data) => socket.send(data)))
    })
    app.listen({ port: 3000 })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
  `,
  )
})

const nest = (main: string, gateway: string): string => `
    //- /src/main.ts
    import { NestFactory } from '@nestjs/core'
    import { WsAdapter } from '@nestjs/platform-ws'
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
    import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
    ${gateway}
    export class ChatGateway {
      @SubscribeMessage('say')
      say() {
        return { event: 'said', data: 'hello' }
      }
    }
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/websockets": "^11.0.0" } }
`

test('a gateway of Nest on ws', () => {
  check(
    rule,
    nest(
      'app.useWebSocketAdapter(new WsAdapter(app))',
      "@WebSocketGateway({ path: '/chat' })\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] This gateway takes messages of up to 100 MiB",
    ),
  )
  check(rule, nest('app.useWebSocketAdapter(new WsAdapter(app))', "@WebSocketGateway({ path: '/chat', maxPayload: 64 * 1024 })"))
})

test('a gateway of Nest on socket.io, whose default is 1 MB', () => {
  check(rule, nest('', '@WebSocketGateway()'))
  check(rule, nest('', "@WebSocketGateway(8080, { namespace: 'chat' })"))
  check(
    rule,
    nest(
      '',
      '@WebSocketGateway({ maxHttpBufferSize: 5e7 })\n                        ^^^^^^^^^^^^^^^^^^^^^^ [medium] This gateway takes messages of up to 50 MB',
    ),
  )
})

test('quiet: sizes that are said', () => {
  check(
    rule,
    `
    //- /server.js
    const http = require('http')
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const { Server } = require('socket.io')
    const { limits } = require('./limits')
    const server = http.createServer(express())
    new WebSocketServer({ server, maxPayload: 64 * 1024 })
    new WebSocketServer({ noServer: true, ...limits })
    new WebSocketServer({ noServer: true, maxPayload: Number(process.env.MAX_PAYLOAD) })
    new Server(server)
    new Server(server, { maxHttpBufferSize: 5e6 })
    new WebSocketServer({ noServer: true, maxPayload: 10 * 1024 * 1024 })
    require('socket.io')(server, { pingTimeout: 60000 })
    server.listen(3000)
    //- /limits.js
    exports.limits = { maxPayload: 1024 * 1024 }
  `,
  )
})

test('quiet: options that are not known', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const config = require('config')
    const server = express().listen(3000)
    new WebSocketServer(config.get('sockets'))
    new WebSocketServer({ server, ...config.get('sockets') })
  `,
  )
})

test('quiet: clients, development, tests and other packages', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const WebSocket = require('ws')
    const { io } = require('socket.io-client')
    const app = express()
    const upstream = new WebSocket('wss://prices.example.com')
    upstream.on('message', (data) => app.set('prices', data))
    io('https://hub.example.com')
    if (process.env.NODE_ENV !== 'production') new WebSocket.Server({ port: 35729 })
    app.listen(3000)
    //- /test/live.test.js
    const { WebSocketServer } = require('ws')
    new WebSocketServer({ port: 0 })
    //- /scripts/echo.js
    const { WebSocketServer } = require('ws')
    new WebSocketServer({ port: 9000 })
  `,
  )
})

test('quiet: the plugin of Fastify with a size', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    await app.register(websocket, { options: { maxPayload: 1048576 } })
    app.get('/live', { websocket: true }, (socket) => socket.on('message', (data) => socket.send(data)))
    await app.listen({ port: 3000 })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
  `,
  )
})

test('the size is added where the options stand', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const server = express().listen(3000)
    // Everybody may listen.
    new WebSocketServer({ server, path: '/live' })
    new WebSocketServer({ noServer: true, maxPayload: 256 * 1024 * 1024 })
    `,
    `
    //- /server.js
    const express = require('express')
    const { WebSocketServer } = require('ws')
    const server = express().listen(3000)
    // Everybody may listen.
    new WebSocketServer({ server, path: '/live', maxPayload: 1024 * 1024 })
    new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 })
    `,
  )
})

test('the plugin of Fastify is given options', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    app.register(websocket)
    app.listen({ port: 3000 })
    //- /other.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    export const other = Fastify()
    other.register(websocket, { options: { clientTracking: true } })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
    `,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    app.register(websocket, { options: { maxPayload: 1024 * 1024 } })
    app.listen({ port: 3000 })
    //- /other.ts
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    export const other = Fastify()
    other.register(websocket, { options: { clientTracking: true, maxPayload: 1024 * 1024 } })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
    `,
  )
})

test('no fix where another argument would have to be made up', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const expressWs = require('express-ws')
    const { app } = expressWs(express())
    app.ws('/live', (socket) => socket.on('message', (data) => socket.send(data)))
    app.listen(3000)
  `,
  )
})

test('gateways that say nothing are one finding, and one fix', () => {
  const app = (first: string, second: string): string => `
    //- /src/main.ts
    import { NestFactory } from '@nestjs/core'
    import { WsAdapter } from '@nestjs/platform-ws'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.useWebSocketAdapter(new WsAdapter(app))
      await app.listen(3000)
    }
    void bootstrap()
    //- /src/app.module.ts
    import { Module } from '@nestjs/common'
    import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
    ${first}
    export class ChatGateway {
      @SubscribeMessage('say')
      say() {}
    }
    ${second}
    export class NewsGateway {
      @SubscribeMessage('latest')
      latest() {}
    }
    @Module({ providers: [ChatGateway, NewsGateway] })
    export class AppModule {}
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/websockets": "^11.0.0" } }
  `
  check(
    rule,
    app(
      "@WebSocketGateway({ path: '/chat' })\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] This gateway takes messages of up to 100 MiB",
      '@WebSocketGateway(8080)\n     ~~~~~~~~~~~~~~~~~~~~~~ [affected] this gateway says nothing either',
    ),
  )
  checkFix(
    rule,
    app("@WebSocketGateway({ path: '/chat' })", '@WebSocketGateway(8080)'),
    app("@WebSocketGateway({ path: '/chat', maxPayload: 1024 * 1024 })", '@WebSocketGateway(8080, { maxPayload: 1024 * 1024 })'),
  )
})

test('socket.io as a plugin of Fastify', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import socketPlugin from 'fastify-socket.io'
    const app = Fastify()
    app.register(socketPlugin, { maxHttpBufferSize: 1e9 })
                                 ^^^^^^^^^^^^^^^^^^^^^^ [warning]
    app.listen({ port: 3000 })
    `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    import socketPlugin from 'fastify-socket.io'
    const app = Fastify()
    app.register(socketPlugin, { path: '/live' })
    app.listen({ port: 3000 })
    `,
  )
})
