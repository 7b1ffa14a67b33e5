// Tests of require-webhook-signature.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

/** An Express application with a database and these routes. */
const express = (routes: string): string => `
    //- /server.js
    const crypto = require('crypto')
    const express = require('express')
    const Stripe = require('stripe')
    const { Webhook } = require('svix')
    const { Pool } = require('pg')
    const twilio = require('twilio')
    const db = new Pool()
    const stripe = new Stripe(process.env.STRIPE_KEY)
    const app = express()
    ${routes}
    app.listen(3000)
`

test('events of Stripe that are read without a look at the signature', () => {
  check(
    rule,
    express(`
    app.post('/webhooks/stripe', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/stripe\` acts on what anybody sends. => no fix
      const event = req.body
      if (event.type === 'checkout.session.completed') await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.data.object.id])
      res.json({ received: true })
    })
    `),
  )
})

test('a signature that is only asked to be there, or only written to the log', () => {
  check(
    rule,
    express(`
    app.post('/github', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /github\` acts on what anybody sends
      if (!req.headers['x-hub-signature-256']) return res.status(400).end()
      if (req.headers['x-github-event'] === 'push') await db.query('INSERT INTO pushes (body) VALUES ($1)', [req.body])
      res.end()
    })
    app.post('/shopify/orders', express.json(), async (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /shopify/orders: it reads the headers of one, and it calls pg query
      console.log('order', req.get('x-shopify-hmac-sha256'))
      await db.query('INSERT INTO orders (body) VALUES ($1)', [req.body])
      res.end()
    })
    `),
  )
})

test('a text of the program is no signature, and one that is there has not been checked', () => {
  check(
    rule,
    express(`
    app.post('/webhooks/carrier', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] \`POST /webhooks/carrier\` acts on what anybody sends
      if (req.get('x-carrier-signature') !== 'parcel-2024') return res.sendStatus(401)
      await db.query('UPDATE parcels SET state = $1', [req.body.state])
      res.end()
    })
    app.post('/webhooks/sms', express.json(), async (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /webhooks/sms: path says "webhooks sms", and it calls pg query
      const signature = req.get('x-sms-signature')
      if (!signature) return res.sendStatus(401)
      await db.query('INSERT INTO messages (text) VALUES ($1)', [req.body.text])
      res.end()
    })
    `),
  )
})

test('quiet: what a service does where a secret of the environment came along', () => {
  check(
    rule,
    express(`
    app.post('/webhooks/toll', express.json(), async (req, res) => {
      if (req.header('x-toll-token') === process.env.TOLL_TOKEN) await tolls.add(req.body.trip)
      res.end()
    })
    const tolls = { add: (trip) => db.query('INSERT INTO tolls (trip) VALUES ($1)', [trip]) }
    `),
  )
})

test('commands, queues and requests to others are acts as well', () => {
  check(
    rule,
    express(`
    const { exec } = require('child_process')
    const { Queue } = require('bullmq')
    const axios = require('axios')
    const queue = new Queue('hooks')
    app.post('/deploy-webhook', (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /deploy-webhook\` acts on what anybody sends, and so do 2 more routes of this file.
      exec('git pull && pm2 restart all')
      res.end()
    })
    app.post('/webhooks/shopify/orders', express.json(), async (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /webhooks/shopify/orders
      await queue.add('order', req.body)
      res.end()
    })
    app.post('/webhooks/jira', express.json(), async (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /webhooks/jira
      await axios.post(process.env.CHAT_URL, { text: req.body.issue.key })
      res.end()
    })
    `),
  )
})

test('own CORS looks at the origin, which says nothing of who sends', () => {
  check(
    rule,
    express(`
    const allowed = new Set(process.env.ORIGINS.split(','))
    app.use((req, res, next) => {
      if (req.headers.origin && allowed.has(req.headers.origin)) res.setHeader('Access-Control-Allow-Origin', req.headers.origin)
      next()
    })
    app.post('/webhooks/stripe', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/stripe\` acts on what anybody sends. => no fix
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [req.body.data.object.id])
      res.json({ received: true })
    })
    `),
  )
})

test('a router in another file, whose work a service does', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import hooks from './routes/hooks.js'
    const app = express()
    app.use(express.json())
    app.use('/api', hooks)
    app.listen(3000)
    //- /routes/hooks.ts
    import { Router } from 'express'
    import { markPaid } from '../services/orders.js'
    const router = Router()
    router.post('/paypal/ipn', async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /api/paypal/ipn\` acts on what anybody sends
      await markPaid(req.body.invoice)
      res.sendStatus(200)
    })
    router.post('/webhook', async (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /api/webhook
      await markPaid(req.body.id)
      res.sendStatus(200)
    })
    export default router
    //- /services/orders.ts
    import { PrismaClient } from '@prisma/client'
    const prisma = new PrismaClient()
    export async function markPaid(id: string) {
      await prisma.order.update({ where: { id }, data: { paid: true } })
    }
  `,
  )
})

const write = "await db.query('UPDATE orders SET paid = true WHERE id = $1', [req.body.id])"

test.each([
  [
    'a package verifies',
    `app.post('/webhook', express.raw({ type: 'application/json' }), async (req, res) => {
      let event
      try {
        event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      } catch (error) {
        return res.status(400).end()
      }
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
  [
    'an HMAC is compared in constant time',
    `app.post('/webhooks/github', express.json({ verify: (req, res, body) => { req.rawBody = body } }), async (req, res) => {
      const digest = 'sha256=' + crypto.createHmac('sha256', process.env.GITHUB_SECRET).update(req.rawBody).digest('hex')
      const given = req.get('x-hub-signature-256') ?? ''
      if (given.length !== digest.length || !crypto.timingSafeEqual(Buffer.from(given), Buffer.from(digest))) return res.sendStatus(401)
      ${write}
      res.end()
    })`,
  ],
  [
    'a class of svix verifies',
    `app.post('/api/webhooks/clerk', express.raw({ type: 'application/json' }), async (req, res) => {
      const event = new Webhook(process.env.CLERK_SECRET).verify(req.body, { 'svix-id': req.headers['svix-id'], 'svix-signature': req.headers['svix-signature'] })
      await db.query('DELETE FROM users WHERE id = $1', [event.data.id])
      res.end()
    })`,
  ],
  [
    'middleware of a package in front',
    `app.post('/twilio/webhook', express.urlencoded({ extended: false }), twilio.webhook(), async (req, res) => {
      ${write}
      res.end()
    })`,
  ],
  [
    'a shared secret in a header, with an answer that says nothing',
    `app.post('/webhook', express.json(), async (req, res) => {
      if (req.get('x-webhook-token') !== process.env.WEBHOOK_TOKEN) return res.end()
      ${write}
      res.end()
    })`,
  ],
  [
    'a shared secret in the query',
    `app.post('/webhooks/mailgun', express.json(), async (req, res) => {
      const { token } = req.query
      if (token !== process.env.TOKEN) {
        res.status(404).end()
        return
      }
      ${write}
      res.end()
    })`,
  ],
  [
    'a secret in the path',
    `app.post('/webhooks/:secret', express.json(), async (req, res) => {
      ${write}
      res.end()
    })
    app.post(\`/telegram/\${process.env.BOT_TOKEN}/webhook\`, express.json(), async (req, res) => {
      ${write}
      res.end()
    })`,
  ],
  [
    'basic authentication',
    `const basicAuth = require('express-basic-auth')
    app.post('/webhooks/chargebee', basicAuth({ users: { chargebee: process.env.PASSWORD } }), express.json(), async (req, res) => {
      ${write}
      res.end()
    })`,
  ],
  [
    'authentication by hand',
    `app.use('/webhooks', (req, res, next) => {
      if (req.headers.authorization !== 'Bearer ' + process.env.TOKEN) return res.sendStatus(401)
      next()
    })
    app.post('/webhooks/sentry', express.json(), async (req, res) => {
      ${write}
      res.end()
    })`,
  ],
  [
    'addresses of the sender',
    `const senders = ['185.71.76.0', '185.71.77.0']
    app.post('/webhooks/yookassa', express.json(), async (req, res) => {
      if (!senders.includes(req.ip)) return res.status(404).end()
      ${write}
      res.end()
    })`,
  ],
  [
    'the sender is asked for what the request only names',
    `const { createMollieClient } = require('@mollie/api-client')
    const mollie = createMollieClient({ apiKey: process.env.MOLLIE })
    app.post('/webhooks/mollie', express.urlencoded({ extended: false }), async (req, res) => {
      const payment = await mollie.payments.get(req.body.id)
      if (payment.isPaid()) await db.query('UPDATE orders SET paid = true WHERE id = $1', [payment.metadata.order])
      res.end()
    })`,
  ],
  [
    'the sender is asked with a key',
    `app.post('/webhooks/carrier', express.json(), async (req, res) => {
      const answer = await fetch(\`https://api.carrier.example/events/\${encodeURIComponent(req.body.id)}\`, { headers: { authorization: process.env.CARRIER_KEY } })
      const event = await answer.json()
      if (event.isPaid) await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.order])
      res.end()
    })`,
  ],
  [
    'the sender is asked whether the signature is right',
    `const axios = require('axios')
    app.post('/webhooks/paypal', express.json(), async (req, res) => {
      const { data } = await axios.post('https://api.paypal.com/v1/notifications/verify-webhook-signature', { webhook_event: req.body })
      if (data.verification_status !== 'SUCCESS') return res.status(400).end()
      ${write}
      res.end()
    })`,
  ],
  [
    'something that is not understood is given the headers',
    `const hooks = require('unlisted-hooks')
    app.post('/webhooks/acme', express.json(), async (req, res) => {
      const event = await hooks.parse(req.headers, req.body)
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
  [
    'a package in front that may ask, by its name',
    `const { IpFilter } = require('express-ipfilter')
    app.post('/webhooks/adyen', IpFilter(['203.0.113.7'], { mode: 'allow' }), express.json(), async (req, res) => {
      ${write}
      res.end()
    })`,
  ],
  [
    'headers that go to a queue with the body',
    `const { Queue } = require('bullmq')
    const queue = new Queue('hooks')
    app.post('/webhooks/shopify', express.json(), async (req, res) => {
      await queue.add('order', { headers: req.headers, body: req.body })
      res.end()
    })`,
  ],
  [
    'nothing is done but answering and writing a line',
    `app.post('/webhooks/stripe', express.json(), (req, res) => {
      console.log('event', req.body.type)
      res.json({ received: true })
    })`,
  ],
  [
    'users manage webhooks of their own',
    `app.post('/api/webhooks', express.json(), async (req, res) => {
      await db.query('INSERT INTO webhooks (address) VALUES ($1)', [req.body.address])
      res.status(201).end()
    })
    app.get('/api/webhooks', async (req, res) => res.json((await db.query('SELECT * FROM webhooks')).rows))
    app.delete('/api/webhooks/:id', async (req, res) => {
      await db.query('DELETE FROM webhooks WHERE id = $1', [req.params.id])
      res.end()
    })
    app.post('/api/webhook/create', express.json(), async (req, res) => {
      await db.query('INSERT INTO webhooks (address) VALUES ($1)', [req.body.address])
      res.end()
    })
    app.post('/hook', express.json(), async (req, res) => {
      await db.query('INSERT INTO webhooks (address) VALUES ($1)', [req.body.url])
      res.end()
    })
    app.post('/api/webhooks/:id/test', async (req, res) => {
      await fetch(await addressOf(req.params.id), { method: 'POST', body: '{}' })
      res.end()
    })`,
  ],
  [
    'routes that are no webhooks',
    `app.post('/auth/apple/callback', express.urlencoded({ extended: false }), async (req, res) => {
      await db.query('INSERT INTO sessions (code) VALUES ($1)', [req.body.code])
      res.redirect('/')
    })
    app.post('/github/issues', express.json(), async (req, res) => {
      await db.query('INSERT INTO issues (title) VALUES ($1)', [req.body.title])
      res.end()
    })
    app.post('/api/events', express.json(), async (req, res) => {
      await db.query('INSERT INTO events (name) VALUES ($1)', [req.body.name])
      res.end()
    })
    app.get('/webhook', (req, res) => res.send(req.query['hub.challenge']))`,
  ],
  [
    'development alone',
    `if (process.env.NODE_ENV !== 'production')
      app.post('/webhooks/stripe', express.json(), async (req, res) => {
        ${write}
        res.end()
      })`,
  ],
  [
    'a token of the body',
    `app.post('/slack/events', express.json(), async (req, res) => {
      if (req.body.token !== process.env.SLACK_VERIFICATION_TOKEN) return res.status(400).end()
      ${write}
      res.end()
    })`,
  ],
])('quiet: %s', (_name, routes) => {
  check(rule, express(routes))
})

test('quiet: the check stands in another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { hooks } from './hooks.js'
    const app = express()
    app.use(express.json({ verify: (req, _res, body) => Object.assign(req, { rawBody: body }) }))
    app.use('/webhooks', hooks)
    app.listen(3000)
    //- /hooks.ts
    import { Router } from 'express'
    import { signed } from './middleware/signed.js'
    import { isFromShop } from './signatures.js'
    import { prisma } from './prisma.js'
    export const hooks = Router()
    hooks.post('/github', signed('x-hub-signature-256'), async (req, res) => {
      await prisma.push.create({ data: { body: req.body } })
      res.end()
    })
    hooks.post('/shopify', async (req, res) => {
      if (!isFromShop(req)) {
        res.status(400).end()
        return
      }
      await prisma.order.create({ data: { body: req.body } })
      res.end()
    })
    //- /middleware/signed.ts
    import { isSigned } from '../signatures.js'
    export const signed = (header) => (req, res, next) => {
      if (!isSigned(req.rawBody, req.get(header))) return next(new Error('not signed'))
      next()
    }
    //- /signatures.ts
    import { createHmac, timingSafeEqual } from 'node:crypto'
    export function isSigned(body, given) {
      const wanted = createHmac('sha256', process.env.SECRET).update(body).digest()
      const had = Buffer.from(given, 'hex')
      return had.length === wanted.length && timingSafeEqual(had, wanted)
    }
    export const isFromShop = (req) => isSigned(req.rawBody, req.get('x-shopify-hmac-sha256'))
    //- /prisma.ts
    import { PrismaClient } from '@prisma/client'
    export const prisma = new PrismaClient()
  `,
  )
})

/** A Fastify application with a database and these routes. */
const fastify = (routes: string): string => `
    //- /app.ts
    import { createHmac, timingSafeEqual } from 'node:crypto'
    import Fastify from 'fastify'
    import { PrismaClient } from '@prisma/client'
    import Stripe from 'stripe'
    const stripe = new Stripe(process.env.STRIPE_KEY!)
    const prisma = new PrismaClient()
    const app = Fastify()
    ${routes}
    await app.listen({ port: 3000 })
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@prisma/client": "^6.0.0" } }
`

test('Fastify', () => {
  check(
    rule,
    fastify(`
    app.post('/webhooks/lemonsqueezy', async (request, reply) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/lemonsqueezy\` acts on what anybody sends
      const { meta, data } = request.body as any
      await prisma.subscription.update({ where: { id: data.id }, data: { status: meta.event_name } })
      return { ok: true }
    })
    `),
  )
})

test('quiet: Fastify with a hook, a plugin and a comparison', () => {
  check(
    rule,
    fastify(`
    app.register(async (hooks) => {
      hooks.addHook('preHandler', async (request, reply) => {
        const wanted = createHmac('sha256', process.env.SECRET!).update(JSON.stringify(request.body)).digest()
        const given = Buffer.from(String(request.headers['x-signature']), 'hex')
        if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return reply.code(401).send()
      })
      hooks.post('/webhooks/lemonsqueezy', async (request) => {
        await prisma.subscription.update({ where: { id: (request.body as any).id }, data: {} })
        return { ok: true }
      })
    })
    app.post('/webhooks/gitlab', async (request, reply) => {
      if (request.headers['x-gitlab-token'] !== process.env.GITLAB_TOKEN) return reply.code(404).send()
      await prisma.push.create({ data: request.body as any })
      return { ok: true }
    })
    app.post('/webhooks/telegram/:token', async (request) => {
      await prisma.message.create({ data: request.body as any })
      return { ok: true }
    })
    `),
  )
})

test('Fastify: a parser of the project that verifies what it reads guards the routes of its context', () => {
  check(
    rule,
    fastify(`
    app.register(async (hooks) => {
      hooks.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
        const wanted = createHmac('sha256', process.env.SECRET!).update(body).digest()
        const given = Buffer.from(String(request.headers['x-signature']), 'hex')
        if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return done(new Error('bad signature'))
        done(null, JSON.parse(body.toString()))
      })
      hooks.post('/webhooks/lemonsqueezy', async (request) => {
        await prisma.subscription.update({ where: { id: (request.body as any).id }, data: {} })
        return { ok: true }
      })
    })
    app.register(async (other) => {
      other.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => done(null, JSON.parse(body)))
      other.post('/webhooks/paddle', async (request) => {
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/paddle\` acts on what anybody sends
        await prisma.subscription.update({ where: { id: (request.body as any).id }, data: {} })
        return { ok: true }
      })
    })
    `),
  )
})

/** A Nest application with this controller. */
const nest = (controller: string): string => `
    //- /src/main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule, { rawBody: true })
      await app.listen(3000)
    }
    void bootstrap()
    //- /src/app.module.ts
    import { Module } from '@nestjs/common'
    import { HooksController } from './hooks.controller'
    import { OrdersService } from './orders.service'
    @Module({ controllers: [HooksController], providers: [OrdersService] })
    export class AppModule {}
    //- /src/orders.service.ts
    import { Injectable } from '@nestjs/common'
    import { InjectRepository } from '@nestjs/typeorm'
    import { Repository } from 'typeorm'
    @Injectable()
    export class OrdersService {
      constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
      async paid(id: string) {
        await this.orders.update(id, { paid: true })
      }
    }
    //- /src/hooks.controller.ts
    import { createHmac, timingSafeEqual } from 'node:crypto'
    import { Body, CanActivate, Controller, ExecutionContext, Headers, HttpException, Injectable, Param, Post, Req, UnauthorizedException, UseGuards } from '@nestjs/common'
    import Stripe from 'stripe'
    import { OrdersService } from './orders.service'
    @Injectable()
    export class SignatureGuard implements CanActivate {
      canActivate(context: ExecutionContext): boolean {
        const request = context.switchToHttp().getRequest()
        const wanted = createHmac('sha256', process.env.SECRET!).update(request.rawBody).digest()
        return timingSafeEqual(Buffer.from(request.headers['x-signature'], 'hex'), wanted)
      }
    }
    @Controller('webhooks')
    export class HooksController {
      private readonly stripe = new Stripe(process.env.STRIPE_KEY!)
      constructor(private readonly orders: OrdersService) {}
      ${controller}
    }
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "typeorm": "^0.3.0" } }
`

test('Nest', () => {
  check(
    rule,
    nest(`
      @Post('stripe')
      ^^^^^^^^^^^^^^^ [medium] \`POST /webhooks/stripe\` acts on what anybody sends
      async stripeHook(@Body() event: any, @Headers('stripe-signature') signature: string) {
        await this.orders.paid(event.data.object.id)
        return { ok: true }
      }
    `),
  )
})

test('Nest: a guard that counts requests asks nobody who they are', () => {
  check(
    rule,
    nest(`
      @Post('stripe')
      ^^^^^^^^^^^^^^^ [medium] \`POST /webhooks/stripe\` acts on what anybody sends
      async stripeHook(@Body() event: any) {
        await this.orders.paid(event.data.object.id)
      }
    `)
      .replace(
        "import { Module } from '@nestjs/common'",
        "import { Module } from '@nestjs/common'\n    import { APP_GUARD } from '@nestjs/core'\n    import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'",
      )
      .replace('@Module({ controllers', '@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], controllers')
      .replace('providers: [OrdersService]', 'providers: [OrdersService, { provide: APP_GUARD, useClass: ThrottlerGuard }]'),
  )
})

test('beside routes that are signed, words that say less are enough', () => {
  const signed = `app.post('/callbacks/cards', express.raw({ type: '*/*' }), async (req, res) => {
      const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.SECRET)
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`
  const open = `app.post('/callbacks/payouts', express.json(), async (req, res) => {
      MARK
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [req.body.id])
      res.end()
    })`
  const server = (...code: readonly string[]): string => `
    //- /server.js
    const express = require('express')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const { Pool } = require('pg')
    const db = new Pool()
    const app = express()
    ${code.join('\n    ')}
    app.listen(3000)
    `
  check(
    rule,
    server(signed, open.replace('MARK', '')).replace(
      "app.post('/callbacks/payouts', express.json(), async (req, res) => {",
      "app.post('/callbacks/payouts', express.json(), async (req, res) => {\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] `POST /callbacks/payouts` acts on what anybody sends",
    ),
  )
  check(rule, server(open.replace('MARK', '')))
  check(rule, server(signed.replace('/callbacks/cards', '/cards'), open.replace('MARK', '')))
  // Events that the server is about, and what browsers register for, are no webhooks.
  const event = (path: string): string => open.replace('MARK', '').replace('/callbacks/payouts', path)
  const stripe = signed.replace('/callbacks/cards', '/events/stripe')
  for (const path of ['/events/:id/rsvp', '/events', '/events/subscribe']) check(rule, server(stripe, event(path)))
  check(rule, server(stripe, "app.get('/events', (req, res) => res.json([]))", event('/events/guests')))
})

test.each([
  [
    'a guard',
    `@Post('acme')
      @UseGuards(SignatureGuard)
      async acme(@Body() event: any) {
        await this.orders.paid(event.id)
      }`,
  ],
  [
    'the package of the sender',
    `@Post('stripe')
      async stripeHook(@Req() request: any, @Headers('stripe-signature') signature: string) {
        const event = this.stripe.webhooks.constructEvent(request.rawBody, signature, process.env.STRIPE_WEBHOOK_SECRET!)
        await this.orders.paid(event.id)
      }`,
  ],
  [
    'a shared secret',
    `@Post('gitlab')
      async gitlab(@Body() event: any, @Headers('x-gitlab-token') token: string) {
        if (token !== process.env.GITLAB_TOKEN) throw new HttpException('no', 400)
        await this.orders.paid(event.id)
      }`,
  ],
  [
    'a private method',
    `@Post('acme')
      async acme(@Req() request: any, @Body() event: any) {
        this.assertSigned(request)
        await this.orders.paid(event.id)
      }
      private assertSigned(request: any) {
        const wanted = createHmac('sha256', process.env.SECRET!).update(request.rawBody).digest('hex')
        if (wanted !== request.headers['x-signature']) throw new UnauthorizedException()
      }`,
  ],
  [
    'a secret in the path',
    `@Post(':token')
      async telegram(@Param('token') token: string, @Body() event: any) {
        await this.orders.paid(event.id)
      }`,
  ],
])('quiet: Nest with %s', (_name, controller) => {
  check(rule, nest(controller))
})

const verified = (body: string, more = ''): string => `(req, res) => {
      const event = stripe.webhooks.constructEvent(${body}, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET${more})
      res.json({ received: event.type })
    }`

test('a body that is parsed before the signature is looked at', () => {
  check(
    rule,
    express(`
    app.use(express.json())
    app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {
      const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      //                                           ^^^^^^^^ [high] \`POST /webhook\` verifies an object and not the bytes that were signed. => Leave the body of this route as it was sent
      res.json({ received: event.type })
    })
    app.post('/stripe', (req, res) => {
      const event = stripe.webhooks.constructEvent(JSON.stringify(req.body), req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      //                                           ^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] \`POST /stripe\` verifies a text that is made anew => no fix
      res.json({ received: event.type })
    })
    `),
  )
})

test('events of any age', () => {
  check(
    rule,
    express(`
    app.post('/webhook', express.raw({ type: '*/*' }), (req, res) => {
      const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET, -1)
      //                                                                                                                         ^^ [high] Events of any age are accepted: the tolerance is -1. => Refuse events that are older than five minutes
      res.json({ received: event.type })
    })
    `),
  )
  const zero = (version: string, mark: string): string => `
    //- /server.js
    const express = require('express')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const app = express()
    app.post('/webhook', express.raw({ type: '*/*' }), (req, res) => {
      res.json(stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET, 0))
      ${mark}
    })
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "stripe": "${version}" } }
  `
  check(rule, zero('^22.0.0', ''))
  check(rule, zero('^23.0.0', `//${' '.repeat(116)}^ [high] Events of any age are accepted`))
})

test.each([
  [
    'bytes in front of the parser',
    `app.post('/webhook', express.raw({ type: 'application/json' }), ${verified('req.body')})\n    app.use(express.json())`,
  ],
  [
    'bytes for the path first',
    `app.use('/webhook', express.raw({ type: 'application/json' }))\n    app.use(express.json())\n    app.post('/webhook', ${verified('req.body')})`,
  ],
  ['a text', `app.post('/webhook', express.text({ type: '*/*' }), ${verified('req.body')})`],
  [
    'bytes that the parser keeps',
    `app.use(express.json({ verify: (req, res, body) => { req.rawBody = body } }))\n    app.post('/webhook', ${verified('req.rawBody')})`,
  ],
  [
    'a parser that leaves the path alone',
    `app.use((req, res, next) => (req.originalUrl === '/webhook' ? next() : express.json()(req, res, next)))
    app.post('/webhook', express.raw({ type: 'application/json' }), ${verified('req.body')})`,
  ],
  [
    'a parser for something else',
    `app.use(express.urlencoded({ extended: true }))\n    app.post('/webhook', express.raw({ type: 'application/json' }), ${verified('req.body')})`,
  ],
  [
    'a parser of certain types',
    `app.use(express.json({ type: (req) => req.url !== '/webhook' }))\n    app.post('/webhook', express.raw({ type: '*/*' }), ${verified('req.body')})`,
  ],
  ['a tolerance of its own', `app.post('/webhook', express.raw({ type: 'application/json' }), ${verified('req.body', ', 600')})`],
  [
    'bytes of a package',
    `const getRawBody = require('raw-body')\n    app.post('/webhook', async (req, res) => { res.json(stripe.webhooks.constructEvent(await getRawBody(req), req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)) })`,
  ],
])('quiet: Stripe with %s', (_name, routes) => {
  check(rule, express(routes))
})

test('Stripe on Fastify', () => {
  check(
    rule,
    fastify(`
    app.post('/webhook', async (request) => {
      return stripe.webhooks.constructEvent(request.body as string, request.headers['stripe-signature'] as string, process.env.SECRET!)
      //                                    ^^^^^^^^^^^^ [high] verifies an object and not the bytes => no fix
    })
    `),
  )
  check(
    rule,
    fastify(`
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post('/webhook', async (request) => {
      return stripe.webhooks.constructEvent(request.body as string, request.headers['stripe-signature'] as string, process.env.SECRET!)
    })
    `),
  )
})

const stripeHook = `
      @Post('stripe')
      stripeHook(@Req() request: any, @Headers('stripe-signature') signature: string) {
        return this.stripe.webhooks.constructEvent(request.rawBody, signature, process.env.STRIPE_WEBHOOK_SECRET!)
        MARK
      }
`

test('Stripe on Fastify with fastify-raw-body, which leaves the body parsed', () => {
  check(
    rule,
    fastify(`
    app.register(require('fastify-raw-body'), { global: false })
    app.post('/webhook', { config: { rawBody: true } }, async (request) => {
      return stripe.webhooks.constructEvent(JSON.stringify(request.body), request.headers['stripe-signature'] as string, process.env.SECRET!)
      //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] verifies a text that is made anew
    })
    app.post('/webhooks/other', { config: { rawBody: true } }, async (request) => {
      return stripe.webhooks.constructEvent(request.rawBody!, request.headers['stripe-signature'] as string, process.env.SECRET!)
    })
    `),
  )
})

test('Nest with a larger limit of its own parser', () => {
  const hook = stripeHook
    .replace('MARK', `//${' '.repeat(41)}^^^^^^^^^^^^ [high] verifies an object`)
    .replace('request.rawBody', 'request.body')
  check(rule, nest(hook).replace('await app.listen', "app.useBodyParser('json', { limit: '1mb' })\n      await app.listen"))
  check(
    rule,
    nest(stripeHook.replace('MARK', '')).replace('await app.listen', "app.useBodyParser('json', { limit: '1mb' })\n      await app.listen"),
  )
})

test('Stripe in Nest, with bytes that nobody keeps', () => {
  const mark = `//${' '.repeat(41)}^^^^^^^^^^^^^^^ [high] verifies rawBody, which nothing fills. => Keep the raw body`
  check(rule, nest(stripeHook.replace('MARK', mark)).replace(', { rawBody: true }', ''))
  check(rule, nest(stripeHook.replace('MARK', mark)).replace('rawBody: true', 'cors: false'))
  check(rule, nest(stripeHook.replace('MARK', '')))
  const onFastify = (fixture: string, options: string): string =>
    fixture
      .replace('create(AppModule, { rawBody: true })', `create(AppModule, new FastifyAdapter()${options})`)
      .replace('import { AppModule }', "import { FastifyAdapter } from '@nestjs/platform-fastify'\n    import { AppModule }")
      .replace('platform-express', 'platform-fastify')
  check(rule, onFastify(nest(stripeHook.replace('MARK', mark)), ''))
  check(rule, onFastify(nest(stripeHook.replace('MARK', '')), ', { rawBody: true }'))
  check(rule, nest(stripeHook.replace('MARK', '')).replace('{ rawBody: true }', 'new ExpressAdapter(server)'))
  check(rule, nest(stripeHook.replace('MARK', '')).replace(', { rawBody: true }', ', { rawBody: kept }'))
  check(rule, nest(stripeHook.replace('MARK', '')).replace(', { rawBody: true }', ', options'))
  check(
    rule,
    nest(
      stripeHook.replace('MARK', `//${' '.repeat(41)}^^^^^^^^^^^^ [high] verifies an object`).replace('request.rawBody', 'request.body'),
    ),
  )
})

test('the body of the route is left as it was sent', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require('express')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const app = express()
    // Bodies of JSON.
    app.use(express.json())
    app.post('/webhook', ${verified('req.body')})
    app.post('/other', express.json(), ${verified('req.body')})
    app.listen(3000)
    `,
    `
    //- /server.js
    const express = require('express')
    const stripe = require('stripe')(process.env.STRIPE_KEY)
    const app = express()
    app.use('/webhook', express.raw({ type: 'application/json' }))
    app.use('/other', express.raw({ type: 'application/json' }))
    // Bodies of JSON.
    app.use(express.json())
    app.post('/webhook', ${verified('req.body')})
    app.post('/other', express.json(), ${verified('req.body')})
    app.listen(3000)
    `,
  )
})

test('a signature that is looked at where the secret is set', () => {
  check(
    rule,
    express(`
    app.post('/webhook', express.raw({ type: 'application/json' }), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] \`POST /webhook\` is checked only where STRIPE_WEBHOOK_SECRET is set.
      let event = JSON.parse(req.body)
      if (process.env.STRIPE_WEBHOOK_SECRET) {
        try {
          event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
        } catch (error) {
          return res.sendStatus(400)
        }
      }
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })
    `),
  )
})

const construct =
  "const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)"

test.each([
  [
    'that is refused without the secret',
    `app.post('/webhook', express.raw({ type: '*/*' }), async (req, res) => {
      if (!process.env.STRIPE_WEBHOOK_SECRET) return res.status(500).end()
      ${construct}
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
  [
    'that does nothing without the secret',
    `app.post('/webhook', express.raw({ type: '*/*' }), async (req, res) => {
      if (process.env.STRIPE_WEBHOOK_SECRET) {
        ${construct}
        await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      }
      res.end()
    })`,
  ],
  [
    'whose secret the start demands',
    `if (!process.env.STRIPE_WEBHOOK_SECRET) throw new Error('STRIPE_WEBHOOK_SECRET is missing')
    app.post('/webhook', express.raw({ type: '*/*' }), async (req, res) => {
      let event = JSON.parse(req.body)
      if (process.env.STRIPE_WEBHOOK_SECRET) event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
  [
    'that is not checked outside of production',
    `app.post('/webhook', express.raw({ type: '*/*' }), async (req, res) => {
      let event = JSON.parse(req.body)
      if (process.env.NODE_ENV === 'production') event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
  [
    'that a switch frees from its check',
    `app.post('/webhook', express.raw({ type: '*/*' }), async (req, res) => {
      let event = JSON.parse(req.body)
      if (process.env.SKIP_SIGNATURE !== 'true') event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], process.env.STRIPE_WEBHOOK_SECRET)
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [event.id])
      res.end()
    })`,
  ],
])('quiet: a webhook %s', (_name, routes) => {
  check(rule, express(routes))
})

test('a limiter of the project looks addresses up, and asks nobody who they are', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import { request as call } from 'undici'
    const app = Fastify()
    const counts = new Map()
    setInterval(() => counts.clear(), 60_000)
    app.addHook('onRequest', async (request, reply) => {
      const count = (counts.get(request.ip) ?? 0) + 1
      counts.set(request.ip, count)
      if (count > 100) return reply.code(429).send({ error: 'slow down' })
    })
    const route = (url, allowed) => ({
      method: 'POST',
      url,
      ...(allowed ? { preHandler: async (request, reply) => { if (!allowed.includes(request.ip)) return reply.code(401).send() } } : {}),
      handler: async (request) => {
        await call('http://store.internal/parcels', { method: 'PUT', body: JSON.stringify(request.body) })
        return { ok: true }
      },
    })
    app.route(route('/webhooks/known', ['10.0.0.1']))
    app.route(route('/webhooks/carriers', null))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] \`POST /webhooks/carriers\` acts on what anybody sends
    await app.listen({ port: 3000 })
  `,
  )
})

test('who lets in what came over HTTPS asks nobody who sends it', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { orders } = require('./orders')
    const app = express()
    app.use((req, res, next) => {
      if (req.secure || req.path === '/ready') return next()
      res.status(403).json({ title: 'HTTPS only' })
    })
    app.post('/webhooks/stripe', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/stripe\` acts on what anybody sends
      await orders.updateOne({ id: req.body.id }, { paid: true })
      res.end()
    })
    app.listen(3000)
    //- /orders.js
    const { MongoClient } = require('mongodb')
    exports.orders = new MongoClient(process.env.MONGO_URL).db().collection('orders')
  `,
  )
})

test('Nest: a method that believes the body where the secret is not set, and refuses bad signatures where it is', () => {
  const receiver = (unset: string, mark: string): string =>
    nestFixture(`
//- /app.module.ts
import { BadRequestException, Controller, Headers, Module, Post, RawBodyRequest, Req } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { InjectRepository } from '@nestjs/typeorm'
import Stripe from 'stripe'
import { Repository } from 'typeorm'
import { Booking } from './booking'
const stripe = new Stripe(process.env.STRIPE_KEY)
@Controller('webhooks/stripe')
class StripeController {
  constructor(private readonly config: ConfigService, @InjectRepository(Booking) private readonly bookings: Repository<Booking>) {}
  @Post()
${mark}
  async receive(@Req() request: RawBodyRequest<Request>, @Headers('stripe-signature') signature: string) {
    const event = this.eventOf(request, signature)
    await this.bookings.update({ id: event.data.object.id }, { paid: true })
  }
  private eventOf(request: RawBodyRequest<Request>, signature: string) {
    const secret = this.config.get<string>('STRIPE_WEBHOOK_SECRET')
    if (!secret) ${unset}
    try {
      return stripe.webhooks.constructEvent(request.rawBody, signature, secret)
    } catch {
      throw new BadRequestException('Invalid signature')
    }
  }
}
@Module({ imports: [ConfigModule.forRoot()], controllers: [StripeController] })
export class AppModule {}
//- /booking.ts
export class Booking {}
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
NestFactory.create(AppModule, { rawBody: true }).then((app) => app.listen(3000))
`)
  check(rule, receiver('return request.body', '  ^^^^^^^ [medium] is checked only where STRIPE_WEBHOOK_SECRET is set'))
  check(rule, receiver("throw new BadRequestException('No secret')", ''))
})

test('what is done before the signature is looked at', () => {
  const app = (lines: string) => `
    import express from 'express'
    import { createHmac, timingSafeEqual } from 'node:crypto'
    import mongoose from 'mongoose'
    const Order = mongoose.model('Order', new mongoose.Schema({ paid: Boolean }))
    const Visit = mongoose.model('Visit', new mongoose.Schema({ ip: String }))
    const app = express()
    app.use(express.json())
    function isSigned(req) {
      const given = Buffer.from(req.get('x-hub-signature-256') ?? '', 'hex')
      const expected = createHmac('sha256', process.env.HOOK_SECRET).update(JSON.stringify(req.body)).digest()
      return given.length === expected.length && timingSafeEqual(given, expected)
    }
    const checked = (req, res, next) => (isSigned(req) ? next() : res.sendStatus(401))
${lines}
    app.listen(3000)
  `
  const act = 'await Order.updateOne({ _id: req.body.id }, { paid: true })'
  const check401 = 'if (!isSigned(req)) return res.sendStatus(401)'
  const found = (body: string) =>
    check(
      rule,
      app(`    app.post('/webhooks/orders', async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] \`POST /webhooks/orders\` acts before it has checked who asks. => no fix
      ${body}
      res.sendStatus(204)
    })`),
    )
  found(`${act}; ${check401}`)
  found(
    `${act}; const expected = createHmac('sha256', process.env.HOOK_SECRET).update(req.body).digest('hex'); if (req.get('x-signature') !== expected) return res.sendStatus(401)`,
  )
  const quiet = (body: string, inFront = '') =>
    check(
      rule,
      app(`    app.post('/webhooks/orders', ${inFront}async (req, res) => {
      ${body}
      res.sendStatus(204)
    })`),
    )
  quiet(`${check401}; ${act}`)
  quiet(`const known = await Order.findById(req.body.id); ${check401}; known.paid = true; await known.save()`)
  // What nobody sent, what another way through the handler does, what is done when all is over.
  quiet(`await Visit.create({ ip: 'somewhere' }); ${check401}; ${act}`)
  quiet(`if (req.get('x-internal-token') === process.env.INTERNAL_TOKEN) { ${act}; return res.end() } ${check401}; ${act}`)
  quiet(`if (req.body.type === 'ping') { await Visit.create({ ip: req.body.ip }); return res.end() } ${check401}; ${act}`)
  quiet(`res.on('finish', () => Visit.create({ ip: req.body.ip })); ${check401}; ${act}`)
  // Checked in another way in front; what comes behind signs the answer, or asks for something else.
  quiet(
    `if (req.get('x-token') !== process.env.HOOK_TOKEN) return res.sendStatus(401); ${act}; res.set('x-signature', createHmac('sha256', process.env.HOOK_SECRET).update('ok').digest('hex'))`,
  )
  quiet(`${act}; await verifyStock(req.body.id)`, 'checked, ')
})

test('Nest: a service that acts before it looks at the signature, or behind it', () => {
  const receiver = (body: string, mark: string): string =>
    nestFixture(`
//- /app.module.ts
import { Body, Controller, Headers, Injectable, Module, Post, UnauthorizedException } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Repository } from 'typeorm'
import { Booking } from './booking'
@Injectable()
class Hooks {
  constructor(@InjectRepository(Booking) private readonly bookings: Repository<Booking>) {}
  async handle(body: any, signature: string) {
    ${body}
    return { ok: true }
  }
  async act(body: any) {
    await this.bookings.update({ id: body.id }, { paid: true })
  }
  verify(body: any, signature: string) {
    const expected = createHmac('sha256', process.env.HOOK_SECRET!).update(JSON.stringify(body)).digest()
    const given = Buffer.from(signature ?? '', 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new UnauthorizedException()
  }
}
@Controller('webhooks')
class HookController {
  constructor(private readonly hooks: Hooks) {}
  @Post('partner')
${mark}
  partner(@Body() body: any, @Headers('x-signature') signature: string) {
    return this.hooks.handle(body, signature)
  }
  @Post('other')
  async other(@Body() body: any, @Headers('x-signature') signature: string) {
    this.hooks.verify(body, signature)
    await this.hooks.act(body)
  }
}
@Module({ controllers: [HookController], providers: [Hooks] })
export class AppModule {}
//- /booking.ts
export class Booking {}
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
NestFactory.create(AppModule).then((app) => app.listen(3000))
`)
  const late = '  ^^^^^^^^^^^^^^^^ [medium] `POST /webhooks/partner` acts before it has checked who asks.'
  check(rule, receiver('await this.act(body); this.verify(body, signature)', late))
  check(rule, receiver('this.verify(body, signature); await this.act(body)', ''))
})

test.each([
  ['headers', 'helmet', "(req, res, next) => helmet({ frameguard: req.path !== '/embed' })(req, res, next)"],
  ['origins', 'cors', '(req, res, next) => cors({ origin: req.secure })(req, res, next)'],
  ['a limiter', 'express-rate-limit', '(req, res, next) => (req.secure ? limit(req, res, next) : next())'],
])('a layer that calls %s by hand asks nobody who sends', (_name, name, layer) => {
  check(
    rule,
    express(`
    const ${name === 'express-rate-limit' ? "limit = require('express-rate-limit').rateLimit()" : `${name} = require('${name}')`}
    app.use(${layer})
    app.post('/webhooks/stripe', express.json(), async (req, res) => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`POST /webhooks/stripe\` acts on what anybody sends. => no fix
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [req.body.data.object.id])
      res.json({ received: true })
    })
    `),
  )
})

test.each(['some-shield', 'express-basic-auth'])('quiet: a layer calls by hand what may ask, and is %s', (name) => {
  check(
    rule,
    express(`
    const layer = require('${name}')
    app.use((req, res, next) => layer({ users: JSON.parse(process.env.USERS) })(req, res, next))
    app.post('/webhooks/stripe', express.json(), async (req, res) => {
      await db.query('UPDATE orders SET paid = true WHERE id = $1', [req.body.data.object.id])
      res.json({ received: true })
    })
    `),
  )
})
