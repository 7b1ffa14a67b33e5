// Secrets that are compared like any text; and what is none, is compared safely, or is another rule's matter.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('keys of the environment, by every way of asking', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { config } from './config.js'
    import { isAllowed } from './allowed.js'
    const API_KEY = process.env.API_KEY
    const app = express()
    app.use('/a', (req, res, next) => {
      if (req.headers['x-api-key'] !== process.env.API_KEY) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] API_KEY is compared with !== => Compare digests with timingSafeEqual
      next()
    })
    app.use('/b', (req, res, next) => {
      const token = req.get('authorization')?.replace('Bearer ', '')
      if (!token || token != config.adminToken) throw new Error('no')
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] ADMIN_TOKEN is compared with !=
      next()
    })
    app.get('/cron', (req, res) => {
      if (req.headers.authorization !== \`Bearer \${process.env.CRON_SECRET}\`) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] CRON_SECRET is compared
      res.end()
    })
    app.get('/c', (req, res) => (isAllowed(req) ? res.end() : res.status(401).end()))
    app.get('/d', (req, res) => {
      if (API_KEY === req.query.key && req.query.user === process.env.ADMIN_USER) return res.end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_KEY is compared with ===
      res.status(401).end()
    })
    app.post('/login', (req, res) => {
      if (req.body.password === process.env.ADMIN_PASSWORD) return res.json({ ok: true })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] ADMIN_PASSWORD is compared
      res.status(401).end()
    })
    app.listen(3000)
    //- /config.ts
    export const config = { adminToken: process.env.ADMIN_TOKEN }
    //- /allowed.ts
    export function isAllowed(req) {
      if (req.headers['x-key'] !== process.env.SERVICE_KEY) return false
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] SERVICE_KEY is compared
      return true
    }
  `,
  )
})

test('signatures', () => {
  check(
    rule,
    `
    import express from 'express'
    import crypto, { createHmac } from 'node:crypto'
    import CryptoJS from 'crypto-js'
    const secret = process.env.WEBHOOK_SECRET
    const app = express()
    app.post('/a', (req, res) => {
      const expected = 'sha256=' + createHmac('sha256', secret).update(req.body).digest('hex')
      if (req.get('x-hub-signature-256') !== expected) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A signature is compared with !==
      res.end()
    })
    app.post('/b', (req, res) => {
      const hmac = crypto.createHmac('sha1', secret)
      hmac.update(JSON.stringify(req.body))
      if (hmac.digest('base64') === req.headers['x-signature']) return res.end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A signature is compared with ===
      res.status(401).end()
    })
    app.post('/c', (req, res) => {
      if (CryptoJS.HmacSHA256(req.body.text, secret).toString() !== req.body.signature) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A signature is compared
      res.end()
    })
    const verify = (body, signature) => createHmac('sha256', secret).update(body).digest('hex') === signature
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A signature is compared
    app.post('/d', (req, res) => (verify(req.body, req.headers.signature) ? res.end() : res.status(401).end()))
    app.listen(3000)
  `,
  )
})

test('secrets of records', () => {
  check(
    rule,
    `
    import express from 'express'
    import { users, clients } from './store.js'
    const app = express()
    app.post('/reset', async (req, res) => {
      const user = await users.findById(req.body.id)
      if (user.resetToken !== req.body.token) return res.status(400).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] resetToken is compared
      res.end()
    })
    app.use('/api', async (req, res, next) => {
      const client = await clients.findOne({ id: req.headers['x-client'] })
      if (!client || client.apiSecret !== req.headers['x-secret']) return res.status(401).end()
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] apiSecret is compared
      next()
    })
    app.listen(3000)
  `,
  )
})

test('what a schema gave back came with the request', () => {
  const server = (compared: string, mark = ''): string => `
    import express from 'express'
    import { z } from 'zod'
    import { users } from './store.js'
    const fields = z.object({ id: z.string(), token: z.string(), again: z.string() })
    const app = express()
    app.post('/reset', async (req, res) => {
      const parsed = fields.safeParse(req.body)
      if (!parsed.success) return res.status(400).end()
      const user = await users.findById(parsed.data.id)
      if (${compared}) return res.status(400).end()
      ${mark}
      res.end()
    })
    app.listen(3000)
  `
  check(
    rule,
    server('user.resetToken !== parsed.data.token', '//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] resetToken is compared'),
  )
  check(rule, server('parsed.data.again !== parsed.data.token'))
  check(rule, server('user.resetToken !== parsed.error.message'))
})

test('Fastify and Nest, also where a guard only returns', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    const app = Fastify()
    app.addHook('onRequest', async (request, reply) => {
      if (request.headers['x-api-key'] !== process.env.API_KEY) return reply.code(401).send()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_KEY is compared
    })
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.0.0", "@nestjs/common": "^12.0.0", "@nestjs/config": "^12.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module.js'
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    //- /app.module.ts
    import { Controller, Get, Module, UseGuards } from '@nestjs/common'
    import { ConfigModule } from '@nestjs/config'
    import { KeyGuard } from './key.guard.js'
    @UseGuards(KeyGuard)
    @Controller('cats')
    class CatsController {
      @Get() all() { return [] }
    }
    @Module({ imports: [ConfigModule.forRoot()], controllers: [CatsController], providers: [KeyGuard] })
    export class AppModule {}
    //- /key.guard.ts
    import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common'
    import { ConfigService } from '@nestjs/config'
    @Injectable()
    export class KeyGuard implements CanActivate {
      constructor(private readonly config: ConfigService) {}
      canActivate(context: ExecutionContext) {
        const request = context.switchToHttp().getRequest()
        return request.headers['x-api-key'] === this.config.get('API_KEY')
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_KEY is compared
      }
    }
  `,
  )
})

test('compared safely', () => {
  check(
    rule,
    `
    import express from 'express'
    import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
    import bcrypt from 'bcryptjs'
    import { users } from './store.js'
    const app = express()
    app.use((req, res, next) => {
      const given = Buffer.from(String(req.headers['x-api-key']))
      const expected = Buffer.from(process.env.API_KEY)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return res.status(401).end()
      next()
    })
    app.post('/hook', (req, res) => {
      const digest = createHmac('sha256', process.env.SECRET).update(req.body).digest()
      const signature = Buffer.from(req.get('x-signature'), 'hex')
      if (req.get('x-signature').length !== digest.length * 2 || !timingSafeEqual(signature, digest)) return res.status(401).end()
      res.end()
    })
    app.post('/token', async (req, res) => {
      const user = await users.findOne({ tokenHash: createHash('sha256').update(req.body.token).digest('hex') })
      if (!user || !(await bcrypt.compare(req.body.password, user.password))) return res.status(401).end()
      if (createHash('sha256').update(req.body.key).digest('hex') !== user.keyHash) return res.status(401).end()
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('what is no secret, what stands on both sides, and what is asked of nobody', () => {
  check(
    rule,
    `
    import express from 'express'
    import { users } from './store.js'
    const app = express()
    app.post('/a', async (req, res) => {
      const user = await users.findById(req.body.id)
      if (req.body.csrf !== req.cookies.csrf) return res.status(403).end()
      if (req.body.token !== req.cookies.token) return res.status(403).end()
      if (req.query.state !== req.session.state) return res.status(403).end()
      if (req.body.tokenType !== user.tokenType || req.body.token === undefined || req.body.secret === '') return res.status(400).end()
      if (req.headers.host !== process.env.HOST || req.query.mode === process.env.NODE_ENV) return res.status(400).end()
      if (req.body.id !== user.id || req.params.keyId !== user.keyId) return res.status(403).end()
      if (process.env.API_KEY === undefined || process.env.API_KEY === user.name) return res.status(500).end()
      res.end()
    })
    app.post('/otp', async (req, res) => {
      const user = await users.findById(req.body.id)
      if (user.lastToken === req.body.token) return res.status(400).json({ error: 'used before' })
      if (user.usedToken !== req.body.token) return res.json({ ok: true })
      res.status(400).end()
    })
    app.listen(3000)
  `,
  )
})

test('refused when equal', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.post('/keys', (req, res) => {
      if (req.body.key === process.env.API_KEY) return res.status(400).json({ error: 'choose another one' })
      res.json({ ok: true })
    })
    app.listen(3000)
  `,
  )
})

test('passwords that are kept as typed, and literals, are said elsewhere; tests and development are not asked', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { User } = require('./models')
    const app = express()
    app.post('/login', async (req, res) => {
      const user = await User.findOne({ email: req.body.email })
      if (user.password !== req.body.password) return res.status(401).end()
      if (req.headers['x-api-key'] !== 'k3v9x2q8w7') return res.status(401).end()
      res.end()
    })
    if (process.env.NODE_ENV !== 'production')
      app.get('/debug', (req, res) => (req.query.key === process.env.DEBUG_KEY ? res.end() : res.status(401).end()))
    app.listen(3000)
    //- /app.test.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => (req.query.key === process.env.API_KEY ? res.end() : res.status(401).end()))
  `,
  )
})

test('fixes: one function for a file, in its words', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express');
    const app = express();
    app.use((req, res, next) => {
      // The key of the other server.
      if (req.headers['x-api-key'] !== process.env.API_KEY) return res.status(401).end();
      next();
    });
    app.listen(3000);
    `,
    `
    //- /app.js
    const express = require('express');
    const { createHash, timingSafeEqual } = require('node:crypto');
    const app = express();
    app.use((req, res, next) => {
      // The key of the other server.
      if (!isSameSecret(req.headers['x-api-key'], process.env.API_KEY)) return res.status(401).end();
      next();
    });
    app.listen(3000);

    function isSameSecret(given, expected) {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
      const digest = (text) => createHash('sha256').update(text).digest();
      return timingSafeEqual(digest(given), digest(expected));
    }
    `,
  )
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { createHmac } from 'node:crypto'
    const app = express()
    app.post('/a', (req, res) => {
      const expected = createHmac('sha256', process.env.SECRET!).update(req.body).digest('hex')
      if (req.get('x-signature') === expected) return res.end()
      res.status(401).end()
    })
    app.get('/b', (req, res) => {
      if (req.query.key !== (process.env.API_KEY ?? process.env.OLD_KEY)) return res.status(401).end()
      res.end()
    })
    app.listen(3000)
    `,
    `
    //- /app.ts
    import express from 'express'
    import { createHmac, createHash, timingSafeEqual } from 'node:crypto'
    const app = express()
    app.post('/a', (req, res) => {
      const expected = createHmac('sha256', process.env.SECRET!).update(req.body).digest('hex')
      if (isSameSecret(req.get('x-signature'), expected)) return res.end()
      res.status(401).end()
    })
    app.get('/b', (req, res) => {
      if (!isSameSecret(req.query.key, process.env.API_KEY ?? process.env.OLD_KEY)) return res.status(401).end()
      res.end()
    })
    app.listen(3000)

    function isSameSecret(given: unknown, expected: unknown): boolean {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false
      const digest = (text: string) => createHash('sha256').update(text).digest()
      return timingSafeEqual(digest(given), digest(expected))
    }
    `,
  )
  checkNoFix(
    rule,
    `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => {
      if ((req.query.mode === 'a' ? req.query.key : req.body.key) === process.env.API_KEY) return res.end()
      res.status(401).end()
    })
    app.listen(3000)
    `,
  )
})

test('an HMAC is there to check what a helper is given, whatever that is called', () => {
  check(
    rule,
    `
    import express from 'express'
    import { createHmac } from 'crypto'
    const app = express()
    const isGenuine = (payload, header) => {
      const expected = 'sha256=' + createHmac('sha256', process.env.HOOK_SECRET).update(payload).digest('hex')
      return header === expected
             ^^^^^^^^^^^^^^^^^^^ [medium warning] A signature is compared with ===
    }
    app.post('/hooks', express.raw({ type: '*/*' }), (req, res) => {
      if (!isGenuine(req.body, req.get('x-signature'))) return res.sendStatus(401)
      res.sendStatus(204)
    })
    app.get('/etag', (req, res) => {
      const tag = createHmac('sha256', process.env.HOOK_SECRET).update('page').digest('hex')
      if (tag === '') return res.end()
      res.end(tag)
    })
    app.listen(3000)
    `,
  )
})

test('keys of the environment are called after whom they are for', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use('/admin', (req, res, next) => {
      const given = req.get('x-admin-key')
      if (given !== process.env.ADMIN_KEY) return res.status(403).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] ADMIN_KEY is compared with !==
      next()
    })
    app.get('/site', (req, res) => {
      if (req.query.key !== process.env.SITE_KEY) return res.status(404).end()
      if (req.query.pk !== process.env.STRIPE_PUBLISHABLE_KEY) return res.status(404).end()
      if (req.query.key === process.env.CACHE_KEY) return res.end('cached')
      res.end()
    })
    app.listen(3000)
    `,
  )
})

test('keys of a schema over the environment, whatever stands in for them', () => {
  check(
    rule,
    `
    //- /config.js
    import envSchema from 'env-schema'
    export const config = envSchema({
      schema: { properties: { PARTNER_KEY: { type: 'string', default: 'partner' }, SITE_KEY: { type: 'string' } } },
    })
    //- /app.js
    import Fastify from 'fastify'
    import { config } from './config.js'
    const app = Fastify()
    app.get('/', async (request) => {
      if (request.headers['x-partner-key'] !== config.PARTNER_KEY) throw new Error('refused')
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] PARTNER_KEY is compared
      return {}
    })
    app.get('/site', async (request) => ({ isOurs: request.headers['x-site'] === config.SITE_KEY }))
    const fallback = process.env.DESK_KEY ?? 'desk'
    app.get('/desk', async (request) => {
      if (request.headers['x-desk-key'] !== fallback) throw new Error('refused')
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] DESK_KEY is compared
      return {}
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('what decides a throw alone, what a callback found, and a variable that a reader of settings gives', () => {
  check(
    rule,
    `
    //- /config.js
    const env = (name, fallback) => {
      const value = process.env[name]
      return value === undefined || value === '' ? fallback : value
    }
    module.exports = { internalKey: env('INTERNAL_KEY'), region: env('REGION') }
    //- /app.js
    const app = require('express')()
    const User = require('./user')
    const config = require('./config')
    class Refused extends Error {}
    const refused = () => new Refused('refused')
    app.post('/refresh', async (req, res) => {
      const user = await User.findOne({ id: 1 })
      if (!user || user.refreshToken !== req.cookies.refresh) throw refused()
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] refreshToken is compared
      if (user.city !== req.body.city) throw refused()
      res.end()
    })
    app.use((req, res, next) => {
      User.findOne({ id: 1 }, (err, user) => {
        if (err || user.apiKey !== req.get('x-api-key')) return res.status(401).end()
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] apiKey is compared
        next()
      })
    })
    app.use((req, res, next) => (req.headers['x-internal-key'] == config.internalKey ? next() : next(refused())))
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] INTERNAL_KEY is compared
    app.use((req, res, next) => (req.headers['x-region'] === config.region ? next() : next(refused())))
    app.listen(3000)
    //- /user.js
    const { Schema, model } = require('mongoose')
    module.exports = model('User', new Schema({ apiKey: String }))
  `,
  )
})

test('what the environment calls a signature', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.post('/hook', (req, res) => {
      if (req.headers['x-signature'] !== process.env.BILLING_SIGNATURE) return res.status(401).end()
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] BILLING_SIGNATURE is compared with !==
      if (req.body.signature === process.env.MAIL_SIGNATURE) return res.end('default')
      if (req.query.type !== process.env.SIGNATURE_TYPE) return res.status(404).end()
      res.end()
    })
    app.listen(3000)
    `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    const app = Fastify()
    app.post('/hook', async (request, reply) => {
      const { 'x-signature': given } = request.headers
      if (given !== process.env.BILLING_SIGNATURE) return reply.code(401).send()
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] BILLING_SIGNATURE is compared with !==
      return {}
    })
    await app.listen({ port: 3000 })
    `,
  )
  check(
    rule,
    `
    //- /main.ts
    import { Body, Controller, Headers, Module, Post } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    @Controller('billing')
    class BillingController {
      @Post('webhook')
      hook(@Body() body: unknown, @Headers('x-signature') sig: string) {
        if (sig !== process.env.BILLING_SIGNATURE) return { ok: false }
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] BILLING_SIGNATURE is compared with !==
        return { ok: true }
      }
    }
    @Module({ controllers: [BillingController] })
    class AppModule {}
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    `,
  )
})

const gate = (lines: string, start = ''): string => `
    import express from 'express'
    ${start}
    const app = express()
    app.use((req, res, next) => {
${lines}
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
`

test('a variable that is not set equals a header that is missing', () => {
  const open = `      if (req.get('x-api-token') !== process.env.API_TOKEN) return res.sendStatus(401)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_TOKEN is compared with !==: while it is not set`
  const timed = open.replace(': while it is not set', ', whose time')
  check(rule, gate(open))
  check(rule, gate(timed, "if (!process.env.API_TOKEN) throw new Error('API_TOKEN is missing')"))
  check(rule, gate(`      if (!process.env.API_TOKEN) return res.sendStatus(503)\n${timed}`))
  check(rule, gate(`      if (!req.get('x-api-token')) return res.sendStatus(401)\n${timed}`))
  check(
    rule,
    gate(`      const given = req.headers['x-api-token']
      if (!given || given !== process.env.API_TOKEN) return res.sendStatus(401)
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_TOKEN is compared with !==, whose time`),
  )
  check(
    rule,
    gate(`      if (req.headers.authorization !== \`Bearer \${process.env.API_TOKEN}\`) return res.sendStatus(401)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] API_TOKEN is compared with !==, whose time`),
  )
})

test('fixes: several files get the function from one module', () => {
  checkFix(
    rule,
    `
    //- /src/server.js
    const express = require('express');
    const app = express();
    app.use('/a', require('./routes/a'));
    app.use('/b', require('./routes/b'));
    app.listen(3000);
    //- /src/utils/send-mail.js
    module.exports = () => {};
    //- /src/routes/a.js
    const router = require('express').Router();
    const mail = require('../utils/send-mail');
    router.get('/', (req, res) => (req.query.key === process.env.API_KEY ? res.end(mail()) : res.status(401).end()));
    module.exports = router;
    //- /src/routes/b.js
    const router = require('express').Router();
    router.get('/', (req, res) => (req.query.key === process.env.OTHER_KEY ? res.end() : res.status(401).end()));
    module.exports = router;
    `,
    `
    //- /src/utils/is-same-secret.js
    const { createHash, timingSafeEqual } = require('node:crypto');

    function isSameSecret(given, expected) {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
      const digest = (text) => createHash('sha256').update(text).digest();
      return timingSafeEqual(digest(given), digest(expected));
    }

    module.exports = { isSameSecret };
    //- /src/routes/a.js
    const router = require('express').Router();
    const mail = require('../utils/send-mail');
    const { isSameSecret } = require('../utils/is-same-secret');
    router.get('/', (req, res) => (isSameSecret(req.query.key, process.env.API_KEY) ? res.end(mail()) : res.status(401).end()));
    module.exports = router;
    //- /src/routes/b.js
    const router = require('express').Router();
    const { isSameSecret } = require('../utils/is-same-secret');
    router.get('/', (req, res) => (isSameSecret(req.query.key, process.env.OTHER_KEY) ? res.end() : res.status(401).end()));
    module.exports = router;
    `,
  )
})

test('fixes: the function that the project has, whatever it is called, and none that only has the name', () => {
  const server = `
    //- /server.ts
    import express from 'express'
    import { isSameSecret } from './names.js'
    import { matches } from './keys.js'
    const app = express()
    app.get('/', (req, res) => res.json(matches(isSameSecret(), 'x')))
    app.get('/b', (req, res) => {
      if (req.query.key !== process.env.API_KEY) return res.status(401).end()
      res.end()
    })
    app.listen(3000)
    //- /names.ts
    export const isSameSecret = () => false
    //- /keys.ts
    import { createHash, timingSafeEqual } from 'crypto'
    const digest = (text: string) => createHash('sha256').update(text).digest()
    export const matches = (one: unknown, other: unknown) => {
      if (typeof one !== 'string' || typeof other !== 'string' || other.length === 0) return false
      return timingSafeEqual(digest(one), digest(other))
    }
  `
  checkFix(rule, server, server.replace('req.query.key !== process.env.API_KEY', '!matches(req.query.key, process.env.API_KEY)'))
  const elsewhere = server
    .replace("    import { matches } from './keys.js'\n", "    import './start.js'\n")
    .replace("matches(isSameSecret(), 'x')", 'isSameSecret()')
  const withStart = `${elsewhere.trimEnd()}
    //- /start.ts
    import { matches } from './keys.js'
    console.log(matches('a', 'b'))
  `
  checkFix(
    rule,
    withStart,
    withStart
      .replace("import './start.js'\n", "import './start.js'\n    import { matches } from './keys.js'\n")
      .replace('req.query.key !== process.env.API_KEY', '!matches(req.query.key, process.env.API_KEY)'),
  )
})

test('fixes: each package has a module of its own, and what leads back to a file gives it nothing', () => {
  checkFix(
    rule,
    `
    //- /package.json
    { "private": true, "workspaces": ["packages/*"] }
    //- /packages/a/package.json
    { "name": "a", "dependencies": { "express": "^5.1.0" } }
    //- /packages/a/server.mjs
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => (req.query.key === process.env.API_KEY ? res.end() : res.status(401).end()))
    app.listen(3000)
    //- /packages/b/package.json
    { "name": "b", "dependencies": { "express": "^5.1.0" } }
    //- /packages/b/server.mjs
    import express from 'express'
    import { names } from './same.mjs'
    export const app = express()
    app.get('/', (req, res) => (req.query.key === process.env.API_KEY ? res.end(names) : res.status(401).end()))
    app.listen(3000)
    //- /packages/b/same.mjs
    import { createHash, timingSafeEqual } from 'node:crypto'
    import { app } from './server.mjs'
    export const names = 'names'
    export function same(a, b) {
      if (typeof a !== 'string' || typeof b !== 'string' || b === '') return false
      const digest = (text) => createHash('sha256').update(text).digest()
      return timingSafeEqual(digest(a), digest(b))
    }
    app.set('x', 1)
    `,
    `
    //- /packages/a/server.mjs
    import express from 'express'
    import { createHash, timingSafeEqual } from 'node:crypto'
    const app = express()
    app.get('/', (req, res) => (isSameSecret(req.query.key, process.env.API_KEY) ? res.end() : res.status(401).end()))
    app.listen(3000)

    function isSameSecret(given, expected) {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false
      const digest = (text) => createHash('sha256').update(text).digest()
      return timingSafeEqual(digest(given), digest(expected))
    }
    //- /packages/b/server.mjs
    import express from 'express'
    import { names } from './same.mjs'
    import { createHash, timingSafeEqual } from 'node:crypto'
    export const app = express()
    app.get('/', (req, res) => (isSameSecret(req.query.key, process.env.API_KEY) ? res.end(names) : res.status(401).end()))
    app.listen(3000)

    function isSameSecret(given, expected) {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false
      const digest = (text) => createHash('sha256').update(text).digest()
      return timingSafeEqual(digest(given), digest(expected))
    }
    `,
  )
})

const comparing = `
    const router = require('express').Router();
    router.get('/', (req, res) => (req.query.key === process.env.API_KEY ? res.end() : res.status(401).end()));
    module.exports = router;`
const compared = (from: string) => `
    const router = require('express').Router();
    const { isSameSecret } = require('${from}');
    router.get('/', (req, res) => (isSameSecret(req.query.key, process.env.API_KEY) ? res.end() : res.status(401).end()));
    module.exports = router;`

test('fixes: nothing new lies in a folder from which everything is loaded', () => {
  const server = `
    //- /src/server.js
    const fs = require('fs');
    const app = require('express')();
    for (const file of fs.readdirSync(__dirname + '/routes')) app.use('/' + file, require('./routes/' + file));
    app.listen(3000);`
  checkFix(
    rule,
    `${server}
    //- /src/routes/a.js${comparing}
    //- /src/routes/b.js${comparing}
    `,
    `${server}
    //- /src/isSameSecret.js
    const { createHash, timingSafeEqual } = require('node:crypto');

    function isSameSecret(given, expected) {
      if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
      const digest = (text) => createHash('sha256').update(text).digest();
      return timingSafeEqual(digest(given), digest(expected));
    }

    module.exports = { isSameSecret };
    //- /src/routes/a.js${compared('../isSameSecret')}
    //- /src/routes/b.js${compared('../isSameSecret')}
    `,
  )
})

test('a function that compares whatever it is given', () => {
  const server = (helper: string, uses: string): string => `
    //- /compare.js
    ${helper}
    //- /app.js
    const express = require('express')
    const { same } = require('./compare')
    const app = express()
    ${uses}
    app.listen(3000)
  `
  const guard = "app.use((req, res, next) => { if (!same(req.get('x-api-key'), process.env.API_KEY)) return res.sendStatus(401); next() })"
  const told = '[medium] API_KEY is compared with ===, whose time says how much of it was right. => no fix'
  check(rule, server(`exports.same = (a, b) => a === b\n    //                       ^^^^^^^ ${told}`, guard))
  check(
    rule,
    server('exports.same = (a, b) => a === b', "app.get('/tab', (req, res) => res.send(same(req.query.tab, 'all') ? 'all' : 'one'))"),
  )
  check(
    rule,
    server(
      'exports.same = (a, b) => a === b',
      "app.get('/stage', (req, res) => res.send(same(req.query.stage, process.env.STAGE) ? 'here' : 'elsewhere'))",
    ),
  )
  check(rule, server("exports.same = (a, b) => require('crypto').timingSafeEqual(Buffer.from(a), Buffer.from(b))", guard))
  check(
    rule,
    server(
      "exports.same = (value) => { if (value === process.env.API_KEY) console.warn('a key was printed') }",
      "app.get('/log', (req, res) => { same(req.query.line); res.end() })",
    ),
  )
})

test('signatures and stored tokens that a function compares whose parameters say nothing', () => {
  const app = (body: string, line: string) => `
    //- /app.js
    import express from 'express'
    import { createHash, createHmac } from 'node:crypto'
    import mongoose from 'mongoose'
    import { same } from './same.js'
    const users = mongoose.model('User', new mongoose.Schema({ resetToken: String }))
    const app = express()
    app.post('/a', express.text(), async (req, res) => {
      const user = await users.findById(req.body.id)
      ${body}
      res.end()
    })
    app.listen(3000)
    //- /same.js
    import { timingSafeEqual } from 'node:crypto'
    ${line}
  `
  const hmac = "const expected = createHmac('sha256', process.env.SECRET).update(req.body).digest('hex')"
  const found = (body: string, text: string) =>
    check(rule, app(body, `export const same = (a, b) => a === b\n    //                            ^^^^^^^ ${text} => no fix`))
  found(
    `${hmac}; if (!same(req.get('x-signature'), expected)) return res.sendStatus(401)`,
    '[high warning] A signature is compared with ===',
  )
  found(`if (!same(user.resetToken, req.body.token)) return res.sendStatus(400)`, '[medium info] resetToken is compared with ===')
  check(
    rule,
    app(
      `${hmac}; if (!same(req.get('x-signature'), expected)) return res.sendStatus(401)`,
      'export function same(a, b) {\n      if (a !== b) return false\n      //  ^^^^^^^ [high] A signature is compared with !==\n      return true\n    }',
    ),
  )
  const quiet = (body: string, line = 'export const same = (a, b) => a === b') => check(rule, app(body, line))
  // No secret on either side, one that came with the request, and hashes of both.
  quiet('if (!same(user.id, req.body.id)) return res.sendStatus(400)')
  quiet('if (!same(req.body.token, req.cookies.token)) return res.sendStatus(400)')
  quiet("if (!same(user.keyHash, createHash('sha256').update(req.body.key).digest('hex'))) return res.sendStatus(400)")
  quiet(
    `${hmac}; if (!same(req.get('x-signature'), expected)) return res.sendStatus(401)`,
    'export const same = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))',
  )
  quiet(
    `${hmac}; if (!same(req.get('x-signature'), expected)) return res.sendStatus(401)`,
    "export const same = (a, b) => typeof a === 'string' && a !== '' && timingSafeEqual(Buffer.from(a), Buffer.from(b))",
  )
})

test('one of several functions compares, where there is one', () => {
  check(
    rule,
    `
    //- /app.js
    const { createHmac } = require('crypto')
    const app = require('express')()
    const hmac = (secret, req) => createHmac('sha256', secret).update(req.rawBody).digest('hex')
    const senders = {
      forge: (req) => req.get('x-forge-signature') === hmac(process.env.FORGE_SECRET, req),
      //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A signature is compared
      line: (req) => hmac(process.env.LINE_SECRET, req) === req.get('x-line-signature'),
      //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A signature is compared
    }
    app.post('/hooks/:sender', (req, res) => {
      const isFrom = senders[req.params.sender]
      if (isFrom && !isFrom(req)) return res.sendStatus(401)
      res.sendStatus(202)
    })
    app.listen(3000)
  `,
  )
})
