// The numbers of limiters that a project writes itself, in the shapes that people write them.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { protectsRoute } from '../queries.js'
import { limitText } from './limits.js'

/** The text of the one limiter of an application in which `limiter` stands in front of the route. */
function numbersOf(code: string): string {
  const model = modelOf(`
//- /app.js
const app = require('express')()
const hits = new Map()
const refuse = (res) => res.status(429).json({ error: 'too many requests' })
${code}
app.post('/login', limiter, (req, res) => res.json({}))
app.listen(3000)
`)
  return model.routes
    .flatMap((route) => protectsRoute(model, route, 'rate-limit').links.map(({ effect }) => limitText(model, effect)))
    .join()
}

test.each([
  [
    'the end of the window is kept',
    `const WINDOW_MS = 15 * 60 * 1000
     const MAX = 5
     function limiter(req, res, next) {
       const now = Date.now()
       const entry = hits.get(req.ip)
       if (!entry || now > entry.resetAt) { hits.set(req.ip, { count: 1, resetAt: now + WINDOW_MS }); return next() }
       if (entry.count >= MAX) return res.status(429).set('Retry-After', Math.ceil((entry.resetAt - now) / 1000)).end()
       entry.count++
       next()
     }`,
    '5 per 15 min',
  ],
  [
    'the start of the window is kept',
    `function limiter(req, res, next) {
       const entry = hits.get(req.ip) || { count: 0, start: Date.now() }
       if (Date.now() - entry.start > 60_000) { entry.count = 0; entry.start = Date.now() }
       entry.count += 1
       hits.set(req.ip, entry)
       if (entry.count > 1000) return refuse(res)
       next()
     }`,
    '1000 per 1 min',
  ],
  [
    'a list of times, by a factory',
    `const limit = ({ windowMs, max }) => (req, res, next) => {
       const now = new Date().getTime()
       const times = (hits.get(req.ip) || []).filter((time) => now - time < windowMs)
       if (times.length >= max) return refuse(res)
       times.push(now)
       hits.set(req.ip, times)
       next()
     }
     const limiter = limit({ windowMs: 3_600_000, max: 10 })`,
    '10 per 1 h',
  ],
  [
    'times after the start of the window',
    `function limiter(req, res, next) {
       const start = Date.now() - 60000
       const times = (hits.get(req.ip) ?? []).filter((time) => time > start)
       times.push(Date.now())
       hits.set(req.ip, times)
       if (times.length > 20) { refuse(res) } else { next() }
     }`,
    '20 per 1 min',
  ],
  [
    'one condition for both',
    `function limiter(req, res, next) {
       const entry = hits.get(req.ip)
       if (entry && Date.now() < entry.start + 60000 && entry.count >= 30) return refuse(res)
       hits.set(req.ip, { count: (entry?.count ?? 0) + 1, start: entry?.start ?? Date.now() })
       next()
     }`,
    '30 per ?',
  ],
  [
    'a limit that lets pass below it',
    `function limiter(req, res, next) {
       const count = (hits.get(req.ip) ?? 0) + 1
       hits.set(req.ip, count)
       if (count <= 100) return next()
       refuse(res)
     }
     setInterval(() => hits.clear(), 60000)`,
    '100 per ?',
  ],
])('%s', (_title, code, expected) => {
  expect(numbersOf(code)).toBe(expected)
})

test.each([
  [
    'tokens that fill up',
    `function limiter(req, res, next) {
       const bucket = hits.get(req.ip) || { tokens: 10, at: Date.now() }
       bucket.tokens = Math.min(10, bucket.tokens + ((Date.now() - bucket.at) / 1000) * 2)
       bucket.at = Date.now()
       hits.set(req.ip, bucket)
       if (bucket.tokens < 1) return refuse(res)
       bucket.tokens -= 1
       next()
     }`,
    '',
  ],
  [
    'a pause between two requests',
    `function limiter(req, res, next) {
       const last = hits.get(req.ip)
       if (last && Date.now() - last < 30000) return refuse(res)
       hits.set(req.ip, Date.now())
       next()
     }`,
    '? per 30 s',
  ],
  [
    'two limits of one function',
    `function limiter(req, res, next) {
       const entry = hits.get(req.ip) || { count: 0, day: 0, start: Date.now() }
       entry.count++
       entry.day++
       hits.set(req.ip, entry)
       if (entry.count > 10) return refuse(res)
       if (entry.day > 1000) return refuse(res)
       next()
     }`,
    '',
  ],
  [
    'a ban that is longer than the window',
    `function limiter(req, res, next) {
       const entry = hits.get(req.ip) || { count: 0, start: Date.now(), until: 0 }
       if (Date.now() - entry.start > 60000) entry.count = 0
       entry.count++
       entry.until = Date.now() + 900000
       hits.set(req.ip, entry)
       if (entry.count > 50) return refuse(res)
       next()
     }`,
    '50 per ?',
  ],
  [
    'seconds',
    `function limiter(req, res, next) {
       const now = Math.floor(Date.now() / 1000)
       const entry = hits.get(req.ip) || { count: 0, start: now }
       if (now - entry.start > 60) { entry.count = 0; entry.start = now }
       entry.count++
       hits.set(req.ip, entry)
       if (entry.count > 50) return refuse(res)
       next()
     }`,
    '50 per ?',
  ],
  [
    'a number of the environment',
    `const MAX = Number(process.env.MAX) || 100
     function limiter(req, res, next) {
       const count = (hits.get(req.ip) ?? 0) + 1
       hits.set(req.ip, count)
       if (count > MAX) return refuse(res)
       next()
     }`,
    '',
  ],
  [
    'what the client sends is not counted',
    `function limiter(req, res, next) {
       hits.set(req.ip, Date.now())
       if (req.body.items.length > 100) return refuse(res)
       next()
     }`,
    '',
  ],
])('not guessed: %s', (_title, code, expected) => {
  expect(numbersOf(code)).toBe(expected)
})
