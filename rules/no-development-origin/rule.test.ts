// Tests of no-development-origin.
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
${lines}
    app.get('/me', (req, res) => res.json({}))
    app.listen(3000)
  `
}

test('this machine, plain HTTP, and origins in the source', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: 'http://localhost:3000' }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^ [high info] Production trusts http://localhost:3000.
    app.use(cors({ origin: ['https://a.example.com', 'http://127.0.0.1:5173'] }))
    //                      ~~~~~~~~~~~~~~~~~~~~~~~ [affected] and https://a.example.com
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^ [high] Production trusts http://127.0.0.1:5173.
    app.use(cors({ origin: 'http://www.example.com' }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^ [high] which is not encrypted.
    app.use(cors({ origin: 'https://www.example.com' }))
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The origin https://www.example.com is written in the source.
    `),
  )
})

test('a fallback to this machine', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: process.env.CLIENT_URL || 'http://localhost:3000' }))
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^ [medium] Production trusts http://localhost:3000 unless CLIENT_URL is set.
    `),
  )
})

test('a list of another file, in a callback', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    import { allowed } from './origins.js'
    const app = express()
    app.use(cors({ origin: (origin, callback) => callback(null, !origin || allowed.includes(origin)) }))
    //      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] CORS uses it here
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /origins.ts
    export const allowed = ['http://localhost:4200']
    //                      ^^^^^^^^^^^^^^^^^^^^^^^ [high] Production trusts http://localhost:4200.
  `,
  )
})

test('socket.io, and a header written by hand', () => {
  check(
    rule,
    `
    import { Server } from 'socket.io'
    export const io = new Server(3000, { cors: { origin: 'http://localhost:3000' } })
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^^ Production trusts
    export function open(req: any, res: any, next: any) {
      res.header('Access-Control-Allow-Origin', 'http://localhost:8080')
    //                                          ^^^^^^^^^^^^^^^^^^^^^^^ Production trusts
      next()
    }
  `,
  )
})

test('the environment, development, and what is open anyway', () => {
  check(
    rule,
    application(`
    app.use(cors({ origin: process.env.CLIENT_URL }))
    app.use(cors({ origin: process.env.ORIGINS?.split(',') ?? [] }))
    app.use(cors({ origin: process.env.CLIENT_URL || 'https://www.example.com' }))
    app.use(cors({ origin: process.env.NODE_ENV === 'production' ? process.env.CLIENT_URL : 'http://localhost:3000' }))
    if (process.env.NODE_ENV !== 'production') app.use(cors({ origin: 'http://localhost:3000' }))
    app.use(cors({ origin: '*' }))
    app.use(cors())`),
  )
})

test('the fix reads the list from the environment', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    app.use(cors({ origin: ['http://localhost:3000', 'https://a.example.com'], credentials: true }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import cors from 'cors'
    const app = express()
    const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? 'https://a.example.com')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
    app.use(cors({ origin: allowedOrigins, credentials: true }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix in CommonJS keeps the variable', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const cors = require("cors");
    module.exports = cors({ origin: process.env.CLIENT_URL || "http://localhost:3000" });
  `,
    `
    //- /app.js
    const cors = require("cors");
    const allowedOrigins = (process.env.CLIENT_URL ?? "")
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean);
    module.exports = cors({ origin: allowedOrigins });
  `,
  )
})

test('a header written by hand is left to a person', () => {
  checkNoFix(
    rule,
    `
    //- /open.ts
    export function open(req: any, res: any, next: any) {
      res.header('Access-Control-Allow-Origin', 'http://localhost:8080')
      next()
    }
  `,
  )
})

test('options of graphql-yoga are left to a person: in their place a list alone would send credentials again', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const { createYoga } = require('graphql-yoga')
    const app = require('express')()
    app.use('/graphql', createYoga({ schema, cors: { origin: ['http://localhost:5173'], credentials: false } }))
    app.listen(3000)
  `,
  )
})

const LIST = [
  "const allowedOrigins = (process.env.ALLOWED_ORIGINS ?? '')",
  "  .split(',')",
  '  .map((origin) => origin.trim())',
  '  .filter(Boolean)',
].join('\n')

test('a function that decides keeps what else it lets in, and the list that it looks into its own origins', () => {
  const server = (origins: string): string => `
//- /app.js
const express = require('express')
const cors = require('cors')
const { origins } = require('./origins')
const app = express()
app.use(cors({
  origin(origin, done) {
    if (!origin || origins.includes(origin) || isPartner(origin)) return done(null, true)
    done(null, false)
  },
}))
app.get('/', (req, res) => res.json({}))
app.listen(3000)
//- /origins.js
${origins}
`
  // What is written in the source stays, and is told.
  checkFix(
    rule,
    server("exports.origins = ['https://www.example.com', 'http://localhost:8080', 'http://localhost:5173']"),
    server(`${LIST}\nexports.origins = ['https://www.example.com', ...allowedOrigins]`),
    { leaves: 1 },
  )
  checkNoFix(rule, server("exports.origins = ['https://www.example.com']"))
})

test('origins in the files of node-config stand where settings of an environment belong', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "config": "^3.3.0", "cors": "^2.8.0", "express": "^5.0.0" } }
    //- /config/default.js
    module.exports = { origins: ['https://shop.example', 'https://www.shop.example'] }
    //- /app.js
    const express = require('express')
    const config = require('config')
    const app = express()
    app.use(require('cors')({ origin: config.get('origins') }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('applications on telephones and extensions of browsers are origins of production as well', () => {
  const server = (list: string, origin: string): string => `
//- /app.js
const express = require('express')
const cors = require('cors')
const app = express()
${list}app.use(cors({ origin: ${origin} }))
app.get('/', (req, res) => res.json({}))
app.listen(3000)
`
  const kept = "'https://www.example.com,capacitor://localhost,chrome-extension://abcdef'"
  checkFix(
    rule,
    server('', "['http://localhost:5173', 'https://www.example.com', 'capacitor://localhost', 'chrome-extension://abcdef']"),
    server(`${LIST.replace("''", kept)}\n`, 'allowedOrigins'),
  )
})

test('patterns beside an origin, variables, and origins of another caller stay', () => {
  const server = (lines: string): string => `
//- /app.js
const express = require('express')
const cors = require('cors')
const create = (origin) => {
  const app = express()
  app.use(cors({ origin }))
  app.get('/', (req, res) => res.json({}))
  return app
}
${lines}
`
  checkFix(
    rule,
    server("create(['http://localhost:5173', /^https:\\/\\/[a-z]+\\.example\\.com$/]).listen(3000)"),
    server(`${LIST}\ncreate([...allowedOrigins, /^https:\\/\\/[a-z]+\\.example\\.com$/]).listen(3000)`),
  )
  checkFix(
    rule,
    server("create([process.env.SITE, 'http://localhost:5173']).listen(3000)"),
    server(`${LIST}\ncreate([process.env.SITE, ...allowedOrigins]).listen(3000)`),
  )
  checkFix(
    rule,
    server("create(['http://localhost:5173']).listen(3000)\ncreate(process.env.PARTNERS.split(',')).listen(3001)"),
    server(`${LIST}\ncreate([...allowedOrigins]).listen(3000)\ncreate(process.env.PARTNERS.split(',')).listen(3001)`),
  )
  check(
    rule,
    server("create(['http://localhost:5173']).listen(3000)\n        ^^^^^^^^^^^^^^^^^^^^^^^ => Read the origins from ALLOWED_ORIGINS"),
  )
})
