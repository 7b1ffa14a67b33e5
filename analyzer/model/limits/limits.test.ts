// The numbers of limiters, as `routes` prints them.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { limitText } from './limits.js'
import { protectsRoute } from '../queries.js'

/** What limits the only route of an application with this in front. */
function limitsOf(middleware: string, before = '', version = '^8.0.0'): readonly string[] {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    ${before}
    app.get('/a', ${middleware}, (req, res) => res.json({}))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "express-rate-limit": "${version}" } }
  `)
  const [route] = model.routes
  return route === undefined ? [] : protectsRoute(model, route, 'rate-limit').links.map(({ effect }) => limitText(model, effect))
}

test.each([
  ['rateLimit()', '5 per 1 min'],
  ['rateLimit({ limit: 100 })', '100 per 1 min'],
  ['rateLimit({ windowMs: 15 * 60 * 1000, max: 100 })', '100 per 15 min'],
  ['rateLimit({ windowMs: 90_000, limit: 10 })', '10 per 90 s'],
  ['rateLimit({ windowMs: 60 * 60 * 1000, limit: "50" })', '50 per 1 h'],
  ['rateLimit({ windowMs: require("ms")("15m"), limit: 50 })', '50 per 15 min'],
  ['rateLimit({ windowMs: require("ms")("2 hours"), limit: 50 })', '50 per 2 h'],
  ['rateLimit({ limit: process.env.LIMIT })', '? per 1 min'],
  ['rateLimit({ limit: process.env.NODE_ENV === "production" ? 5 : 500 })', '5 per 1 min'],
])('%s is %s', (middleware, text) => {
  expect(limitsOf(middleware)).toEqual([text])
})

test('options from another place, defaults that are spread, limiters made by a function', () => {
  expect(limitsOf('rateLimit(options)', 'const options = { windowMs: 1000, limit: 3 }')).toEqual(['3 per 1 s'])
  expect(limitsOf('make({ limit: 7 })', 'const make = (more) => rateLimit({ windowMs: 60_000, limit: 5, ...more })')).toEqual([
    '7 per 1 min',
  ])
  expect(limitsOf('make(10, 9)', 'const make = (minutes, limit) => rateLimit({ windowMs: minutes * 60 * 1000, limit })')).toEqual([
    '9 per 10 min',
  ])
})

test('limiter classes count points per seconds', () => {
  const before = `
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const limiter = new RateLimiterMemory({ points: 5, duration: 900 })
    const guard = (req, res, next) => limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).end())`
  expect(limitsOf('guard', before)).toEqual(['5 per 15 min'])
})

test('limiters that count together, and options from a file that is not there', () => {
  const before = `
    const { RateLimiterMemory, RateLimiterUnion } = require('rate-limiter-flexible')
    const limiter = new RateLimiterUnion(new RateLimiterMemory({ points: 5, duration: 60 }), new RateLimiterMemory({ points: 20, duration: 3600 }))
    const guard = (req, res, next) => limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).end())`
  expect(limitsOf('guard', before)).toEqual([''])
  expect(limitsOf('rateLimit(require("./absent").options)')).toEqual([''])
})

test.each([
  ['^5.5.1', 'rateLimit({ limit: 100000 })', '5 per 1 min'],
  ['^6.11.2', 'rateLimit({ windowMs: 3600000, limit: 3 })', '5 per 1 h'],
  ['^6.11.2', 'rateLimit({ limit: 3, max: 50 })', '50 per 1 min'],
  ['^7.0.0', 'rateLimit({ limit: 3 })', '3 per 1 min'],
])('version %s of express-rate-limit reads %s as %s: `limit` is new in 7', (version, middleware, text) => {
  expect(limitsOf(middleware, '', version)).toEqual([text])
})

test('several limiters of one route', () => {
  expect(limitsOf('[rateLimit({ limit: 1 }), rateLimit({ limit: 2 })]')).toEqual(['1 per 1 min', '2 per 1 min'])
})

test.each([
  ['seconds(60)', '10 per 1 min'],
  ['minutes(15)', '10 per 15 min'],
  ['hours(1)', '10 per 1 h'],
  ['days(1)', '10 per 1 d'],
  ['seconds(Number(process.env.TTL))', '10 per ?'],
  ['later(60)', '10 per ?'],
])('the unit of the throttler of Nest in %s', (ttl, text) => {
  const model = modelOf(`
    //- /main.ts
    import { Controller, Get, Module } from '@nestjs/common'
    import { APP_GUARD, NestFactory } from '@nestjs/core'
    import { ThrottlerGuard, ThrottlerModule, days, hours, minutes, seconds } from '@nestjs/throttler'
    import { later } from './later.js'
    @Controller()
    class Pages { @Get() get() { return {} } }
    @Module({
      imports: [ThrottlerModule.forRoot([{ ttl: ${ttl}, limit: 10 }])],
      controllers: [Pages],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
  `)
  const found = model.routes.flatMap((route) =>
    protectsRoute(model, route, 'rate-limit').links.map(({ effect }) => limitText(model, effect)),
  )
  expect(found).toEqual([text])
})
