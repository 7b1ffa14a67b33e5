// Fixes of the rules about secrets, proven on running applications: forged tokens are refused, starts without secrets fail, tokens cannot be guessed.
import { createHmac } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import noHardcodedSecret from '../../../rules/no-hardcoded-secret/rule.js'
import noInsecureRandomness from '../../../rules/no-insecure-randomness/rule.js'
import noSecretFallback from '../../../rules/no-secret-fallback/rule.js'
import noWeakPasswordHash from '../../../rules/no-weak-password-hash/rule.js'
import requireEnvValidation from '../../../rules/require-env-validation/rule.js'
import { proveFix, provenFix } from '../proveFix.js'

const strong = '8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d8f2b1c9d7e6a5f4b'

test.each([4, 5] as const)('a token forged with a key from the code is refused, Express %i', (express) =>
  proveFix({
    rule: noHardcodedSecret,
    express,
    env: { JWT_SECRET: strong },
    app: `
      //- /server.js
      const express = require('express')
      const tokens = require('./tokens')
      const app = express()
      app.post('/login', (req, res) => res.json({ token: tokens.sign({ id: 1 }) }))
      app.get('/me', (req, res) => (tokens.verify(req.get('authorization')) ? res.json({ ok: true }) : res.sendStatus(401)))
      app.listen(process.env.PORT)
      //- /tokens.js
      const jwt = require('jsonwebtoken')
      exports.sign = (payload) => jwt.sign(payload, 'my-very-secret-key')
      exports.verify = (token) => {
        try {
          return jwt.verify(token, 'my-very-secret-key')
        } catch {
          return null
        }
      }
    `,
    honest: [
      { method: 'POST', path: '/login', status: 200 },
      { method: 'GET', path: '/me', status: 401 },
    ],
    weakness: async ({ get }) => (await get('/me', { authorization: jwt.sign({ id: 1 }, 'my-very-secret-key') })).status === 200,
  }),
)

test('a key beside which another file has one is demanded by a function of its own module', async () => {
  const { after } = await provenFix({
    rule: noHardcodedSecret,
    finding: ({ file }) => file === 'src/tokens.js',
    env: { TOKENS_SECRET: strong, JWT_SECRET: strong },
    app: `
      //- /src/server.js
      const express = require('express')
      const tokens = require('./tokens')
      const invitations = require('./invitations')
      const { title } = require('./utils/titles')
      const app = express()
      app.post('/login', (req, res) => res.json({ token: tokens.sign({ id: 1 }), title }))
      app.post('/invitations', (req, res) => res.json({ token: invitations.sign({ id: 1 }) }))
      app.get('/me', (req, res) => (tokens.verify(req.get('authorization')) ? res.json({ ok: true }) : res.sendStatus(401)))
      app.listen(process.env.PORT)
      //- /src/utils/titles.js
      exports.title = 'Welcome'
      //- /src/invitations.js
      const jwt = require('jsonwebtoken')
      exports.sign = (payload) => jwt.sign(payload, 'a-key-of-invitations')
      //- /src/tokens.js
      const jwt = require('jsonwebtoken')
      const key = 'my-very-secret-key'
      exports.sign = (payload) => jwt.sign(payload, key)
      exports.verify = (token) => {
        try {
          return jwt.verify(token, key)
        } catch {
          return null
        }
      }
    `,
    honest: [
      { method: 'POST', path: '/login', status: 200 },
      { method: 'POST', path: '/invitations', status: 200 },
    ],
    weakness: async ({ get }) => (await get('/me', { authorization: jwt.sign({ id: 1 }, 'my-very-secret-key') })).status === 200,
  })
  expect(after.get('src/utils/requireEnv.js')).toContain('module.exports = { requireEnv }')
  expect(after.get('src/tokens.js')).toContain("const { requireEnv } = require('./utils/requireEnv')")
})

test('a cookie signed with a secret from the code is refused, in TypeScript', () => {
  const signature = createHmac('sha256', 'cookie-secret-of-ours').update('admin').digest('base64').replace(/=+$/, '')
  return proveFix({
    rule: noHardcodedSecret,
    env: { COOKIE_SECRET: strong },
    app: `
      //- /server.ts
      import express from 'express'
      import cookieParser from 'cookie-parser'

      const app = express()
      app.use(cookieParser('cookie-secret-of-ours'))
      app.get('/', (req, res) => {
        res.json({ user: req.signedCookies.user || null })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest: [{ method: 'GET', path: '/', status: 200 }],
    weakness: async ({ get }) => {
      const cookie = `user=${encodeURIComponent(`s:admin.${signature}`)}`
      return (await (await get('/', { cookie })).text()).includes('admin')
    },
  })
})

test('the start fails where a literal stood in for a secret', () =>
  proveFix({
    rule: noSecretFallback,
    env: { JWT_SECRET: strong },
    app: `
      //- /server.js
      import express from 'express'
      import jwt from 'jsonwebtoken'

      const secret = process.env.JWT_SECRET || 'dev-secret'
      const app = express()
      app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, secret) }))
      app.listen(process.env.PORT)
      //- /package.json
      { "name": "app", "type": "module", "dependencies": { "express": "^5.3.0", "jsonwebtoken": "^9.0.0" } }
    `,
    honest: [{ method: 'POST', path: '/login', status: 200 }],
    weakness: ({ startsUnder }) => startsUnder({ JWT_SECRET: null }),
  }))

test.each([
  ['zod', `import { z } from 'zod'`, `z.object({ JWT_SECRET: z.string().default('dev-secret') }).parse(process.env)`],
  ['envalid', `import { cleanEnv, str } from 'envalid'`, `cleanEnv(process.env, { JWT_SECRET: str({ default: 'dev-secret' }) })`],
])('the schema of %s demands what it filled in', (_, load, schema) =>
  proveFix({
    rule: noSecretFallback,
    env: { JWT_SECRET: strong },
    app: `
      //- /server.ts
      import express from 'express'
      import jwt from 'jsonwebtoken'
      ${load}

      const env = ${schema}
      const app = express()
      app.post('/login', (req, res) => {
        res.json({ token: jwt.sign({ id: 1 }, env.JWT_SECRET) })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest: [{ method: 'POST', path: '/login', status: 200 }],
    weakness: ({ startsUnder }) => startsUnder({ JWT_SECRET: null }),
  }),
)

test('a start without a secret is noticed at once', () =>
  proveFix({
    rule: requireEnvValidation,
    env: { SESSION_SECRET: strong },
    app: `
      //- /server.js
      const express = require('express')
      const session = require('express-session')
      const app = express()
      app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'GET', path: '/', status: 200 }],
    weakness: ({ startsUnder }) => startsUnder({ SESSION_SECRET: null }),
  }))

test('a token has 256 bits from the generator of the system, a code keeps its digits', async () => {
  const proof = await provenFix({
    rule: noInsecureRandomness,
    app: `
      //- /server.ts
      import express from 'express'

      const app = express()
      app.post('/forgot', (req, res) => {
        const resetToken = Math.random().toString(36).slice(2)
        res.json({ resetToken })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest: [{ method: 'POST', path: '/forgot', status: 200 }],
    weakness: async ({ send }) => !/"[0-9a-f]{64}"/.test(await (await send({ method: 'POST', path: '/forgot' })).text()),
  })
  expect(proof.after.get('server.ts')).not.toContain('Math.random')
})

test('passwords get twelve rounds', () =>
  proveFix({
    rule: noWeakPasswordHash,
    app: `
      //- /server.js
      const express = require('express')
      const bcrypt = require('bcryptjs')
      const app = express()
      app.use(express.json())
      app.post('/hash', async (req, res) => res.send(await bcrypt.hash(String(req.body.password), 5)))
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'POST', path: '/hash', status: 200, body: { password: 'correct horse' } }],
    weakness: async ({ send }) => {
      const response = await send({ method: 'POST', path: '/hash', body: { password: 'correct horse' } })
      return (await response.text()).startsWith('$2b$05$')
    },
  }))
