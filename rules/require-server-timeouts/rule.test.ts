// Times after which a server gives up on a request.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const server = (after: string): string => `//- /server.js
const express = require('express')
const http = require('http')
const app = express()
app.get('/', (req, res) => res.json({}))
const server = app.listen(3000)
${after}
`

const fastify = (options: string, more = ''): string => `//- /package.json
{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }
//- /server.js
import Fastify from 'fastify'
const app = Fastify(${options})
${more}
app.get('/', async () => ({}))
await app.listen({ port: 3000 })
`

const nest = (adapter: string, mark = ''): string =>
  nestFixture(`//- /package.json
{ "name": "n", "dependencies": { "@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", "@nestjs/platform-fastify": "^11.0.0" } }
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule, ${adapter})
${mark}  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
@Controller()
class AppController {
  @Get()
  hello() { return {} }
}
@Module({ controllers: [AppController] })
export class AppModule {}
`)

test("what Node's own times are set to", () => {
  check(rule, server(`server.requestTimeout = 0\n^^^^^^^^^^^^^^^^^^^^^ [high, info, suggestion] requestTimeout is switched off`))
  check(rule, server(`server.headersTimeout = 0\n^^^^^^^^^^^^^^^^^^^^^ [high] headersTimeout is switched off`))
  check(rule, server(`server.keepAliveTimeout = 0\n^^^^^^^^^^^^^^^^^^^^^^^ [high] idle connections stay open`))
  check(rule, server(`server.setTimeout(0)\n^^^^^^^^^^^^^^^^^^^^ [medium] they stay open => no fix`))
  check(
    rule,
    server(
      `http.createServer({ requestTimeout: 0 }, app).listen(3001)\n                    ^^^^^^^^^^^^^^^^^ [high] requestTimeout is switched off`,
    ),
  )
  check(
    rule,
    `${server(`require('./tune')(server)`)}//- /tune.js
module.exports = (server) => {
  server.requestTimeout = 0
  ^^^^^^^^^^^^^^^^^^^^^ [high] requestTimeout is switched off
}`,
  )
})

test('times that are set, and times of something else', () => {
  for (const after of [
    '',
    `server.requestTimeout = 120_000\nserver.headersTimeout = 66_000\nserver.keepAliveTimeout = 65_000`,
    `server.setTimeout(30_000)`,
    `server.requestTimeout = Number(process.env.REQUEST_TIMEOUT ?? 0)`,
    `app.get('/events', (req, res) => { req.setTimeout(0); res.write('') })`,
    `require('net').connect(1).setTimeout(0)`,
    `setTimeout(() => {}, 0)`,
    `const options = { requestTimeout: 0 }\nrequire('some-client')(options)`,
    `if (process.env.NODE_ENV !== 'production') server.requestTimeout = 0`,
  ])
    check(rule, server(after))
})

test('Fastify, whose requests may take for ever', () => {
  check(
    rule,
    fastify('', '').replace(
      'Fastify()\n',
      'Fastify()\n            ^^^^^^^^^ [high, info, suggestion] Fastify waits for requests of app for ever => Give requests 60 seconds to arrive\n',
    ),
  )
  check(rule, fastify('{ logger: true }').replace('true })\n', 'true })\n            ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Fastify waits\n'))
  check(
    rule,
    fastify('{ http: { requestTimeout: 9 } }').replace(
      '9 } })\n',
      '9 } })\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Fastify waits\n',
    ),
  )
  check(
    rule,
    nest(
      'new FastifyAdapter()',
      '                                                  ^^^^^^^^^^^^^^^^^^^^ [high] Fastify waits for requests of app\n',
    ),
  )
})

test('a time of 0 is none', () => {
  check(
    rule,
    fastify('{ requestTimeout: 0 }').replace(
      '0 })\n',
      '0 })\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Fastify waits => Give requests 60 seconds to arrive\n',
    ),
  )
  const pointer = ' '.repeat(50)
  check(
    rule,
    nest(
      'new FastifyAdapter({ requestTimeout: 0 })',
      `${pointer}^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Fastify waits for requests of app\n`,
    ),
  )
  checkFix(rule, fastify('{ requestTimeout: 0 }'), fastify('{ requestTimeout: 60_000 }'))
})

test('an instance that Nest is given', () => {
  const raw = (options: string, mark: string): string =>
    nest('new FastifyAdapter(server)')
      .replace('async function bootstrap() {', `async function bootstrap() {\n  const server = fastify(${options})${mark}`)
      .replace('import { AppModule }', "import fastify from 'fastify'\nimport { AppModule }")
  check(rule, raw('', '\n                 ^^^^^^^^^ [high] Fastify waits for requests of app'))
  check(rule, raw('{ requestTimeout: 30_000 }', ''))
})

test('Fastify with a time, or with options that are not known', () => {
  for (const options of [
    '{ requestTimeout: 60_000 }',
    '{ requestTimeout: Number(process.env.TIMEOUT) }',
    '{ ...JSON.parse(process.env.OPTIONS) }',
    'globalThis.options',
    '{ serverFactory: globalThis.make }',
  ])
    check(rule, fastify(options))
  check(rule, fastify('', 'app.server.requestTimeout = 60_000'))
  check(rule, nest('new FastifyAdapter({ requestTimeout: 60_000 })'))
  check(rule, nest('new FastifyAdapter(globalThis.options)'))
  check(
    rule,
    `//- /package.json\n{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }\n//- /app.js\nimport Fastify from 'fastify'\nexport const app = Fastify()\napp.get('/', async () => ({}))`,
  )
})

test('who sets other times may have thought of it', () => {
  check(
    rule,
    fastify('', 'app.server.headersTimeout = 70_000').replace('Fastify()\n', 'Fastify()\n            ^^^^^^^^^ [low] Fastify waits\n'),
  )
  check(
    rule,
    fastify('{ connectionTimeout: 60_000 }').replace(
      '60_000 })\n',
      '60_000 })\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Fastify waits\n',
    ),
  )
})

test('fixes', () => {
  checkFix(rule, server('server.requestTimeout = 0'), server('server.requestTimeout = 60_000'))
  checkFix(rule, fastify(''), fastify('{ requestTimeout: 60_000 }'))
  checkFix(rule, fastify('{ logger: true }'), fastify('{ logger: true, requestTimeout: 60_000 }'))
  checkFix(rule, nest('new FastifyAdapter()'), nest('new FastifyAdapter({ requestTimeout: 60_000 })'))
})

test('services that share the factory of their adapter are one cause, and each may set a time', () => {
  const services = (options: string, mark: string): string => `
//- /package.json
{ "name": "n", "dependencies": { "@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", "@nestjs/platform-fastify": "^11.0.0" } }
//- /create.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
export const create = (module: unknown, options: object) => NestFactory.create(module, new FastifyAdapter(options))
${mark}
//- /carts.ts
import { Controller, Get, Module } from '@nestjs/common'
import { create } from './create'
@Controller('carts')
class CartsController { @Get() list() { return [] } }
@Module({ controllers: [CartsController] })
class CartsModule {}
create(CartsModule, { trustProxy: '10.0.0.1' }).then((app) => app.listen(3000))
//- /orders.ts
import { Controller, Get, Module } from '@nestjs/common'
import { create } from './create'
@Controller('orders')
class OrdersController { @Get() list() { return [] } }
@Module({ controllers: [OrdersController] })
class OrdersModule {}
create(OrdersModule, ${options}).then((app) => app.listen(3001))
`
  const line = 'export const create = (module: unknown, options: object) => NestFactory.create(module, new FastifyAdapter(options))'
  const call = 'new FastifyAdapter(options)'
  check(rule, services('{}', `${' '.repeat(line.indexOf(call))}${'^'.repeat(call.length)} [high] Fastify waits for requests`))
  check(rule, services('{ requestTimeout: 30_000 }', ''))
})

test('what fastify-cli makes has its options beside the plugin, which its command reads', () => {
  const app = (flag: string): string => `
    //- /package.json
    { "scripts": { "start": "fastify start${flag} app.js" }, "dependencies": { "fastify": "^5.0.0", "fastify-cli": "^8.0.0" } }
    //- /app.js
    module.exports = async (fastify, opts) => { fastify.get('/', async () => 'hello') }
    module.exports.options = { requestTimeout: 60_000 }
  `
  check(rule, app(' --options'))
  checkNoFix(rule, app(''))
})
