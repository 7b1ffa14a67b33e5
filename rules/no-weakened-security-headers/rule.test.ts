// Tests of no-weakened-security-headers.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

/** An application that sends pages, with this line in it. */
function page(lines: string): string {
  return `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
${lines}
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
  `
}

test('each of the headers that count', () => {
  check(
    rule,
    page(`
    app.use(
      helmet({
        contentSecurityPolicy: false,
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] contentSecurityPolicy: false takes content-security-policy away.
        hsts: false,
    //  ^^^^^^^^^^^ [high warning] strict-transport-security
        frameguard: false,
    //  ^^^^^^^^^^^^^^^^^ [high warning] x-frame-options
        noSniff: false,
    //  ^^^^^^^^^^^^^^ [high warning] x-content-type-options
        referrerPolicy: false,
    //  ^^^^^^^^^^^^^^^^^^^^^ [high info] referrer-policy
        crossOriginOpenerPolicy: false,
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high info] cross-origin-opener-policy
      }),
    )`),
  )
})

test('the new names, and options of another file', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const { headers } = require('./config')
    const app = express()
    app.use(helmet(headers))
    //      ~~~~~~~~~~~~~~~ [evidence] helmet gets the option here
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
    //- /config.js
    exports.headers = {
      strictTransportSecurity: false,
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ takes strict-transport-security away
      xContentTypeOptions: false,
    //^^^^^^^^^^^^^^^^^^^^^^^^^^ x-content-type-options
    }
  `,
  )
})

test('a JSON service needs no content policy', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet({ contentSecurityPolicy: false }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high info] content-security-policy
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('what helmet leaves off anyway, or what does not matter', () => {
  check(
    rule,
    page(
      `    app.use(helmet({ xssFilter: false, crossOriginEmbedderPolicy: false, crossOriginResourcePolicy: { policy: 'cross-origin' }, hsts: true }))`,
    ),
  )
})

test('a policy that is set elsewhere', () => {
  check(rule, page(`    app.use(helmet({ contentSecurityPolicy: false }), helmet.contentSecurityPolicy({ directives: {} }))`))
  check(
    rule,
    page(`
    app.use(helmet({ contentSecurityPolicy: false }))
    app.use((req, res, next) => {
      res.setHeader('Content-Security-Policy', "default-src 'self'")
      next()
    })`),
  )
  check(
    rule,
    page(`
    app.use(helmet())
    app.use('/docs', helmet({ contentSecurityPolicy: false }))`),
  )
})

test('a policy that only development has does not count', () => {
  check(
    rule,
    page(`
    app.use(helmet({ contentSecurityPolicy: false }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ content-security-policy
    if (process.env.NODE_ENV === 'development') app.use(helmet.contentSecurityPolicy())`),
  )
})

test('off in development only', () => {
  check(
    rule,
    page(`
    app.use(helmet({ contentSecurityPolicy: process.env.NODE_ENV === 'production' ? undefined : false }))
    if (process.env.NODE_ENV !== 'production') app.use(helmet({ hsts: false }))`),
  )
})

test('off unless something is set', () => {
  check(
    rule,
    page(`
    app.use(helmet({ contentSecurityPolicy: process.env.CSP === 'on' ? {} : false }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] contentSecurityPolicy`),
  )
})

test('off where somebody asks for it', () => {
  check(rule, page(`    app.use(helmet({ contentSecurityPolicy: process.env.NO_CSP === 'true' ? false : {} }))`))
})

test('off by a decision that is not known', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import config from 'config'
    const app = express()
    app.use(helmet({ hsts: config.get('hsts') ? undefined : false }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] hsts
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
  `,
  )
})

test('code that no entry reaches', () => {
  check(
    rule,
    `
    import helmet from 'helmet'
    export function secure(app: any) {
      app.use(helmet({ noSniff: false }))
    //                 ^^^^^^^^^^^^^^ x-content-type-options
    }
  `,
  )
})

test('test code', () => {
  check(
    rule,
    `
    //- /test/app.test.ts
    import helmet from 'helmet'
    test('x', () => { helmet({ frameguard: false }) })
  `,
  )
})

test('the fix removes the option', () => {
  checkFix(rule, page(`    app.use(helmet({ noSniff: false, ieNoOpen: true }))`), page(`    app.use(helmet({ ieNoOpen: true }))`))
})

test('the fix in CommonJS, in an object of its own', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const helmet = require("helmet");
    const options = {
      // Old browsers.
      ieNoOpen: true,
      noSniff: false,
      hsts: false,
    };
    module.exports = (app) => app.use(helmet(options));
  `,
    `
    //- /app.js
    const helmet = require("helmet");
    const options = {
      // Old browsers.
      ieNoOpen: true,
    };
    module.exports = (app) => app.use(helmet(options));
  `,
  )
})

test('options of the plugin of Fastify', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    await app.register(helmet, { frameguard: false, contentSecurityPolicy: false })
    //                           ^^^^^^^^^^^^^^^^^ [high] frameguard: false takes x-frame-options away.
    //                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contentSecurityPolicy
    app.get('/', async (request, reply) => reply.type('text/html').send('<p>hello</p>'))
    await app.listen({ port: 3000 })
  `,
  )
})

test('what another application of the project sets is no protection here', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "node shop.js", "start:admin": "node admin.js" }, "dependencies": { "express": "^5.0.0", "helmet": "^8.0.0" } }
    //- /shop.js
    import express from 'express'
    import helmet from 'helmet'
    import { sniffing } from './sniffing.js'
    const app = express()
    app.use(helmet({ noSniff: false }), sniffing)
    app.get('/', (req, res) => res.send('<p>shop</p>'))
    app.listen(3000)
    //- /sniffing.js
    export const sniffing = (req, res, next) => {
      res.setHeader('X-Content-Type-Options', 'nosniff')
      next()
    }
    //- /admin.js
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet({ hsts: false, noSniff: false }))
    //               ^^^^^^^^^^^ [high warning] hsts: false takes strict-transport-security away.
    //                            ^^^^^^^^^^^^^^ [high warning] noSniff: false takes x-content-type-options away.
    app.get('/admin', (req, res) => res.send('<p>admin</p>'))
    app.listen(3001)
  `,
  )
})

test('who may frame the pages is said by the policy of helmet, which browsers go by', () => {
  check(
    rule,
    page(`
    app.use('/a', helmet({ frameguard: false }))
    app.use('/b', helmet({ xFrameOptions: false, contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'data:'] } } }))
    app.use('/c', helmet({ xFrameOptions: false, contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"], frameAncestors: ['https://shop.example'] } } }))`),
  )
  check(
    rule,
    page(`
    app.use(helmet({ xFrameOptions: false, contentSecurityPolicy: false }))
    app.use((req, res, next) => {
      res.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'")
      next()
    })`),
  )
})

test('a policy that says nothing of frames, or lets every site frame', () => {
  const policies = [
    `{ useDefaults: false, directives: { defaultSrc: ["'self'"] } }`,
    '{ reportOnly: true }',
    '{ directives: { frameAncestors: null } }',
    "{ directives: { frameAncestors: ['*'] } }",
  ]
  for (const policy of policies)
    check(
      rule,
      page(`
    app.use(helmet({ xFrameOptions: false, contentSecurityPolicy: ${policy} }))
    //               ^^^^^^^^^^^^^^^^^^^^ [high warning] xFrameOptions: false takes x-frame-options away.`),
    )
})

test('what helmet knows and does unasked depends on its version, also where the plugin of Fastify brings it along', () => {
  const weakened = (version: string, options: string, mark: string): string => `${page(`
    app.use(
      helmet({
        ${options}
    ${mark}
      }),
    )`)}
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "helmet": "${version}" } }
  `
  const policy = 'contentSecurityPolicy: false,'
  check(rule, weakened('^3.23.3', policy, ''))
  check(rule, weakened('^4.6.0', policy, '//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] takes content-security-policy away'))
  const opener = 'crossOriginOpenerPolicy: false,'
  check(rule, weakened('^4.6.0', opener, ''))
  check(rule, weakened('^5.1.1', opener, '//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] takes cross-origin-opener-policy away'))
  check(rule, weakened('^5.1.1', 'strictTransportSecurity: false,', ''))
  check(rule, weakened('6.1.5', 'strictTransportSecurity: false,', ''))
  check(
    rule,
    weakened('^6.2.0', 'strictTransportSecurity: false,', '//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] takes strict-transport-security away'),
  )
  const framed = `contentSecurityPolicy: { directives: { defaultSrc: ["'self'"] } }, frameguard: false,`
  const mark = `//${' '.repeat(4 + framed.indexOf('frameguard') - 2)}^^^^^^^^^^^^^^^^^ [high] takes x-frame-options away`
  check(rule, weakened('^3.23.3', framed, mark))
  check(rule, weakened('^4.6.0', framed, mark))
  check(rule, weakened('^5.0.2', framed, ''))
  check(rule, weakened('^4.6.0', 'frameguard: false,', ''))
  check(rule, weakened('^3.23.3', 'frameguard: false,', '//  ^^^^^^^^^^^^^^^^^ [high] takes x-frame-options away'))
  const fastify = (version: string, written: string): string => `
    //- /app.js
    const app = require('fastify')()
    app.register(require('fastify-helmet'), { ${written} })
    app.get('/', async () => ({}))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "fastify": "^3.0.0", "fastify-helmet": "${version}" } }
  `
  check(rule, fastify('^4.0.2', policy))
  check(rule, fastify('^7.1.0', 'xFrameOptions: false'))
})

test('a header that a layer behind helmet takes off every response', () => {
  const removing = (lines: string, rest = ''): string => `
    //- /app.js
    const app = require('express')()
    const helmet = require('helmet')
    ${lines.trim().replaceAll('\n', '\n    ')}
    app.get('/', (req, res) => res.send('<p>hello</p>'))
    ${rest}
    app.listen(3000)
  `
  const nosniff = "app.use((req, res, next) => { res.removeHeader('X-Content-Type-Options'); next() })"
  const mark =
    '//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, warning] x-content-type-options is taken off every'
  check(rule, removing(`app.use(helmet())\n${nosniff}\n${mark}`))
  check(
    rule,
    removing(`
app.use(helmet())
app.use((req, res, next) => { res.set('Strict-Transport-Security', ''); next() })
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] strict-transport-security is taken off every`),
  )
  check(rule, removing(`${nosniff}\napp.use(helmet())`))
  check(
    rule,
    removing(
      `app.use(helmet())\n${nosniff}`,
      "app.get('/a', (req, res) => { res.set('X-Content-Type-Options', 'nosniff'); res.send('a') })",
    ),
  )
  check(rule, removing(`app.use(helmet())\napp.use('/files', (req, res, next) => { res.removeHeader('X-Content-Type-Options'); next() })`))
  check(
    rule,
    removing(`app.use(helmet())\napp.use((req, res, next) => { if (req.query.raw) res.removeHeader('X-Content-Type-Options'); next() })`),
  )
  check(rule, removing('app.use(helmet())', "app.get('/a', (req, res) => { res.removeHeader('X-Content-Type-Options'); res.send('a') })"))
  check(rule, removing("app.use(helmet())\napp.use((req, res, next) => { res.removeHeader('X-Frame-Options'); next() })"))
  check(rule, removing(nosniff))
  // Sent again, or only taken off what stands behind.
  check(rule, removing(`app.use(helmet())\n${nosniff}\napp.use(helmet.noSniff())`))
  check(rule, removing(`app.use(helmet())\n${nosniff}`, "app.get('/a', helmet.noSniff(), (req, res) => res.send('a'))"))
  check(rule, removing(`app.use(helmet())\napp.get('/a', (req, res) => res.send('a'))\n${nosniff}`))
  check(rule, removing(`app.use(helmet.noSniff())\napp.use(helmet())\n${nosniff}\n${mark}`))
})

test('a header that a hook of Fastify takes off every reply', () => {
  const hooked = (hook: string, order: 'behind' | 'before', mark: string): string => {
    const lines = [
      'await app.register(helmet)',
      `app.addHook('${hook}', async (request, reply) => { reply.removeHeader('x-content-type-options') })\n    ${mark}`,
    ]
    return `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    ${(order === 'behind' ? lines : lines.toReversed()).join('\n    ')}
    app.get('/', async (request, reply) => reply.type('text/html').send('<p>hello</p>'))
    await app.listen({ port: 3000 })
  `
  }
  const mark = (hook: string): string => `//${' '.repeat(hook.length + 42)}${'^'.repeat(44)} [high] taken off every`
  check(rule, hooked('onRequest', 'behind', mark('onRequest')))
  check(rule, hooked('preHandler', 'before', mark('preHandler')))
  check(rule, hooked('onRequest', 'before', ''))
  check(rule, hooked('onResponse', 'behind', ''))
})
