// Which calls make limiters, and the routes behind each.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { limitersOf, routesBehind } from './limiters.js'
import type { ProjectModel } from '../model.js'

function boot(code: string): ProjectModel {
  return modelOf(`
    //- /app.js
    const express = require('express')
    const { rateLimit, ipKeyGenerator, MemoryStore } = require('express-rate-limit')
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const app = express()
    const ok = (req, res) => res.json({})
    ${code}
    app.listen(3000)
  `)
}

/** Each limiter with its number and the paths behind it. */
function limiters(code: string): readonly string[] {
  const model = boot(code)
  return limitersOf(model).map((limiter) => {
    const paths = routesBehind(model, limiter).map(({ path }) => path)
    return `${limiter.kind} of ${limiter.package}, ${limiter.limit.most ?? '?'}: ${paths.join(' ')}`
  })
}

test('a limiter is what the factory returns or the class makes, not what its methods answer', () => {
  expect(
    limiters(`
    const limiter = rateLimit({ limit: 5 })
    app.get('/a', limiter, ok)
    app.post('/reset', (req, res) => { limiter.resetKey(req.ip); res.end(ipKeyGenerator(req.ip)) })`),
  ).toEqual(['middleware of express-rate-limit, 5: /a'])
  expect(
    limiters(`
    const points = new RateLimiterMemory({ points: 7 })
    app.get('/a', async (req, res, next) => { await points.consume(req.ip); next() }, ok)`),
  ).toEqual(['class of rate-limiter-flexible, 7: /a'])
})

test('other things of the same packages are no limiters', () => {
  expect(limiters("const store = new MemoryStore()\nconst again = rateLimit.ipKeyGenerator\napp.get('/a', ok)")).toEqual([])
  expect(limiters("const maker = RateLimiterMemory({ points: 7 })\napp.get('/a', ok)")).toEqual([])
  expect(limiters("require('rate-limiter-flexible').unknownThing('x')\napp.get('/a', ok)")).toEqual([])
})

test('a limiter is found in a long file too, where calls are sorted before they are asked', () => {
  const routes = Array.from({ length: 20 }, (_, index) => `app.get('/page${index}', ok)`).join('\n')
  expect(limiters(`${routes}\napp.get('/a', rateLimit({ limit: 4 }), ok)`)).toEqual(['middleware of express-rate-limit, 4: /a'])
})

test('arrays, choices and promises are looked through', () => {
  expect(limiters("app.get('/a', [rateLimit({ limit: 1 }), [rateLimit({ limit: 2 })]], ok)\napp.get('/b', ok)")).toEqual([
    'middleware of express-rate-limit, 1: /a',
    'middleware of express-rate-limit, 2: /a',
  ])
  expect(
    limiters(`
    const strict = rateLimit({ limit: 1 })
    const loose = rateLimit({ limit: 2 })
    app.get('/a', process.env.STRICT ? strict : loose, ok)`),
  ).toEqual(['middleware of express-rate-limit, 1: /a', 'middleware of express-rate-limit, 2: /a'])
  expect(
    limiters(`
    const make = async () => [rateLimit({ limit: 3 })]
    app.get('/a', make(), ok)`),
  ).toEqual(['middleware of express-rate-limit, 3: /a'])
  expect(
    limiters(`
    const [low, middle, high] = [1, 2, 3].map((limit) => rateLimit({ limit }))
    app.get('/a', process.env.STRICT ? [low, middle] : high, ok)`),
  ).toEqual([
    'middleware of express-rate-limit, 1: /a',
    'middleware of express-rate-limit, 2: /a',
    'middleware of express-rate-limit, 3: /a',
  ])
})

test('promisify makes no limiter of its own', () => {
  const promisify = "const { promisify } = require('util')"
  expect(
    limiters(`${promisify}
    const limit = promisify(rateLimit({ limit: 9 }))
    app.get('/a', async (req, res) => { await limit(req, res); res.end() })`),
  ).toEqual(['middleware of express-rate-limit, 9: /a'])
  expect(limiters(`${promisify}\nconst make = promisify(rateLimit)\napp.get('/a', make({ limit: 9 }), ok)`)).toEqual([
    'middleware of express-rate-limit, 9: /a',
  ])
})

test('what is off in production, written in tests or never called makes none', () => {
  expect(limiters("if (process.env.NODE_ENV === 'development') app.use(rateLimit({ limit: 1 }))\napp.get('/a', ok)")).toEqual([])
  expect(
    limiters("const limiter = rateLimit({ limit: 6 })\nif (process.env.NODE_ENV === 'test') app.use(limiter)\napp.get('/a', ok)"),
  ).toEqual(['middleware of express-rate-limit, 6: '])
})

test('a function that makes limiters makes one for each call, with routes of its own', () => {
  expect(
    limiters(`
    const limit = (max) => rateLimit({ limit: max })
    app.get('/a', limit(1), ok)
    app.get('/b', limit(2), ok)`),
  ).toEqual(['middleware of express-rate-limit, 1: /a', 'middleware of express-rate-limit, 2: /b'])
})

test('own middleware that hands requests to a limiter stands for it', () => {
  expect(
    limiters(`
    const limiter = rateLimit({ limit: 8 })
    app.use((req, res, next) => (req.path === '/free' ? next() : limiter(req, res, next)))
    app.get('/a', ok)`),
  ).toEqual(['middleware of express-rate-limit, 8: /a'])
})

test('a counter of the project itself is no limiter of a package', () => {
  expect(
    limiters(`
    const hits = new Map()
    app.use((req, res, next) => {
      const count = (hits.get(req.ip) || 0) + 1
      hits.set(req.ip, count)
      if (count > 100) return res.status(429).json({ error: 'slow down' })
      next()
    })
    app.get('/a', rateLimit({ limit: 1 }), ok)`),
  ).toEqual(['middleware of express-rate-limit, 1: /a'])
})

test('middleware that the configuration calls a limiter is none that a package makes', () => {
  const model = modelOf(
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    function guard(req, res, next) { gateway.check(req, next) }
    app.use(guard)
    app.get('/a', rateLimit({ limit: 1 }), (req, res) => res.json({}))
    app.listen(3000)
  `,
    { middleware: { guard: ['rate-limit'] } },
  )
  expect(limitersOf(model).map((limiter) => routesBehind(model, limiter).map(({ path }) => path))).toEqual([['/a']])
})
