// Further shapes of the fixes about headers, proven on running applications: order, mounted applications, text in place of options.
import { test } from 'vitest'
import noPoweredBy from '../../../rules/no-powered-by/rule.js'
import noUnsafeCsp from '../../../rules/no-unsafe-csp/rule.js'
import requireLongHsts from '../../../rules/require-long-hsts/rule.js'
import requirePermissionsPolicy from '../../../rules/require-permissions-policy/rule.js'
import requireSecurityHeaders from '../../../rules/require-security-headers/rule.js'
import { proveFix } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [{ method: 'GET', path: '/', status: 200 }]

test('helmet in TypeScript', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireSecurityHeaders,
    app: `
      //- /server.ts
      import express from 'express'
      export class Server {
        readonly app = express()
        constructor() {
          this.app.get('/', (_req, res) => {
            res.json({ ok: true })
          })
        }
      }
      new Server().app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('x-frame-options'),
  })
})

test('helmet that came too late', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireSecurityHeaders,
    app: `
      //- /server.js
      const express = require('express')
      const helmet = require('helmet')
      const app = express()
      app.get('/early', (req, res) => res.json({ ok: true }))
      app.use(helmet({ frameguard: { action: 'deny' } }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/early', status: 200 }],
    weakness: async ({ get }) => (await get('/early')).headers.get('x-frame-options') !== 'DENY',
  })
})

test('helmet that was not called answers 500', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireSecurityHeaders,
    app: `
      //- /server.js
      const express = require('express')
      const helmet = require('helmet')
      const app = express()
      app.use(helmet)
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest: [],
    weakness: async ({ get }) => (await get('/')).status === 500,
  })
})

test.each([4, 5] as const)('X-Powered-By, of a mounted application too, Express %d', { timeout: TIMEOUT }, async (express) => {
  await proveFix({
    rule: noPoweredBy,
    express,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      const admin = express()
      admin.get('/', (req, res) => res.json({ admin: true }))
      app.use('/admin', admin)
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/admin', status: 200 }],
    intended: ['x-powered-by'],
    weakness: async ({ get }) => (await get('/admin')).headers.has('x-powered-by') || (await get('/')).headers.has('x-powered-by'),
  })
})

test('a mounted application that brings X-Powered-By back', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noPoweredBy,
    app: `
      //- /server.ts
      import express from 'express'
      import helmet from 'helmet'
      const app = express()
      app.use(helmet())
      const admin = express()
      admin.get('/', (_req, res) => {
        res.json({ admin: true })
      })
      app.use('/admin', admin)
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest: [...honest, { method: 'GET', path: '/admin', status: 200 }],
    intended: ['x-powered-by'],
    weakness: async ({ get }) => (await get('/admin')).headers.has('x-powered-by'),
  })
})

test('directives that a policy without defaults lacked', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnsafeCsp,
    app: `
      //- /server.js
      const express = require('express')
      const helmet = require('helmet')
      const app = express()
      app.use(helmet.contentSecurityPolicy({ useDefaults: false, directives: { defaultSrc: ["'self'"] } }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.get('content-security-policy')?.includes('base-uri'),
  })
})

test('a policy that was only reported', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnsafeCsp,
    app: `
      //- /server.js
      const express = require('express')
      const helmet = require('helmet')
      const app = express()
      app.use(helmet({ contentSecurityPolicy: { reportOnly: true, directives: { scriptSrc: ["'self'"] } } }))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('content-security-policy'),
  })
})

test('HSTS in a header written by hand', { timeout: TIMEOUT }, async () => {
  const isShort = (text: string | null): boolean => Number(/max-age=(\d+)/.exec(text ?? '')?.[1] ?? 0) < 15_552_000
  await proveFix({
    rule: requireLongHsts,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      app.use((req, res, next) => {
        res.setHeader('Strict-Transport-Security', 'max-age=60')
        next()
      })
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async ({ get }) => isShort((await get('/')).headers.get('strict-transport-security')),
  })
})

test('a Permissions-Policy in TypeScript', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requirePermissionsPolicy,
    app: `
      //- /server.ts
      import express from 'express'
      const app = express()
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('permissions-policy'),
  })
})
