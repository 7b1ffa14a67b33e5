// Tests of no-unsafe-csp.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('inline and evaluated scripts in options of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import { policy } from './policy.js'
    const app = express()
    app.use(helmet({ contentSecurityPolicy: policy }))
    //- /policy.ts
    export const policy = {
      directives: {
        scriptSrc: ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    //                        ^^^^^^^^^^^^^^^^^ [high warning] script-src allows 'unsafe-inline', 'unsafe-eval'.
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    }
  `,
  )
})

test('kebab-case names, spread defaults, the part called by itself', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet({ contentSecurityPolicy: { directives: { ...helmet.contentSecurityPolicy.getDefaultDirectives(), 'script-src': ['*'] } } })
    //                                                                                                                                      ^^^ script-src allows *.
    export const b = helmet.contentSecurityPolicy({ directives: { scriptSrcElem: ['data:', 'https:'] } })
    //                                                                            ^^^^^^^ script-src-elem allows data:, https:.
  `,
  )
})

test('default-src decides about scripts where nothing else does', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ['*'], objectSrc: ["'none'"], baseUri: ["'self'"] } } })
    //                                                                                                ^^^ [warning] default-src allows *.
    export const b = helmet({ contentSecurityPolicy: { directives: { defaultSrc: ['*'] } } })
    //                                                                            ^^^ [info] default-src allows *.
  `,
  )
})

test('a header written by hand', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use((req, res, next) => {
      res.setHeader('Content-Security-Policy', "default-src 'self'; script-src 'self' 'unsafe-inline'")
    //                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] script-src allows 'unsafe-inline'.
      next()
    })
    app.get('/', (req, res) => res.send('<p>'))
    app.listen(3000)
  `,
  )
})

test('nonces, hashes and strict-dynamic', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'self'", "'unsafe-inline'", (req: any, res: any) => \`'nonce-\${res.locals.nonce}'\`] } })
    export const b = helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'unsafe-inline'", "'sha256-abc='"] } })
    export const c = helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'strict-dynamic'", "'nonce-x'", 'https:', "'unsafe-inline'"] } })
    export const d = (req: any, res: any, next: any) => { res.set('Content-Security-Policy', \`script-src 'unsafe-inline' 'nonce-\${res.locals.nonce}'\`); next() }
  `,
  )
})

test('what is common and harmless', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet()
    export const b = helmet({ contentSecurityPolicy: { directives: { styleSrc: ["'unsafe-inline'"], imgSrc: ['*', 'data:'], connectSrc: ['*'] } } })
    export const c = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", 'https://cdn.example.com'] } } })
    export const d = (req: any, res: any, next: any) => { res.set('Content-Security-Policy', "frame-ancestors 'self'"); next() }
  `,
  )
})

test('only development is wide', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    const isDevelopment = process.env.NODE_ENV !== 'production'
    export const a = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", ...(isDevelopment ? ["'unsafe-eval'"] : [])] } } })
  `,
  )
})

test('a policy for the documentation alone', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    app.use('/api-docs', helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } } }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('missing directives without the defaults', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet.contentSecurityPolicy({ useDefaults: false, directives: { defaultSrc: ["'self'"] } })
    //                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The policy lacks object-src and base-uri.
    export const b = helmet.contentSecurityPolicy({ useDefaults: false, directives: { defaultSrc: ["'none'"], baseUri: ["'self'"] } })
  `,
  )
})

test('a policy that is only reported', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet({ contentSecurityPolicy: { reportOnly: true, directives: { scriptSrc: ["'unsafe-inline'"] } } })
    //                                                 ^^^^^^^^^^^^^^^^ [high] The policy is only reported, not enforced.
  `,
  )
  check(
    rule,
    `
    import helmet from 'helmet'
    export const a = helmet.contentSecurityPolicy({ reportOnly: true, directives: { scriptSrc: ["'self'"] } })
    export const b = helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'self'"] } })
  `,
  )
})

test('the fix takes the sources out', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import helmet from 'helmet'
    export const a = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'", 'https://cdn.example.com'], 'default-src': ['*'] } } })
  `,
    `
    //- /app.ts
    import helmet from 'helmet'
    export const a = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", 'https://cdn.example.com'], 'default-src': ["'self'"] } } })
  `,
  )
})

test('the fix in CommonJS enforces and adds', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const helmet = require("helmet");
    exports.csp = helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: { defaultSrc: ["'self'"] },
    });
  `,
    `
    //- /app.js
    const helmet = require("helmet");
    exports.csp = helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: { defaultSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'self'"] },
    });
  `,
  )
  checkFix(
    rule,
    `
    //- /app.js
    const helmet = require("helmet");
    exports.csp = helmet({ contentSecurityPolicy: { reportOnly: true, directives: {} } });
  `,
    `
    //- /app.js
    const helmet = require("helmet");
    exports.csp = helmet({ contentSecurityPolicy: { directives: {} } });
  `,
  )
})

test('sources that are written elsewhere are left to a person', () => {
  checkNoFix(
    rule,
    `
    //- /app.ts
    import helmet from 'helmet'
    const cdn = 'https://cdn.example.com'
    export const a = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ['*', cdn] } } })
  `,
  )
})

test('the policy of the plugin of Fastify', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    await app.register(helmet, {
      contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } },
      //                                                           ^^^^^^^^^^^^^^^^^ [high] script-src allows 'unsafe-inline'.
    })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('before version 5, helmet adds nothing to the directives that are written', () => {
  const policy = (version: string, more: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(
      require('helmet').contentSecurityPolicy({
    ${mark}
        ${more}
        directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"] },
      }),
    )
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "helmet": "${version}" } }
  `
  const mark = '//                                        ^ lacks object-src and base-uri'
  check(rule, policy('^3.23.3', '', mark))
  check(rule, policy('^4.6.0', '', mark))
  check(rule, policy('^4.6.0', 'useDefaults: true,', ''))
  check(rule, policy('^5.1.1', '', ''))
})

test('the policy of lusca, whose sources are texts', () => {
  const served = (written: string): string => `
    //- /app.js
    const express = require('express')
    const lusca = require('lusca')
    const app = express()
    app.use(${written}
    )
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
  `
  check(
    rule,
    served(`lusca({ csp: { policy: { 'default-src': "'self'", 'script-src': "'self' 'unsafe-inline'" } }, nosniff: true })
    //                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^ script-src allows 'unsafe-inline'`),
  )
  check(
    rule,
    served(`lusca.csp({ policy: "default-src 'self'; script-src 'unsafe-eval'" })
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ script-src allows 'unsafe-eval'`),
  )
  check(rule, served(`lusca.csp({ policy: { 'default-src': "'self'", 'img-src': '*' } })`))
})
