// Fixes of the options of limiters, and of whom the application trusts, run before and after.
import { expect, test } from 'vitest'
import noIneffectiveRateLimit from '../../../rules/no-ineffective-rate-limit/rule.js'
import requireAuthRateLimit from '../../../rules/require-auth-rate-limit/rule.js'
import requireProxyAwareRateLimit from '../../../rules/require-proxy-aware-rate-limit/rule.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000

const server = (options: string, setting = ''): string => `
//- /server.js
const express = require('express')
const { rateLimit } = require('express-rate-limit')

const app = express()
${setting}
app.use(rateLimit(${options}))
app.get('/notes', (req, res) => res.json([]))
app.listen(process.env.PORT)
`

const floods = async ({ get }: ProbedApplication): Promise<boolean> => {
  for (let sent = 0; sent < 101; sent++) if ((await get('/notes')).status === 429) return false
  return true
}

test.each([
  ['skip', '{ windowMs: 60000, limit: 50, skip: () => true }'],
  ['limit', '{ windowMs: 60000, limit: Infinity }'],
  ['a variable that is not set', '{ windowMs: 60000, limit: Number(process.env.NOTES_LIMIT) }'],
  ['minutes', '{ windowMs: 15, limit: 50 }'],
  ['handler', '{ windowMs: 60000, limit: 50, handler: (req, res, next) => next() }'],
  ['keyGenerator', '{ windowMs: 60000, limit: 50, keyGenerator: () => String(Math.random()) }'],
])('no-ineffective-rate-limit: %s', { timeout: TIMEOUT }, (_name, options) =>
  proveFix({
    rule: noIneffectiveRateLimit,
    app: server(options),
    honest: [{ method: 'GET', path: '/notes', status: 200 }],
    weakness: floods,
  }),
)

test('no-ineffective-rate-limit: wrong passwords count', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noIneffectiveRateLimit,
    app: `
      //- /server.js
      const express = require('express')
      const { rateLimit } = require('express-rate-limit')
      const app = express()
      app.get('/notes', (req, res) => res.json([]))
      app.post('/login', rateLimit({ windowMs: 60000, limit: 5, skipFailedRequests: true }), (req, res) => res.sendStatus(401))
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'GET', path: '/notes', status: 200 }],
    weakness: async ({ send }) => {
      for (let sent = 0; sent < 8; sent++) if ((await send({ method: 'POST', path: '/login' })).status === 429) return false
      return true
    },
  }),
)

test('require-proxy-aware-rate-limit: a client cannot choose its address', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireProxyAwareRateLimit,
    app: server('{ windowMs: 60000, limit: 5, validate: false }', `app.enable('trust proxy')`),
    honest: [{ method: 'GET', path: '/notes', status: 200 }],
    // The proxy in front adds the address that it saw; what stands before it is the client's own word.
    weakness: async ({ get }) => {
      for (let sent = 0; sent < 8; sent++) {
        if ((await get('/notes', { 'x-forwarded-for': `198.51.100.${sent}, 203.0.113.7` })).status === 429) return false
      }
      return true
    },
  }),
)

test('require-auth-rate-limit: routes of one file count apart', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: requireAuthRateLimit,
    app: `
      //- /server.ts
      import express from 'express'
      const app = express()
      app.post('/login', (_req, res) => { res.sendStatus(401) })
      app.post('/register', (_req, res) => { res.sendStatus(201) })
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'POST', path: '/register', status: 201 }],
    weakness: async ({ send }) => {
      let last = 0
      for (let sent = 0; sent < 6; sent++) last = (await send({ method: 'POST', path: '/login' })).status
      const other = (await send({ method: 'POST', path: '/register' })).status
      return last !== 429 || other !== 201
    },
  })
  expect(after.get('server.ts')).toContain('makeCredentialLimiter()')
})
