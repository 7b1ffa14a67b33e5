// Tests of no-lax-auth-rate-limit.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('a general limit in front of a login', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    import { auth } from './auth.js'
    const app = express()
    app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))
    //                                            ^^^^^^^^^^ [high, warning] \`POST /auth/login\` lets 100 attempts through per 15 minutes.
    app.use('/auth', auth)
    app.listen(3000)
    //- /auth.ts
    import { Router } from 'express'
    export const auth = Router()
    auth.post('/login', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] rateLimit
  `,
  )
})

test('short windows are reckoned up, long ones are not', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.post('/login', rateLimit({ windowMs: 60_000, max: 5 }), (req, res) => res.json({}))
    //                                               ^^^^^^ lets 75 attempts through
    app.post('/signup', rateLimit({ windowMs: 24 * 60 * 60 * 1000, max: 20 }), (req, res) => res.json({}))
    app.post('/verify-otp', rateLimit(), (req, res) => res.json({}))
    //                      ^^^^^^^^^^^ lets 75 attempts through
    app.listen(3000)
  `,
  )
})

test('the strictest limiter counts', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.use(rateLimit({ windowMs: 60_000, limit: 1000 }))
    app.post('/login', rateLimit({ windowMs: 15 * 60 * 1000, limit: 20 }), (req, res) => res.json({}))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('numbers that are not known are not judged', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const hits = new Map()
    const own = (req, res, next) => {
      const count = (hits.get(req.ip) || 0) + 1
      hits.set(req.ip, count)
      return count > 500 ? res.status(429).end() : next()
    }
    app.post('/login', rateLimit({ windowMs: 60_000, limit: process.env.LIMIT }), (req, res) => res.json({}))
    app.post('/signup', own, (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('limiter classes: points and seconds', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const loose = new RateLimiterMemory({ points: 10, duration: 1 })
    //                                    ^^^^^^^^^^ lets 9000 attempts through
    const strict = new RateLimiterMemory({ points: 5, duration: 900 })
    const by = (limiter) => async (req, res, next) => {
      try {
        await limiter.consume(req.ip)
        next()
      } catch {
        res.status(429).end()
      }
    }
    app.post('/login', by(loose), (req, res) => res.json({}))
    app.post('/signup', by(strict), (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('uploads, payments and token refresh may be asked for more often', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))
    app.post('/uploads', (req, res) => res.json({}))
    app.post('/payments', (req, res) => res.json({}))
    app.post('/auth/refresh-token', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a default that production overrides is judged by its strictest number', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const limit = process.env.NODE_ENV === 'production' ? 5 : 1000
    app.post('/login', rateLimit({ windowMs: 15 * 60 * 1000, limit }), (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix adds a limiter of their own to the routes', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')

    const app = express()
    app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))
    app.post('/login', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')

    const credentialLimiter = rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    })

    const app = express()
    app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))
    app.post('/login', credentialLimiter, (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the default of the plugin of Fastify is a limit for pages', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    import bcrypt from 'bcryptjs'
    const app = Fastify()
    await app.register(rateLimit)
    //    ^^^^^^^^^^^^^^^^^^^^^^^ [high] lets 15000 attempts through per 15 minutes
    app.post('/login', async (request, reply) => {
      if (!(await bcrypt.compare(request.body.password, 'hash'))) return reply.code(401).send({})
      return {}
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('a limit that Nest hands to the route of Fastify', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "node main.ts" }, "dependencies": { "@nestjs/core": "^11", "@nestjs/platform-fastify": "^11" } }
    //- /main.ts
    import rateLimit from '@fastify/rate-limit'
    import { Controller, Module, Post } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter, NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify'
    const strict = { rateLimit: { max: 5, timeWindow: '15 minutes' } }
    @Controller()
    class AuthController {
      @Post('login')
      @RouteConfig(strict)
      login() { return {} }
      @Post('sign-in')
      signIn() { return {} }
      @Post('token')
      @RouteConfig({ rateLimit: false })
      token() { return {} }
    }
    @Module({ controllers: [AuthController] })
    class AppModule {}
    const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter())
    await app.register(rateLimit, { max: 100, timeWindow: '15 minutes' })
    //                              ^^^^^^^^ [high] \`POST /sign-in\` lets 100 attempts through per 15 minutes
    await app.listen(3000)
  `,
  )
})

test('a limiter that limits nothing is told of once, and not for its number', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { max: 1000, allowList: () => true })
    app.post('/login', async (request) => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('quiet: better-auth counts attempts by itself', () => {
  check(
    rule,
    `
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    import { betterAuth } from 'better-auth'
    import { toNodeHandler } from 'better-auth/node'
    const auth = betterAuth({ emailAndPassword: { enabled: true } })
    const app = express()
    app.use(rateLimit({ windowMs: 60_000, limit: 240 }))
    app.all('/auth/login/*splat', toNodeHandler(auth))
    app.listen(3000)
  `,
  )
})

test('the fix changes the numbers that a route of Nest has', () => {
  const app = (limit: string): string =>
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'

@Controller('auth')
class AuthController {
  @Throttle({ default: { ${limit} } })
  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({
  controllers: [AuthController],
  imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
`)
  checkFix(rule, app('limit: 5, ttl: 60_000'), app('ttl: 900000, limit: 5'))
})

/** A login behind the throttlers that the module has. */
function throttled(decorator: string, module: string, version = '^6.4.0'): string {
  const names = decorator === '' ? '' : ', Throttle'
  return nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule${names} } from '@nestjs/throttler'

@Controller('auth')
class AuthController {
${decorator}  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({
  controllers: [AuthController],
  imports: [ThrottlerModule.forRoot(${module})],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "@nestjs/throttler": "${version}" } }
`)
}

test('of throttlers with names the fix changes the one with the longest window: none is called default', () => {
  const named = `[{ name: 'short', ttl: 1000, limit: 10 }, { name: 'long', ttl: 60_000, limit: 300 }, { name: 'medium', ttl: 10_000, limit: 80 }]`
  checkFix(rule, throttled('', named), throttled('  @Throttle({ long: { ttl: 900000, limit: 5 } })\n', named))
  checkFix(
    rule,
    throttled('  @Throttle({ long: { ttl: 60_000, limit: 60 } })\n', named),
    throttled('  @Throttle({ long: { ttl: 900000, limit: 5 } })\n', named),
  )
})

test('a limiter that only such routes stand behind gets strict numbers where they are written', () => {
  const app = (most: string, window: string, reset: string): string => `
    //- /app.js
    import express from 'express'
    import { perWindow, resetLimit } from './limits.js'
    const app = express()
    app.post('/login', perWindow(${window}, ${most}), (req, res) => res.json({}))
    app.post('/password-reset', resetLimit, (req, res) => res.json({}))
    app.post('/signup', resetLimit, (req, res) => res.json({}))
    app.get('/notes', perWindow(60_000, 300), (req, res) => res.json([]))
    app.listen(3000)
    //- /limits.js
    import { rateLimit } from 'express-rate-limit'
    export const perWindow = (windowMs, limit) => rateLimit({ windowMs, limit })
    export const resetLimit = rateLimit({ windowMs: 60 * 60 * 1000, limit: ${reset} })
  `
  checkFix(rule, app('200', '60_000', '1_000'), app('5', '15 * 60 * 1000', '10'))
})

test('limiters of the project are judged by the numbers that they compare with', () => {
  const counting = (most: string, window: string, mark: string): string => `
    //- /app.js
    const app = require('express')()
    const MAX = ${most}
    const hits = new Map()
    function limiter(req, res, next) {
      const now = Date.now()
      const entry = hits.get(req.ip)
      if (!entry || now - entry.start > ${window}) {
        hits.set(req.ip, { count: 1, start: now })
        return next()
      }
      entry.count += 1
      if (entry.count > MAX) return res.status(429).end()
      ${mark}
      next()
    }
    app.use(limiter)
    app.post('/login', (req, res) => res.json({}))
    app.listen(3000)
  `
  const lax = '//                            ^^^^^^^^^^^^^^^^^^^^^ [high] `POST /login` lets 1500 attempts through per 15 minutes.'
  check(rule, counting('100', '60_000', lax))
  check(rule, counting('5', '15 * 60_000', ''))
  check(rule, counting('Number(process.env.MAX) || 100', '60_000', ''))
  check(rule, counting('100', 'Number(process.env.WINDOW)', ''))
})
