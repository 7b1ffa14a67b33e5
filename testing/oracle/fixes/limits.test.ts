// Fixes of the rules about rate limits, run before and after.
import { test } from 'vitest'
import noIneffectiveRateLimit from '../../../rules/no-ineffective-rate-limit/rule.js'
import noLaxAuthRateLimit from '../../../rules/no-lax-auth-rate-limit/rule.js'
import requireAuthRateLimit from '../../../rules/require-auth-rate-limit/rule.js'
import requireProxyAwareRateLimit from '../../../rules/require-proxy-aware-rate-limit/rule.js'
import requireRateLimit from '../../../rules/require-rate-limit/rule.js'
import { proveFix, type FixCase, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000

const honest: FixCase['honest'] = [{ method: 'GET', path: '/notes', status: 200 }]

/** True when so many requests pass without a 429. */
const passes =
  (count: number, request: Parameters<ProbedApplication['send']>[0]) =>
  async ({ send }: ProbedApplication) => {
    for (let sent = 0; sent < count; sent++) if ((await send(request)).status === 429) return false
    return true
  }
const floods = passes(101, { method: 'GET', path: '/notes' })

const limited = (before: string, after = '') => `
//- /server.js
const express = require('express')
const { rateLimit } = require('express-rate-limit')

const app = express()
${before}
app.get('/notes', (req, res) => res.json([]))
${after}
app.listen(process.env.PORT)
`

test('require-rate-limit: the 101st request is refused, in CommonJS and TypeScript', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireRateLimit,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      app.get('/notes', (req, res) => res.json([]))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: floods,
  })
  await proveFix({
    rule: requireRateLimit,
    express: 4,
    app: { fixture: 'typedi-container' },
    honest: [{ method: 'GET', path: '/patients', status: 200 }],
    weakness: passes(101, { method: 'GET', path: '/patients' }),
  })
})

test('require-auth-rate-limit: passwords cannot be tried at will', { timeout: TIMEOUT }, async () => {
  const weakness = passes(20, { method: 'POST', path: '/login', body: { password: 'guess' } })
  await proveFix({
    rule: requireAuthRateLimit,
    app: `
      //- /server.mjs
      import express from 'express'
      const app = express()
      app.use(express.json())
      app.get('/notes', (req, res) => res.json([]))
      app.post('/login', (req, res) => res.status(req.body.password === process.env.PASSWORD ? 200 : 401).end())
      app.listen(process.env.PORT)
    `,
    honest,
    weakness,
  })
  await proveFix({
    rule: requireAuthRateLimit,
    app: { fixture: 'class-server' },
    honest: [{ method: 'GET', path: '/status', status: 200 }],
    weakness: passes(20, { method: 'POST', path: '/api/v1/auth/login', body: { email: 'a@b.c', password: 'guess' } }),
  })
})

test('no-ineffective-rate-limit: a limiter that stands after the routes moves in front of them', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noIneffectiveRateLimit,
    app: limited('', 'app.use(rateLimit({ windowMs: 60000, limit: 50 }))'),
    honest,
    weakness: floods,
  }),
)

test('no-ineffective-rate-limit: a limiter that stands behind a check of passwords', { timeout: TIMEOUT }, async () => {
  const check = "(req, res, next) => (req.get('x-password') === process.env.ADMIN_PASSWORD ? next() : res.status(401).end())"
  const guarded = (lines: string): string => `
      //- /server.js
      const express = require('express')
      const { rateLimit } = require('express-rate-limit')
      const app = express()
      const limiter = rateLimit({ windowMs: 60000, limit: 50 })
      const check = ${check}
      ${lines}
      app.listen(process.env.PORT)
    `
  const answer = '(req, res) => res.json([])'
  for (const app of [
    guarded(`app.get('/accounts', check, limiter, ${answer})`),
    guarded(`app.use(check)\n      app.use(limiter)\n      app.get('/accounts', ${answer})`),
  ])
    await proveFix({
      rule: noIneffectiveRateLimit,
      app,
      env: { ADMIN_PASSWORD: 'open sesame' },
      honest: [{ method: 'GET', path: '/accounts', headers: { 'x-password': 'open sesame' }, status: 200 }],
      weakness: passes(60, { method: 'GET', path: '/accounts' }),
    })
})

test('no-lax-auth-rate-limit: fewer attempts', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noLaxAuthRateLimit,
    app: `
      //- /server.js
      const express = require('express')
      const { rateLimit } = require('express-rate-limit')
      const app = express()
      app.use(express.json())
      app.get('/notes', (req, res) => res.json([]))
      app.post('/login', rateLimit({ windowMs: 15 * 60 * 1000, limit: 500 }), (req, res) => res.status(req.body.password === process.env.PASSWORD ? 200 : 401).end())
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: passes(60, { method: 'POST', path: '/login', body: { password: 'guess' } }),
  }),
)

test('require-proxy-aware-rate-limit: clients behind the proxy are told apart', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireProxyAwareRateLimit,
    app: `${limited('app.use(rateLimit({ windowMs: 60000, limit: 5, validate: false }))')}
//- /Procfile
web: node server.js
`,
    honest,
    weakness: async ({ get }) => {
      for (let sent = 0; sent < 8; sent++) await get('/notes', { 'x-forwarded-for': '203.0.113.7' })
      return (await get('/notes', { 'x-forwarded-for': '203.0.113.8' })).status === 429
    },
  }),
)

test('require-auth-rate-limit: what is added counts in the store of the others', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireAuthRateLimit,
    app: `
      //- /server.js
      const express = require('express')
      const { rateLimit } = require('express-rate-limit')
      const { RedisStore } = require('rate-limit-redis')
      const { redis } = require('./redis')

      const app = express()
      app.post('/login', (req, res) => res.json({}))
      const store = new RedisStore({ prefix: 'all:', sendCommand: (...args) => redis.call(...args) })
      app.use(rateLimit({ windowMs: 60_000, limit: 1000, store }))
      app.get('/notes', (req, res) => res.json([]))
      app.listen(process.env.PORT)
      //- /redis.js
      const counts = new Map()
      const call = async (command, key) => {
        if (command !== 'INCR') return 1
        counts.set(key, (counts.get(key) ?? 0) + 1)
        console.log(command, key)
        return counts.get(key)
      }
      module.exports = { redis: { call } }
      //- /package.json
      { "name": "shop", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.7.4", "rate-limit-redis": "^4.2.0" } }
    `,
    honest,
    weakness: async (app) => (await passes(6, { method: 'POST', path: '/login' })(app)) || !/INCR rl:credential:/.test(app.output()),
  }),
)

test('no-lax-auth-rate-limit: the limiter of a login gets strict where it stands', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noLaxAuthRateLimit,
    app: limited('', "app.post('/login', rateLimit({ windowMs: 60_000, limit: 60 }), (req, res) => res.json({}))"),
    honest,
    weakness: passes(6, { method: 'POST', path: '/login' }),
  }),
)
