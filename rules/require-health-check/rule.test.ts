// Whether something tells that the server is well.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const server = (lines: string, head = 'const app = express()'): string => `//- /server.js
const express = require('express')
${head}
${lines}
app.get('/users', (req, res) => res.json([]))
app.listen(3000)
`

const FASTIFY = `//- /package.json
{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }
//- /server.js
import Fastify from 'fastify'
`

const nest = (path: string, more = ''): string =>
  nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${more}  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
@Controller('${path}')
class UsersController {
  @Get()
  list() { return [] }
}
@Module({ controllers: [UsersController] })
export class AppModule {}
`)

test('no route', () => {
  check(
    rule,
    server(
      '',
      'const app = express()\n            ^^^^^^^^^ [high, info, suggestion] No route tells whether app is well => Answer GET /health',
    ),
  )
  check(
    rule,
    `${FASTIFY}const app = Fastify()\n            ^^^^^^^^^ [high] No route tells\napp.get('/users', async () => [])\nawait app.listen({ port: 3000 })`,
  )
  check(
    rule,
    nest('users', '                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] No route tells whether app is well => Answer GET /health\n'),
  )
})

test('routes by their path', () => {
  for (const path of [
    '/health',
    '/healthz',
    '/api/v1/health',
    '/health-check',
    '/_health',
    '/health/live',
    '/livez',
    '/readyz',
    '/status',
    '/ping',
    '/api/alive',
    '/system/heartbeat',
  ])
    check(rule, server(`app.get('${path}', (req, res) => res.json(process.memoryUsage()))`))
  check(
    rule,
    `${FASTIFY}const app = Fastify()\napp.get('/users', async () => [])\napp.get('/health', async () => ({}))\nawait app.listen({ port: 3000 })`,
  )
  check(rule, nest('health'))
  check(
    rule,
    `${server(`app.use('/api', require('./routes'))`)}//- /routes.js
const router = require('express').Router()
router.route('/healthcheck').get((req, res) => res.end())
module.exports = router`,
  )
})

test('routes by what they answer', () => {
  for (const answer of [
    `res.send('OK')`,
    `res.json({ healthy: true })`,
    `res.json({ status: 'up' })`,
    `res.json({ uptime: process.uptime() })`,
    `res.send('pong')`,
  ])
    check(rule, server(`app.get('/', (req, res) => ${answer})`))
  check(rule, `${FASTIFY}const app = Fastify()\napp.get('/', async () => ({ status: 'ok' }))\nawait app.listen({ port: 3000 })`)
})

test('routes that say something else', () => {
  for (const line of [
    `app.get('/health/patients/:id', (req, res) => res.json({}))`,
    `app.get('/badges/:id/status', (req, res) => res.json({}))`,
    `app.get('/status', (req, res) => res.render('pages'))\napp.get('/status/:page', (req, res) => res.render('page'))`,
    `app.post('/ping', (req, res) => res.json({}))`,
    `app.get('/orders/:status', (req, res) => res.json([]))`,
    `app.get('/', (req, res) => res.send('Hello World!'))`,
    `if (process.env.NODE_ENV !== 'production') app.get('/health', (req, res) => res.json({}))`,
  ])
    check(rule, server(line, 'const app = express()\n            ^^^^^^^^^ [high] No route tells'))
})

test('packages that bring one', () => {
  for (const line of [
    `app.use('/probe', require('express-healthcheck')())`,
    `require('@godaddy/terminus').createTerminus(require('http').createServer(app), { healthChecks: {} })`,
    `require('lightship').createLightship()`,
  ])
    check(rule, server(line))
  check(
    rule,
    `${FASTIFY}import pressure from '@fastify/under-pressure'\nconst app = Fastify()\napp.register(pressure, { exposeStatusRoute: true })\napp.get('/users', async () => [])\nawait app.listen({ port: 3000 })`,
  )
})

test('a port of its own', () => {
  check(rule, server(`const probes = express()\nprobes.get('/healthz', (req, res) => res.end())\nprobes.listen(9000)`))
  check(
    rule,
    `${server(`require('./probes')`)}//- /probes.js
const probes = require('express')()
probes.get('/readyz', (req, res) => res.end())
module.exports = probes.listen(9000)`,
  )
})

test('not sure', () => {
  check(
    rule,
    server(
      `app.use((req, res, next) => { if (req.url === '/healthz') return res.end(); next() })`,
      'const app = express()\n            ^^^^^^^^^ [low] No route tells',
    ),
  )
  check(rule, server(`require('./missing')(app)`, 'const app = express()\n            ^^^^^^^^^ [low] No route tells'))
})

test('no process of its own, and nothing to ask', () => {
  check(rule, `//- /index.js\nconst app = require('express')()\napp.get('/users', (req, res) => res.json([]))\nmodule.exports = app`)
  check(rule, `//- /index.js\nconst app = require('express')()\napp.listen(3000)`)
  check(
    rule,
    `//- /index.js\nconst app = require('express')()\nconst serverless = require('serverless-http')\napp.get('/users', (req, res) => res.json([]))\nexports.handler = serverless(app)`,
  )
})

test('the fix stands behind headers and log lines, and in front of limits', () => {
  const lines = (health: string): string => `//- /server.js
const express = require('express');
const helmet = require('helmet');
const { rateLimit } = require('express-rate-limit');

const app = express();
app.use(helmet());
${health}app.use(rateLimit({ windowMs: 60000, limit: 100 }));
app.get('/users', (req, res) => res.json([]));
app.listen(3000);
`
  checkFix(rule, lines(''), lines(`app.get('/health', (_req, res) => {\n  res.json({ status: 'ok' });\n});\n`))
})

test('the fix where nothing stands in front', () => {
  checkFix(
    rule,
    `//- /server.ts
import express from 'express'

const app = express()
app.get('/users', (req, res) => {
  res.json([])
})
app.listen(3000)
`,
    `//- /server.ts
import express from 'express'

const app = express()
app.get('/health', (_req, res) => {
  res.json({ status: 'ok' })
})
app.get('/users', (req, res) => {
  res.json([])
})
app.listen(3000)
`,
  )
  checkFix(
    rule,
    `${FASTIFY}const app = Fastify()\napp.get('/users', async () => [])\nawait app.listen({ port: 3000 })`,
    `${FASTIFY}const app = Fastify()\napp.get('/health', async () => ({ status: 'ok' }))\napp.get('/users', async () => [])\nawait app.listen({ port: 3000 })`,
  )
})

test('the fix on Nest is a controller of the root module', () => {
  checkFix(
    rule,
    nest('users'),
    `${nest('users')
      .replace(
        "from '@nestjs/common'\n@Controller",
        "from '@nestjs/common'\nimport { HealthController } from './health.controller'\n@Controller",
      )
      .replace('controllers: [UsersController]', 'controllers: [UsersController, HealthController]')}//- /health.controller.ts
import { Controller, Get } from '@nestjs/common'

@Controller('health')
export class HealthController {
  @Get()
  check() {
    return { status: 'ok' }
  }
}
`,
  )
})

const THROTTLED = (options: string): string =>
  nest('users')
    .replace(
      "import { Controller, Get, Module } from '@nestjs/common'",
      "import { Controller, Get, Module } from '@nestjs/common'\nimport { APP_GUARD } from '@nestjs/core'\nimport { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'",
    )
    .replace(
      '@Module({',
      `@Module({ imports: [ThrottlerModule.forRoot([{ ${options}ttl: 1000, limit: 9 }])], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],`,
    )

test.each([
  ['', '@SkipThrottle()'],
  ["name: 'slow', ", '@SkipThrottle({ slow: true })'],
])('a throttler of Nest is told to leave it out: %s', (options, decorator) => {
  const before = THROTTLED(options)
  checkFix(
    rule,
    before,
    `${before
      .replace("from '@nestjs/throttler'\n", "from '@nestjs/throttler'\nimport { HealthController } from './health.controller'\n")
      .replace('controllers: [UsersController]', 'controllers: [UsersController, HealthController]')}//- /health.controller.ts
import { Controller, Get } from '@nestjs/common'
import { SkipThrottle } from '@nestjs/throttler'

@Controller('health')
export class HealthController {
  ${decorator}
  @Get()
  check() {
    return { status: 'ok' }
  }
}
`,
  )
})

test('no fix where it has no place', () => {
  checkNoFix(
    rule,
    `${FASTIFY}const app = Fastify()
app.addHook('onRequest', async (request, reply) => { if (request.headers.authorization !== process.env.KEY) return reply.code(401).send() })
app.get('/users', async () => [])
await app.listen({ port: 3000 })`,
  )
})

test('a socket at /live is a feed', () => {
  const app = (options: string, mark: string): string => `
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify()
    ${mark}
    app.register(websocket)
    app.register(async (app) => {
      app.get('/live', ${options} async () => ({ at: 1 }))
      app.post('/orders', async () => ({}))
    })
    app.listen({ port: 3000 })`
  check(rule, app('{ websocket: true },', '//          ^^^^^^^^^ [high] No route tells whether app is well'))
  check(rule, app('', ''))
})

test('a package that brings probes brings them to the process that loads it', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "node api.js", "start:admin": "node admin.js" }, "dependencies": { "fastify": "^5.0.0", "@fastify/under-pressure": "^9.0.0" } }
    //- /api.js
    import Fastify from 'fastify'
    import underPressure from '@fastify/under-pressure'
    const app = Fastify()
    await app.register(underPressure, { exposeStatusRoute: true })
    app.get('/', async () => ({ hello: 1 }))
    await app.listen({ port: 3000 })
    //- /admin.js
    import Fastify from 'fastify'
    const app = Fastify()
    //          ^^^^^^^^^ [high] No route tells whether app is well.
    app.get('/board', async () => ({ board: [] }))
    await app.listen({ port: 3001 })
  `,
  )
})

test('what answers all requests below a path for probes', () => {
  check(rule, server(`app.use('/healthz', (req, res) => res.end('ok'))`))
  check(
    rule,
    server(`app.use('/health', require('./health'))`) +
      `//- /health.js\nmodule.exports = (req, res) => { res.status(200).json({ status: 'up' }) }\n`,
  )
})

test('what stands in front of a path for probes and answers nobody', () => {
  for (const layer of [`(req, res, next) => next()`, `(req, res, next) => (req.get('x-key') ? next() : res.sendStatus(401))`])
    check(
      rule,
      `//- /server.js
const express = require('express')
const app = express()
            ^^^^^^^^^ No route tells
app.use('/health', ${layer})
app.get('/users', (req, res) => res.json([]))
app.listen(3000)
`,
    )
})

test('fix: what comes first may be registered in a method', () => {
  const app = (route: string): string => `
    //- /app.ts
    import cors from 'cors'
    import express, { type Express } from 'express'
    import { rateLimit } from 'express-rate-limit'
    class App {
      private readonly express: Express
      constructor() {
        this.express = express()
        this.middleware()
        this.express.get('/users', (_req, res) => { res.json([]) })
      }
      private middleware() {
        this.express.use(cors())
        ${route}this.express.use(rateLimit({ limit: 100 }))
      }
      start() {
        this.express.listen(3000)
      }
    }
    new App().start()
  `
  checkFix(
    rule,
    app(''),
    app(`this.express.get('/health', (_req, res) => {
          res.json({ status: 'ok' })
        })
        `),
  )
})

test('the fix does not stand under the condition of what comes first', () => {
  const app = (top: string): string => `
    //- /app.js
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    ${top}if (process.env.HARDEN === '1') {
      app.use(helmet())
    }
    app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)
  `
  checkFix(rule, app(''), app("app.get('/health', (_req, res) => {\n      res.json({ status: 'ok' })\n    })\n    "))
})

test('a page for administrators that tells how the server is', () => {
  const debug = (chain: string, mark: string, answer = 'uptime: process.uptime()'): string => `//- /server.js
import express from 'express'
const app = express()
//          ${mark}
app.get('/debug', ${chain}(req, res) => res.json({ ${answer} }))
app.listen(3000)
`
  check(rule, debug('(req, res, next) => (req.get("authorization") ? next() : res.sendStatus(401)), ', '^^^^^^^^^ [high]'))
  check(rule, debug('', ''))
  // It says that it is meant to tell.
  check(rule, debug('(req, res, next) => (req.get("authorization") ? next() : res.sendStatus(401)), ', '', 'healthy: true'))
})
