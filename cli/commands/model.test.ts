// Routes, reasons and the model as they are printed.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandbox, type Sandbox } from '../testTerminal.js'

let box: Sandbox
beforeEach(() => {
  box = sandbox({
    'package.json':
      '{ "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.0.0", "helmet": "^8.0.0" }, "scripts": { "start": "node app.js" } }',
    'app.js': `const express = require('express')
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')
const app = express()
app.get('/health', (req, res) => { res.json({ ok: true }) })
app.use(helmet())
const limiter = rateLimit({ windowMs: 15 * 60 * 1000, limit: 5 })
app.use('/auth', limiter, require('./auth'))
app.listen(3000)
`,
    'auth.js': `const router = require('express').Router()
router.post('/login', login)
router.get('/users/:id', show)
function login(req, res) { res.json({}) }
function show(req, res) { res.json({}) }
module.exports = router
`,
    'dead.js': `const router = require('express').Router()
router.get('/dead', (req, res) => { res.json({}) })
module.exports = router
`,
  })
})
afterEach(() => {
  box.remove()
})

test('the table of routes shows what stands in front of each, the limiter with its numbers', async () => {
  const { code, out } = await box.run(['routes'])
  expect(code).toBe(0)
  expect(out.split('\n').slice(0, 4)).toEqual([
    'method  path             place      headers  cors  limiter       auth  validation  errors',
    'GET     /health          app.js:5   –        –     –             –     –           –',
    'POST    /auth/login      auth.js:2  helmet   –     5 per 15 min  –     –           –',
    'GET     /auth/users/:id  auth.js:3  helmet   –     5 per 15 min  –     –           –',
  ])
  expect(out).toContain('3 routes')
  expect(out).toContain('Not reached: 1 (--unreached says why).')
})

test('registrations that no entry reaches are listed with the reason', async () => {
  const { out } = await box.run(['routes', '--unreached'])
  expect(out).toMatch(/^place +why no entry reaches it\ndead\.js:2 +\S/)
})

test('routes for programs', async () => {
  const { out } = await box.run(['routes', '--format', 'json'])
  const { routes, unreached } = JSON.parse(out) as { routes: Record<string, unknown>[]; unreached: unknown[] }
  expect(routes[1]).toMatchObject({
    method: 'POST',
    path: '/auth/login',
    file: 'auth.js',
    line: 2,
    app: { name: 'app', file: 'app.js', line: 4 },
    isComplete: true,
    protections: {
      'rate-limit': { answer: 'yes', links: [{ name: 'express-rate-limit.rateLimit', limit: '5 per 15 min', file: 'app.js', line: 7 }] },
      cors: { answer: 'no', links: [] },
    },
  })
  expect(unreached).toHaveLength(1)
})

test('why names the line that protects a route, and what was looked at where none does', async () => {
  const { out } = await box.run(['why', 'POST /auth/login', 'rate-limit'])
  expect(out).toContain('POST /auth/login at auth.js:2:1\n')
  expect(out).toContain(
    '  rate-limit  yes, high confidence\n    express-rate-limit.rateLimit, 5 per 15 min at app.js:7:17, registered at app.js:8:1\n',
  )
  expect((await box.run(['why', '/health', 'rate-limit'])).out).toMatch(/rate-limit {2}no, high confidence\n {4}looked at: app\.js:5:/)
})

test('why names what stands in front and leaves the route out', async () => {
  box.write({
    'app.js': `const app = require('express')()
const open = ['/health']
app.use(require('express-rate-limit').rateLimit({ limit: 5, skip: (req) => req.path === '/health' }))
app.use((req, res, next) => (open.includes(req.path) || req.get('x-api-key') === process.env.API_KEY ? next() : res.status(401).end()))
app.get('/health', (req, res) => { res.json([]) })
app.get('/items', (req, res) => { res.json([]) })
app.listen(3000)
`,
  })
  const health = (await box.run(['why', '/health'])).out
  expect(health).toMatch(
    /rate-limit +no, high confidence\n.*\n {4}leaves this route out: express-rate-limit\.rateLimit, registered at app\.js:3:1\n/,
  )
  expect(health).toMatch(/auth +no, high confidence\n.*\n {4}leaves this route out: app\.js:4, registered at app\.js:4:1\n/)
  expect((await box.run(['why', '/items'])).out).not.toContain('leaves this route out')
})

test('why says what a limit does not count', async () => {
  const guard = "(req, res, next) => (req.get('x-api-key') === process.env.API_KEY ? next() : res.status(401).end())"
  const ordered = (...layers: readonly string[]): string =>
    `const app = require('express')()\nconst limiter = require('express-rate-limit').rateLimit({ limit: 5 })\nconst guard = ${guard}\n${layers
      .map((layer) => `app.use(${layer})`)
      .join('\n')}\napp.get('/items', (req, res) => { res.json([]) })\napp.listen(3000)\n`
  box.write({ 'app.js': ordered('guard', 'limiter') })
  expect((await box.run(['why', '/items', 'rate-limit'])).out).toMatch(
    /\n {4}not counted: what guard refuses, registered in front of it at app\.js:4:1\n/,
  )
  box.write({ 'app.js': ordered('limiter', 'guard') })
  expect((await box.run(['why', '/items', 'rate-limit'])).out).not.toContain('not counted')
})

test('why finds a route by a path with its parameters filled in, and guesses at what was meant', async () => {
  expect((await box.run(['why', '/auth/users/7', 'auth'])).out).toContain('GET /auth/users/:id')
  const wrong = await box.run(['why', '/auth/logn'])
  expect([wrong.code, wrong.err.includes('Did you mean /auth/login?')]).toEqual([2, true])
})

test('the model is printed in the order of registration, with mounted scopes inside', async () => {
  const { out } = await box.run(['model'])
  const order = [
    'Entries\n  app.js (script "start" of package.json)',
    'Application app at app.js:4:13',
    'route  GET /health',
    'layer  helmet()',
    'mount  /auth',
    'route  POST /login',
    'Not reached\n  dead.js:2:1',
    'Seen: 1 Express application (app), 3 routes',
  ]
  const places = order.map((text) => out.indexOf(text))
  expect(places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1))).toBe(true)
})

test('a gateway that is declared counts', async () => {
  box.write({ 'parapet.config.json': '{ "gateway": ["cors"] }' })
  expect((await box.run(['why', '/health', 'cors'])).out).toContain('yes (the gateway, as configured)')
})
