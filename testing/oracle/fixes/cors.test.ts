// Fixes of the rules about CORS, proven on running applications: foreign sites stay out, named ones still get in.
import { test } from 'vitest'
import noBypassableOriginCheck from '../../../rules/no-bypassable-origin-check/rule.js'
import noCredentialedAnyOrigin from '../../../rules/no-credentialed-any-origin/rule.js'
import noDevelopmentOrigin from '../../../rules/no-development-origin/rule.js'
import noPermissiveCors from '../../../rules/no-permissive-cors/rule.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [{ method: 'GET', path: '/', status: 200 }]
const env = { ALLOWED_ORIGINS: 'https://app.example.com, https://www.example.com' }

/** Whether pages of that site may read the answer. Throws where the site that is meant to may not. */
async function lets({ get }: ProbedApplication, origin: string): Promise<boolean> {
  const allowed = (await get('/', { origin })).headers.get('access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** Open to a foreign site; once it is not, the site that is named has to get in still. */
async function isOpen(application: ProbedApplication): Promise<boolean> {
  const isForeignIn = await lets(application, 'https://evil.example')
  if (!isForeignIn && !(await lets(application, 'https://www.example.com'))) throw new Error('the named site is locked out')
  return isForeignIn
}

test.each([
  [4, '*'],
  [5, '/{*splat}'],
] as const)('cors() and its preflight, Express %d', { timeout: TIMEOUT }, async (express, all) => {
  await proveFix({
    rule: noPermissiveCors,
    express,
    env,
    app: `
      //- /server.js
      const express = require('express')
      const cors = require('cors')
      const app = express()
      app.use(cors())
      app.options('${all}', cors())
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: isOpen,
  })
})

test('a fallback in TypeScript keeps its variable', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noPermissiveCors,
    app: `
      //- /server.ts
      import express from 'express'
      import cors from 'cors'
      const app = express()
      app.use(cors({ origin: process.env.WEB_ORIGIN ?? '*', methods: ['GET'] }))
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: (application) => lets(application, 'https://evil.example'),
  })
})

test('a header written by hand, in TypeScript', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noPermissiveCors,
    env,
    app: `
      //- /server.ts
      import express from 'express'
      const app = express()
      app.use((_req, res, next) => {
        res.header('Access-Control-Allow-Origin', '*')
        next()
      })
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: isOpen,
  })
})

test('reflection with credentials', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noCredentialedAnyOrigin,
    env,
    app: `
      //- /server.ts
      import express from 'express'
      import cors from 'cors'
      const app = express()
      app.use(cors({ origin: (_origin, callback) => callback(null, true), credentials: true }))
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: isOpen,
  })
})

test('a prefix that other sites passed', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noBypassableOriginCheck,
    app: `
      //- /server.ts
      import express from 'express'
      import cors from 'cors'
      const app = express()
      app.use(cors({ origin: (origin, callback) => callback(null, origin?.startsWith('https://app.example.com')) }))
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: async (application) => {
      if (!(await lets(application, 'https://app.example.com'))) throw new Error('the site is locked out')
      return lets(application, 'https://app.example.com.evil.example')
    },
  })
})

test('options in a file of their own, in TypeScript', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noPermissiveCors,
    env,
    app: `
      //- /server.ts
      import express from 'express'
      import cors from 'cors'
      import { corsOptions } from './options.js'
      const app = express()
      app.use(cors(corsOptions))
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
      //- /options.ts
      import type { CorsOptions } from 'cors'
      export const corsOptions: CorsOptions = {
        origin: true,
      }
    `,
    honest,
    weakness: isOpen,
  })
})

test('a pattern that other sites passed', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noBypassableOriginCheck,
    app: `
      //- /server.js
      const express = require('express')
      const cors = require('cors')
      const app = express()
      app.use(cors({ origin: /example.com$/ }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async (application) => {
      if (!(await lets(application, 'https://www.example.com'))) throw new Error('a subdomain is locked out')
      return (await lets(application, 'https://notexample.com')) || (await lets(application, 'https://www.examplexcom'))
    },
  })
})

test('an origin that development left', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noDevelopmentOrigin,
    env,
    app: `
      //- /server.js
      const express = require('express')
      const cors = require('cors')
      const app = express()
      app.use(cors({ origin: ['http://localhost:3000', 'https://www.example.com'] }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async (application) => {
      if (!(await lets(application, 'https://www.example.com'))) throw new Error('the named site is locked out')
      return lets(application, 'http://localhost:3000')
    },
  })
})
