// Tests of require-auth-rate-limit.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { beforeUnreadLayer, behindUnreadLayer } from '../../testing/smallServers.js'
import rule from './rule.js'

test('login and password reset of a router are one finding', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { auth } from './auth.js'
    const app = express()
    //          ~~~~~~~~~ [evidence] the application
    app.use('/auth', auth)
    ~~~~~~~~~~~~~~~~~~~~~~ [evidence] mounted here
    app.listen(3000)
    //- /auth.ts
    import express, { Router } from 'express'
    export const auth = Router()
    const login = (req, res) => res.json({})
    auth.get('/me', (req, res) => res.json({}))
    auth.post('/login', express.json(), login)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, error, complete, suggestion] \`POST /auth/login\` checks passwords without a rate limit, and one more route => Put a strict limiter in front of these routes
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] path says "login"; in front: express.json()
    auth.post('/forgot-password', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /auth/forgot-password: path says
  `,
  )
})

test('a limiter that leaves the route out is shown', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
                ~~~~~~~~~~~~~~~~~~~~ [evidence] the application
    app.use(require('express-rate-limit').rateLimit({ limit: 5, skip: (req) => req.path === '/login' }))
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] leaves POST /login out
    app.post('/login', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, error, complete, suggestion] \`POST /login\` checks passwords without a rate limit
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] path says "login"; in front: express-rate-limit.rateLimit(…)
    app.listen(3000)
  `,
  )
})

test('of nested routers the mount next to the route is shown', () => {
  check(
    rule,
    `
    //- /app.ts
    import express, { Router } from 'express'
    const app = express()
    const api = Router()
    const auth = Router()
    auth.post('/login', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ POST /api/auth/login
    api.use('/auth', auth)
    ~~~~~~~~~~~~~~~~~~~~~~ [evidence] mounted here
    app.use('/api', api)
    app.listen(3000)
  `,
  )
})

test('what can happen depends on what the route takes: guesses for credentials, bills for work', () => {
  const whyOf = (line: string): string | undefined =>
    check(
      rule,
      `
    //- /app.js
    const app = require('express')()
    ${line}
    ${'^'.repeat(line.length)}
    app.listen(3000)
  `,
    )[0]?.why
  expect(whyOf("app.post('/login', (req, res) => res.json({}))")).toMatch(/can be guessed/)
  expect(whyOf("app.post('/payments', (req, res) => res.json({}))")).toMatch(/runs up the bill/)
})

test('two routers are two findings', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use('/auth', require('./auth'))
    app.use('/2fa', require('./codes'))
    app.listen(3000)
    //- /auth.js
    const router = require('express').Router()
    router.post('/sign-in', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ checks passwords
    module.exports = router
    //- /codes.js
    const router = require('express').Router()
    router.post('/check', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ deals with one-time codes
    module.exports = router
  `,
  )
})

test('a limiter on the application, the mount, the router or the route is enough', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const limiter = rateLimit({ limit: 5, windowMs: 15 * 60 * 1000 })
    const inner = express.Router()
    inner.use(limiter)
    inner.post('/login', (req, res) => res.json({}))
    app.post('/login', limiter, (req, res) => res.json({}))
    app.use('/inner', inner)
    app.use('/mounted', limiter, express.Router().post('/login', (req, res) => res.json({})))
    app.route('/register').post([limiter], (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter for GET does not cover POST of the same path', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.get('/login', rateLimit(), (req, res) => res.send('form'))
    app.post('/login', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ checks passwords
    app.listen(3000)
  `,
  )
})

test('what the handler does counts, whatever the path is called', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const passport = require('passport')
    const bcrypt = require('bcryptjs')
    const app = express()
    app.post('/enter', passport.authenticate('local'), (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /enter\` checks passwords
    app.post('/door', async (req, res) => res.json(await bcrypt.compare(req.body.password, hash)))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] the handler calls compare
    app.listen(3000)
  `,
  )
})

test('passport called inside the handler', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const passport = require('passport')
    const app = express()
    app.post('/go', (req, res, next) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ checks passwords
      passport.authenticate('local', (error, user) => res.json(user))(req, res, next)
    })
    app.listen(3000)
  `,
  )
})

test('pages, callbacks, logout, webhooks and health checks take no credentials', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/login', (req, res) => res.send('form'))
    app.get('/auth/callback', (req, res) => res.redirect('/'))
    app.post('/auth/logout', (req, res) => res.end())
    app.post('/webhooks/payment', (req, res) => res.end())
    app.get('/health', (req, res) => res.end())
    app.post('/articles', (req, res) => res.end())
    app.listen(3000)
  `,
  )
})

test('events of sockets are no routes', () => {
  check(
    rule,
    `
    //- /app.js
    const { Server } = require('socket.io')
    const app = require('express')()
    const server = require('http').createServer(app)
    new Server(server).on('connection', (socket) => socket.on('login', (data) => socket.emit('ok')))
    server.listen(3000)
  `,
  )
})

test('own limiters count: by behaviour and in the handler itself', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { RateLimiterRedis } = require('rate-limiter-flexible')
    const app = express()
    const attempts = new Map()
    const guard = (req, res, next) => {
      const count = (attempts.get(req.ip) || 0) + 1
      attempts.set(req.ip, count)
      return count > 5 ? res.status(429).json({}) : next()
    }
    const limiter = new RateLimiterRedis({ storeClient: redis, points: 5, duration: 900 })
    app.post('/login', guard, (req, res) => res.json({}))
    app.post('/token', async (req, res) => {
      try {
        await limiter.consume(req.ip)
      } catch {
        return res.status(429).end()
      }
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

test('mail for whoever asks is costly', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const nodemailer = require('nodemailer')
    const app = express()
    const mailer = nodemailer.createTransport({})
    app.post('/contact', async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] \`POST /contact\` sends mail for whoever asks without a rate limit
      await mailer.sendMail({ to: 'us@example.org', text: req.body.text })
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('what only a signature of the provider sets going', () => {
  const act = (event: string): string => `
    const express = require('express')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const app = express()
    const raw = express.raw({ type: '*/*' })
    async function settle(req, res) {
      const event = ${event}
      await stripe.invoices.retrieve(event.data.object.id)
      res.json({ received: true })
    }
    app.post('/hooks/stripe', raw, settle)`
  const mark = '\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] calls a payment provider for whoever asks\n'
  check(rule, `${act('JSON.parse(req.body)')}${mark}    app.listen(3000)`)
  check(
    rule,
    `${act(`stripe.webhooks.constructEvent(req.body, req.get('stripe-signature'), process.env.HOOK_SECRET)`)}\n    app.listen(3000)`,
  )
})

test('payments, files and administration are warnings', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const multer = require('multer')
    const app = express()
    app.post('/payments', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] takes payments
    app.post('/photos', multer({ dest: 'x' }).single('photo'), (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] takes files
    app.delete('/admin/users/:id', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] admin
    app.listen(3000)
  `,
  )
})

test('writing to the database counts where the application limits elsewhere, and nobody has to log in', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const mongoose = require('mongoose')
    const { rateLimit } = require('express-rate-limit')
    const Note = mongoose.model('Note', new mongoose.Schema({}))
    const app = express()
    app.get('/search', rateLimit(), (req, res) => res.json({}))
    app.post('/notes', async (req, res) => res.json(await Note.create(req.body)))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] writes to the database for whoever asks
    app.listen(3000)
  `,
  )
})

test('keys and sessions of someone who is logged in are no credentials', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const passport = require('passport')
    const app = express()
    app.use(passport.authenticate('jwt', { session: false }))
    app.post('/api-keys', (req, res) => res.json({}))
    app.post('/therapy/sessions', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a limiter behind a flag: the message names the flag', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    if (process.env.ENABLE_LIMITS) app.use(rateLimit({ limit: 5 }))
    app.post('/login', (req, res) => res.json({}))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] The limit of \`POST /login\` is only on when \`ENABLE_LIMITS\` says so
    app.listen(3000)
  `,
  )
})

test('a limiter in production only is on', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    if (process.env.NODE_ENV === 'production') app.use('/auth', rateLimit({ limit: 5 }))
    app.post('/auth/login', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a route that takes no credentials is left alone behind what could not be understood', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(require(process.env.MIDDLEWARE))
    app.post('/articles', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a table of routes', () => {
  const [finding] = check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const routes = [['/login', (req, res) => res.json({})], ['/articles', (req, res) => res.json({})]]
    for (const [path, handler] of routes) app.post(path, handler)
    //                                    ^^^^^^^^^^^^^^^^^^^^^^^ \`POST /login\` checks passwords
    app.listen(3000)
  `,
  )
  expect(finding?.fix, 'the line also registers articles').toBeNull()
})

test('the fix for one route: CommonJS with semicolons', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express');

    const app = express();
    // Sign in.
    app.post('/login', (req, res) => res.json({}));
    app.listen(3000);
  `,
    `
    //- /app.js
    const express = require('express');
    const { rateLimit } = require('express-rate-limit');

    const credentialLimiter = rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    });

    const app = express();
    // Sign in.
    app.post('/login', credentialLimiter, (req, res) => res.json({}));
    app.listen(3000);
  `,
  )
})

test('the fix for several routes gives each its own counter: TypeScript, chained routes', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { auth } from './auth.js'
    const app = express()
    app.use('/auth', auth)
    app.listen(3000)
    //- /auth.ts
    import { Router } from 'express'
    import { login, signup } from './handlers.js'

    export const auth = Router()
    auth.post('/login', login)
    auth.route('/register').post(signup)
    //- /handlers.ts
    import type { Request, Response } from 'express'
    export const login = (req: Request, res: Response) => res.json({})
    export const signup = (req: Request, res: Response) => res.json({})
  `,
    `
    //- /auth.ts
    import { Router } from 'express'
    import { login, signup } from './handlers.js'
    import { rateLimit } from 'express-rate-limit'

    const makeCredentialLimiter = () => rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    })

    export const auth = Router()
    auth.post('/login', makeCredentialLimiter(), login)
    auth.route('/register').post(makeCredentialLimiter(), signup)
    //- /app.ts
    import express from 'express'
    import { auth } from './auth.js'
    const app = express()
    app.use('/auth', auth)
    app.listen(3000)
    //- /handlers.ts
    import type { Request, Response } from 'express'
    export const login = (req: Request, res: Response) => res.json({})
    export const signup = (req: Request, res: Response) => res.json({})
  `,
  )
})

test('the fix gives a route of Nest its own limit, and the application the guard that it lacks', () => {
  checkFix(
    rule,
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'

@Controller('auth')
class AuthController {
  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({
      isGlobal: true,
    }),
  ],
  controllers: [AuthController],
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
    import { Body, Controller, Module, Post } from '@nestjs/common'
    import { ConfigModule } from '@nestjs/config'
    import { ThrottlerModule, ThrottlerGuard, Throttle } from '@nestjs/throttler'
    import { APP_GUARD } from '@nestjs/core'

    @Controller('auth')
    class AuthController {
      @Throttle({ default: { ttl: 900000, limit: 5 } })
      @Post('login')
      login(@Body() body: { password: string }) {
        return { ok: body.password === 'x' }
      }
    }

    @Module({
      imports: [
        ConfigModule.forRoot({
          isGlobal: true,
        }),
        ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }]),
      ],
      controllers: [AuthController],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    })
    export class AppModule {}
  `,
  )
})

test('the fix brings the guard along where the module of throttlers has none', () => {
  const app = (imports: string, decorators: string): string =>
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post${imports}
import { ThrottlerModule${decorators === '' ? '' : ', Throttle, ThrottlerGuard'} } from '@nestjs/throttler'

@Controller('auth')
class AuthController {
${decorators}  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({ controllers: [AuthController], imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])] })
export class AppModule {}
`)
  checkFix(
    rule,
    app(" } from '@nestjs/common'", ''),
    app(", UseGuards } from '@nestjs/common'", '  @UseGuards(ThrottlerGuard)\n  @Throttle({ default: { ttl: 900000, limit: 5 } })\n'),
  )
})

/** A login with these decorators, behind or without a guard for the whole application. */
function throttledLogin({
  names,
  ofClass = '',
  own,
  providers = '',
}: Readonly<Record<'names' | 'own', string>> & { ofClass?: string; providers?: string }): string {
  return nestFixture(`//- /app.module.ts
import { Body, Controller, Get, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerModule${names} } from '@nestjs/throttler'

@Controller('auth')${ofClass}
class AuthController {
${own}
  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Controller('news')
class NewsController {
  @Get()
  all() {
    return []
  }
}

@Module({ controllers: [AuthController, NewsController], imports: [ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])]${providers} })
export class AppModule {}
`)
}
const everywhere = ', providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }]'

test('the fix puts a limit where a route of Nest skips the throttler', () => {
  const names = ', ThrottlerGuard, SkipThrottle'
  checkFix(
    rule,
    throttledLogin({ names, own: '  @SkipThrottle()', providers: everywhere }),
    throttledLogin({ names: `${names}, Throttle`, own: '  @Throttle({ default: { ttl: 900000, limit: 5 } })', providers: everywhere }),
  )
})

test('the fix says of a route that it is not skipped where its class is', () => {
  const names = ', ThrottlerGuard, SkipThrottle'
  const ofClass = '\n@SkipThrottle()'
  checkFix(
    rule,
    throttledLogin({ names, ofClass, own: '  // by password', providers: everywhere }),
    throttledLogin({
      names: `${names}, Throttle`,
      ofClass,
      own: '  // by password\n  @SkipThrottle({ default: false })\n  @Throttle({ default: { ttl: 900000, limit: 5 } })',
      providers: everywhere,
    }),
  )
})

test('the fix changes the limit that stands there, and writes no second one; a strict one stays', () => {
  const names = ', Throttle, ThrottlerGuard'
  const skipped = `${names}, SkipThrottle`
  const own = (limit: string, skip: string): string => `  @Throttle({ default: { ${limit} } })\n  @SkipThrottle(${skip})`
  checkFix(
    rule,
    throttledLogin({ names: skipped, own: own('limit: 50, ttl: 60_000', ''), providers: everywhere }),
    throttledLogin({ names: skipped, own: own('ttl: 900000, limit: 5', '{ default: false }'), providers: everywhere }),
  )
  checkFix(
    rule,
    throttledLogin({ names: skipped, own: own('limit: 3, ttl: 900_000', ''), providers: everywhere }),
    throttledLogin({ names: skipped, own: own('limit: 3, ttl: 900_000', '{ default: false }'), providers: everywhere }),
  )
})

test('a guard that extends ThrottlerGuard limits, on the class or inherited from it', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Injectable, Module, Post, UseGuards } from '@nestjs/common'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Injectable()
class BehindProxyGuard extends ThrottlerGuard {
  protected async getTracker(req: Record<string, any>) { return req.ips[0] ?? req.ip }
}
@UseGuards(BehindProxyGuard)
abstract class LimitedController {}
@Controller('auth')
class AuthController extends LimitedController {
  @Post('login')
  login() { return {} }
}
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 5 }])], controllers: [AuthController] })
export class AppModule {}
`),
  )
})

test('a guard that has ThrottlerGuard count and then answers by itself limits all that it does not let through before', () => {
  const guarded = (body: string, name = 'login'): string =>
    nestFixture(`//- /app.module.ts
import { Controller, Injectable, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Injectable()
class OwnGuard extends ThrottlerGuard {
  async canActivate(context) {
    ${body}
    return true
  }
}
@Controller('auth')
class AuthController {
  @Post('login')
  ${name}() { return {} }${name === 'open' ? '\n//^^^^ [high]' : ''}
}
@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 5 }])],
  controllers: [AuthController],
  providers: [{ provide: APP_GUARD, useClass: OwnGuard }],
})
export class AppModule {}
`)
  check(rule, guarded('await super.canActivate(context)'))
  check(rule, guarded("if (context.getHandler().name === 'open') return true\n    await super.canActivate(context)"))
})

test('a login of Fastify, and its limit in the options of the route', () => {
  checkFix(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import bcrypt from 'bcryptjs'
    import { users } from './users.js'
    const app = Fastify()
    app.post('/login', { schema: { body: { type: 'object' } } }, async (request, reply) => {
      const user = await users.findOne(request.body.email)
      if (!(await bcrypt.compare(request.body.password, user.hash))) return reply.code(401).send({ error: 'no' })
      return { ok: true }
    })
    await app.listen({ port: 3000 })
    //- /users.js
    export const users = { findOne: async () => ({ hash: '' }) }
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "fastify": "^5.0.0" } }
  `,
    `
    //- /app.js
    import Fastify from 'fastify'
    import bcrypt from 'bcryptjs'
    import { users } from './users.js'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { global: false })
    app.post('/login', { schema: { body: { type: 'object' } }, config: { rateLimit: { max: 5, timeWindow: '15 minutes' } } }, async (request, reply) => {
      const user = await users.findOne(request.body.email)
      if (!(await bcrypt.compare(request.body.password, user.hash))) return reply.code(401).send({ error: 'no' })
      return { ok: true }
    })
    await app.listen({ port: 3000 })
    //- /users.js
    export const users = { findOne: async () => ({ hash: '' }) }
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "@fastify/rate-limit": "^11.2.0", "fastify": "^5.0.0" } }
  `,
  )
})

test('beside GraphQL the guard comes to stand on the route alone: for fields it would fail', () => {
  const app = (common: string, throttler: string, decorators: string, modules: string): string =>
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post${common} } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
${throttler}
@Controller('auth')
class AuthController {
${decorators}  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({ controllers: [AuthController], imports: [GraphQLModule.forRoot({})${modules}] })
export class AppModule {}
`)
  checkFix(
    rule,
    app('', '', '', ''),
    app(
      ', UseGuards',
      "import { ThrottlerModule, Throttle, ThrottlerGuard } from '@nestjs/throttler'\n",
      '  @UseGuards(ThrottlerGuard)\n  @Throttle({ default: { ttl: 900000, limit: 5 } })\n',
      ', ThrottlerModule.forRoot([{ ttl: 900000, limit: 100 }])',
    ).replace(/\/\/- \/package.json[\s\S]*?(?=\/\/- \/main)/, ''),
  )
})

test('a password that a schema gave back is checked like one of the body', () => {
  const server = (compared: string, mark: string): string => `
    import express from 'express'
    import { z } from 'zod'
    import { users } from './store.js'
    const fields = z.object({ name: z.string(), password: z.string() })
    const app = express()
    app.put('/a', async (req, res) => {
    ${mark}
      const given = fields.parse(req.body)
      const user = await users.byName(given.name)
      if (${compared}) return res.status(401).end()
      res.json({ ok: true })
    })
    app.listen(3000)
  `
  check(rule, server('user?.password !== given.password', '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] checks passwords'))
  check(rule, server('user?.state !== given.name', ''))
})

test('a password that may be changed without any limit, although everything else has one', () => {
  const fastify = (mark: string, options: string, path = '/password'): string => `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    await app.register(rateLimit, { max: 200, timeWindow: '1 minute' })
    await app.register(jwt, { secret: process.env.JWT_SECRET })
    const authenticate = async (request, reply) => { await request.jwtVerify() }
    app.post('${path}', ${options}, async (request) => store(request.user.id, request.body.next))
    ${mark}
    await app.listen({ port: 3000 })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/rate-limit": "^10.0.0", "@fastify/jwt": "^9.0.0" } }
  `
  const open = '{ onRequest: [authenticate], config: { rateLimit: false } }'
  const [finding] = findingsOf(rule, parseFixture(fastify('', open)).files)
  expect(finding).toMatchObject({ confidence: 'medium', message: '`POST /password` changes passwords without a rate limit.' })
  check(rule, fastify('', '{ onRequest: [authenticate] }'))
  check(rule, fastify('', open, '/password/strength'))
  check(rule, fastify('', open, '/posts'))
  const express = (chain: string): string => `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    const login = (req, res, next) => {
      try {
        req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET)
        next()
      } catch { res.sendStatus(401) }
    }
    app.use(express.json())
    app.get('/password', (req, res) => res.json({}))
    app.put('/users/password', ${chain}(req, res) => res.json(store(req.body.next)))
    app.listen(3000)
  `
  expect(findingsOf(rule, parseFixture(express('')).files)).toMatchObject([{ confidence: 'medium' }])
  check(rule, express('login, '))
})

test('before version 5 the throttler counts in seconds, and its decorator takes two numbers', () => {
  const app = (decorators: string, names: string, module: string): string =>
    nestFixture(`//- /app.module.ts
import { Body, Controller, Get, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ThrottlerGuard, ThrottlerModule${names} } from '@nestjs/throttler'

@Controller('auth')
class AuthController {
${decorators}  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }

  @Get()
  whoami() {
    return {}
  }
}

@Module({
  controllers: [AuthController],
  imports: [ThrottlerModule.forRoot(${module})],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/common": "^9.4.0", "@nestjs/core": "^9.4.0", "@nestjs/platform-express": "^9.4.0", "@nestjs/throttler": "^4.2.1" } }
`)
  const module = '{ ttl: 60, limit: 100 }'
  checkFix(rule, app('  @SkipThrottle()\n', ', SkipThrottle', module), app('  @Throttle(5, 900)\n', ', SkipThrottle, Throttle', module))
  checkFix(
    rule,
    app('  @Throttle(60, 60)\n  @SkipThrottle()\n', ', SkipThrottle, Throttle', module),
    app('  @Throttle(5, 900)\n  @SkipThrottle(false)\n', ', SkipThrottle, Throttle', module),
  )
})

test('a throttler module for an earlier version gets its options without a list, in seconds', () => {
  const app = (throttler: string, decorator: string, imports: string): string =>
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
${throttler}
@Controller('auth')
class AuthController {
${decorator}  @Post('login')
  login(@Body() body: { password: string }) {
    return { ok: body.password === 'x' }
  }
}

@Module({ controllers: [AuthController]${imports} })
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/common": "^9.4.0", "@nestjs/core": "^9.4.0", "@nestjs/platform-express": "^9.4.0", "@nestjs/throttler": "^4.2.1" } }
`)
  checkFix(
    rule,
    app('', '', ''),
    app(
      `import { ThrottlerModule, ThrottlerGuard, Throttle } from '@nestjs/throttler'\nimport { APP_GUARD } from '@nestjs/core'\n`,
      '  @Throttle(5, 900)\n',
      ', imports: [ThrottlerModule.forRoot({ ttl: 900, limit: 100 })], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }]',
    ),
  )
})

test('a limiter that is added counts in the store of the others, under a name of its own', () => {
  const app = (head: string, login: string, forgot: string): string => `
    //- /src/auth.ts
    import { Router } from 'express'
    ${head}export const auth = Router()
    auth.post('/login', ${login}(req, res) => {
      res.json({})
    })
    auth.post('/password/forgot', ${forgot}(req, res) => {
      res.json({})
    })
    //- /src/app.ts
    import express from 'express'
    import { auth } from './auth.js'
    import { overall } from './http/limits.js'
    const app = express()
    app.use('/auth', auth)
    app.use(overall)
    app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)
    //- /src/http/limits.ts
    import { rateLimit } from 'express-rate-limit'
    import { RedisStore, type RedisReply } from 'rate-limit-redis'
    import { redis } from '../redis.js'

    const shared = (prefix: string) =>
      new RedisStore({
        prefix,
        sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<RedisReply>,
      })
    export const overall = rateLimit({ windowMs: 60_000, limit: 600, store: shared('all:') })
    //- /src/redis.ts
    import { Redis } from 'ioredis'
    export const redis = new Redis()
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.0.0", "ioredis": "^5.0.0", "rate-limit-redis": "^4.0.0" } }
  `
  checkFix(
    rule,
    app('', '', ''),
    app(
      `import { rateLimit } from 'express-rate-limit'
    import { RedisStore, type RedisReply } from 'rate-limit-redis'
    import { redis } from './redis.js'

    const makeCredentialLimiter = (name: string) => rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      store: new RedisStore({
        prefix: \`rl:\${name}:\`,
        sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<RedisReply>,
      }),
    })

    `,
      `makeCredentialLimiter('auth-login'), `,
      `makeCredentialLimiter('auth-password-forgot'), `,
    ),
  )
})

test('where the client is known to a function alone, the limiter counts in memory', () => {
  const app = (head: string, login: string): string => `
    //- /app.js
    const express = require('express')
    const Redis = require('ioredis')
    const { rateLimit } = require('express-rate-limit')
    const { RedisStore } = require('rate-limit-redis')
${head}
    const app = express()
    app.post('/login', ${login}(req, res) => res.json({}))
    function overall(client) {
      return rateLimit({ windowMs: 60_000, limit: 600, store: new RedisStore({ sendCommand: (...args) => client.call(...args) }) })
    }
    app.use(overall(new Redis()))
    app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)
  `
  checkFix(
    rule,
    app('', ''),
    app(
      `
    const credentialLimiter = rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    })
`,
      'credentialLimiter, ',
    ),
  )
})

test('a route more gets what stands in front of its neighbours, behind CORS of its own', () => {
  const app = (forgot: string, otp: string): string => `
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const { limit } = require('./throttle')
    const { loginLimiter } = require('./limits')
    const app = express()
    const auth = express.Router()
    auth.post('/login', limit(5, 15 * 60, 'login'), (req, res) => res.json({}))
    auth.post('/forgot', cors(), ${forgot}(req, res) => res.json({}))
    app.use('/auth', auth)
    codes(app)
    app.listen(3000)
    function codes(router) {
      router.post('/signup', loginLimiter, (req, res) => res.json({}))
      router.post('/verify', loginLimiter, (req, res) => res.json({}))
      router.post('/otp', ${otp}(req, res) => res.json({}))
    }
    //- /throttle.js
    const seen = new Map()
    exports.limit = (most, seconds, name) => (req, res, next) => {
      const key = name + req.ip
      const count = (seen.get(key) ?? 0) + 1
      seen.set(key, count)
      setTimeout(() => seen.delete(key), seconds * 1000)
      if (count > most) return res.status(429).send('Too many requests')
      next()
    }
    //- /limits.js
    const { rateLimit } = require('express-rate-limit')
    exports.loginLimiter = rateLimit({ windowMs: 15 * 60 * 1000, limit: 10 })
  `
  checkFix(rule, app('', ''), app("limit(5, 15 * 60, 'forgot'), ", 'loginLimiter, '))
})

test('a table of routes of Fastify: the limit stands in the object of the route', () => {
  const app = (limit: string, register: string, name: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    import { routes } from './routes.js'
${name}    const app = Fastify()
${register}    for (const one of routes) app.route(one)
    await app.listen({ port: 3000 })
    //- /routes.js
    export const routes = [
      {
        method: 'POST',
        url: '/login',
        handler: async () => ({ ok: true })${limit}
      },
      { method: 'GET', url: '/rooms', handler: async () => [] },
    ]
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "@fastify/rate-limit": "^11.2.0", "fastify": "^5.0.0" } }
  `
  checkFix(
    rule,
    app('', '', ''),
    app(
      ",\n        config: { rateLimit: { max: 5, timeWindow: '15 minutes' } }",
      '    await app.register(rateLimit, { global: false })\n',
      "    import rateLimit from '@fastify/rate-limit'\n",
    ),
  )
})

test('a limiter whose name is taken is called after its route', () => {
  const app = (limiter: string, reset: string): string => `
    //- /app.js
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
${limiter}
    const app = express()
    const credentialLimiter = 'strict'
    app.post('/password/reset', ${reset}(req, res) => res.json({ mode: credentialLimiter }))
    app.listen(3000)
  `
  checkFix(
    rule,
    app('', ''),
    app(
      `
    const passwordResetLimiter = rateLimit({
      windowMs: 15 * 60 * 1000,
      limit: 5,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    })
`,
      'passwordResetLimiter, ',
    ),
  )
})

test('a layer that could not be read may be the limiter', () => {
  check(
    rule,
    behindUnreadLayer({
      login: '[low warning] `POST /login` checks passwords; no limit was found, but a layer could not be read. => no fix',
    }),
  )
})

test('a route in front of it certainly has none', () => {
  check(rule, beforeUnreadLayer({ login: '[high] `POST /login` checks passwords without a rate limit' }))
})

const guarded = (layer: string): string => `
    //- /app.js
    import express from 'express'
    import Redis from 'ioredis'
    import bcrypt from 'bcrypt'
    import { users } from './users.js'
    const redis = new Redis(process.env.REDIS_URL)
    const seen = new Set()
    const app = express()
    app.use(express.json())
    app.use(async (req, res, next) => {
      ${layer}
      next()
    })
    app.post('/login', async (req, res) => {
      const user = await users.findOne({ email: req.body.email })
      if (!(await bcrypt.compare(req.body.password, user.hash))) return res.sendStatus(401)
      res.json({})
    })
    app.listen(3000)
`

test.each([
  `const fresh = await redis.set('idem:' + req.get('idempotency-key'), '1', 'EX', 3600, 'NX')\n      if (fresh === null) return res.status(429).json({ error: 'seen' })`,
  `const n = await redis.incr(\`seen:\${req.headers['x-request-id']}\`)\n      if (n > 1) return res.status(429).json({ error: 'seen' })`,
  `if (seen.has(req.get('x-request-id'))) return res.status(429).end()\n      seen.add(req.get('x-request-id'))`,
  `const fresh = await redis.setnx('event:' + req.body.eventId, '1')\n      if (!fresh) return res.status(429).end()`,
])('a check that a request has not come before limits nobody: %s', (layer) => {
  expect(() => check(rule, guarded(layer))).toThrow('checks passwords without a rate limit')
})

test.each([
  `const n = await redis.incr('hits:' + req.ip)\n      if (n > 20) return res.status(429).end()`,
  `const n = await redis.incr('hits:' + req.ip)\n      if (n > Number(process.env.MAX)) return res.status(429).end()`,
  `const free = await redis.set('wait:' + req.ip, '1', 'EX', 10, 'NX')\n      if (!free) return res.status(429).end()`,
  `const free = await redis.set('wait:' + req.body.email, '1', 'EX', 60, 'NX')\n      if (!free) return res.status(429).end()`,
])('a count or a wait for each address or account limits: %s', (layer) => {
  check(rule, guarded(layer))
})

test('a mutation of GraphQL that takes passwords, where the throttler spares GraphQL', () => {
  const app = (skip: string, front: string, mark: string, name = 'signIn'): string =>
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { rateLimit } from 'express-rate-limit'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${front}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { ExecutionContext, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Args, GraphQLModule, Mutation, Resolver } from '@nestjs/graphql'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Resolver()
class SessionResolver {
  @Mutation(() => Boolean)
${mark}
  ${name}(@Args('email') email: string, @Args('password') password: string) { return sessions.open(email, password) }
}
@Module({
  imports: [GraphQLModule.forRoot({}), ThrottlerModule.forRoot({ throttlers: [{ ttl: 900_000, limit: 10 }] ${skip} })],
  providers: [SessionResolver, { provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
`)
  const skip = ", skipIf: (context: ExecutionContext) => context.getType<string>() === 'graphql'"
  const pointer = '  ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] `MUTATION /graphql#signIn` checks passwords without a rate limit. => no fix'
  check(rule, app(skip, '', pointer))
  check(rule, app('', '', ''))
  check(rule, app(skip, 'app.use(rateLimit({ windowMs: 900_000, limit: 10 }))', ''))
  check(rule, app(skip, "app.use('/graphql', rateLimit({ windowMs: 900_000, limit: 10 }))", ''))
  check(rule, app(skip, "app.use('/graph', rateLimit({ windowMs: 900_000, limit: 10 }))", pointer))
  check(rule, app(skip, '', '', 'rename'))
})
