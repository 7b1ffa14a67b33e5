import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { effectsOf } from './effects.js'
import { durationText, limitOf, limitText, type Limit } from './limits.js'

function limitsIn(code: string): readonly { readonly limit: Limit; readonly text: string }[] {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const app = express()
${code}
app.listen(1)
`)
  const effects = model.apps[0]?.scope.entries.flatMap((entry) => entry.handlers.flatMap((handler) => effectsOf(model, handler))) ?? []
  return effects
    .filter(({ capability }) => capability === 'rate-limit' || capability === 'slow-down')
    .map((effect) => ({ limit: limitOf(effect), text: limitText(effect) }))
}

test('express-rate-limit: both names, defaults, strings, arithmetic', () => {
  const code =
    "const rateLimit = require('express-rate-limit'); app.use(rateLimit({ windowMs: 15 * 60 * 1000, max: 100 }), rateLimit({ limit: '7' }), rateLimit(), rateLimit({ max: Number(process.env.MAX) }))"
  expect(limitsIn(code).map(({ text }) => text)).toEqual(['100 per 15 min', '7 per 1 min', '5 per 1 min', '? per 1 min'])
})

test('several possible numbers are all known', () => {
  const [first] = limitsIn("app.use(require('express-rate-limit')({ max: process.env.X ? 1000 : 10 }))")
  expect(first?.limit).toMatchObject({ most: null, possible: [10, 1000], window: 60_000 })
})

test('limiter classes count in seconds, also through own middleware', () => {
  const [first] = limitsIn(`
const { RateLimiterMemory } = require('rate-limiter-flexible')
const limiter = new RateLimiterMemory({ points: 6, duration: 60 })
app.use(async (req, res, next) => { try { await limiter.consume(req.ip); next() } catch { res.status(429).end() } })`)
  expect(first?.text).toBe('6 per 1 min')
})

test('handing on keeps the numbers; own limiters have none', () => {
  expect(
    limitsIn("const l = require('express-rate-limit')({ max: 3, windowMs: 1000 }); app.use((req, res, next) => l(req, res, next))")[0]
      ?.text,
  ).toBe('3 per 1 s')
  expect(
    limitsIn(
      'const m = new Map(); app.use((req, res, next) => { m.set(req.ip, 1); if (m.get(req.ip) > 5) return res.sendStatus(429); next() })',
    )[0]?.text,
  ).toBe('')
})

test('durations', () => {
  expect([durationText(86_400_000), durationText(7_200_000), durationText(90_000), durationText(15)]).toEqual([
    '1 d',
    '2 h',
    '90 s',
    '15 ms',
  ])
})
