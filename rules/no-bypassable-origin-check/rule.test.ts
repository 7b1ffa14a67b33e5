// Tests of no-bypassable-origin-check.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

/** An application with these CORS options. */
function application(lines: string): string {
  return `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    const list = ['https://a.example.com', 'https://b.example.com']
${lines}
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
  `
}

test('patterns without anchors, with loose dots', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: /example\\.com/ }))
    //                     ^^^^^^^^^^^^^^ [high warning] is open at its end.
    app.use(cors({ origin: [list[0]!, /example\\.com$/] }))
    //                                ^^^^^^^^^^^^^^^ is open at its start.
    app.use(cors({ origin: /^https:\\/\\/app.example.com$/ }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has a dot that stands for any character.
    app.use(cors({ origin: /^https?:\\/\\/localhost/ }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^ is open at its end
    app.use(cors({ origin: /^https:\\/\\/a\\.example\\.com$|b\\.example\\.com$/ }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is open at its start
    `),
  )
})

test.each([
  ['/^https:\\\\/\\\\/app\\\\.example\\\\.com$/'],
  ['/^https:\\\\/\\\\/([a-z0-9-]+\\\\.)?example\\\\.com$/'],
  ['/\\\\.example\\\\.com$/'],
  ['/^https:\\\\/\\\\/.*\\\\.example\\\\.com$/'],
  ['/^http:\\\\/\\\\/localhost(:\\\\d+)?$/'],
  ['/^chrome-extension:\\\\/\\\\/[a-z]+$/'],
])('the pattern %s holds', (pattern) => {
  check(rule, application(`    app.use(cors({ origin: ${pattern.replaceAll('\\\\', '\\')} }))`))
})

test('parts of the origin in a callback', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.includes('example.com')) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] includes(…) accepts the text anywhere in the origin.
    app.use(cors({ origin: (origin, callback) => {
      if (!origin || origin.startsWith('https://app.example.com')) return callback(null, true)
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ startsWith(…) does not look at the end
      if (origin.endsWith('example.com')) return callback(null, true)
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ endsWith(…) does not look at what stands in front
      callback(new Error('no'))
    } }))
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.indexOf('example.com') !== -1) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ indexOf(…) accepts
    app.use(cors({ origin: (origin, callback) => {
      if (!/example.com$/.test(origin!)) return callback(new Error('no'))
    //     ^^^^^^^^^^^^^^ is open at its start
      callback(null, true)
    } }))
    `),
  )
})

test('a list of parts, a text in the environment, a host name', () => {
  check(
    rule,
    application(`
    const parts = ['example.com']
    app.use(cors({ origin: (origin, callback) => callback(null, parts.some((part) => origin!.endsWith(part))) }))
    //                                                                               ^^^^^^^^^^^^^^^^^^^^^^ endsWith(…)
    app.use(cors({ origin: (origin, callback) => callback(null, process.env.ORIGINS!.includes(origin!)) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ includes(…) searches a text and not a list
    app.use(cors({ origin: (origin, callback) => callback(null, new URL(origin!).hostname.endsWith('example.com')) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ endsWith(…)
    `),
  )
})

test('a suffix that a setting may give: what stands in for the setting says how it is meant', () => {
  check(
    rule,
    application(`
    const domain = process.env.DOMAIN ?? 'example.com'
    app.use(cors({ origin: (origin, callback) => callback(null, new URL(origin!).hostname.endsWith(domain)) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ endsWith(…)
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.endsWith(process.env.DOMAIN ?? '.example.com')) }))
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.endsWith(process.env.DOMAIN!)) }))
    `),
  )
})

test('a suffix for which a schema over the environment has a default', () => {
  const fixture = (schema: string, mark = ''): string => `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "cors": "^2.8.5", "zod": "^4.0.0", "joi": "^18.0.0", "envalid": "^8.0.0" } }
    //- /env.ts
    import { z } from 'zod'
    import Joi from 'joi'
    import { cleanEnv, str } from 'envalid'
    export const env = ${schema}
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    import { env } from './env.js'
    const app = express()
    app.use(cors({ origin: (origin, callback) => callback(null, new URL(origin!).hostname.endsWith(env.DOMAIN)) }))
${mark}
    app.listen(3000)
  `
  const mark = `    //                                                          ${'^'.repeat(46)} endsWith(…) does not look at what stands in front`
  check(rule, fixture("z.object({ DOMAIN: z.string().default('example.com') }).parse(process.env)", mark))
  check(rule, fixture("Joi.object({ DOMAIN: Joi.string().default('example.com') }).validate(process.env).value", mark))
  check(rule, fixture("cleanEnv(process.env, { DOMAIN: str({ default: 'example.com' }) })", mark))
  check(rule, fixture("z.object({ DOMAIN: z.string().default('.example.com') }).parse(process.env)"))
  check(rule, fixture('z.object({ DOMAIN: z.string() }).parse(process.env)'))
  check(rule, fixture("z.object({ DOMAIN: z.string(), OTHER: z.string().default('example.com') }).parse(process.env)"))
})

test('a prefix passes whatever the list holds', () => {
  check(
    rule,
    application(`
    const allowed = process.env.ORIGINS!.split(',')
    const trimmed = (process.env.ORIGINS ?? '').split(',').map((one) => one.trim()).filter(Boolean)
    app.use(cors({ origin(origin, callback) {
      if (!origin || allowed.some((one) => origin.startsWith(one))) return callback(null, true)
    //                                     ^^^^^^^^^^^^^^^^^^^^^^ [medium warning] startsWith(…) does not look at the end of the origin, whatever it is compared with.
      callback(new Error('no'))
    } }))
    app.use(cors({ origin: (origin, callback) => callback(null, trimmed.some((one) => origin!.startsWith(one))) }))
    //                                                                                ^^^^^^^^^^^^^^^^^^^^^^^ [medium] startsWith(…)
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.startsWith(process.env.APP_URL!)) }))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] startsWith(…)
    app.use(cors({ origin: (origin, callback) => callback(null, allowed.some((one) => origin!.startsWith(one + '/'))) }))
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.startsWith(process.env.APP_SCHEME!)) }))
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.startsWith(\`\${process.env.APP_URL}:\`)) }))
    app.use(cors({ origin: (origin, callback) => callback(null, allowed.some((one) => origin === one)) }))
    `),
  )
})

test('delegates of Fastify: given by a function, with a callback or a promise', () => {
  const app = (options: string): string => `
    //- /app.ts
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const app = Fastify()
    const ours = new Set(['https://example.com'])
    await app.register(cors, ${options})
    app.get('/', async () => ({}))
    await app.listen({ port: 3000 })
  `
  check(
    rule,
    app(`() => async (request) => {
      const origin = request.headers.origin ?? ''
      return { origin: origin.endsWith('example.com'), credentials: true }
      //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] endsWith(…)
    }`),
  )
  check(
    rule,
    app(`{
      delegator: async (request) => {
        const origin = request.headers.origin ?? ''
        if (origin.includes('example.com')) return { origin: true, credentials: true }
        //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] includes(…)
        return { origin: false }
      },
    }`),
  )
  check(
    rule,
    app(`() => (request, callback) => {
      const origin = request.headers.origin ?? ''
      callback(null, { origin: origin.endsWith('example.com') })
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] endsWith(…)
    }`),
  )
  check(rule, app(`() => async (request) => ({ origin: ours.has(request.headers.origin ?? '') ? request.headers.origin : false })`))
  check(rule, app(`{ delegator: async (request) => ({ origin: request.headers.origin === 'https://example.com' }) }`))
})

test('a prefix of a list of settings, in Fastify and Nest', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const app = Fastify()
    const envList = (name: string) => (process.env[name] ?? '').split(',').map((one) => one.trim())
    const origins = envList('CORS_ORIGINS')
    await app.register(cors, {
      origin: (origin, done) => {
        if (!origin || origins.some((one) => origin.startsWith(one))) return done(null, true)
    //                                       ^^^^^^^^^^^^^^^^^^^^^^ [medium] startsWith(…)
        done(new Error('no'), false)
      },
    })
    app.get('/', async () => ({}))
    await app.listen({ port: 3000 })
    `,
  )
  check(
    rule,
    `
    //- /main.ts
    import { Module } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    @Module({})
    class AppModule {}
    const app = await NestFactory.create(AppModule)
    const origins = process.env.ORIGINS!.split(',')
    app.enableCors({
      origin: (origin, done) => done(null, !origin || origins.some((one) => origin.startsWith(one))),
    //                                                                      ^^^^^^^^^^^^^^^^^^^^^^ [medium] startsWith(…)
    })
    await app.listen(3000)
    `,
  )
})

test('a helper of another file', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const { isAllowed } = require('./origins')
    const app = express()
    app.use(cors({ origin: (origin, callback) => (isAllowed(origin) ? callback(null, true) : callback(new Error('no'))) }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /origins.js
    exports.isAllowed = (origin) => origin === 'https://x.example.com' || origin.includes('.example.com')
    //                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ includes(…)
  `,
  )
})

test('headers written by hand', () => {
  check(
    rule,
    application(`
    app.use((req, res, next) => {
      const origin = req.headers.origin
      if (origin && origin.endsWith('example.com')) res.setHeader('Access-Control-Allow-Origin', origin)
    //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ endsWith(…)
      next()
    })`),
  )
})

test('the origin null', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: ['https://a.example.com', 'null'] }))
    //                                               ^^^^^^ [high] The origin 'null' is let in.
    app.use(cors({ origin: (origin, callback) => callback(null, origin === 'null' || list.includes(origin!)) }))
    //                                                                     ^^^^^^ The origin 'null' is let in.
    `),
  )
})

test('checks that hold, and checks that refuse', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: (origin, callback) => callback(null, !origin || list.includes(origin)) }))
    app.use(cors({ origin: (origin, callback) => callback(null, list.some((one) => one === origin)) }))
    app.use(cors({ origin: (origin, callback) => callback(null, origin!.endsWith('.example.com')) }))
    app.use(cors({ origin: (origin, callback) => callback(null, process.env.ORIGINS!.split(',').includes(origin!)) }))
    app.use(cors({ origin: (origin, callback) => {
      if (origin?.includes('evil')) return callback(new Error('no'))
      callback(null, list.includes(origin!))
    } }))
    if (process.env.NODE_ENV === 'development') app.use(cors({ origin: /localhost/ }))`),
  )
})

test('the fix anchors and escapes', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import cors from 'cors'
    export const a = cors({ origin: /example.com$/ })
    export const b = cors({ origin: /^https:\\/\\/app.example.com$/i })
    export const c = cors({ origin: [/https?:\\/\\/localhost:3000/] })
  `,
    `
    //- /app.ts
    import cors from 'cors'
    export const a = cors({ origin: /^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/ })
    export const b = cors({ origin: /^https:\\/\\/app\\.example\\.com$/i })
    export const c = cors({ origin: [/^https?:\\/\\/localhost:3000$/] })
  `,
  )
})

test('the fix compares the whole origin, in CommonJS', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const cors = require("cors");
    module.exports = cors({
      origin: (origin, callback) => callback(null, origin.startsWith("https://app.example.com")), // ours
    });
  `,
    `
    //- /app.js
    const cors = require("cors");
    module.exports = cors({
      origin: (origin, callback) => callback(null, origin === "https://app.example.com"), // ours
    });
  `,
  )
})

test('searches for a whole origin compare it, and those for the name of a host get a pattern', () => {
  const policy = (check: string): string => `
//- /app.ts
import cors from 'cors'
export const a = cors({ origin: (origin, callback) => callback(null, ${check}) })
`
  const PATTERN = '/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/'
  checkFix(rule, policy("origin!.includes('https://example.com')"), policy("origin! === 'https://example.com'"))
  checkFix(rule, policy("origin!.indexOf('https://example.com') === 0"), policy("origin! === 'https://example.com'"))
  checkFix(rule, policy("!origin || origin.indexOf('example.com') !== -1"), policy(`!origin || ${PATTERN}.test(origin)`))
  checkFix(rule, policy("origin?.endsWith('example.com')"), policy(`${PATTERN}.test(origin ?? '')`))
  checkFix(rule, policy("origin!.indexOf('.example.com') > -1"), policy(`${PATTERN}.test(origin!)`))
  const guarded = (check: string): string => `
//- /app.js
const cors = require('cors')
exports.a = cors({
  origin(origin, callback) {
    if (${check}) return callback(new Error('no'))
    callback(null, true)
  },
})
`
  checkFix(rule, guarded("origin.indexOf('example.com') === -1"), guarded(`!${PATTERN}.test(origin)`))
})

test('what was meant by a part is left to a person', () => {
  checkNoFix(
    rule,
    `
    //- /app.ts
    import cors from 'cors'
    export const a = cors({ origin: (origin, callback) => callback(null, origin!.includes('example')) })
  `,
  )
})

test('a variable that a schema turns into a list is no text', () => {
  check(
    rule,
    application(`
    import { z } from 'zod'
    import { cleanEnv, makeValidator, str } from 'envalid'
    const env = z.object({ LISTED: z.string().transform((text) => text.split(',')), PLAIN: z.string() }).parse(process.env)
    const origins = makeValidator((text) => text.split(','))
    const clean = cleanEnv(process.env, { ORIGINS: origins(), ORIGIN: str() })
    app.use(cors({ origin: (origin, done) => done(null, env.LISTED.includes(origin)) }))
    app.use(cors({ origin: (origin, done) => done(null, clean.ORIGINS.includes(origin)) }))
    app.use(cors({ origin: (origin, done) => done(null, env.PLAIN.includes(origin)) }))
    //                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ searches a text and not a list
    app.use(cors({ origin: (origin, done) => done(null, clean.ORIGIN.includes(origin)) }))
    //                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ searches a text and not a list
    `),
  )
})

test('patterns that are made of texts, and what is asked inside of ternaries and of lists that are not known', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const app = express()
    const loose = new RegExp('shop\\\\.example')
    //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] is open at its end
    const exact = RegExp('^https://shop\\\\.example$')
    const endings = process.env.ENDINGS.split(',')
    app.use('/a', cors({ origin: (origin, done) => done(null, loose.test(origin)) }))
    app.use('/b', cors({ origin: (origin, done) => done(null, exact.test(origin)) }))
    app.use('/c', cors({ origin: [new RegExp('shop\\\\.example$')] }))
    //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] is open at its start
    app.use('/d', cors({ origin: (origin, done) => done(null, origin.endsWith('shop.example') ? origin : false) }))
    //                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] does not look at what stands in front
    app.use('/e', cors({ origin: (origin, done) => done(null, endings.some((ending) => ending === origin)) }))
    app.use('/f', cors({ origin: new RegExp(process.env.PATTERN) }))
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})
