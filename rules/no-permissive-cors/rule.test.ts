// Tests of no-permissive-cors.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

/** An application with this middleware and one route. */
function application(lines: string): string {
  return `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    const list = ['https://a.example.com', 'https://b.example.com']
${lines}
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
  `
}

test('cors() in the file that makes the application', () => {
  check(
    rule,
    application(`
    app.use(cors())
    //      ^^^^^^ [high warning] cors() without origins lets every site read the responses.
    `),
  )
})

test('the preflight of the same cause belongs to the same finding', () => {
  const findings = check(
    rule,
    `
    //- /src/app.js
    const express = require('express')
    const cors = require('cors')
    const app = express()
    app.use(cors())
    //      ^^^^^^ cors() without origins
    app.options('/{*splat}', cors())
    //                       ~~~~~~ [affected] the same policy stands here
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
  `,
  )
  expect(findings).toHaveLength(1)
})

test('an application handed to a loader of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    async function start() {
      const app = express()
      await (await import('./loaders/express.js')).default({ app })
      app.listen(3000)
    }
    start()
    //- /loaders/express.ts
    import cors from 'cors'
    export default ({ app }: any) => {
      app.use(cors())
    //        ^^^^^^ [high] every site
      app.get('/users', (req: any, res: any) => res.json([]))
    }
  `,
  )
})

test('at most three of the routes that are open are named', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    app.use(cors())
    //      ^^^^^^ [warning, complete, suggestion] every site => Allow the origins in ALLOWED_ORIGINS only
    app.get('/a', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /a can be read by every site
    app.post('/b', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] POST /b can be read by every site
    app.get('/c', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /c can be read by every site
    app.get('/d', (req, res) => res.json([]))
    app.listen(3000)
  `,
  )
})

test('options of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    import { corsOptions } from './config.js'
    const app = express()
    app.use(cors(corsOptions))
    //      ~~~~~~~~~~~~~~~~~ [evidence] the policy is used here
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
    //- /config.ts
    export const corsOptions = {
      origin: '*',
    //^^^^^^^^^^^ [high] Every site may read the responses: cors() allows *.
      methods: ['GET', 'POST'],
    }
  `,
  )
})

test.each([
  ['{ origin: true }', 'origin: true'],
  ['{ origin: /.*/ }', 'origin: /.*/'],
  ['{ origin: (o: any, cb: any) => cb(null, true) }', 'origin: (o: any, cb: any) => cb(null, true)'],
  ['{ origin: (o: any, cb: any) => { cb(null, o) } }', 'origin: (o: any, cb: any) => { cb(null, o) }'],
  [
    '{ origin: (o: any, cb: any) => { if (!o || list.includes(o)) cb(null, true); else cb(null, true) } }',
    'origin: (o: any, cb: any) => { if (!o || list.includes(o)) cb(null, true); else cb(null, true) }',
  ],
])('cors(%s) sends each origin back', (options, option) => {
  const line = `    app.use(cors(${options}))`
  check(rule, application(`${line}\n${' '.repeat(line.indexOf('origin:'))}${'^'.repeat(option.length)} [high] sends each origin back`))
})

test('a fallback that opens', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: process.env.CORS_ORIGIN ?? '*' }))
    //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Every site may read the responses unless CORS_ORIGIN is set.
    app.use('/b', cors({ origin: process.env.WEB ? process.env.WEB.split(',') : '*' }))
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] unless WEB is set.
    app.use('/c', cors({ origin: process.env.OPEN === 'true' ? '*' : list }))
    `),
  )
})

test.each([
  ['{ origin: list }'],
  ["{ origin: 'https://a.example.com' }"],
  ['{ origin: process.env.CORS_ORIGIN }'],
  ['{ origin: undefined }'],
  ['{ origin: false }'],
  ["{ origin: ['*'] }"],
  ['{ origin: (o: any, cb: any) => cb(null, list.includes(o)) }'],
  ["{ origin: (o: any, cb: any) => { if (!o || list.includes(o)) cb(null, true); else cb(new Error('no')) } }"],
  ["{ origin: (o: any, cb: any) => { if (list.some((one) => one === o)) return cb(null, true); cb(new Error('no')) } }"],
  ["{ origin: (o: any, cb: any) => { if (isKnown(o)) cb(null, true); else cb(new Error('no')) } }"],
  ["{ origin: (o: any, cb: any) => { if (process.env.NODE_ENV !== 'production') return cb(null, true); cb(null, list.includes(o)) } }"],
  ["{ origin: process.env.NODE_ENV === 'production' ? list : '*' }"],
  ["{ origin: process.env.OPEN === 'true' ? '*' : list }"],
  [
    "{ origin: process.env.ORIGINS ? (process.env.ORIGINS === '*' ? true : process.env.ORIGINS.split(',')) : (o: any, cb: any) => cb(null, !o) }",
  ],
  ['(req: any, cb: any) => cb(null, { origin: list.includes(req.headers.origin) })'],
  [
    "(req: any, cb: any) => { let o; if (list.indexOf(req.header('Origin')) !== -1) o = { origin: true }; else o = { origin: false }; cb(null, o) }",
  ],
  ["{ ...require('config').get('cors') }"],
  ["require('config').get('cors')"],
])('cors(%s) is closed, off, or not known', (options) => {
  check(rule, application(`    app.use(cors(${options}))\n    declare function isKnown(origin: string): boolean`))
})

test('development alone', () => {
  check(
    rule,
    application(`
    if (process.env.NODE_ENV !== 'production') app.use(cors())
    if (process.env.NODE_ENV === 'development') {
      app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', '*'); next() })
    }`),
  )
})

test('a delegate that lets everybody in', () => {
  check(
    rule,
    application(`
    app.use(cors((req, callback) => callback(null, { origin: true })))
    //                                               ^^^^^^^^^^^^ sends each origin back
    `),
  )
})

test('headers written by hand, by a helper too', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { open } from './open.js'
    const app = express()
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', '*')
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Access-Control-Allow-Origin allows *.
      next()
    })
    app.get('/users', (req, res) => { open(req, res); res.json([]) })
    app.listen(3000)
    //- /open.ts
    export function open(req: any, res: any) {
      const origin = req.headers.origin
      if (origin) res.setHeader('Access-Control-Allow-Origin', origin)
    //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] sends each origin back.
    }
  `,
  )
})

test('headers written by hand for listed origins', () => {
  check(
    rule,
    application(`
    app.use((req, res, next) => {
      const origin = req.get('origin') ?? ''
      if (list.includes(origin)) res.setHeader('Access-Control-Allow-Origin', origin)
      next()
    })
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', list.includes(req.headers.origin ?? '') ? req.headers.origin : list[0])
      next()
    })
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', 'https://a.example.com')
      next()
    })`),
  )
})

test('socket.io', () => {
  check(
    rule,
    `
    //- /server.ts
    import { createServer } from 'node:http'
    import { Server } from 'socket.io'
    import { app } from './app.js'
    const server = createServer(app)
    const io = new Server(server, {
      cors: { origin: '*' },
    //        ^^^^^^^^^^^ [high] socket.io allows *.
    })
    export const closed = new Server(server)
    export const listed = new Server(server, { cors: { origin: ['https://a.example.com'] } })
    export const local = new Server(server, { cors: process.env.NODE_ENV === 'development' ? { origin: '*' } : undefined })
    server.listen(3000)
    //- /app.ts
    import express from 'express'
    export const app = express()
    app.get('/', (req, res) => res.json({}))
  `,
  )
})

test('public paths that are only read are worth a note', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    app.use('/public', cors())
    //                 ^^^^^^ [info] every site
    app.get('/public/logo', (req, res) => res.send('x'))
    app.get('/api/badge/:id', cors(), (req, res) => res.send('x'))
    //                        ^^^^^^ [info] every site
    app.post('/api/upload', cors(), (req, res) => res.send('x'))
    //                      ^^^^^^ [warning] every site
    app.options('/api/upload', cors())
    //                         ~~~~~~ [affected]
    app.listen(3000)
  `,
  )
})

test('with credentials another rule speaks', () => {
  check(rule, application(`    app.use(cors({ origin: true, credentials: true }))`))
})

test('code that no entry reaches, and tests', () => {
  check(
    rule,
    `
    //- /src/middleware/open.ts
    import cors from 'cors'
    export const open = () => cors({ origin: '*' })
    //                               ^^^^^^^^^^^ allows *.
    //- /test/app.test.ts
    import cors from 'cors'
    export const testing = cors({ origin: '*' })
  `,
  )
})

test('the fix names origins in the environment', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    app.use(cors())
    app.options('/{*splat}', cors())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /.env.example
    PORT=3000
  `,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
    app.use(cors({ origin: allowedOrigins }))
    app.options('/{*splat}', cors({ origin: allowedOrigins }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /.env.example
    PORT=3000
    # Origins of the sites that may read responses, with commas between them.
    ALLOWED_ORIGINS=
  `,
  )
})

test('the fix keeps the variable of the project, in CommonJS with semicolons', () => {
  checkFix(
    rule,
    `
    //- /cors.js
    const cors = require("cors");
    // Who may call us.
    const options = {
      origin: process.env.WEB_ORIGIN || "*",
      methods: ["GET"],
    };
    module.exports = cors(options);
  `,
    `
    //- /cors.js
    const cors = require("cors");
    const allowedOrigins = (process.env.WEB_ORIGIN ?? "")
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean);

    // Who may call us.
    const options = {
      origin: allowedOrigins,
      methods: ["GET"],
    };
    module.exports = cors(options);
  `,
  )
})

test('the fix of a header written by hand', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', '*')
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.use((req, res, next) => {
      const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean)
      const requestOrigin = req.headers.origin ?? ''
      if (allowedOrigins.includes(requestOrigin)) res.header('Access-Control-Allow-Origin', requestOrigin)
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a header within a table of headers is left to a person', () => {
  checkNoFix(
    rule,
    `
    //- /app.ts
    export const open = (req: any, res: any, next: any) => {
      res.set({ 'Access-Control-Allow-Origin': '*', Vary: 'Origin' })
      next()
    }
  `,
  )
})

test('Nest lets everybody in by an option, by a bare call, and by a star', () => {
  check(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const first = await NestFactory.create(AppModule, { cors: true })
  //                                                        ^^^^ [high]
  await first.listen(3000)
  const second = await NestFactory.create(AppModule)
  second.enableCors()
  ^^^^^^^^^^^^^^^^^^^ [high] enableCors() without origins lets every site read the responses.
  await second.listen(3001)
  const third = await NestFactory.create(AppModule)
  third.enableCors({ origin: '*' })
  //                 ^^^^^^^^^^^ [high] enableCors() allows *.
  await third.listen(3002)
  const fourth = await NestFactory.create(AppModule, { cors: false })
  fourth.enableCors({ origin: process.env.ORIGIN })
  await fourth.listen(3003)
}
bootstrap()
`),
  )
})

test('Nest on Express has no CORS that comes after the start', () => {
  const late = (start: string): string =>
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${start}
}
bootstrap()
//- /app.module.ts
import { Module } from '@nestjs/common'
@Module({})
export class AppModule {}
`)
  check(rule, late('await app.listen(3000)\n  app.enableCors()'))
  check(rule, late('await app.init()\n  app.enableCors()'))
  check(rule, late('app.enableCors()\n  ^^^^^^^^^^^^^^^^ without origins\n  await app.listen(3000)'))
})

test('the fix lets listed origins in where Nest let everybody', () => {
  checkFix(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { cors: true })
  await app.listen(3000)
}
bootstrap()
`),
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'

    async function bootstrap() {
      const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean)
      const app = await NestFactory.create(AppModule, { cors: { origin: allowedOrigins } })
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('the plugin of Fastify: its default, a star in a list, one site, and the list of the fix', () => {
  const policy = (options: string) => `
    //- /app.js
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const app = Fastify()
    await app.register(cors${options})
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  expect(
    check(
      rule,
      policy('').replace('(cors)', '(cors)\n    //    ^^^^^^^^^^^^^^^^^^ [high] @fastify/cors without origins lets every site read'),
    ),
  ).toHaveLength(1)
  check(rule, policy(", { origin: 'https://shop.example.com' }"))
  check(rule, policy(', { origin: false }'))
  checkFix(
    rule,
    policy(", { methods: ['GET'] }"),
    `
    //- /app.js
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const app = Fastify()
    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
    await app.register(cors, { methods: ['GET'], origin: allowedOrigins })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('gateways of Nest that answer every site', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
@WebSocketGateway({ cors: { origin: '*' } })
//                          ^^^^^^^^^^^ socket.io allows *
class ChatGateway {
  @SubscribeMessage('say')
  say() { return 'said' }
}
@WebSocketGateway({ cors: { origin: ['https://shop.example'] } })
class ShopGateway {}
@Module({ providers: [ChatGateway, ShopGateway] })
export class AppModule {}
`),
  )
})

test('an origin that a schema over the environment fills in', () => {
  check(
    rule,
    `
    //- /config.ts
    import { z } from 'zod'
    export const config = z.object({ ORIGIN: z.string().default('*'), SHOP: z.string().default('https://shop.example.com') }).parse(process.env)
    //- /app.ts
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    import { config } from './config'
    const app = Fastify()
    app.register(cors, { origin: config.ORIGIN })
    //                   ^^^^^^^^^^^^^^^^^^^^^ [medium] Every site may read the responses unless ORIGIN is set.
    app.register(async (shop) => { shop.register(cors, { origin: config.SHOP }) })
    app.listen({ port: 3000 })
  `,
  )
})

test.each([
  [`const origin = process.env.ORIGIN || '*'; if (process.env.NODE_ENV === 'production' && origin === '*') throw new Error('any origin')`],
  [
    `const allowed = (text) => { if (text === '*') throw new Error('any origin'); return text }; const origin = allowed(process.env.ORIGIN ?? '*')`,
  ],
  [`const origin = process.env.ORIGIN ?? '*'; if (origin === '*') { console.error('any origin'); process.exit(1) }`],
])('a start that is refused where every site would be let in: %s', (code) => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    ${code}
    app.use(require('cors')({ origin }))
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a warning refuses nothing', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const origin = process.env.ORIGIN ?? '*'
    if (origin === '*') console.warn('any origin')
    if (origin !== '*') new Error('made for nobody')
    app.use(require('cors')({ origin }))
    //                        ^^^^^^ [medium] unless ORIGIN is set
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('socket.io as a plugin of Fastify', () => {
  const app = (options: string): string => `
    import Fastify from 'fastify'
    import socketPlugin from 'fastify-socket.io'
    const app = Fastify()
    app.register(socketPlugin, ${options})
    app.listen({ port: 3000 })`
  const star = app("{ cors: { origin: '*' } }")
  check(
    rule,
    `${star.replace(/\n(.*socketPlugin, \{ cors: \{ )(origin: '\*')(.*)\n/, (all, before: string, option: string) => `${all}${' '.repeat(before.length)}${'^'.repeat(option.length)} [high] socket.io allows *\n`)}`,
  )
  for (const options of ["{ cors: { origin: 'https://shop.example' } }", "{ path: '/live' }"]) check(rule, app(options))
})

test('the fix takes the list that the module has', () => {
  const app = (first: string, second: string, list: string): string => `
    //- /app.js
    import express from 'express'
    import cors from 'cors'
    const app = express()
${list}    const widgets = { origin: ${first} }
    // Reports.
    const reports = { origin: ${second}, methods: ['GET'] }
    app.get('/widgets', cors(widgets), (req, res) => res.json([]))
    app.get('/reports', cors(reports), (req, res) => res.json([]))
    app.listen(3000)
  `
  checkFix(
    rule,
    app(`'*'`, `'*'`, ''),
    app(
      'allowedOrigins',
      'allowedOrigins',
      `    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
`,
    ),
  )
})

test('the option of routing-controllers is the package cors with its defaults', () => {
  const app = (cors: string): string => `
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "routing-controllers": "^0.11.0" } }
    //- /src/app.ts
    import { createExpressServer, Get, JsonController } from 'routing-controllers'
    @JsonController('/notes')
    class Notes {
      @Get()
      list() {
        return []
      }
    }
    createExpressServer({ controllers: [Notes], cors: ${cors} }).listen(3000)
  `
  check(
    rule,
    app('true').replace(
      'listen(3000)',
      `listen(3000)
    //                                                ^^^^ [high] cors() without origins`,
    ),
  )
  check(rule, app("{ origin: 'https://notes.example' }"))
  check(rule, app('false'))
  checkFix(
    rule,
    app('true'),
    app('{ origin: allowedOrigins }').replace(
      'createExpressServer({ controllers',
      `const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
    createExpressServer({ controllers`,
    ),
  )
})

const standalone = (line: string): string => `
  //- /package.json
  { "type": "module", "dependencies": { "@apollo/server": "^5.0.0", "express": "^5.0.0" } }
  //- /server.js
  import { ApolloServer } from '@apollo/server'
  import { startStandaloneServer } from '@apollo/server/standalone'
  const server = new ApolloServer({ typeDefs: '', resolvers: {} })
  ${line}
`

test('the server that Apollo starts by itself has no option for origins', () => {
  check(
    rule,
    standalone(`await startStandaloneServer(server, { listen: { port: 4000 } })
  //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] startStandaloneServer lets every site => no fix`),
  )
  check(rule, standalone("if (process.env.NODE_ENV !== 'production') await startStandaloneServer(server, { listen: { port: 4000 } })"))
})

const yoga = (options: string, mark = '', head = ''): string => `
  //- /app.js
  const express = require('express')
  const { createYoga } = require('graphql-yoga')
  const app = express()
  ${head}
  const yoga = createYoga(${options})
  ${mark}
  app.use(yoga.graphqlEndpoint, yoga)
  app.listen(3000)
`

test('graphql-yoga sends every origin back unless it is told otherwise', () => {
  const call = (options: string, text: string): string =>
    yoga(options, `//           ${'^'.repeat(`createYoga(${options})`.length)} ${text}`)
  const fix = '[medium] graphql-yoga sends each origin back => Allow the origins in ALLOWED_ORIGINS only'
  for (const options of ['{ schema }', '{ schema, cors: true }', '{ schema, cors: undefined }']) check(rule, call(options, fix))
  check(
    rule,
    yoga(
      "{ schema, cors: { origin: '*', credentials: false } }",
      '//                                        ^^^^^^^^^^^ graphql-yoga sends => no fix',
    ),
  )
  check(rule, call('{ schema, cors: { credentials: false } }', 'graphql-yoga sends each origin back => no fix'))
  for (const options of [
    '{ schema, cors: false }',
    "{ schema, cors: { origin: 'https://shop.example' } }",
    "{ schema, cors: { origin: ['https://shop.example', 'https://admin.shop.example'], credentials: false } }",
    "{ schema, cors: process.env.NODE_ENV !== 'production' }",
    '{ ...require("./given.json"), schema }',
    'settings',
  ])
    check(rule, yoga(options))
})

test('an empty list would let everybody in again, so graphql-yoga gets none', () => {
  checkFix(
    rule,
    yoga('{ schema }'),
    yoga('{ schema, cors: allowedOrigins.length > 0 && { origin: allowedOrigins } }').replace(
      '  const yoga =',
      `  const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean)
  const yoga =`,
    ),
  )
})
