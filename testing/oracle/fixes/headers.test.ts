// Fixes of the headers family, run before and after.
import { expect, test } from 'vitest'
import noPoweredBy from '../../../rules/no-powered-by/rule.js'
import noUnsafeCsp from '../../../rules/no-unsafe-csp/rule.js'
import noWeakenedSecurityHeaders from '../../../rules/no-weakened-security-headers/rule.js'
import requireLongHsts from '../../../rules/require-long-hsts/rule.js'
import requirePermissionsPolicy from '../../../rules/require-permissions-policy/rule.js'
import requireSecurityHeaders from '../../../rules/require-security-headers/rule.js'
import { proveFix, provenFix } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [
  { method: 'GET', path: '/', status: 200 },
  { method: 'GET', path: '/missing', status: 404 },
]

const plain = (use: string) => `
//- /server.js
const express = require('express')
const helmet = require('helmet')

const app = express()
${use}
app.get('/', (req, res) => res.json({ ok: true }))
app.listen(process.env.PORT)
`

test('no-powered-by: the setting, in CommonJS and in a TypeScript class', { timeout: TIMEOUT }, async () => {
  const weakness = async ({ get }: { get(path: string): Promise<Response> }) => (await get('/')).headers.has('x-powered-by')
  await proveFix({
    rule: noPoweredBy,
    app: `
      //- /server.js
      const app = require('express')()
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    intended: ['x-powered-by'],
    weakness,
  })
  await proveFix({
    rule: noPoweredBy,
    express: 4,
    app: { fixture: 'static-singleton' },
    honest,
    intended: ['x-powered-by'],
    weakness: async (app) => weakness(app),
  })
})

test('require-security-headers: helmet in front of everything, in CommonJS, ES modules and TypeScript', { timeout: TIMEOUT }, async () => {
  const weakness = async ({ get }: { get(path: string): Promise<Response> }) => !(await get('/')).headers.has('content-security-policy')
  await proveFix({ rule: requireSecurityHeaders, app: plain('').replace(`const helmet = require('helmet')\n`, ''), honest, weakness })
  const { after } = await provenFix({
    rule: requireSecurityHeaders,
    express: 4,
    app: `
      //- /src/server.mjs
      import express from 'express'
      import { router } from './routes.mjs'

      const app = express()
      app.use(router)
      app.listen(process.env.PORT)
      //- /src/routes.mjs
      import { Router } from 'express'
      export const router = Router().get('/', (req, res) => res.send('hello'))
    `,
    honest,
    weakness,
  })
  expect(after.get('package.json')).toContain('"helmet"')
  await proveFix({
    rule: requireSecurityHeaders,
    app: { fixture: 'typedi-container' },
    honest: [{ method: 'GET', path: '/patients', status: 200 }],
    weakness: async ({ get }) => !(await get('/patients')).headers.has('content-security-policy'),
  })
})

test('no-weakened-security-headers: the option goes', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noWeakenedSecurityHeaders,
    app: plain('app.use(helmet({ noSniff: false, referrerPolicy: { policy: "same-origin" } }))'),
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('x-content-type-options'),
  })
})

test('no-unsafe-csp: the source goes', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnsafeCsp,
    app: plain(`app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } } }))`),
    honest,
    weakness: async ({ get }) => /script-src [^;]*'unsafe-inline'/.test((await get('/')).headers.get('content-security-policy') ?? ''),
  })
})

test('require-long-hsts: a year', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireLongHsts,
    app: plain('app.use(helmet({ hsts: { maxAge: 3600 } }))'),
    honest,
    weakness: async ({ get }) =>
      Number(/max-age=(\d+)/.exec((await get('/')).headers.get('strict-transport-security') ?? '')?.[1] ?? 0) < 15_552_000,
  })
})

test('require-permissions-policy: the header', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requirePermissionsPolicy,
    app: plain('app.use(helmet())'),
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('permissions-policy'),
  })
})
