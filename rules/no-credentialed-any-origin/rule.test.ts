// Tests of no-credentialed-any-origin.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

/** An application with this middleware and one route. */
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

test('reflection with credentials', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: true, credentials: true }))
    //             ^^^^^^^^^^^^ [high error] Any site can act as the user: every origin is allowed, with credentials.
    app.use(cors({ credentials: true, origin: (origin, callback) => callback(null, true) }))
    //                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] Any site can act
    app.use(cors((req, callback) => callback(null, { origin: true, credentials: true })))
    //                                               ^^^^^^^^^^^^ [high error] Any site can act
    `),
  )
})

test('options of another file, put together there', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const { options } = require('./config')
    const app = express()
    app.use(cors({ ...options, credentials: true }))
    //      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] used here
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
    //- /config.js
    exports.options = { origin: /.*/ }
    //                  ^^^^^^^^^^^^ [high error] Any site can act
  `,
  )
})

test('star with credentials is broken', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: '*', credentials: true }))
    //             ^^^^^^^^^^^ [high warning] Credentials do not work with *: browsers refuse the answers.
    app.use(cors({ credentials: true }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] Credentials do not work with *
    `),
  )
})

test('a fallback that opens', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: process.env.CLIENT_URL || true, credentials: true }))
    //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] Any site can act as the user unless CLIENT_URL is set.
    `),
  )
})

test('headers written by hand', () => {
  check(
    rule,
    application(`
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', req.headers.origin || '*')
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] Any site can act
      res.header('Access-Control-Allow-Credentials', 'true')
      next()
    })
    `),
  )
})

test('socket.io', () => {
  check(
    rule,
    `
    import { Server } from 'socket.io'
    export const io = new Server(3000, { cors: { origin: true, credentials: true } })
    //                                           ^^^^^^^^^^^^ [high error] Any site can act
  `,
  )
})

test('named origins, no credentials, development', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: list, credentials: true }))
    app.use(cors({ origin: process.env.CLIENT_URL, credentials: true }))
    app.use(cors({ origin: true }))
    app.use(cors({ origin: (o, cb) => cb(null, !o || list.includes(o)), credentials: true }))
    app.use(cors({ origin: process.env.NODE_ENV === 'production' ? list : true, credentials: true }))
    if (process.env.NODE_ENV !== 'production') app.use(cors({ origin: true, credentials: true }))
    app.use((req, res, next) => {
      const origin = req.headers.origin ?? ''
      if (list.includes(origin)) {
        res.header('Access-Control-Allow-Origin', origin)
        res.header('Access-Control-Allow-Credentials', 'true')
      } else {
        res.header('Access-Control-Allow-Origin', '*')
      }
      next()
    })`),
  )
})

test('an origin that is the same as another header says nothing', () => {
  check(
    rule,
    application(`
    app.use((req, res, next) => {
      res.header('Access-Control-Allow-Origin', 'https://a.example.com')
      res.header('Access-Control-Allow-Credentials', 'true')
      next()
    })`),
  )
})

test('a callback that answers with the name of an origin, a pattern or a list lets nobody else in', () => {
  const answered = (answer: string, mark = ''): string =>
    application(`
    app.use(cors({ credentials: true, origin: (origin, callback) => callback(null, ${answer})
    ${mark}
    }))`)
  check(rule, answered("'https://a.example.com'"))
  check(rule, answered('/^https:\\/\\/a\\.example\\.com$/'))
  check(rule, answered('list'))
  check(
    rule,
    answered(
      'true',
      '//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Any site can act as the user',
    ),
  )
})

test('the fix names origins and keeps credentials', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    app.use(cors({ origin: true, credentials: true }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
    app.use(cors({ origin: allowedOrigins, credentials: true }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix in CommonJS, of a header written by hand', () => {
  checkFix(
    rule,
    `
    //- /open.js
    module.exports = function open(req, res, next) {
      res.header("Access-Control-Allow-Origin", req.headers.origin);
      res.header("Access-Control-Allow-Credentials", "true");
      next();
    };
  `,
    `
    //- /open.js
    module.exports = function open(req, res, next) {
      const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? "")
        .split(",")
        .map((origin) => origin.trim())
        .filter(Boolean);
      if (allowedOrigins.includes(req.headers.origin)) res.header("Access-Control-Allow-Origin", req.headers.origin);
      res.header("Access-Control-Allow-Credentials", "true");
      next();
    };
  `,
  )
})

test('origins that a table, a set, a pattern of the environment or a database knows are no reflection', () => {
  check(
    rule,
    application(`
    const hosts = new Set(['a.example.com'])
    const table = { 'https://a.example.com': true }
    const patterns = process.env.ORIGINS.split(',').map((entry) => new RegExp('^' + entry + '$'))
    const fits = (asked) => typeof asked === 'string' && patterns.some((pattern) => pattern.test(asked))
    const isHost = (text) => { try { return hosts.has(new URL(text).hostname) } catch { return false } }
    const optionsOf = (origin) => ({ origin: origin !== undefined && hosts.has(origin) ? origin : false, credentials: true })
    app.use('/a', cors((req, done) => done(null, fits(req.get('Origin')) ? { origin: true, credentials: true } : { origin: false })))
    app.use('/b', cors((req, done) => done(null, optionsOf(req.headers.origin))))
    app.use('/c', cors((req, done) => {
      let options = { origin: false }
      if (fits(req.headers.origin)) options = { origin: true, credentials: true }
      done(null, options)
    }))
    app.use('/d', cors({ credentials: true, origin: (origin, done) => done(null, isHost(origin) ? origin : undefined) }))
    app.use('/e', cors({ credentials: true, origin: (origin, done) => done(null, table[origin] ? origin : false) }))
    app.use('/f', cors({ credentials: true, origin: (origin, done) => done(null, Object.hasOwn(table, origin) && origin) }))
    app.use('/g', cors({ credentials: true, origin: (origin, done) => tenants.find({ origin }).then((one) => done(null, one ? origin : false)) }))
    app.use('/h', (req, res, next) => {
      if (table[req.headers.origin]) {
        res.set('Access-Control-Allow-Origin', req.headers.origin)
        res.set('Access-Control-Allow-Credentials', 'true')
      }
      next()
    })
    app.use('/i', (req, res, next) => {
      if (isHost(req.headers.origin)) res.set({ 'Access-Control-Allow-Origin': req.headers.origin, 'Access-Control-Allow-Credentials': 'true' })
      next()
    })
    `),
  )
})

test('whether there is an origin says nothing about which', () => {
  check(
    rule,
    application(`
    app.use('/a', cors((req, done) => done(null, req.headers.origin ? { origin: true, credentials: true } : { origin: false })))
    //                                                                  ^^^^^^^^^^^^ [high error] Any site can act
    app.use('/b', cors({ credentials: true, origin: (origin, done) => done(null, origin !== undefined ? origin : false) }))
    //                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] Any site can act
    app.use('/c', (req, res, next) => {
      if (typeof req.headers.origin === 'string') {
        res.set('Access-Control-Allow-Origin', req.headers.origin)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] Any site can act
        res.set('Access-Control-Allow-Credentials', 'true')
      }
      next()
    })
    `),
  )
})

test('the fix of a hook of Fastify writes what a reply has', () => {
  const app = (lines: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.addHook('onRequest', (request, reply, done) => {
${lines}
      reply.header('Access-Control-Allow-Credentials', 'true')
      done()
    })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  checkFix(
    rule,
    app(`      reply.header('Access-Control-Allow-Origin', request.headers.origin || '*')`),
    app(`      const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean)
      const requestOrigin = request.headers.origin ?? ''
      if (allowedOrigins.includes(requestOrigin)) reply.header('Access-Control-Allow-Origin', requestOrigin)`),
  )
})

test('what servers of GraphQL are told of origins', () => {
  const app = (options: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const { ApolloServer } = require('apollo-server-express')
    const { createYoga } = require('graphql-yoga')
    const app = express()
    const server = new ApolloServer({ typeDefs, resolvers })
    server.applyMiddleware({ app, cors: ${options} })
    ${mark}
    app.use(createYoga({ schema, cors: { origin: process.env.ORIGIN ?? 'https://shop.example', credentials: true } }))
    app.listen(3000)
  `
  check(rule, app('{ origin: true, credentials: true }', '//                                    ^^^^^^^^^^^^ [high]'))
  check(rule, app('{ origin: ["https://shop.example"], credentials: true }', ''))
  check(rule, app('false', ''))
})

test('a star within a list: everybody with the plugin of Fastify, nobody under its old name', () => {
  const listed = (plugin: string, mark: string): string => `
    //- /app.js
    const app = require('fastify')()
    app.register(require('${plugin}'), { credentials: true, origin: ['*']
    ${mark}
    })
    app.get('/me', async () => ({}))
    app.listen({ port: 3000 })
  `
  check(rule, listed('fastify-cors', ''))
  check(
    rule,
    listed(
      '@fastify/cors',
      '//                                                          ^^^^^^^^^^^^^ [high] Credentials do not work with *',
    ),
  )
})

test('graphql-yoga allows credentials unasked, which matters where a cookie says who asks', () => {
  const app = (options: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const session = require('express-session')
    const { createYoga } = require('graphql-yoga')
    const app = express()
    app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }))
    const yoga = createYoga(${options})
    ${mark}
    app.use(yoga.graphqlEndpoint, yoga)
    app.listen(3000)
  `
  check(rule, app('{ schema }', '//           ^^^^^^^^^^^^^^^^^^^^^^ [medium] Any site can act as the user'))
  check(
    rule,
    app(
      "{ schema, cors: { origin: '*' } }",
      '//                                        ^^^^^^^^^^^ [high] Any site can act as the user => no fix',
    ),
  )
  for (const options of [
    '{ schema, cors: false }',
    "{ schema, cors: { origin: 'https://shop.example' } }",
    "{ schema, cors: { origin: '*', credentials: false } }",
  ])
    check(rule, app(options))
  check(rule, app('{ schema }').replace(/ +app\.use\(session.*\n/, ''))
})

test('graphql-yoga lets everybody in where its origin is not set', () => {
  const yoga = (options: string, mark: string, head = ''): string => `
    //- /package.json
    { "type": "module", "dependencies": { "graphql-yoga": "^5.0.0" } }
    //- /server.js
    import { createServer } from 'node:http'
    import { createYoga } from 'graphql-yoga'
    ${head}
    const yoga = createYoga({ schema, cors: ${options} })
    ${mark}
    createServer(yoga).listen(4000)
  `
  const told = '[medium] Any site can act as the user unless WEB_ORIGIN is set. => no fix'
  check(
    rule,
    yoga(
      '{ origin: process.env.WEB_ORIGIN, credentials: true }',
      `//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${told}`,
    ),
  )
  check(
    rule,
    yoga('{ origin: process.env.WEB_ORIGIN }', `//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${told}`),
  )
  check(rule, yoga('{ origin: process.env.WEB_ORIGIN, credentials: false }', ''))
  check(rule, yoga("{ origin: process.env.WEB_ORIGIN ?? 'https://app.example.com', credentials: true }", ''))
  check(rule, yoga('{ origin: process.env.WEB_ORIGIN }', '', "if (!process.env.WEB_ORIGIN) throw new Error('WEB_ORIGIN is missing')"))
})

// Measured with @fastify/cors 11: it waits for the promise of such a function.
const promising = (origin: string, mark: string): string => `
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const allowed = ['https://app.example.com']
    const app = Fastify()
    app.register(cors, {
      credentials: true,
      origin: ${origin}
      ${mark}
    })
    app.post('/notes', async () => ({}))
    app.listen({ port: 3000 })
`

test('a promise that lets every origin in', () => {
  check(rule, promising('async () => true,', '^^^^^^^^^^^^^^^^^^^^^^^^ [high, error] Any site can act'))
})

test('a promise that depends on the origin', () => {
  check(rule, promising('async (asked) => allowed.includes(asked)', ''))
  check(rule, promising('async (asked) => { if (!allowed.includes(asked)) return false; return true }', ''))
  check(rule, promising("async (asked) => { if (!allowed.includes(asked)) throw new Error('no'); return true }", ''))
  check(rule, promising('async (asked) => { const known = await fetch(asked); return known.ok }', ''))
})
