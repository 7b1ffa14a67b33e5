// Tests of no-ineffective-rate-limit.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const options = (written: string, marks: string): string => `
    //- /app.js
    const express = require('express')
    const crypto = require('crypto')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({
      ${written}
      ${marks}
    }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
`

test('skip that answers true for everything', () => {
  check(rule, options('skip: () => true,', '^^^^^^^^^^^^^^^^ [high, error] limits nothing: `skip` answers true'))
  check(
    rule,
    options('skip: () => process.env.NODE_ENV === "production",', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `skip` answers true'),
  )
})

test('skip by what any client can send', () => {
  for (const [condition, sent] of [
    ['req.headers["x-internal"] === "1"', 'the header `x-internal`'],
    ['"1" == req.get("x-internal")', 'the header `x-internal`'],
    ['Boolean(req.headers["x-internal"])', 'the header `x-internal`'],
    ['req.headers["user-agent"].includes("probe")', 'the header `user-agent`'],
    ['req.path === "/health" || req.query.nolimit === "yes"', '`nolimit` in their query'],
  ] as const) {
    const skip = `skip: (req) => ${condition},`
    check(
      rule,
      options(skip, `${'^'.repeat(skip.length - 1)} [medium] Clients get around this rate limiter: \`skip\` spares requests with ${sent}`),
    )
  }
})

test('skip with a condition is fine', () => {
  check(rule, options('skip: (req) => req.path === "/health",', ''))
  check(rule, options('skip: () => process.env.NODE_ENV !== "production",', ''))
  for (const condition of [
    'req.headers["x-token"] === process.env.PROBE_TOKEN',
    'req.get("x-forwarded-for") === "127.0.0.1"',
    'req.headers["x-internal"] === "1" && isPrivate(req.ip)',
    'req.query.page !== "1"',
    'req.user?.role === "admin"',
    '!req.headers.origin',
  ])
    check(rule, options(`skip: (req) => ${condition},`, ''))
})

test('a limit that no number exceeds', () => {
  check(rule, options('limit: Infinity,', '^^^^^^^^^^^^^^^ [high] `limit` is Infinity'))
  check(rule, options('max: NaN,', '^^^^^^^^ `max` is NaN'))
  check(rule, options('limit: "many",', '^^^^^^^^^^^^^ is a text that is no number'))
  check(rule, options('limit: "100",', ''))
})

test('a limit of nothing refuses everybody', () => {
  check(rule, options('limit: 0,', '^^^^^^^^ [high] refuses every request: `limit` is 0'))
  check(rule, options('max: false,', '^^^^^^^^^^ refuses every request'))
})

test('a limit of nothing behind a flag is a kill switch', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    if (process.env.MAINTENANCE) app.use(rateLimit({ limit: 0 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a variable that may be missing', () => {
  check(
    rule,
    options(
      'limit: Number(process.env.LIMIT),',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] may limit nothing: `limit` is NaN where `LIMIT` is not set',
    ),
  )
  check(rule, options('limit: parseInt(process.env.LIMIT, 10),', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NaN where `LIMIT`'))
  check(rule, options('limit: +process.env.LIMIT,', '^^^^^^^^^^^^^^^^^^^^^^^^^ NaN where `LIMIT`'))
  check(rule, options('limit: Number(process.env.LIMIT) || 100,', ''))
  check(rule, options('limit: Number(process.env.LIMIT ?? 100),', ''))
  check(rule, options('limit: process.env.LIMIT,', ''))
  check(
    rule,
    options(
      'windowMs: Number(process.env.WINDOW),',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] may limit nothing: `windowMs` is NaN where `WINDOW` is not set',
    ),
  )
  check(rule, options('windowMs: Number(process.env.WINDOW ?? 60_000),', ''))
  check(rule, options('windowMs: parseInt(process.env.WINDOW, 10) || 60_000,', ''))
})

test('a variable that the deployment sets', () => {
  check(
    rule,
    `${options('limit: Number(process.env.LIMIT),', '')}
    //- /docker-compose.yml
    services:
      app:
        environment:
          LIMIT: "100"
  `,
  )
})

test('a variable that the start demands', () => {
  const demanded = (demand: string, limiter: string): string => `
    //- /app.js
    const { z } = require('zod')
    const { rateLimit } = require('express-rate-limit')
    ${demand}
    const app = require('express')()
    app.use(rateLimit({ ${limiter} }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(rule, demanded("if (!process.env.WINDOW) throw new Error('WINDOW')", 'windowMs: Number(process.env.WINDOW)'))
  check(rule, demanded('const window = Number(process.env.WINDOW); if (Number.isNaN(window)) process.exit(1)', 'windowMs: window'))
  check(rule, demanded('z.object({ LIMIT: z.string() }).parse(process.env)', 'limit: Number(process.env.LIMIT)'))
  const [found] = findingsOf(
    rule,
    parseFixture(demanded("if (!process.env.PORT) throw new Error('PORT')", 'limit: Number(process.env.LIMIT)')).files,
  )
  expect(found?.message).toContain('`limit` is NaN where `LIMIT` is not set')
})

test('a window in seconds or minutes', () => {
  check(rule, options('windowMs: 15, limit: 5,', '^^^^^^^^^^^^ [high] `windowMs` is 15 milliseconds'))
  check(rule, options('windowMs: 15 * 60,', '^^^^^^^^^^^^^^^^^ [high] `windowMs` is 900 milliseconds'))
  check(rule, options('windowMs: 15 * 60 * 1000,', ''))
  check(rule, options('windowMs: "15m",', '^^^^^^^^^^^^^^^ is a text that is no number'))
  check(rule, options('windowMs: 30 * 24 * 60 * 60 * 1000,', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ longer than a timer can wait'))
})

test('a handler that lets the request pass', () => {
  check(rule, options('handler: (req, res, next) => next(),', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ passes the request on'))
  check(rule, options('handler: (req, res, next) => next(Object.assign(new Error("slow down"), { status: 429 })),', ''))
  check(rule, options('handler: (req, res) => res.status(429).json({}),', ''))
})

test('keys that are new each time, or that the client chooses', () => {
  check(
    rule,
    options('keyGenerator: () => crypto.randomUUID(),', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] gives every request another key'),
  )
  check(rule, options('keyGenerator: () => String(Math.random()),', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ another key'))
  check(
    rule,
    options(
      'keyGenerator: (req) => req.headers["x-forwarded-for"] || req.ip,',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] get around this rate limiter: it counts by the header `x-forwarded-for`',
    ),
  )
  check(
    rule,
    options(
      'keyGenerator: (req) => req.get("X-Forwarded-For").split(",")[0],',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it counts by the header',
    ),
  )
  check(rule, options('keyGenerator: (req) => req.sessionID,', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by session'))
  check(rule, options('keyGenerator: (req) => req.body.email,', ''))
  check(rule, options('keyGenerator: (req) => req.user?.id ?? req.ip,', ''))
})

test('sessions count where only those who signed in have one', () => {
  const server = (layers: string, mark: string): string => `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const user = (req, res, next) => (req.isAuthenticated() ? next() : res.status(401).end())
    const limiter = rateLimit({ keyGenerator: (req) => req.user?.id ?? req.sessionID })
    ${mark}
    app.use(require('express-session')({ secret: process.env.SECRET, store }))
    app.use('/admin', ${layers})
    app.get('/admin/users', (req, res) => res.json([]))
    app.listen(3000)
  `
  check(rule, server('user, limiter', ''))
  check(
    rule,
    server(
      'limiter, user',
      '//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by session',
    ),
  )
  check(
    rule,
    server('limiter', '//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by session'),
  )
})

test('failed requests left out in front of a login', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const limiter = rateLimit({ limit: 5, skipFailedRequests: true })
    //                                    ^^^^^^^^^^^^^^^^^^^^^^^^ [high] leaves out wrong passwords
    app.post('/login', limiter, (req, res) => res.sendStatus(401))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /login
    app.get('/search', limiter, (req, res) => res.json([]))
    app.listen(3000)
  `,
  )
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const limiter = rateLimit({ limit: 5, skipSuccessfulRequests: true })
    app.post('/login', limiter, (req, res) => res.sendStatus(401))
    app.listen(3000)
  `,
  )
})

test('a limiter that comes after the routes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const { limiter } = require('./limits')
    const app = express()
    app.use('/users', require('./users'))
    app.use(limiter)
    //      ^^^^^^^ [high, error] \`GET /users\` is registered before this rate limiter, and one more route
    app.listen(3000)
    //- /limits.js
    exports.limiter = require('express-rate-limit').rateLimit({ limit: 100 })
    //- /users.js
    const router = require('express').Router()
    router.get('/', (req, res) => res.json([]))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /users has no limit because of it
    router.get('/:id', (req, res) => res.json({}))
    module.exports = router
  `,
  )
})

test('a probe before the limiter is left out on purpose', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.get('/health', (req, res) => res.send('ok'))
    app.post('/webhooks/stripe', (req, res) => res.send('ok'))
    app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a login before the limiter is not', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.get('/about', (req, res) => res.send('us'))
    app.post('/login', (req, res) => res.json({}))
    app.use(rateLimit({ limit: 100 }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] \`POST /login\` is registered before this rate limiter
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a router that gets its limiter after its routes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const router = express.Router()
    router.get('/a', (req, res) => res.json({}))
    router.use(rateLimit({ limit: 10 }))
    //         ^^^^^^^^^^^^^^^^^^^^^^^^ \`GET /r/a\` is registered before this rate limiter
    app.use('/r', router)
    app.listen(3000)
  `,
  )
})

test('routes added later to a mounted router, and a limiter on a parent, are fine', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const router = express.Router()
    app.use(rateLimit({ limit: 10 }))
    app.use('/r', router)
    router.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a path that no route has', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const auth = express.Router()
    auth.post('/login', (req, res) => res.json({}))
    app.use('/auth', rateLimit({ limit: 5 }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^ [high] No route is under \`/auth\`
    app.use('/api/auth', auth)
    app.listen(3000)
  `,
  )
})

test('a path under which something else answers', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { createProxyMiddleware } = require('http-proxy-middleware')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use('/files', rateLimit({ limit: 5 }))
    app.use('/files', express.static('files'))
    app.use('/billing', rateLimit({ limit: 5 }), createProxyMiddleware({ target: 'http://billing' }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter in development only', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    if (process.env.NODE_ENV !== 'production') app.use(rateLimit({ limit: 5 }))
    //                                                 ^^^^^^^^^^^^^^^^^^^^^^^ [high] only on outside production
    app.get('/a', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /a
    app.listen(3000)
  `,
  )
})

test('a limiter in production only', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    if (process.env.NODE_ENV === 'production') app.use(rateLimit({ limit: 5 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter behind the handler, and the factory itself', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.post('/login', (req, res) => res.json({}), rateLimit({ limit: 5 }))
    //                                             ^^^^^^^^^^^^^^^^^^^^^^^ [high] limits nothing: it stands behind the handler
    app.use('/x', rateLimit)
    //            ^^^^^^^^^ limits nothing: the factory is registered
    app.listen(3000)
  `,
  )
})

test('a limiter for each request', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.use((req, res, next) => rateLimit({ limit: 5 })(req, res, next))
    //                          ^^^^^^^^^^^^^^^^^^^^^^^ [high] each request gets one of its own
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter for each tenant, kept', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const limiters = new Map()
    app.use((req, res, next) => {
      if (!limiters.has(req.hostname)) limiters.set(req.hostname, rateLimit({ limit: 5 }))
      limiters.get(req.hostname)(req, res, next)
    })
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an answer that nobody waits for', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const limiter = new RateLimiterMemory({ points: 5, duration: 60 })
    app.use((req, res, next) => {
      limiter.consume(req.ip)
      ^^^^^^^^^^^^^^^^^^^^^^^ [high] limits nothing: the request goes on before it has answered
      next()
    })
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('answers that are waited for', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const limiter = new RateLimiterMemory({ points: 5, duration: 60 })
    app.use((req, res, next) => {
      limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).end())
    })
    app.use(async (req, res, next) => {
      try {
        await limiter.consume(req.ip)
        next()
      } catch {
        res.status(429).end()
      }
    })
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('own middleware that counts and refuses nobody', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const hits = {}
    function rateLimiter(req, res, next) {
      hits[req.ip] = (hits[req.ip] || 0) + 1
      if (hits[req.ip] > 100) console.warn('busy client')
      next()
    }
    app.use(rateLimiter)
    //      ^^^^^^^^^^^ [medium] limits nothing: \`rateLimiter\` passes every request on
    app.get('/a', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /a
    app.listen(3000)
  `,
  )
})

test('what stands in for a limiter where none is asked for is none that limits nothing', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    let rateLimiter = (req, res, next) => next()
    if (process.env.RATE_LIMITED === 'true') rateLimiter = rateLimit({ limit: 100 })
    app.use(rateLimiter)
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('own middleware that asks something else is not judged by its name', () => {
  check(
    rule,
    `
    //- /app.ts
    import express, { type Request, type Response, type NextFunction } from 'express'
    import { gate } from 'acme-gate'
    const app = express()
    async function rateLimiter(req: Request, res: Response, next: NextFunction) {
      await gate(req.ip)
      next()
    }
    app.use(rateLimiter)
    app.get('/a', (req, res) => { res.json({}) })
    app.listen(3000)
  `,
  )
})

test('a limiter that nothing registers', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { general } = require('./limits')
    app.use(general)
    app.post('/login', (req, res) => res.json({}))
    app.listen(3000)
    //- /limits.js
    const { rateLimit } = require('express-rate-limit')
    exports.general = rateLimit({ limit: 100 })
    exports.login = rateLimit({ limit: 5 })
    //              ^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] nothing registers it
  `,
  )
})

test('limiters that are handed on in a list, which may register them, are not called unused', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const { later } = require('some-scheduler')
    const [login, search, other] = [rateLimit({ limit: 5 }), rateLimit({ limit: 50 }), rateLimit({ limit: 500 })]
    //                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ nothing registers it
    later([login, [search]])
    app.post('/login', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('limiters that wait in an object, and those of a library, are not called unused', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const limits = require('./limits')
    for (const name of ['login', 'search']) app.post('/' + name, limits[name], (req, res) => res.json({}))
    app.listen(3000)
    //- /limits.js
    const { rateLimit } = require('express-rate-limit')
    module.exports = { login: rateLimit({ limit: 5 }), search: rateLimit({ limit: 50 }) }
  `,
  )
})

test('options of code that no entry reaches are read too, tests are not', () => {
  check(
    rule,
    `
    //- /lib/limits.js
    const { rateLimit } = require('express-rate-limit')
    exports.open = rateLimit({ skip: () => true })
    //                         ^^^^^^^^^^^^^^^^ skip
    //- /test/app.test.js
    const { rateLimit } = require('express-rate-limit')
    exports.open = rateLimit({ skip: () => true })
  `,
  )
})

test('the finding names its limiter', () => {
  const [finding] = check(rule, options('limit: Infinity,', '^^^^^^^^^^^^^^^ is Infinity'))
  expect(finding?.related.filter((place) => place.role === 'evidence').map((place) => place.message)).toEqual(['the limiter'])
})

test('the fix of an option', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const { rateLimit } = require('express-rate-limit');
    exports.a = rateLimit({ limit: 100, skip: () => true });
    exports.b = rateLimit({ limit: Infinity });
    exports.c = rateLimit({ windowMs: 15, limit: 5 });
    exports.d = rateLimit({ limit: Number(process.env.LIMIT) });
  `,
    `
    //- /app.js
    const { rateLimit } = require('express-rate-limit');
    exports.a = rateLimit({ limit: 100 });
    exports.b = rateLimit({ limit: 100 });
    exports.c = rateLimit({ windowMs: 15 * 60 * 1000, limit: 5 });
    exports.d = rateLimit({ limit: Number(process.env.LIMIT) || 100 });
  `,
  )
})

test('the fix of a late limiter moves it', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'

    const app = express()
    app.get('/users', (req, res) => { res.json([]) })

    // At most a hundred.
    app.use(rateLimit({ limit: 100 }))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'

    const app = express()
    // At most a hundred.
    app.use(rateLimit({ limit: 100 }))
    app.get('/users', (req, res) => { res.json([]) })

    app.listen(3000)
  `,
  )
})

test('ThrottlerModule without its guard limits nothing', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { ThrottlerModule } from '@nestjs/throttler'
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers: [AppController] })
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^ This rate limiter is made, and nothing registers it.
export class AppModule {}
`),
  )
})

test('a throttler that always skips limits nothing', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller()
class AppController {
  @Get()
  ~~~~~~ [affected]
  hello() { return 'hello' }
}
@Module({
  imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 60000, limit: 10 }], skipIf: () => true })],
  //                                                                           ^^^^^^^^^^^^^^^^^^ answers true for every request
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
`),
  )
})

test('plugins of Fastify that load too late, options that nothing reads, and numbers that are texts', () => {
  const [late] = check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    app.register(rateLimit, { max: 100 })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] is registered before this rate limiter => Limit in a hook, which runs for routes wherever they stand
    app.get('/', async () => ({ ok: true }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected]
    await app.listen({ port: 3000 })
  `,
  )
  expect(late?.how).toBe('Instead, await its registration in front of the routes.')
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { max: process.env.MAX })
    //                              ^^^^^^^^^^^^^^^^^^^^ [high] the default of 1000 counts => Put the option right
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.get('/', { config: { rateLimit: { max: 5 } } }, async () => ({ ok: true }))
    //                                  ^^^^^^^^^^ [high] no plugin reads
    await app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { global: false })
    app.get('/', { config: { rateLimit: { max: 5 } } }, async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('a limit for unknown paths is not meant for the routes around it', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { global: false })
    app.get('/plain', async () => ({ ok: true }))
    app.get('/', { config: { rateLimit: { max: 5 } } }, async () => ({ ok: true }))
    app.setNotFoundHandler({ preHandler: app.rateLimit({ max: 5 }) }, (request, reply) => reply.code(404).send({}))
    await app.register(async (inner) => { inner.post('/login', async () => ({ ok: true })) })
    await app.listen({ port: 3000 })
  `,
  )
})

test('the fix provides the guard that ThrottlerModule needs', () => {
  checkFix(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { ThrottlerModule } from '@nestjs/throttler'
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers: [AppController] })
export class AppModule {}
`),
    `
    //- /package.json
    {
      "name": "fixture",
      "dependencies": {
        "@nestjs/common": "^11.0.0",
        "@nestjs/core": "^11.0.0",
        "@nestjs/platform-express": "^11.0.0"
      }
    }
    //- /app.module.ts
    import { Controller, Get, Module } from '@nestjs/common'
    import { ThrottlerModule, ThrottlerGuard } from '@nestjs/throttler'
    import { APP_GUARD } from '@nestjs/core'
    @Controller()
    class AppController {
      @Get()
      hello() { return 'hello' }
    }
    @Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers: [AppController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })
    export class AppModule {}
  `,
  )
})

test('no fix by a guard that fields of GraphQL would run into', () => {
  checkNoFix(
    rule,
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql'
import { ThrottlerModule } from '@nestjs/throttler'
@Resolver()
class NamesResolver { @Query(() => [String]) names() { return [] } }
@Module({ imports: [GraphQLModule.forRoot({}), ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], providers: [NamesResolver] })
export class AppModule {}
`),
  )
})

test('@fastify/rate-limit within Nest: 500 in place of 429', () => {
  const limited = (major: number, options: string, mark: string, module = ''): string =>
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { HttpException } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import rateLimit from '@fastify/rate-limit'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule, new FastifyAdapter())
  await app.register(rateLimit, { max: 5, ${options}timeWindow: '1 minute' })
${mark}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { ArgumentsHost, Catch, Controller, Get, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
@Controller()
class AppController {
  @Get()
${mark === '' ? '' : '//~~~~~~ [affected]\n'}  hello() { return 'hello' }
}
@Catch()
class AllFilter {
  catch(error: Error & { statusCode?: number }, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(error.statusCode ?? 500).send({ ok: false })
  }
}
@Module({ controllers: [AppController], providers: [${module}] })
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/core": "^${major}.0.0", "@nestjs/platform-fastify": "^${major}.0.0" } }
`)
  const atCall = '//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] Above this limit clients get 500'
  check(rule, limited(12, '', atCall))
  check(rule, limited(11, '', ''))
  check(rule, limited(12, '', '', '{ provide: APP_FILTER, useClass: AllFilter }'))
  check(rule, limited(12, 'errorResponseBuilder: () => new HttpException("slow down", 429), ', ''))
  check(rule, limited(12, 'errorResponseBuilder: () => ({ statusCode: 429 }), ', ''))
  const atOption =
    '//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] Above this limit clients get 500'
  check(rule, limited(11, 'errorResponseBuilder: () => ({ error: "slow down" }), ', atOption))
})

test('a window of seconds where milliseconds are asked for, and a guard that counts by a header', () => {
  const nest = (throttler: string, version: string, tracker: string, marks: readonly string[]): string =>
    nestFixture(`
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Injectable, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Injectable()
class OwnGuard extends ThrottlerGuard {
  protected async getTracker(req: Record<string, any>): Promise<string> {
${marks[1] ?? ''}
    return ${tracker}
  }
}
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({
  imports: [
    ThrottlerModule.forRoot([${throttler}]),
${marks[0] ?? ''}
  ],
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: OwnGuard }],
})
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "@nestjs/throttler": "${version}" } }
`)
  check(
    rule,
    nest('{ ttl: 60, limit: 100 }', '^6.3.0', 'req.user?.id ?? req.ip', [
      '    //                         ^^^^^^^ [high] This rate limiter limits nothing: `ttl` is 60 milliseconds.',
    ]),
  )
  check(rule, nest('{ ttl: 60, limit: 100 }', '^4.2.0', 'req.ip', []))
  check(rule, nest('{ name: "burst", ttl: 500, limit: 5 }', '^6.3.0', 'req.ip', []))
  check(
    rule,
    nest('{ ttl: 60_000, limit: 100 }', '^6.3.0', "req.headers['x-forwarded-for'] ?? req.ip", [
      '',
      '//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by the header `x-forwarded-for`',
    ]),
  )
})

test('0 means another thing before version 7', () => {
  const express = (version: string, said: string): string => `
    //- /package.json
    { "name": "fixture", "dependencies": { "express": "^4.21.0", "express-rate-limit": "${version}" } }
    //- /app.js
    const app = require('express')()
    app.use(require('express-rate-limit')({ windowMs: 60000, max: 0 }))
    //                                                       ^^^^^^ [high] ${said}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(rule, express('^6.11.2', 'This rate limiter limits nothing: before version 7'))
  check(rule, express('^7.4.0', 'This rate limiter refuses every request'))
})

test('Fastify 3 adds routes behind the plugins that stand in front of them, awaited or not; what is registered later comes too late there as well', () => {
  const server = (version: string, limiter: string, mark: string, first = '', last = ''): string => `
    //- /app.js
    const app = require('fastify')()
    ${first}
    app.register(require('${limiter}'), { max: 100 })
    ${mark}
    app.get('/items', async () => [])
    app.route({ method: 'POST', url: '/items', handler: async () => ({}) })
    ${last}
    app.listen(3000)
    //- /package.json
    { "dependencies": { "fastify": "${version}", "${limiter}": "*" } }
  `
  check(rule, server('^3.29.0', 'fastify-rate-limit', ''))
  check(
    rule,
    server(
      '^4.28.0',
      '@fastify/rate-limit',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] is registered before this rate limiter',
    ),
  )
  check(
    rule,
    server(
      '^3.29.0',
      'fastify-rate-limit',
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] is registered before this rate limiter',
      "app.post('/login', async () => ({}))",
    ),
  )
})

test('before version 7, express-rate-limit does not know `limit`, so that a limit of 0 switches nothing off', () => {
  const limited = (version: string, option: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const rateLimit = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({
      ${option},
      ${mark}
    }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "express-rate-limit": "${version}" } }
  `
  check(rule, limited('^6.11.2', 'limit: 0', ''))
  check(rule, limited('^6.11.2', 'max: 0', '^^^^^^ [high] before version 7'))
  check(rule, limited('^7.5.1', 'limit: 0', '^^^^^^^^ [high] refuses every request'))
})

const behindCheck = (statements: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    import bcrypt from 'bcryptjs'
    import basicAuth from '@fastify/basic-auth'
    import rateLimit from '@fastify/rate-limit'
    import shared from 'fastify-plugin'
    const app = Fastify()
    async function validate(name, password) {
      if (!(await bcrypt.compare(password, process.env.HASH))) throw new Error('no')
    }
    ${statements}
    await app.listen({ port: 3000 })
`

const awaitedLimit = `await app.register(rateLimit, { max: 5, timeWindow: '15 minutes' })`
const basicPlugin = `await app.register(basicAuth, { validate })`
const oneRoute = `app.get('/', async () => 1)`

const toldBehindCheck = (statements: string): readonly string[] =>
  findingsOf(rule, parseFixture(behindCheck(statements)).files).map(({ message, confidence }) => `${confidence} ${message}`)

const overtaken =
  'Clients get around this rate limiter: a check of passwords stands in front of it, and wrong ones are refused before they are counted.'

test.each([
  ['a hook of the application', `${awaitedLimit}\n${basicPlugin}\napp.addHook('onRequest', app.basicAuth)\n${oneRoute}`],
  ['a hook of the route', `${awaitedLimit}\n${basicPlugin}\napp.get('/', { onRequest: app.basicAuth }, async () => 1)`],
  [
    'a hook of a context within',
    `${awaitedLimit}\n${basicPlugin}\napp.register(async (admin) => { admin.addHook('onRequest', admin.basicAuth); admin.get('/', async () => 1) })`,
  ],
])('basic authentication by %s answers before a limit on routes counts', (_title, statements) => {
  expect(toldBehindCheck(statements)).toEqual([`high ${overtaken}`])
})

const decoded = `const [, encoded = ''] = (request.headers.authorization ?? '').split(' ')
      const [name, password] = Buffer.from(encoded, 'base64').toString().split(':')`
const refuse = (condition: string, before = ''): string => `app.addHook('onRequest', async (request, reply) => {
      ${before}
      if (${condition}) return reply.code(401).send({})
    })`

test.each([
  ['basic authentication of its own', refuse('name !== process.env.ADMIN_NAME || password !== process.env.ADMIN_PASSWORD', decoded)],
  [
    'basic authentication that is compared by a package',
    `import { timingSafeEqual } from 'node:crypto'\n${refuse('!timingSafeEqual(Buffer.from(password), Buffer.from(process.env.ADMIN_PASSWORD))', decoded)}`,
  ],
  ['a lookup by a password', `import { signIn } from 'accounts-client'\n${refuse('!(await signIn(name, password))', decoded)}`],
  ['a password in a header', refuse("request.headers['x-password'] !== process.env.ADMIN_PASSWORD")],
  [
    'a function that is given the password',
    `const isRight = (password) => password === process.env.ADMIN_PASSWORD\n${refuse("!isRight(request.headers['x-password'])")}`,
  ],
  ['a PIN', refuse("request.headers['x-pin'] !== process.env.DOOR_PIN")],
])('%s', (_title, check) => {
  expect(toldBehindCheck(`${awaitedLimit}\n${check}\n${oneRoute}`)).toEqual([`medium ${overtaken}`])
})

test.each([
  [
    'a limit that runs late',
    `await app.register(rateLimit, { max: 5, hook: 'preHandler' })\n${basicPlugin}\napp.get('/', { preHandler: app.basicAuth }, async () => 1)`,
  ],
  [
    'a limit of the route that runs late',
    `await app.register(rateLimit, { global: false })\n${basicPlugin}\napp.get('/', { preHandler: app.basicAuth, config: { rateLimit: { max: 5, hook: 'preHandler' } } }, async () => 1)`,
  ],
  [
    'a hook of a plugin that stands in front of the limit',
    `await app.register(rateLimit, { global: false })\n${basicPlugin}\napp.register(shared(async (one) => one.addHook('onRequest', one.basicAuth)))\napp.addHook('onRequest', app.rateLimit())\n${oneRoute}`,
  ],
])('%s does not count what is refused before', (_title, statements) => {
  expect(toldBehindCheck(statements)).toEqual([`high ${overtaken}`])
})

test('a function that compares a password hash does too', () => {
  const check = `app.addHook('onRequest', async (request, reply) => {
      if (!(await bcrypt.compare(request.headers['x-password'], process.env.HASH))) return reply.code(401).send({})
    })`
  expect(toldBehindCheck(`${awaitedLimit}\n${check}\n${oneRoute}`)).toEqual([`medium ${overtaken}`])
})

test.each([
  [
    'a check that comes later in the life of a request',
    `${awaitedLimit}\n${basicPlugin}\napp.addHook('preHandler', app.basicAuth)\n${oneRoute}`,
  ],
  [
    'a limit in a hook in front',
    `await app.register(rateLimit, { global: false, max: 5 })\napp.addHook('onRequest', app.rateLimit())\n${basicPlugin}\napp.addHook('onRequest', app.basicAuth)\n${oneRoute}`,
  ],
  [
    'a handler that checks passwords itself',
    `${awaitedLimit}\napp.post('/login', async (request, reply) => { if (!(await bcrypt.compare(request.body.password, process.env.HASH))) return reply.code(401).send({}); return { token: 1 } })`,
  ],
  [
    'a guard that looks at a token, which nobody guesses',
    `${awaitedLimit}\napp.addHook('onRequest', async (request) => { await request.jwtVerify() })\n${oneRoute}`,
  ],
  [
    'a key of an API, which nobody guesses',
    `${awaitedLimit}
    app.addHook('onRequest', async (request, reply) => {
      const [prefix, secret] = String(request.headers['x-api-key'] ?? '').split('.')
      if (!(await bcrypt.compare(secret ?? '', process.env[prefix]))) return reply.code(401).send({})
    })
    ${oneRoute}`,
  ],
  [
    'a bearer of a key',
    `${awaitedLimit}
    app.addHook('onRequest', async (request, reply) => {
      if (!(await bcrypt.compare(request.headers.authorization.replace('Bearer ', ''), process.env.HASH))) return reply.code(401).send({})
    })
    ${oneRoute}`,
  ],
  [
    'the secret of a client',
    `${awaitedLimit}\n${refuse('name !== process.env.CLIENT_ID || password !== process.env.CLIENT_SECRET', decoded)}\n${oneRoute}`,
  ],
  [
    'the secret of a client that is compared by a package',
    `import { timingSafeEqual } from 'node:crypto'\n${awaitedLimit}\n${refuse('!timingSafeEqual(Buffer.from(password), Buffer.from(process.env.CLIENT_SECRET))', decoded)}\n${oneRoute}`,
  ],
  ['a variable that holds a key', `${awaitedLimit}\n${refuse("request.headers['x-api-key'] !== process.env.API_KEY")}\n${oneRoute}`],
  [
    'a key that is looked up',
    `const keys = globalThis.keys\n${awaitedLimit}\n${refuse("!(await keys.findOne({ key: request.headers['x-api-key'] }))")}\n${oneRoute}`,
  ],
  [
    'whether there is a password at all',
    `${awaitedLimit}\n${refuse("typeof request.headers['x-password'] !== 'string' || request.headers['x-password'] === ''")}\n${oneRoute}`,
  ],
  [
    'a password that is to be repeated',
    `await app.register(rateLimit, { max: 5, hook: 'preHandler' })\napp.post('/sign-up', { preValidation: async (request, reply) => { if (request.body.password !== request.body.repeatedPassword) return reply.code(401).send({}) } }, async () => 1)`,
  ],
  ['a name of the scheme', `${awaitedLimit}\n${refuse("request.headers.authorization?.split(' ')[0] !== 'Bearer'")}\n${oneRoute}`],
  [
    'a part of a token that is only read',
    `${awaitedLimit}\n${refuse("JSON.parse(Buffer.from(request.headers.authorization.split('.')[1], 'base64').toString()).role !== 'admin'")}\n${oneRoute}`,
  ],
  [
    'a limit that runs late in front of a handler that checks passwords itself',
    `await app.register(rateLimit, { max: 5, hook: 'preHandler' })\napp.post('/login', async (request, reply) => { if (request.body.password !== process.env.ADMIN_PASSWORD) return reply.code(401).send({}); return { token: 1 } })`,
  ],
  [
    'a guard that runs after a limit that runs late',
    `await app.register(rateLimit, { max: 5, global: false })\n${basicPlugin}\napp.get('/', { preHandler: [app.rateLimit(), app.basicAuth] }, async () => 1)`,
  ],
  [
    'a check that counts by itself',
    `${awaitedLimit}\nconst misses = new Map()\napp.addHook('onRequest', async (request, reply) => { const count = (misses.get(request.ip) ?? 0) + 1; misses.set(request.ip, count); if (count > 5) return reply.code(429).send({}); if (!(await bcrypt.compare(request.headers['x-password'], process.env.HASH))) return reply.code(401).send({}) })\n${oneRoute}`,
  ],
])('quiet: %s', (_title, statements) => {
  expect(toldBehindCheck(statements)).toEqual([])
})

test('middleware of Express runs in its order', () => {
  const express = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const basicAuth = require('express-basic-auth')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const users = { admin: process.env.ADMIN_PASSWORD }
    ${lines}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(rule, express('app.use(rateLimit({ limit: 20 }))\n    app.use(basicAuth({ users }))'))
  check(
    rule,
    express(
      'app.use(basicAuth({ users }))\n    app.use(rateLimit({ limit: 20 }))\n            ^^^^^^^^^^^^^^^^^^^^^^^^ [high] a check of passwords stands in front of it',
    ),
  )
})

test('packages of Express that read basic authentication, and a password of a table', () => {
  const express = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const basic = require('basic-auth')
    const auth = require('http-auth')
    const authConnect = require('http-auth-connect')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    ${lines}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  const limit = (mark: string): string => `app.use(rateLimit({ limit: 20 }))\n    ${mark}`
  const marked = (confidence: string): string =>
    limit(`//      ^^^^^^^^^^^^^^^^^^^^^^^^ [${confidence}] a check of passwords stands in front of it`)
  check(rule, express(`app.use(authConnect(auth.basic({ file: 'users' })))\n    ${marked('high')}`))
  const own = `app.use((req, res, next) => {
      const given = basic(req)
      if (given === undefined || given.name !== 'admin' || given.pass !== process.env.ADMIN_PASSWORD) return res.status(401).end()
      next()
    })`
  check(rule, express(`${own}\n    ${marked('medium')}`))
  check(rule, express(`${limit('')}\n    ${own}`))
})

const guarded = (guards: string, providers = '', controller = ''): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { CanActivate, Controller, ExecutionContext, Injectable, Module, Post, UnauthorizedException, UseGuards } from '@nestjs/common'
    import { APP_GUARD } from '@nestjs/core'
    import { AuthGuard } from '@nestjs/passport'
    import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
    @Injectable()
    class LocalAuthGuard extends AuthGuard('local') {}
    @Injectable()
    class PasswordGuard implements CanActivate {
      canActivate(context: ExecutionContext) {
        const request = context.switchToHttp().getRequest()
        if (request.headers['x-password'] !== process.env.ADMIN_PASSWORD) throw new UnauthorizedException()
        return true
      }
    }
    ${controller}
    @Controller('auth')
    class AuthController {
      ${guards}
      @Post('login')
      login() {
        return {}
      }
    }
    @Module({
      imports: [ThrottlerModule.forRoot([{ ttl: 900_000, limit: 5 }])],
      controllers: [AuthController],
      providers: [${providers}],
    })
    export class AppModule {}
`
const toldOfGuards = (...parts: Parameters<typeof guarded>): readonly string[] =>
  findingsOf(rule, parseFixture(guarded(...parts)).files).map(({ message, confidence }) => `${confidence} ${message}`)
const provided = (...guards: readonly string[]): string => guards.map((one) => `{ provide: APP_GUARD, useClass: ${one} }`).join(', ')

test.each<[string, string, ...Parameters<typeof guarded>]>([
  ['a strategy for passwords', 'high', '@UseGuards(LocalAuthGuard, ThrottlerGuard)'],
  ['a strategy that is asked there', 'high', "@UseGuards(AuthGuard('basic'), ThrottlerGuard)"],
  ['decorators, of which the last is run first', 'high', '@UseGuards(ThrottlerGuard)\n      @UseGuards(LocalAuthGuard)'],
  ['a guard of the controller', 'medium', '@UseGuards(ThrottlerGuard)', '', '@UseGuards(PasswordGuard)'],
  ['a guard of the application', 'medium', '', provided('PasswordGuard', 'ThrottlerGuard')],
])('a guard of Nest that checks passwords in front of the limit: %s', (_title, confidence, ...parts) => {
  expect(toldOfGuards(...parts)).toEqual([`${confidence} ${overtaken}`])
})

test.each<[string, ...Parameters<typeof guarded>]>([
  ['the limit first', '@UseGuards(ThrottlerGuard, LocalAuthGuard)'],
  ['the limit in the decorator below', '@UseGuards(LocalAuthGuard)\n      @UseGuards(ThrottlerGuard)'],
  ['a limit of the application', '@UseGuards(LocalAuthGuard)', provided('ThrottlerGuard')],
  ['a limit of the controller', '@UseGuards(PasswordGuard)', '', '@UseGuards(ThrottlerGuard)'],
  ['a token, which nobody guesses', "@UseGuards(AuthGuard('jwt'), ThrottlerGuard)"],
])('quiet in Nest: %s', (_title, ...parts) => {
  expect(toldOfGuards(...parts)).toEqual([])
})

test('the fix makes the limit a hook in front of the check', () => {
  checkFix(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import basicAuth from '@fastify/basic-auth'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { max: 5 })
    await app.register(basicAuth, { validate: async () => {} })
    app.addHook('onRequest', app.basicAuth)
    app.get('/', async () => 1)
    await app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    import Fastify from 'fastify'
    import basicAuth from '@fastify/basic-auth'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { max: 5, global: false })
    app.addHook('onRequest', app.rateLimit())
    await app.register(basicAuth, { validate: async () => {} })
    app.addHook('onRequest', app.basicAuth)
    app.get('/', async () => 1)
    await app.listen({ port: 3000 })
  `,
  )
})

test('the fix moves a limiter of Express in front of the check', () => {
  const app = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const passport = require('passport')
    const basicAuth = require('express-basic-auth')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const limiter = rateLimit({ limit: 20 })
    ${lines}
    app.listen(3000)
  `
  checkFix(
    rule,
    app("app.post('/login', passport.authenticate('local'), limiter, (req, res) => res.json({}))"),
    app("app.post('/login', limiter, passport.authenticate('local'), (req, res) => res.json({}))"),
  )
  checkFix(
    rule,
    app(
      "app.use(basicAuth({ users: {} }))\n    app.use(limiter)\n    app.get('/', (req, res) => res.json({}))\n    app.get('/b', (req, res) => res.json({}))",
    ),
    app(
      "app.use(limiter)\n    app.use(basicAuth({ users: {} }))\n    app.get('/', (req, res) => res.json({}))\n    app.get('/b', (req, res) => res.json({}))",
    ),
  )
})

test('the fix lets guards of one list change places', () => {
  checkFix(rule, guarded('@UseGuards(LocalAuthGuard, ThrottlerGuard)'), guarded('@UseGuards(ThrottlerGuard, LocalAuthGuard)'))
  checkFix(rule, guarded("@UseGuards(AuthGuard('local'), ThrottlerGuard)"), guarded("@UseGuards(ThrottlerGuard, AuthGuard('local'))"))
  checkFix(
    rule,
    guarded('@UseGuards(ThrottlerGuard)\n      @UseGuards(LocalAuthGuard)'),
    guarded('@UseGuards(LocalAuthGuard)\n      @UseGuards(ThrottlerGuard)'),
  )
})

test.each([
  ['guards of several lists', guarded('@UseGuards(ThrottlerGuard)', '', '@UseGuards(PasswordGuard)')],
  [
    'a limiter that goes by what the check finds out',
    `
    //- /app.js
    const express = require('express')
    const passport = require('passport')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.post('/login', passport.authenticate('local'), rateLimit({ limit: 5, keyGenerator: (req) => req.user.id }), (req, res) => res.json({}))
    app.listen(3000)
  `,
  ],
  [
    'a hook around the context of the limit',
    behindCheck(
      `${basicPlugin}\napp.addHook('onRequest', app.basicAuth)\napp.register(async (one) => { ${awaitedLimit.replace('app', 'one')}; one.get('/', async () => 1) })`,
    ),
  ],
])('no fix for %s', (_title, text) => {
  checkNoFix(rule, text)
})

test('limiters of the project that count by a header which the client chooses', () => {
  const limited = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const Redis = require('ioredis')
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const redis = new Redis()
    const limiter = new RateLimiterMemory({ points: 5, duration: 900 })
    const app = express()
    const client = (req) => req.headers['x-client-ip'] || req.socket.remoteAddress
    app.use(async (req, res, next) => {
      ${lines}
      next()
    })
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `
  const refused = 'if (hits > 100) return res.status(429).end()'
  check(
    rule,
    limited(`const hits = await redis.incr(['limit', client(req)].join(':'))
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by the header \`x-client-ip\`
      ${refused}`),
  )
  check(
    rule,
    limited(`try { await limiter.consume(req.get('X-Forwarded-For')) } catch (error) { return res.status(429).end() }
    //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] it counts by the header \`X-Forwarded-For\``),
  )
  check(rule, limited(`const hits = await redis.incr('limit:' + req.ip)\n${refused}`))
  check(
    rule,
    limited(`if (await redis.get('banned:' + req.headers['user-agent'])) return res.status(403).end()
      const hits = await redis.incr('limit:' + req.ip)
      ${refused}`),
  )
  check(rule, limited(`const seen = await redis.get('agent:' + req.headers['user-agent'])\nres.set('X-Seen', String(seen))`))
})

test('points of 0 refuse everybody as well', () => {
  const limited = (points: number, mark: string): string => `
    //- /app.js
    const express = require('express')
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const app = express()
    const limiter = new RateLimiterMemory({
      points: ${points},
      ${mark}
      duration: 60,
    })
    app.use((req, res, next) => limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).end()))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(rule, limited(0, '^^^^^^^^^ [high] refuses every request: `points` is 0'))
  check(rule, limited(10, ''))
})

test('a window of a limiter of the project that was meant in seconds', () => {
  const counting = (time: string, window: string, mark: string): string => `
    //- /app.js
    const app = require('express')()
    const hits = new Map()
    app.use((req, res, next) => {
      const now = ${time}
      const entry = hits.get(req.ip)
      if (!entry || now - entry.start > ${window}) {
        hits.set(req.ip, { count: 1, start: now })
        return next()
      }
      entry.count += 1
      if (entry.count > 5) return res.status(429).end()
      ${mark}
      next()
    })
    app.post('/login', (req, res) => res.json({}))
    app.listen(3000)
  `
  const mark = '//                          ^^^^^^^^^^^^^^^^^^^^^ [high] it forgets what it counted after 60 milliseconds'
  check(rule, counting('Date.now()', '60', mark))
  check(rule, counting('Date.now()', '60 * 1000', ''))
  check(rule, counting('Math.floor(Date.now() / 1000)', '60', ''))
})

const enclosed = 'high This rate limiter limits nothing: it stands in a plugin with a context of its own, and no route is in that.'
const inPlugin = (plugin: string, registered = 'await app.register(limits)'): string => `
    //- /app.js
    import Fastify from 'fastify'
    import limits from './limits.js'
    const app = Fastify()
    ${registered}
    app.get('/', async () => 1)
    app.post('/login', { config: { rateLimit: { max: 5 } } }, async () => 1)
    await app.listen({ port: 3000 })
    //- /limits.js
    import rateLimit from '@fastify/rate-limit'
    ${plugin}
`
const toldIn = (fixture: string): readonly string[] =>
  findingsOf(rule, parseFixture(fixture).files).map(({ message, confidence }) => `${confidence} ${message}`)

test.each([
  ['a function', 'export default async function limits(app) {\n      await app.register(rateLimit, { max: 100 })\n    }'],
  ['a limit of routes alone', 'export default async (app) => {\n      await app.register(rateLimit, { global: false })\n    }'],
  ['a plugin in it', 'export default async (app) => {\n      await app.register(rateLimit)\n      app.register(async () => {})\n    }'],
])('a limiter in a plugin of Fastify beside the routes: %s', (_title, plugin) => {
  expect(toldIn(inPlugin(plugin))).toEqual([enclosed])
})

test.each([
  [
    'shared with the context around',
    inPlugin("import fp from 'fastify-plugin'\n    export default fp(async (app) => {\n      await app.register(rateLimit)\n    })"),
  ],
  [
    'routes of its own',
    inPlugin(
      "export default async (app) => {\n      await app.register(rateLimit)\n      app.get('/in', async () => 1)\n    }",
      'await app.register(limits)\n    await app.register(rateLimit)',
    ).replace('import limits', "import rateLimit from '@fastify/rate-limit'\n    import limits"),
  ],
  [
    'routes that nobody knows',
    inPlugin(
      'export default async (app, { more }) => {\n      await app.register(rateLimit)\n      await app.register(more)\n    }',
      'await app.register(limits, { more: await load(process.env.MORE) })',
    ).replace('rateLimit: { max: 5 }', 'url: true'),
  ],
])('quiet in a plugin of Fastify: %s', (_title, fixture) => {
  expect(toldIn(fixture)).toEqual([])
})

test('the fix lets the plugin share the context around it, where it is given away', () => {
  const manifest = (more: string): string => `
    //- /package.json
    {
      "dependencies": {
        "@fastify/rate-limit": "^11.2.0",
        "fastify": "^5.6.0"${more}
      }
    }
`
  const body = '(app) {\n      await app.register(rateLimit, { max: 100 })\n    }'
  const arrow = '(app) => {\n      await app.register(rateLimit, { max: 100 })\n    }'
  const fp = "import fp from 'fastify-plugin'\n    "
  const added = ',\n        "fastify-plugin": "^5.1.0"'
  for (const [before, after] of [
    [`export default async function limits${body}`, `export default fp(async function limits${body})`],
    [`const limits = async ${arrow}\n    export default limits`, `const limits = async ${arrow}\n    export default fp(limits)`],
    [`async function limits${body}\n    export default limits`, `async function limits${body}\n    export default fp(limits)`],
  ] as const)
    checkFix(rule, inPlugin(before) + manifest(''), inPlugin(fp + after) + manifest(added))
  const common = (plugin: string, needed = ''): string => `
    //- /app.js
    const app = require('fastify')()
    app.register(require('./limits'))
    app.register(async (api) => {
      api.get('/', async () => 1)
    })
    app.listen({ port: 3000 })
    //- /limits.js
    const rateLimit = require('@fastify/rate-limit')
    ${needed}module.exports = ${plugin}
`
  checkFix(
    rule,
    common(`async function limits${body}`) + manifest(''),
    common(`fp(async function limits${body})`, "const fp = require('fastify-plugin')\n    ") + manifest(added),
  )
})

test('no fix for a plugin within a context that the routes are not in', () => {
  checkNoFix(
    rule,
    inPlugin(
      'export default async (app) => {\n      await app.register(rateLimit)\n    }',
      'await app.register(async (inner) => {\n      await inner.register(limits)\n    })',
    ),
  )
})

/** A login of Nest behind ThrottlerGuard. */
const throttled = (options: string, decorator: string, marks = ''): string =>
  nestFixture(`//- /app.module.ts
import { Controller, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller()
class AppController {
  ${decorator}
  @Post('login')
  login() { return 'hello' }
}
const options = ${options}
${marks}
@Module({
  imports: [ThrottlerModule.forRoot(options)],
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
`)

test('a decorator of Nest for a throttler that there is none of', () => {
  const two = "[{ name: 'short', ttl: 1000, limit: 10 }, { name: 'long', ttl: 60000, limit: 100 }]"
  const [found, ...others] = check(
    rule,
    throttled(
      two,
      '@Throttle({ default: { limit: 3, ttl: 60000 } })\n  //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] no throttler is named `default`',
    ),
  )
  expect(found?.how).toBe('Instead, name one that the module has: `short`, `long`.')
  expect(others).toEqual([])
  for (const [options, decorator] of [
    [two, '@Throttle({ long: { limit: 3, ttl: 60000 } })'],
    [two, '@Throttle({ long: { limit: 3, ttl: 60000 }, default: { limit: 3, ttl: 60000 } })'],
    [two, '@Throttle({ ...strict })'],
    ["[...shared, { name: 'long', ttl: 1000, limit: 10 }]", '@Throttle({ default: { limit: 3, ttl: 60000 } })'],
    ['[{ ttl: 1000, limit: 10 }]', '@Throttle({ default: { limit: 3, ttl: 60000 } })'],
    ["[{ name: 'default', ttl: 1000, limit: 10 }]", '@Throttle({ default: { limit: 3, ttl: 60000 } })'],
    ['[{ name: process.env.NAME, ttl: 1000, limit: 10 }]', '@Throttle({ default: { limit: 3, ttl: 60000 } })'],
    ['process.env.LIMITS', '@Throttle({ default: { limit: 3, ttl: 60000 } })'],
    [two, '@SkipThrottle()'],
  ] as const)
    expect(check(rule, throttled(options, decorator))).toEqual([])
})

test('the fix names the only throttler that there is, and leaves several to a person', () => {
  const one = "[{ name: 'short', ttl: 60000, limit: 10 }]"
  checkFix(
    rule,
    throttled(one, '@Throttle({ login: { limit: 3, ttl: 60000 } })'),
    throttled(one, '@Throttle({ short: { limit: 3, ttl: 60000 } })'),
  )
  checkNoFix(
    rule,
    throttled("[{ name: 'a', ttl: 1000, limit: 10 }, { name: 'b', ttl: 60000, limit: 100 }]", '@Throttle({ c: { limit: 3, ttl: 60000 } })'),
  )
})

test('the fix lets skipIf answer at once where it waits for nothing', () => {
  checkFix(
    rule,
    throttled("[{ ttl: 60000, limit: 10, skipIf: async (context): Promise<boolean> => context.getType() === 'ws' }]", ''),
    throttled("[{ ttl: 60000, limit: 10, skipIf: (context): boolean => context.getType() === 'ws' }]", ''),
  )
  checkNoFix(rule, throttled('[{ ttl: 60000, limit: 10, skipIf: async (context) => await isInternal(context) }]', ''))
  checkNoFix(rule, throttled('[{ ttl: 60000, limit: 10, skipIf: async (context) => isInternal(context) }]', ''))
})

test('a plugin that is awaited behind routes with limits of their own moves in front of the first', () => {
  const app = (...lines: string[]): string =>
    [
      "import Fastify from 'fastify'",
      "import rateLimit from '@fastify/rate-limit'",
      "import { routes } from './routes.js'",
      'const app = Fastify()',
      ...lines,
      'await app.listen({ port: 3000 })',
      '//- /routes.js',
      "export async function routes(app) {\n  app.post('/signin', { config: { rateLimit: { max: 5 } } }, async () => 1)\n}",
      '//- /package.json',
      '{ "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/rate-limit": "^11.0.0" } }',
    ].join('\n')
  const login = "app.post('/login', { config: { rateLimit: { max: 5 } } }, async () => 1)"
  const plugins = ['// Limits of single routes.', 'await app.register(rateLimit, { global: false })']
  checkFix(
    rule,
    `//- /app.js\n${app(login, 'await app.register(routes)', ...plugins)}`,
    `//- /app.js\n${app(...plugins, login, 'await app.register(routes)')}`,
  )
})

test('nothing waits for skipIf of Nest, and everything waits for shouldSkip of its guard and for skip of Express', () => {
  check(
    rule,
    throttled(
      '[{ ttl: 60000, limit: 10, skipIf: async () => false }]',
      '',
      '//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] every promise is true',
    ),
  )
  check(
    rule,
    throttled(
      '{ throttlers: [{ ttl: 60000, limit: 10 }], skipIf: async (context) => isInternal(context) }',
      '',
      '//                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] every promise is true',
    ),
  )
  check(rule, throttled('[{ ttl: 60000, limit: 10, skipIf: (context) => isInternal(context) }]', ''))
  check(
    rule,
    throttled('[{ ttl: 60000, limit: 10 }]', '')
      .replace('@Controller()', 'class OwnGuard extends ThrottlerGuard { async shouldSkip() { return false } }\n@Controller()')
      .replace('useClass: ThrottlerGuard', 'useClass: OwnGuard'),
  )
  check(
    rule,
    `
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    const app = express()
    app.use(rateLimit({ windowMs: 60000, limit: 10, skip: async (req) => isInternal(req) }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

/** Nest with a limiter for Express. */
const foreign = (adapter: string, limiter: string): string =>
  nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { rateLimit } from 'express-rate-limit'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule${adapter})
  app.use(${limiter})
  await app.listen(3000)
}
bootstrap()
`)

test('a limiter for Express fails in Nest on Fastify where it refuses, unless it answers by itself', () => {
  const fastify = ', new FastifyAdapter()'
  const [found, ...others] = check(
    rule,
    foreign(
      fastify,
      'rateLimit({ windowMs: 60000, limit: 10 }))\n  //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] its answer is a TypeError in Nest on Fastify\n  void (0',
    ),
  )
  expect(found?.how).toBe('Instead, register @fastify/rate-limit, or provide ThrottlerGuard of @nestjs/throttler.')
  expect(others).toEqual([])
  check(rule, foreign('', 'rateLimit({ windowMs: 60000, limit: 10 })'))
  check(rule, foreign(fastify, 'rateLimit({ windowMs: 60000, limit: 10, handler: (req, res) => { res.statusCode = 429; res.end() } })'))
  check(rule, foreign(fastify, 'rateLimit({ ...limits })'))
})

test('a limiter under a condition that guards more, or that needs what is declared behind the route, is not moved', () => {
  const app = (between: string, limiter: string): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const { users } = require('./users')
    const app = express()
    app.post('/login', async (req, res) => {
      const user = await users.check(req.body.name, req.body.password)
      if (!user) return res.sendStatus(401)
      res.json(user)
    })
    ${between}
    ${limiter}
    app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)
  `
  for (const text of [
    app('', "if (process.env.LIMIT !== 'off') { app.use(rateLimit({ limit: 50 })); console.log('limited') }"),
    app('const options = { limit: 50 }', 'app.use(rateLimit(options))'),
    app('const limit = 50', 'app.use(rateLimit({ limit, windowMs: 60_000 }))'),
  ])
    expect(findingsOf(rule, parseFixture(text).files).map(({ fix }) => fix)).toEqual([null])
})

test('a condition that guards the limiter alone goes with it', () => {
  const app = (...lines: string[]): string =>
    [
      "const express = require('express')",
      "const { rateLimit } = require('express-rate-limit')",
      'const app = express()',
      ...lines,
      'app.listen(3000)',
    ].join('\n')
  const route = "app.post('/login', async (req, res) => res.json(await check(req.body.password)))"
  const limiter = "if (process.env.LIMIT !== 'off') app.use(rateLimit({ limit: 50 }))"
  checkFix(rule, `//- /app.js\n${app(route, limiter)}`, `//- /app.js\n${app(limiter, route)}`)
})

test('a plugin of Fastify whose options are declared behind the route is not moved in front of it', () => {
  const app = (options: string): string => `
    //- /app.mjs
    import Fastify from 'fastify'
    import limits from '@fastify/rate-limit'
    import { users } from './users.mjs'
    const app = Fastify()
    app.post('/login', async (request) => users.check(request.body.password))
    const options = { max: 50 }
    app.register(limits, ${options})
    app.get('/notes', async () => [])
    await app.listen({ port: 3000 })
  `
  const titles = (text: string): readonly (string | undefined)[] => findingsOf(rule, parseFixture(text).files).map(({ fix }) => fix?.title)
  expect(titles(app('options'))).toEqual([undefined])
  expect(titles(app('{ max: 50 }'))).toEqual(['Await the plugin in front of the routes'])
})
