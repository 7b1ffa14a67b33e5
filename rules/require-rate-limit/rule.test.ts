// Tests of require-rate-limit.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { beforeUnreadLayer, behindUnreadLayer } from '../../testing/smallServers.js'
import rule from './rule.js'

test('proxies of a gateway, which has no routes of its own', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { createProxyMiddleware } = require('http-proxy-middleware')
    const proxy = require('express-http-proxy')
    const app = express()
    //          ^^^^^^^^^ [high complete] No rate limit stands in front of any route of \`app\`.
    app.use('/auth', createProxyMiddleware({ target: 'http://auth:3000' }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] ALL /auth/* has no rate limit
    for (const [path, target] of Object.entries({ '/users': 'http://users' })) app.use(path, proxy(target))
    //                                                                         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] ALL /users/*
    if (process.env.NODE_ENV === 'development') app.use('/', createProxyMiddleware({ target: 'http://localhost:5173' }))
    app.listen(3000)
  `,
  )
  const limited = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const { createProxyMiddleware } = require('http-proxy-middleware')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    ${lines}
    app.listen(3000)
  `
  check(rule, limited("app.use(rateLimit())\napp.use('/auth', createProxyMiddleware({ target: 'http://auth' }))"))
  check(rule, limited("app.use('/auth', rateLimit(), createProxyMiddleware({ target: 'http://auth' }))"))
  check(rule, limited("app.use(express.static('public'))"))
})

test('an application without any limiter is one finding with its routes', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { users } from './users.js'
    const app = express()
    //          ^^^^^^^^^ [high] No rate limit stands in front of any route of \`app\`
    app.use('/users', users)
    app.listen(3000)
    //- /users.ts
    import { Router } from 'express'
    export const users = Router()
    users.get('/', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /users has no rate limit
    users.get('/:id', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /users/:id
  `,
  )
})

test('a status is a probe where it tells of the process alone', () => {
  const app = (handler: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const os = require('node:os')
    const db = require('pg')
    const app = express()${mark}
    app.get('/status', ${handler})
    app.get('/healthz', async (req, res) => { await db.query('select 1'); res.json({ ok: true }) })
    app.listen(3000)
  `
  check(rule, app('(req, res) => res.json({ up: process.uptime(), load: os.loadavg(), at: Date.now() })'))
  const mark = '\n    //          ^^^^^^^^^ '
  check(rule, app('async (req, res) => res.json(await db.query("select * from orders"))', mark))
  check(rule, app('(req, res) => res.json({ order: req.query.order })', mark))
})

test('a limiter in another file, on the application, covers routers of other files', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { limiter } from './limits.js'
    import { users } from './users.js'
    const app = express()
    app.use(limiter)
    app.use('/users', users)
    app.listen(3000)
    //- /limits.ts
    import { rateLimit } from 'express-rate-limit'
    const make = (limit: number) => rateLimit({ windowMs: 60_000, limit })
    export const limiter = make(100)
    //- /users.ts
    import { Router } from 'express'
    export const users = Router()
    users.get('/', (req, res) => res.json([]))
  `,
  )
})

test('routes beside the path of the limiter are reported', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const rateLimit = require('express-rate-limit')
    const app = express()
    //          ^^^^^^^^^ [high] 1 of 2 routes of \`app\` has no rate limit.
    app.use('/api', rateLimit({ max: 100 }))
    app.get('/api/users', (req, res) => res.json([]))
    app.get('/export', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /export
    app.listen(3000)
  `,
  )
})

test('probes belong to neither number', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const rateLimit = require('express-rate-limit')
    const app = express()
    //          ^^^^^^^^^ [high] 1 of 2 routes of \`app\` has no rate limit.
    app.get('/healthz', (req, res) => res.json({ ok: true }))
    app.use('/api', rateLimit({ max: 100 }))
    app.get('/api/users', (req, res) => res.json([]))
    app.get('/export', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /export
    app.listen(3000)
  `,
  )
})

test('a limiter of a router covers that router alone', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    //          ^^^^^^^^^ 1 of 2 routes
    const a = express.Router()
    const b = express.Router()
    a.use(rateLimit())
    a.get('/x', (req, res) => res.json([]))
    b.get('/y', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /b/y
    app.use('/a', a)
    app.use('/b', b)
    app.listen(3000)
  `,
  )
})

test('limiters of the project itself count: a Map, Redis, a limiter class, a wrapper', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { createClient } from 'redis'
    import { RateLimiterMemory } from 'rate-limiter-flexible'
    import { rateLimit } from 'express-rate-limit'
    const app = express()
    const redis = createClient()
    const counted = async (req, res, next) => {
      const hits = await redis.incr(req.ip)
      if (hits > 100) return res.status(429).json({ error: 'slow down' })
      next()
    }
    const points = new RateLimiterMemory({ points: 10, duration: 60 })
    const asked = (req, res, next) => points.consume(req.ip).then(() => next()).catch(() => res.status(429).end())
    const inner = rateLimit({ limit: 50 })
    const wrapped = (req, res, next) => (req.path === '/free' ? next() : inner(req, res, next))
    app.get('/a', counted, (req, res) => res.json({}))
    app.get('/b', asked, (req, res) => res.json({}))
    app.get('/c', [wrapped], (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an error handler that answers 429 limits nothing', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ No rate limit
    app.get('/a', (req, res) => res.json({}))
    app.use((err, req, res, next) => res.status(429).end())
    app.listen(3000)
  `,
  )
})

test('a webhook that its provider signs may stand in front of the limiter', () => {
  const server = (event: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const app = express()
    ${mark}
    app.post('/hooks/stripe', express.raw({ type: '*/*' }), (req, res) => {
      const event = ${event}
      res.json({ received: event.id })
    })
    app.use('/api', rateLimit({ limit: 100 }))
    app.get('/api/users', (req, res) => res.json([]))
    app.listen(3000)
  `
  check(rule, server(`stripe.webhooks.constructEvent(req.body, req.get('stripe-signature'), process.env.HOOK_SECRET)`))
  check(rule, server('JSON.parse(req.body)', '            ^^^^^^^^^ [high] 1 of 2 routes'))
})

test('slowing down is no limit', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { slowDown } = require('express-slow-down')
    const app = express()
    //          ^^^^^^^^^ No rate limit
    app.use(slowDown({ delayAfter: 5 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter that is on in production only is on', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    if (process.env.NODE_ENV === 'production') app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter behind a flag is conditional, and the message names the flag', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    if (process.env.ENABLE_LIMITS === 'true') app.use(rateLimit({ limit: 100 }))
    //                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, info] only on when \`ENABLE_LIMITS\` says so
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter that is on unless it is switched off is on', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    if (process.env.RATE_LIMIT !== 'off') app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('probes and preflights need no limit', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.get('/health', (req, res) => res.send('ok'))
    app.options('/a', cors())
    app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('probes are not asked for behind what could not be understood either', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(require('./middleware/' + process.env.GUARD))
    app.get('/health', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an unlisted package in front takes the certainty away, not the finding', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [medium] No rate limit
    app.use(require('acme-edge-guard')())
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a gateway that limits is enough: by configuration', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
    { gateway: ['rate-limit'] },
  )
})

test.each(['nginx/nginx.conf', 'nginx/templates/default.conf.template', 'gateway/nginx.conf.template'])(
  'a gateway that limits is enough: by its own file %s',
  (file) => {
    check(
      rule,
      `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    //- /${file}
    http {
      limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s;
      server { location / { limit_req zone=api burst=20; proxy_pass http://app:3000; } }
    }
  `,
    )
  },
)

test('an ingress annotation limits, a zone alone does not', () => {
  const app = `
    //- /app.js
    const express = require('express')
    const app = express()
    MARK
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(
    rule,
    `${app.replace('    MARK\n', '')}
    //- /k8s/ingress.yaml
    metadata:
      annotations:
        nginx.ingress.kubernetes.io/limit-rps: "10"
  `,
  )
  check(
    rule,
    `${app.replace('MARK', '//          ^^^^^^^^^ No rate limit')}
    //- /nginx.conf
    http { limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s; }
  `,
  )
})

test('probes by any name stand in front of a limiter, unless they ask others', () => {
  const server = (code: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const { Pool } = require('pg')
    const db = new Pool()
    const app = express()
    ${mark}
    app.get('/up', async (req, res) => { ${code} })
    app.use(rateLimit({ windowMs: 60000, limit: 100 }))
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
  `
  check(rule, server("res.send('OK')", ''))
  check(rule, server("res.json((await db.query('select * from users')).rows)", '//          ^^^^^^^^^ 1 of 2 routes'))
})

test('the note names expensive work', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const bcrypt = require('bcryptjs')
    const app = express()
    //          ^^^^^^^^^ No rate limit
    app.get('/digest', async (req, res) => res.send(await bcrypt.hash(req.query.text, 12)))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] expensive work: bcryptjs hash
    app.listen(3000)
  `,
  )
})

test('an application of tests is nobody’s server', () => {
  check(
    rule,
    `
    //- /test/server.test.js
    const express = require('express')
    const app = express()
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an application in a class is found, and has a fix', () => {
  const findings = check(
    rule,
    `
    //- /server.ts
    import express from 'express'
    class Server {
      app = express()
      //    ^^^^^^^^^ No rate limit
      constructor() { this.routes() }
      routes() { this.app.get('/a', (req, res) => res.json({})) }
    }
    new Server().app.listen(3000)
  `,
  )
  expect(findings[0]?.fix).not.toBeNull()
})

test('the fix adds a limiter where the application is made: CommonJS with semicolons', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express');

    const app = express();
    app.get('/a', (req, res) => res.json({}));
    app.listen(3000);
    //- /package.json
    {
      "dependencies": {
        "express": "^5.1.0"
      }
    }
  `,
    `
    //- /app.js
    const express = require('express');
    const { rateLimit } = require('express-rate-limit');

    const app = express();
    app.use(rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 100,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    }));
    app.get('/a', (req, res) => res.json({}));
    app.listen(3000);
    //- /package.json
    {
      "dependencies": {
        "express": "^5.1.0",
        "express-rate-limit": "^8.7.4"
      }
    }
  `,
  )
})

test('the fix in TypeScript modules, in a class', () => {
  checkFix(
    rule,
    `
    //- /server.ts
    import express from 'express'

    export class Server {
      app = express()
      constructor() {
        // Routes.
        this.app.get('/a', (req, res) => res.json({}))
      }
    }
    new Server().app.listen(3000)
  `,
    `
    //- /server.ts
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'

    export class Server {
      app = express()
      constructor() {
        this.app.use(rateLimit({
          windowMs: 15 * 60 * 1000,
          limit: 100,
          standardHeaders: 'draft-8',
          legacyHeaders: false,
        }))
        // Routes.
        this.app.get('/a', (req, res) => res.json({}))
      }
    }
    new Server().app.listen(3000)
  `,
  )
})

test('the fix writes for the version that is there', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const rateLimit = require('express-rate-limit')
    const app = express()
    app.post('/login', rateLimit({ max: 5 }), (req, res) => res.json({}))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.0", "express-rate-limit": "^5.5.1" } }
  `,
    `
    //- /app.js
    const express = require('express')
    const rateLimit = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({
      windowMs: 15 * 60 * 1000,
      max: 100,
    }))
    app.post('/login', rateLimit({ max: 5 }), (req, res) => res.json({}))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

const nestController = `
import { Controller, Get } from '@nestjs/common'
@Controller()
export class AppController {
  @Get()
  hello() {
    return 'hello'
  }
}
`

test('the fix adds ThrottlerModule and its guard to the root module', () => {
  checkFix(
    rule,
    nestFixture(`//- /app.controller.ts${nestController}
//- /app.module.ts
import { Module } from '@nestjs/common'
import { AppController } from './app.controller'

@Module({
  imports: [],
  controllers: [AppController],
})
export class AppModule {}
`),
    `
    //- /package.json
    {
      "name": "fixture",
      "dependencies": {
        "@nestjs/common": "^11.0.0",
        "@nestjs/core": "^11.0.0",
        "@nestjs/platform-express": "^11.0.0",
        "@nestjs/throttler": "^6.7.1"
      }
    }
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { AppController } from './app.controller'
    import { ThrottlerModule, ThrottlerGuard } from '@nestjs/throttler'
    import { APP_GUARD } from '@nestjs/core'

    @Module({
      imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])],
      controllers: [AppController],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    })
    export class AppModule {}
  `,
  )
})

test('the guard that the fix adds leaves out probes, which must not be refused', () => {
  const probe = (skip: string): string => `//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
${skip === '' ? '' : "import { ThrottlerModule, ThrottlerGuard, SkipThrottle } from '@nestjs/throttler'\nimport { APP_GUARD } from '@nestjs/core'\n"}
@Controller('health')
export class HealthController {
  ${skip}@Get()
  check() {
    return { status: 'ok' }
  }
}

@Controller('notes')
export class NotesController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [HealthController, NotesController]${skip === '' ? '' : ', imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }]'} })
export class AppModule {}
`
  checkFix(
    rule,
    nestFixture(probe('')),
    `//- /package.json
{
  "name": "fixture",
  "dependencies": {
    "@nestjs/common": "^11.0.0",
    "@nestjs/core": "^11.0.0",
    "@nestjs/platform-express": "^11.0.0",
    "@nestjs/throttler": "^6.7.1"
  }
}
${probe('@SkipThrottle()\n  ')}`,
  )
})

test('a guard under APP_GUARD of any module limits every route', () => {
  check(
    rule,
    nestFixture(`//- /app.controller.ts${nestController}
//- /limits.module.ts
import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Module({
  imports: [ThrottlerModule.forRootAsync({ useFactory: () => [{ ttl: 60000, limit: 100 }] })],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class LimitsModule {}
//- /app.module.ts
import { Module } from '@nestjs/common'
import { AppController } from './app.controller'
import { LimitsModule } from './limits.module'
@Module({ imports: [LimitsModule], controllers: [AppController] })
export class AppModule {}
`),
  )
})

test('routes that skip the throttler, and controllers without its guard, are named', () => {
  check(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] 2 of 3 routes of \`app\` have no rate limit
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common'
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller('notes')
@UseGuards(ThrottlerGuard)
class NotesController {
  @Get()
  list() { return [] }
  @Post()
  ~~~~~~~ [affected] POST /notes has no rate limit
  @SkipThrottle()
  add() { return {} }
}
@Controller('tags')
class TagsController {
  @Get()
  ~~~~~~ [affected] GET /tags has no rate limit
  list() { return [] }
}
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers: [NotesController, TagsController] })
export class AppModule {}
`),
  )
})

test('routes of Fastify, and a plugin that nobody awaits', () => {
  const [finding] = check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    //          ^^^^^^^^^ [high warning] No rate limit stands in front of any route of ` +
      '`app`' +
      `.
    app.get('/', async () => ({ ok: true }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected]
    await app.listen({ port: 3000 })
  `,
  )
  expect(finding?.how).toContain('@fastify/rate-limit')
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { max: 100, timeWindow: '15 minutes' })
    app.get('/', async () => ({ ok: true }))
    app.get('/ready', { config: { rateLimit: false } }, async () => 'ready')
    await app.listen({ port: 3000 })
  `,
  )
})

test('the limit of Fastify is awaited, or a hook where nothing can be', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    export async function build() {
      const app = Fastify()
      app.get('/', async () => ({ ok: true }))
      return app
    }
    void build().then((app) => app.listen({ port: 3000 }))
  `,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    export async function build() {
      const app = Fastify()
      await app.register(rateLimit, { max: 100, timeWindow: '15 minutes' })
      app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
        reply.code(404).send({ message: \`Route \${request.method}:\${request.url} not found\`, error: 'Not Found', statusCode: 404 })
      })
      app.get('/', async () => ({ ok: true }))
      return app
    }
    void build().then((app) => app.listen({ port: 3000 }))
  `,
  )
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    const rateLimit = require('@fastify/rate-limit')

    const app = require('fastify')()
    app.register(rateLimit, { global: false, max: 100, timeWindow: '15 minutes' })
    app.after(() => {
      app.addHook('onRequest', app.rateLimit())
    })
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
  )
})

test('probes below what all paths begin with need no limit', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.get('/api/v1/health', (req, res) => res.json({}))
    app.get('/api/readyz', (req, res) => res.json({}))
    app.use(rateLimit({ limit: 100 }))
    app.get('/api/items', (req, res) => res.json([]))
    app.listen(3000)
  `,
  )
})

test('what is named like a probe and is none needs a limit', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ No rate limit
    app.get('/api/health', (req, res) => res.json({}))
    app.post('/api/health', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /api/health
    app.get('/api/health/patients/:id', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /api/health/patients/:id
    app.get('/healthrecords', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /healthrecords
    app.get('/api/metrics/sales', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /api/metrics/sales
    app.listen(3000)
  `,
  )
})

test('the throttler of a neighbour is of no use to the guard of an application', () => {
  const feed = (module: string, imported: string): string => `
//- /package.json
{ "scripts": { "start": "node dist/shop", "start:feed": "node dist/feed" }, "dependencies": { "@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "@nestjs/throttler": "^6.5.0" } }
//- /src/shop.ts
import { NestFactory, APP_GUARD } from '@nestjs/core'
import { Controller, Get, Module } from '@nestjs/common'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller()
class ShopController {
  @Get('shop')
  shop() { return 'shop' }
}
@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 100 }])],
  controllers: [ShopController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
class ShopModule {}
NestFactory.create(ShopModule).then((app) => app.listen(3000))
//- /src/feed.ts
import { NestFactory${imported === '' ? '' : ', APP_GUARD'} } from '@nestjs/core'
import { Controller, Get, Module } from '@nestjs/common'
${imported}@Controller()
class FeedController {
  @Get('feed')
  feed() { return 'feed' }
}
@Module({ controllers: [FeedController]${module} })
class FeedModule {}
NestFactory.create(FeedModule).then((app) => app.listen(3001))
`
  checkFix(
    rule,
    feed('', ''),
    feed(
      ', imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }]',
      "import { ThrottlerModule, ThrottlerGuard } from '@nestjs/throttler'\n",
    ),
  )
})

test('the fix counts no files of a page and no probes, and stands where a class registers its middleware', () => {
  const limiter = (indent: string, name: string): string =>
    `${name}.use(rateLimit({\n  windowMs: 15 * 60 * 1000,\n  limit: 100,\n  standardHeaders: 'draft-8',\n  legacyHeaders: false,\n}))\n`.replaceAll(
      /^(?=.)/gm,
      indent,
    )
  const site = (limit: string, imported: string): string => `
//- /app.js
import express from 'express'
import cors from 'cors'
import morgan from 'morgan'
${imported}
const app = express()
app.use(cors({ origin: [] }))
app.use(morgan('combined'))
app.use(express.static('public'))
app.get('/healthz', (req, res) => res.json({ ok: true }))
${limit}app.use(express.json())
app.get('/items', (req, res) => res.json({}))
app.listen(3000)
//- /package.json
{ "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4" } }
`
  const imported = "import { rateLimit } from 'express-rate-limit'\n"
  checkFix(rule, site('', ''), site(limiter('', 'app'), imported))
  const server = (limit: string, more: string): string => `
//- /server.js
import express from 'express'
import cors from 'cors'
${more}
class Server {
  constructor() {
    this.app = express()
    this.middleware()
    this.routes()
  }
  middleware() {
    this.app.use(cors({ origin: [] }))
    this.app.get('/healthz', (req, res) => res.json({ ok: true }))
${limit}  }
  routes() {
    this.app.get('/items', (req, res) => res.json({}))
  }
}
new Server().app.listen(3000)
//- /package.json
{ "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4" } }
`
  checkFix(rule, server('', ''), server(limiter('    ', 'this.app'), imported))
})

test('the fix spares probes that stand behind the limiter, which must not be refused', () => {
  const server = (limit: string, imported: string): string => `
//- /app.js
import express from 'express'
${imported}import { status } from './status.js'
const app = express()
${limit}app.get('/items', (req, res) => res.json({}))
app.use('/internal', status)
app.get('/healthz', (req, res) => res.json({ ok: true }))
app.get('/health/:id', (req, res) => res.json({ id: req.params.id }))
app.listen(3000)
//- /status.js
import { Router } from 'express'
export const status = Router()
status.get('/ready', (req, res) => res.send('ok'))
//- /package.json
{ "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4" } }
`
  const limit = `app.use(rateLimit({
  windowMs: 15 * 60 * 1000,
  limit: 100,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  skip: (req) => ['/internal/ready', '/healthz'].includes(req.path),
}))
`
  const imported = "import { rateLimit } from 'express-rate-limit'\n"
  checkFix(rule, server('', ''), server(limit, '').replace("'./status.js'\n", `'./status.js'\n${imported}`))
})

test('the fix for Fastify spares probes behind the plugin, where it is new and where it limited single routes', () => {
  const server = (options: string): string => `
//- /app.js
import Fastify from 'fastify'
import rateLimit from '@fastify/rate-limit'
const app = Fastify()
app.get('/ready', async () => 'ready')
await app.register(rateLimit, ${options})
app.get('/items', async () => [])
app.get('/health', async () => ({ ok: true }))
app.get('/live', { config: { rateLimit: false } }, async () => 'live')
await app.listen({ port: 3000 })
//- /package.json
{ "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/rate-limit": "^10.3.0" } }
`
  const limited = "{ global: true, max: 100, timeWindow: '15 minutes', allowList: (request) => request.url === '/health' }"
  checkFix(rule, server('{ global: false }'), server(limited))
  checkFix(
    rule,
    server("{ global: false, allowList: ['10.0.0.1'] }"),
    server("{ global: true, allowList: ['10.0.0.1'], max: 100, timeWindow: '15 minutes' }"),
  )
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    app.get('/items', async () => [])
    app.get('/health', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    const rateLimit = require('@fastify/rate-limit')

    const app = require('fastify')()
    app.register(rateLimit, { global: false, max: 100, timeWindow: '15 minutes', allowList: (request) => request.url === '/health' })
    app.after(() => {
      app.addHook('onRequest', app.rateLimit())
    })
    app.get('/items', async () => [])
    app.get('/health', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
  )
})

test('the fix leaves code alone that several applications run', () => {
  const file = (limits: string, imported: string): string => `
//- /app.js
import express from 'express'
import { headers } from './headers.js'
${imported}export const api = express()
${limits}headers(api)
api.get('/items', (req, res) => res.json({}))
api.listen(3000)
export const admin = express()
${limits.replace('api', 'admin')}headers(admin)
admin.get('/items', (req, res) => res.json({}))
admin.listen(3001)
//- /headers.js
import cors from 'cors'
export function headers(app) {
  app.use(cors({ origin: [] }))
}
//- /package.json
{ "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4" } }
`
  const limit = `api.use(rateLimit({\n  windowMs: 15 * 60 * 1000,\n  limit: 100,\n  standardHeaders: 'draft-8',\n  legacyHeaders: false,\n}))\n`
  checkFix(rule, file('', ''), file(limit, "import { rateLimit } from 'express-rate-limit'\n"))
})

test('a guard that knows HTTP alone is not put in front of messages', () => {
  const graph = (lines: string): string => `//- /app.controller.ts${nestController}
//- /app.module.ts
import { Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { AppController } from './app.controller'

@Module({ imports: [${lines}], controllers: [AppController] })
export class AppModule {}
`
  checkNoFix(rule, nestFixture(graph('GraphQLModule.forRoot({ autoSchemaFile: true })')))
  const hybrid = (options: string): string => `${graph('').replace("import { GraphQLModule } from '@nestjs/graphql'\n", '')}
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.connectMicroservice({ transport: 0 }${options})
  await app.startAllMicroservices()
  await app.listen(3000)
}
bootstrap()
`
  checkNoFix(rule, nestFixture(hybrid(', { inheritAppConfig: true }')))
  expect(() => checkNoFix(rule, nestFixture(hybrid('')))).toThrow()
})

test('the fix is no stricter than the limiter that the project has for most of its routes', () => {
  const shop = (limit: string): string => `
//- /app.js
import express from 'express'
import { rateLimit } from 'express-rate-limit'
const app = express()
${limit}app.use('/api', rateLimit({ windowMs: 15 * 60 * 1000, limit: 300 }))
app.use('/api/login', rateLimit({ windowMs: 15 * 60 * 1000, limit: 10 }))
app.get('/api/items', (req, res) => res.json({}))
app.get('/files', (req, res) => res.json({}))
app.listen(3000)
//- /package.json
{ "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4" } }
`
  checkFix(
    rule,
    shop(''),
    shop(`app.use(rateLimit({\n  windowMs: 15 * 60 * 1000,\n  limit: 300,\n  standardHeaders: 'draft-8',\n  legacyHeaders: false,\n}))\n`),
  )
})

test('a plugin that limits single routes is awaited where it comes to limit those beside it', () => {
  const app = (register: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    ${register}
    app.register(async (staff) => {
      staff.post('/login', { config: { rateLimit: { max: 5, timeWindow: '15 minutes' } } }, async () => ({}))
      staff.get('/rooms', async () => [])
    })
    app.get('/notes', async () => [])
    await app.listen({ port: 3000 })
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "@fastify/rate-limit": "^11.2.0", "fastify": "^5.0.0" } }
  `
  checkFix(
    rule,
    app("app.register(rateLimit, { global: false, max: 100, timeWindow: '1 minute' })"),
    app("await app.register(rateLimit, { global: true, max: 100, timeWindow: '1 minute' })"),
  )
})

test('a layer that could not be read may be the limiter', () => {
  check(rule, behindUnreadLayer({ app: '[low] No rate limit was found in front of `app`, and a layer there could not be read => no fix' }))
})

test('a route in front of it certainly has none', () => {
  check(rule, beforeUnreadLayer({ app: '[high] 1 of 2 routes of `app` has no rate limit.' }))
})

test('routes that a limiter leaves out by a function are told where they need a limit of their own', () => {
  const left = (skip: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const mailer = require('nodemailer').createTransport({})
    const app = express()
    ${mark}
    app.use(rateLimit({ limit: 100, skip: ${skip} }))
    app.get('/static/logo', (req, res) => res.sendFile('/srv/logo.png'))
    app.get('/about', (req, res) => res.send('about'))
    app.post('/orders', async (req, res) => {
      await mailer.sendMail({ to: 'shop@example.com', text: 'Ordered' })
      res.end()
    })
    app.listen(3000)
  `
  check(rule, left("(req) => req.path.startsWith('/static')"))
  check(rule, left("(req) => req.method === 'GET'"))
  check(rule, left("(req) => req.method === 'POST'", '//          ^^^^^^^^^ [high] 1 of 3 routes of `app` has no rate limit.'))
})

test('fix: a limiter that comes too late moves, and gets no second one beside it', () => {
  const app = (before: string, after: string): string => `
    //- /app.js
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    import { users } from './users.js'
    const app = express()
    app.use(express.json())
    ${before}app.post('/login', async (req, res) => {
      const user = await users.check(req.body.name, req.body.password)
      if (!user) return res.sendStatus(401)
      res.json(user)
    })
    ${after}app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)
  `
  const limiter = 'app.use(rateLimit({ windowMs: 60_000, limit: 50 }))\n    '
  checkFix(rule, app('', limiter), app(limiter, ''))
})

test('no fix where Fastify awaits the plugin behind a route', () => {
  const [found] = findingsOf(
    rule,
    parseFixture(`
    //- /app.mjs
    import Fastify from 'fastify'
    import limits from '@fastify/rate-limit'
    const app = Fastify()
    app.get('/notes', async () => [])
    await app.register(limits, { max: 50 })
    app.get('/users', async () => [])
    await app.listen({ port: 3000 })
  `).files,
  )
  expect(found?.message).toBe('1 of 2 routes of `app` has no rate limit.')
  expect(found?.fix).toBeNull()
})
