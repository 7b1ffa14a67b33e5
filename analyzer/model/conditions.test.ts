// Conditions of protections and of routes, and how sure an answer they leave.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import type { Capability } from './model.js'
import { protectsRoute } from './queries.js'

/** The answer for the route `/x`, with `?` and the flags where it is conditional, and the confidence where it is not high. */
function answerFor(code: string, capability: Capability = 'rate-limit'): string {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const helmet = require('helmet')
const rateLimit = require('express-rate-limit')
const app = express()
const ok = (req, res) => res.json({ ok: true })
${code}
app.listen(1)
`)
  const route = model.routes.find((one) => one.path === '/x')
  if (route === undefined) throw new Error('no route /x')
  const { answer, isConditional, flags, confidence } = protectsRoute(model, route, capability)
  return [answer + (isConditional ? '?' : ''), ...flags, ...(confidence === 'high' ? [] : [confidence])].join(' ')
}

test('a condition of the limiter alone counts, one that the route shares does not', () => {
  expect(answerFor("if (process.env.A) app.use(rateLimit())\napp.get('/x', ok)")).toBe('yes? A')
  expect(answerFor("if (process.env.A) app.use(rateLimit())\nif (process.env.A) app.get('/x', ok)")).toBe('yes')
  expect(answerFor("if (process.env.A) app.use(rateLimit())\nif (!process.env.A) app.get('/x', ok)")).toBe('yes? A')
  expect(answerFor("if (process.env.A) app.use(rateLimit())\nif (process.env.B) app.get('/x', ok)")).toBe('yes? A')
  expect(answerFor("if (process.env.A) { if (process.env.B) app.use(rateLimit())\napp.get('/x', ok) }")).toBe('yes? B')
})

test('middleware of the route itself shares the condition of the route', () => {
  expect(answerFor("if (process.env.A) app.get('/x', rateLimit(), ok)")).toBe('yes')
})

test('an early return is a condition for what follows', () => {
  expect(answerFor("function setup() { if (process.env.OFF) return; app.use(rateLimit()) }\nsetup()\napp.get('/x', ok)")).toBe('yes? OFF')
  expect(answerFor("function setup() { if (process.env.OFF) return; app.use(rateLimit()); app.get('/x', ok) }\nsetup()")).toBe('yes')
})

test('the mount of a router without a path is a condition for later routes, and none for its own', () => {
  const leaky = 'const leaky = express.Router()\nleaky.use(rateLimit())\n'
  expect(answerFor(`${leaky}if (process.env.A) app.use(leaky)\napp.get('/x', ok)`)).toBe('yes? A')
  expect(answerFor(`${leaky}app.use(leaky)\napp.get('/x', ok)`)).toBe('yes')
  expect(answerFor(`${leaky}leaky.get('/x', ok)\nif (process.env.A) app.use(leaky)`)).toBe('yes')
  expect(
    answerFor(`${leaky}const inner = express.Router()\ninner.get('/x', ok)\nleaky.use(inner)\nif (process.env.A) app.use(leaky)`),
  ).toBe('yes')
})

test('a path that is not known may not cover the route', () => {
  expect(answerFor("app.use(process.env.BASE, rateLimit())\napp.get('/x', ok)")).toBe('yes?')
})

test('the surest of several protections decides', () => {
  expect(
    answerFor(
      "app.use((req, res, next) => { if (blocked(req)) return res.status(403).end(); next() }); function blocked(req) { return lookup(req.ip) }\napp.get('/x', require('passport').authenticate('jwt'), ok)",
      'auth',
    ),
  ).toBe('yes')
  expect(
    answerFor(
      "app.use((req, res, next) => { if (blocked(req)) return res.status(403).end(); next() }); function blocked(req) { return lookup(req.ip) }\napp.get('/x', ok)",
      'auth',
    ),
  ).toBe('yes medium')
})

test('unknown middleware of the route itself blinds, of an earlier route it does not', () => {
  expect(answerFor("app.get('/x', require(process.env.PLUGIN), ok)")).toBe('unknown medium')
  expect(answerFor("app.post('/y', require(process.env.PLUGIN), ok)\napp.get('/x', ok)")).toBe('no')
  expect(answerFor("app.all('/x', require(process.env.PLUGIN))\napp.get('/x', ok)")).toBe('no')
})

test('X-Powered-By: conditions and code that was not understood', () => {
  expect(answerFor("app.use(helmet())\nif (process.env.A) app.use(helmet())\napp.get('/x', ok)", 'hide-powered-by')).toBe('yes')
  expect(answerFor("if (process.env.A) app.use(helmet())\napp.get('/x', ok)", 'hide-powered-by')).toBe('yes? A')
  expect(answerFor("require(process.env.PLUGIN)(app)\napp.get('/x', ok)", 'hide-powered-by')).toBe('unknown medium')
  expect(answerFor("require(process.env.PLUGIN)(app)\napp.disable('x-powered-by')\napp.get('/x', ok)", 'hide-powered-by')).toBe('yes')
})

test('error middleware without a condition wins over one with', () => {
  const handlers = "app.get('/x', ok)\nif (process.env.A) app.use((err, req, res, next) => res.status(400).end())\n"
  expect(answerFor(`${handlers}app.use((err, req, res, next) => res.status(500).end())`, 'error-handler')).toBe('yes')
  expect(answerFor(handlers, 'error-handler')).toBe('yes? A')
  expect(answerFor("app.get('/x', ok)\nrequire(process.env.PLUGIN)(app)", 'error-handler')).toBe('unknown medium')
})
