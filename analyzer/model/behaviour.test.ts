// Own middleware is recognised by what it does.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import type { Effect } from './effect.js'
import { effectsOf } from './effects.js'

/** Effects of the one handler registered by `code`, which may declare what it needs. */
function effectsIn(code: string): readonly Effect[] {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const app = express()
${code}
app.listen(1)
`)
  return model.apps[0]?.scope.entries.flatMap((entry) => entry.handlers).flatMap((handler) => effectsOf(model, handler)) ?? []
}

function recognised(code: string): readonly string[] {
  return effectsIn(code).map(({ capability, confidence, isConditional }) => `${capability}${isConditional ? '?' : ''} ${confidence}`)
}

test('counting in a Map and answering 429 is a rate limit', () => {
  expect(
    recognised(`
const hits = new Map()
app.use((req, res, next) => {
  const count = (hits.get(req.ip) || 0) + 1
  hits.set(req.ip, count)
  if (count > 100) return res.status(429).json({ error: 'slow down' })
  next()
})`),
  ).toEqual(['rate-limit high'])
})

test('counting in an object, an array or Redis is a rate limit too', () => {
  expect(
    recognised(`
const counts = {}
app.use((req, res, next) => { counts[req.ip] = (counts[req.ip] || 0) + 1; if (counts[req.ip] > 5) return res.sendStatus(429); next() })`),
  ).toEqual(['rate-limit high'])
  expect(
    recognised(`
const redis = require('redis').createClient()
app.use(async (req, res, next) => { const n = await redis.incr(req.ip); await redis.expire(req.ip, 60); if (n > 10) { res.status(429).send('x') } else { next() } })`),
  ).toEqual(['rate-limit high'])
  expect(
    recognised(`
const seen = new Map()
app.use((req, res, next) => { const count = seen.get(req.ip) + 1; seen.set(req.ip, count); if (count > 10) return next(createError(429)); next() })
function createError(status) { const e = new Error('x'); e.status = status; return e }`),
  ).toEqual(['rate-limit high'])
})

test('answering 429 without keeping anything is no rate limit', () => {
  expect(recognised('app.use((req, res, next) => { if (req.query.x) return res.status(429).end(); next() })')).toEqual([])
  expect(recognised('app.use((req, res) => res.status(429).end())')).toEqual([])
  expect(
    recognised(`
const seen = new Map()
app.use((err, req, res, next) => { seen.set(1, 2); res.status(err.code === 429 ? 429 : 500).end() })`),
  ).toEqual(['error-handler high'])
})

test('whoever swallows what a limiter class says limits nothing', () => {
  const asked = (body: string): readonly string[] =>
    effectsIn(`
const { RateLimiterMemory } = require('rate-limiter-flexible')
const limiter = new RateLimiterMemory({ points: 7, duration: 1 })
app.use(async (req, res, next) => { ${body} })`).map(({ capability }) => capability)
  expect(asked(`try { await limiter.consume(req.ip) } catch (error) { console.warn(error) } next()`)).toEqual([])
  expect(asked(`try { await limiter.consume(req.ip); next() } catch (error) { next(error) }`)).toEqual(['rate-limit'])
  expect(asked(`await limiter.consume(req.ip); next()`)).toEqual(['rate-limit'])
})

test('asking a limiter class is a rate limit, with the options of the class', () => {
  const effects = effectsIn(`
const { RateLimiterMemory } = require('rate-limiter-flexible')
const limiter = new RateLimiterMemory({ points: 7, duration: 1 })
app.use((req, res, next) => { limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).send('no')) })`)
  expect(effects.map(({ capability }) => capability)).toEqual(['rate-limit'])
  expect(effects[0]?.options).toMatchObject({ kind: 'object' })
})

test('handing the request to known middleware has its effects', () => {
  expect(
    recognised("const limiter = require('express-rate-limit')({ max: 5 }); app.use((req, res, next) => limiter(req, res, next))"),
  ).toEqual(['rate-limit high'])
  expect(recognised("app.use((req, res, next) => require('helmet').noSniff()(req, res, next))")).toEqual(['security-headers high'])
  expect(
    recognised(
      "const limiter = require('express-rate-limit')(); app.use((req, res, next) => { if (process.env.LIMITS) return limiter(req, res, next); next() })",
    ),
  ).toEqual(['rate-limit? high'])
})

test('middleware picked from a collection under an unknown key counts at medium confidence', () => {
  expect(
    recognised(`
const limit = require('express-rate-limit')
const limiters = {}
function add(id, max) { limiters[id] = limit({ max }) }
require('./store').ids.forEach((id) => add(id, 5))
add(process.env.FIRST, 5)
app.use((req, res, next) => { const limiter = limiters[req.params.id]; if (!limiter) return next(); limiter(req, res, next) })`),
  ).toEqual(['rate-limit medium'])
})

test('the flag of a conditional effect is named', () => {
  const [effect] = effectsIn(
    "app.use((req, res, next) => { if (process.env.DISABLE_FRAME) return next(); res.setHeader('X-Frame-Options', 'DENY'); next() })",
  )
  expect(effect).toMatchObject({
    capability: 'security-headers',
    isConditional: true,
    flags: ['DISABLE_FRAME'],
    headers: ['x-frame-options'],
  })
})

test('middleware that looks at the path first is less sure', () => {
  expect(
    recognised(
      "const limiter = require('express-rate-limit')(); app.use((req, res, next) => { if (req.path.startsWith('/public')) return next(); limiter(req, res, next) })",
    ),
  ).toEqual(['rate-limit medium'])
})

test('what stands in a condition does not decide it', () => {
  const [effect] = effectsIn(`
const limiters = { a: require('express-rate-limit')({ message: process.env.MESSAGE }) }
app.use((req, res, next) => { if (!limiters[req.params.id]) return next(); limiters[req.params.id](req, res, next) })`)
  expect(effect).toMatchObject({ capability: 'rate-limit', flags: [] })
})

test('headers set by hand', () => {
  expect(
    recognised(`app.use((req, res, next) => {
    res.set('X-Content-Type-Options', 'nosniff'); res.set('X-Frame-Options', 'DENY'); res.set('Content-Security-Policy', "default-src 'self'")
    res.set('Strict-Transport-Security', 'max-age=31536000'); res.set('Permissions-Policy', 'camera=()'); res.removeHeader('X-Powered-By'); next() })`),
  ).toEqual(['security-headers high', 'csp high', 'hsts high', 'permissions-policy high', 'hide-powered-by high'])
  expect(recognised("app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', '*'); next() })")).toEqual(['cors high'])
  expect(recognised("app.use((req, res, next) => { res.header('X-Powered-By', 'Express'); next() })")).toEqual([])
})

test('a policy about frames only is one protection with X-Frame-Options', () => {
  const effects = effectsIn(
    "app.use((req, res, next) => { const origins = process.env.ORIGINS; if (origins) res.setHeader('Content-Security-Policy', `frame-ancestors ${origins}`); else res.setHeader('X-Frame-Options', 'DENY'); next() })",
  )
  expect(effects.map(({ capability, headers }) => [capability, ...headers])).toEqual([
    ['security-headers', 'frame-ancestors', 'x-frame-options'],
  ])
})

test('authentication by credentials, tokens and sessions', () => {
  expect(recognised('app.use((req, res, next) => { if (!req.session.user) return res.status(401).end(); next() })')).toEqual(['auth high'])
  expect(
    recognised(`
const jwt = require('jsonwebtoken')
app.use((req, res, next) => { try { req.user = jwt.verify(req.headers.authorization, process.env.SECRET); next() } catch (e) { next(new Error('no')) } })`),
  ).toEqual(['auth medium'])
  expect(recognised("app.use((req, res, next) => { if (!req.user) return res.redirect('/login'); next() })")).toEqual(['auth medium'])
  const guest = 'function isGuest(req) { if (req.session.user) return false; return true }\n'
  for (const asked of [
    '!res.locals.user',
    'req.session.user == null',
    'req.user === undefined',
    '!(req.user && req.user.active)',
    '!req.isAuthenticated()',
    'req.isUnauthenticated()',
    "require('lodash').isEmpty(req.user)",
    "require('lodash/isNil')(req.session.user)",
    'req.session && !req.session.user',
    '(req.session.user ? false : true)',
    'isGuest(req)',
  ])
    expect(recognised(`${guest}app.use((req, res, next) => { if (${asked}) return res.redirect('/login'); next() })`), asked).toEqual([
      'auth medium',
    ])
  // Without a token this throws.
  expect(
    recognised(
      "app.use((req, res, next) => { const user = require('jsonwebtoken').verify(req.cookies.token, 's'); if (user.banned) return res.redirect('/banned'); next() })",
    ),
  ).toEqual(['auth medium'])
  expect(recognised("app.use((req, res, next) => (req.user ? next() : res.redirect('/login')))")).toEqual(['auth medium'])
  expect(recognised("app.use((req, res, next) => { if (req.isAuthenticated()) return next(); res.redirect('/login') })")).toEqual([
    'auth medium',
  ])
  // Kept from the login, since there is a user.
  for (const asked of [
    'req.user',
    'res.locals.user',
    'req.isAuthenticated()',
    'req.isAuthenticated() === true',
    'req.session.user !== undefined',
    'null != req.session.user',
    "typeof req.session.user !== 'undefined'",
    "'user' in req.session",
    "!require('lodash').isEmpty(req.user)",
    '!isGuest(req)',
    'req.user && !req.user.verified',
  ])
    expect(recognised(`${guest}app.use((req, res, next) => { if (${asked}) return res.redirect('/home'); next() })`), asked).toEqual([])
  expect(recognised("app.use((req, res, next) => { if (!req.isAuthenticated()) return next(); res.redirect('/home') })")).toEqual([])
  // By what a callback is told.
  const verified = (told: string, body: string): string =>
    `app.use((req, res, next) => { require('jsonwebtoken').verify(req.cookies.token, 's', (${told}) => { ${body} }) })`
  for (const body of [
    "if (claims) return res.redirect('/home'); next()",
    "if (!err && claims) return res.redirect('/home'); next()",
    "if (err) next(); else res.redirect('/home')",
    "err ? next() : res.redirect('/home')",
  ])
    expect(recognised(verified('err, claims', body)), body).toEqual([])
  for (const body of [
    "if (err) return res.redirect('/login'); next()",
    "if (!claims) return res.redirect('/login'); next()",
    "if (claims) next(); else res.redirect('/login')",
    'if (err) return next(err); next()',
    "if (claims.first) return res.redirect('/welcome'); if (err) return next(err); next()",
  ])
    expect(recognised(verified('err, claims', body)), body).toEqual(['auth medium'])
  expect(
    recognised(
      'app.use((req, res, next) => { if (blocked(req.ip)) return res.status(403).end(); next() }); function blocked() { return lookup() }',
    ),
  ).toEqual(['auth medium'])
})

test('who refuses what did not come over HTTPS does not ask who sends it', () => {
  for (const condition of ['!req.secure', "req.protocol !== 'https'", "req.get('x-forwarded-proto') !== 'https'"])
    expect(recognised(`app.use((req, res, next) => { if (${condition}) return res.status(403).end(); next() })`)).toEqual([])
  expect(
    recognised(
      "app.use((req, res, next) => { if (req.secure || ['/ready'].includes(req.path)) return next(); res.status(403).json({ title: 'HTTPS only' }) })",
    ),
  ).toEqual([])
  expect(recognised('app.use((req, res, next) => { if (!req.secure || !req.session.user) return res.status(401).end(); next() })')).toEqual(
    ['auth high'],
  )
  expect(
    recognised(
      'app.use((req, res, next) => { if (!req.secure || !known.has(req.ip)) return res.status(403).end(); next() }); const known = load()',
    ),
  ).toEqual(['auth medium'])
})

test('own CORS that refuses preflights of other sites asks nobody who they are', () => {
  const effects = recognised(`const allowed = new Set(process.env.ORIGINS.split(','))
const isAllowed = (origin) => allowed.has(origin)
app.use((req, res, next) => {
  const { origin } = req.headers
  if (origin === undefined) return next()
  if (!isAllowed(origin)) return req.method === 'OPTIONS' ? res.status(403).end() : next()
  res.set('Access-Control-Allow-Origin', origin)
  next()
})`)
  expect(effects.filter((one) => one.startsWith('auth'))).toEqual([])
})

test('next is given an error or nothing', () => {
  const error = 'class Problem extends Error { constructor(status) { super(); this.status = status } }; '
  expect(recognised(`${error}app.use((req, res, next) => next(req.session ? undefined : new Problem(401)))`)).toEqual(['auth high'])
  expect(recognised(`${error}app.use((req, res, next) => { next(req.user ? null : new Problem(403)) })`)).toEqual(['auth high'])
  expect(recognised(`${error}app.use((req, res, next) => next(req.session ? undefined : new Problem(500)))`)).toEqual([])
  expect(
    recognised(`${error}const hits = new Map()
app.use((req, res, next) => {
  const count = (hits.get(req.ip) || 0) + 1
  hits.set(req.ip, count)
  setTimeout(() => hits.delete(req.ip), 60000)
  next(count <= 100 ? undefined : new Problem(429))
})`),
  ).toEqual(['rate-limit high'])
})

test('a login that answers 401 for a wrong password is no authentication', () => {
  expect(
    recognised(
      "app.post('/login', async (req, res) => { const user = await find(req.body.email); if (!user) return res.status(401).end(); res.json(user) })",
    ),
  ).toEqual([])
  expect(recognised("app.get('/me', (req, res) => { if (!req.user) return res.status(401).end(); res.json(req.user) })")).toEqual([
    'auth medium',
  ])
})

test('validation by schema, by name and by hand', () => {
  expect(
    recognised(
      "const Joi = require('joi'); const schema = Joi.object({}); app.use((req, res, next) => { const { error } = schema.validate(req.body); if (error) return res.status(400).end(); next() })",
    ),
  ).toEqual(['validation high'])
  expect(recognised("const { z } = require('zod'); app.post('/', (req, res) => { z.object({}).parse(req.body); res.end() })")).toEqual([
    'validation high',
  ])
  expect(
    recognised(
      "const { validationResult } = require('express-validator'); app.use((req, res, next) => { if (!validationResult(req).isEmpty()) return res.status(422).end(); next() })",
    ),
  ).toEqual(['validation high'])
  expect(recognised("const { check } = require('./checks'); app.use((req, res, next) => { check.validate(req.body); next() })")).toEqual([
    'validation medium',
  ])
  expect(recognised("app.post('/', (req, res) => { if (!req.body.name) return res.status(400).end(); res.end() })")).toEqual([
    'validation medium',
  ])
  expect(recognised("app.post('/', (req, res) => { JSON.parse(req.body.text); res.end() })")).toEqual([])
})

test('webhook signatures and CSRF tokens', () => {
  expect(
    recognised(
      "const stripe = require('stripe')('k'); app.post('/hook', (req, res) => { stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], 's'); res.end() })",
    ),
  ).toEqual(['webhook-signature high'])
  expect(
    recognised(`
const crypto = require('crypto')
app.post('/hook', (req, res) => { const mac = crypto.createHmac('sha256', process.env.K).update(req.body).digest('hex'); if (mac !== req.headers['x-signature']) return res.status(400).end(); res.end() })`),
  ).toContain('webhook-signature high')
  const helpers = `const crypto = require('crypto')
const same = (a, b) => crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b))
function expected(text) { return crypto.createHmac('sha256', process.env.K).update(text).digest('hex') }
const isSigned = (body, given) => given === expected(body)
const isGenuine = (req) => same(req.headers['x-signature'], expected(req.body))
const isMine = (req) => same(req.cookies.cart, expected(req.body.cart))
`
  const refusing = (condition: string): readonly string[] =>
    recognised(`${helpers}app.post('/hook', (req, res) => { if (${condition}) return res.status(401).end(); res.end() })`)
  expect(refusing("!isSigned(req.body, req.headers['x-signature'])")).toContain('webhook-signature high')
  expect(refusing("!isSigned(req.body, req.get('x-signature'))")).toContain('webhook-signature high')
  expect(refusing('!isGenuine(req)')).toContain('webhook-signature high')
  expect(refusing('!isMine(req)')).not.toContain('webhook-signature high')
  expect(refusing("!isSigned(req.body, req.get('accept-language'))")).not.toContain('webhook-signature high')
  expect(
    recognised("app.use((req, res, next) => { if (req.get('x-csrf-token') !== req.session.csrf) return res.status(403).end(); next() })"),
  ).toEqual(['csrf medium'])
})

test('a handler that compares the code of a reset is no authentication', () => {
  const handler = (condition: string): readonly string[] =>
    recognised(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)
app.post('/reset', wrap(async (req, res) => {
  const user = await new (require('pg').Pool)({ host: process.env.DB }).query(req.body.email)
  if (${condition}) return res.sendStatus(403)
  res.json({ ok: true })
}))`).filter((one) => one.startsWith('auth'))
  expect(handler('user.reset !== req.body.token')).toEqual([])
  expect(handler('user.codes[req.params.token] === undefined')).toEqual([])
  expect(handler('user.key !== req.get("x-api-key")')).toEqual(['auth medium'])
  expect(handler('!req.user')).toEqual(['auth medium'])
  expect(handler('user.id !== req.session.user.id')).toEqual(['auth medium'])
  expect(handler('req.query.token !== process.env.JOB_TOKEN')).toEqual(['auth medium'])
})

test('asking where a request comes from is no authentication', () => {
  expect(
    recognised(`
app.use((req, res, next) => {
  if (['GET', 'HEAD'].includes(req.method)) return next()
  if (req.headers['sec-fetch-site'] === 'same-origin') return next()
  res.status(403).end()
})`),
  ).toEqual(['csrf medium'])
  expect(
    recognised(`
app.use((req, res, next) => {
  if (req.get('x-csrf-token') !== req.session.csrf) return res.status(403).end()
  if (!req.session.user) return res.status(401).end()
  next()
})`),
  ).toContain('auth high')
  expect(
    recognised(
      "app.use((req, res, next) => { if (req.headers.origin !== process.env.ORIGIN && req.get('x-api-key') !== process.env.KEY) return res.status(403).end(); next() })",
    ),
  ).toContain('auth high')
})

test('what spares whoever did not log in is no authentication', () => {
  const check = (first: string): readonly string[] =>
    recognised(`
app.use((req, res, next) => {
  ${first}
  if (hash(req.headers['x-page-token']) !== hash(req.session.page)) return res.status(403).end()
  next()
})
function hash(text) { return lookup(text) }`)
  expect(check('if (!req.session.user) return next()')).toEqual([])
  expect(check('if (req.session.user === undefined) return next()')).toEqual([])
  expect(check('if (!req.session.user) return res.status(401).end()')).toContain('auth high')
  expect(check("if (!req.session.user) return next(new Error('no'))")).toContain('auth high')
  expect(check("if (!req.session.user) throw new Error('no')")).toContain('auth high')
})

test('an error in one case, and nothing in the other', () => {
  expect(
    recognised(
      "class Denied extends Error { status = 403 }; app.use((req, res, next) => next(req.session.role === 'staff' ? undefined : new Denied()))",
    ),
  ).toEqual(['auth high'])
})

test('logging, request ids and redirects', () => {
  expect(recognised('app.use((req, res, next) => { console.log(req.method, req.url); next() })')).toEqual(['logging medium'])
  expect(recognised('app.use((req, res, next) => { req.id = Math.random(); next() })')).toEqual(['request-id medium'])
  expect(
    recognised('app.use((req, res, next) => { if (!req.secure) return res.redirect(`https://${req.hostname}${req.url}`); next() })'),
  ).toEqual(['https-redirect high'])
})

test('error middleware needs four parameters and an answer', () => {
  expect(recognised('app.use((err, req, res, next) => { res.status(500).end() })')).toEqual(['error-handler high'])
  expect(recognised('app.use((err, req, res, next) => { console.error(err); next(err) })')).toEqual([])
  expect(recognised('app.use((err, req, res) => { res.status(500).end() })')).toEqual([])
  expect(recognised('app.use((err, req, res, next = noop) => { res.status(500).end() }); function noop() {}')).toEqual([])
})

test('an error that describes its answer refuses with the status in it', () => {
  const errors = `
class ApiError extends Error {
  constructor(problem, options) { super(problem.title, options); this.problem = problem }
  static unauthorized = () => new ApiError({ status: 401, title: 'Unauthorized' })
  static missing = () => new ApiError({ status: 404, title: 'Not Found' })
}`
  const guard = (error: string): string =>
    `${errors}\napp.use((req, _res, next) => (req.session.userId ? next() : next(ApiError.${error}())))`
  expect(recognised(guard('unauthorized'))).toEqual(['auth high'])
  expect(recognised(guard('missing'))).toEqual([])
})

test.each([
  ['.catch(() => null)', ['auth high']],
  ['.then((user) => user, () => null)', ['auth high']],
  ['.catch(() => ({ id: 0 }))', []],
])('a check that goes by what stands in for a failed look-up refuses: load(req)%s', (rest, expected) => {
  expect(
    recognised(`
async function load(req) {
  if (!req.headers.authorization) throw new Error('who are you')
  return { id: 1 }
}
app.use(async (req, res, next) => {
  const user = await load(req)${rest}
  if (!user) return res.status(401).end()
  next()
})`),
  ).toEqual(expected)
})
