// Tests of require-long-hsts.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('a policy of a minute, in options of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import { headers } from './config.js'
    const app = express()
    app.use(helmet(headers))
    //- /config.ts
    export const headers = {
      hsts: {
        maxAge: 60,
    //  ^^^^^^^^^^ [high warning] HSTS lasts 60 seconds only.
        includeSubDomains: true,
      },
    }
  `,
  )
})

test('computed numbers, the new name, the part called by itself', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    import { hsts } from 'helmet'
    const days = 90
    export const a = helmet({ strictTransportSecurity: { maxAge: days * 24 * 60 * 60 } })
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ HSTS lasts 90 days only.
    export const b = hsts({ maxAge: 86400 })
    //                      ^^^^^^^^^^^^^ HSTS lasts a day only.
    export const c = helmet.hsts({ maxAge: 0 })
    //                             ^^^^^^^^^ maxAge 0 makes browsers forget HSTS.
  `,
  )
})

test('headers written by hand', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use((req, res, next) => {
      res.setHeader('Strict-Transport-Security', 'max-age=3600; includeSubDomains')
    //                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HSTS lasts 3600 seconds only.
      next()
    })
    app.use((req, res, next) => {
      res.set({ 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' })
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('preload without subdomains', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet({ hsts: { maxAge: 31536000, includeSubDomains: false, preload: true } })
    //                                                  ^^^^^^^^^^^^^^^^^^^^^^^^ preload is asked for without includeSubDomains.
    export const b = helmet({ hsts: { maxAge: 20000000, preload: true } })
    //                                ^^^^^^^^^^^^^^^^ without a maxAge of a year
  `,
  )
})

test('long enough, default, off, unknown, and subdomains left out on purpose', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    import config from 'config'
    export const a = helmet({ hsts: { maxAge: 15552000 } })
    export const b = helmet({ hsts: { includeSubDomains: false } })
    export const c = helmet({ hsts: false })
    export const d = helmet({ hsts: { maxAge: config.get('maxAge') } })
    export const e = helmet({ hsts: { maxAge: 63072000, includeSubDomains: true, preload: true } })
    export const f = helmet()
  `,
  )
})

test('short in development only', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    const isProduction = process.env.NODE_ENV === 'production'
    export const a = helmet({ hsts: { maxAge: isProduction ? 31536000 : 0 } })
    export const b = (app: any) => { if (!isProduction) app.use(helmet({ hsts: { maxAge: 0 } })) }
  `,
  )
})

test('the fix raises the number', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import helmet from 'helmet'
    export const a = helmet({ hsts: { maxAge: 60, preload: true } })
    export const b = helmet({ hsts: { maxAge: 31536000, includeSubDomains: false, preload: true } })
  `,
    `
    //- /app.ts
    import helmet from 'helmet'
    export const a = helmet({ hsts: { maxAge: 31536000, preload: true } })
    export const b = helmet({ hsts: { maxAge: 31536000, includeSubDomains: true, preload: true } })
  `,
  )
})

test('the fix in CommonJS, of a header written by hand', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.use((req, res, next) => {
      res.setHeader("Strict-Transport-Security", "max-age=60; preload"); // for now
      next();
    });
    app.get("/", (req, res) => res.json({}));
    app.listen(3000);
  `,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.use((req, res, next) => {
      res.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"); // for now
      next();
    });
    app.get("/", (req, res) => res.json({}));
    app.listen(3000);
  `,
  )
})

test('HSTS of the plugin of Fastify', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    await app.register(helmet, { hsts: { maxAge: 3600 } })
    //                                   ^^^^^^^^^^^^ [high] HSTS lasts 3600 seconds only.
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})
