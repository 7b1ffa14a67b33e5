// Async handlers under Express 4.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

const manifest = '{ "name": "a", "version": "1.0.0", "dependencies": { "express": "^4.18.0" } }'

/** An application of Express 4 with one handler in place. */
const withHandler = (handler: string, more = ''): string => `
  //- /package.json
  ${manifest}
  //- /app.js
  const express = require('express')
  const db = require('db')
  const app = express()
  ${handler}
  app.listen(3000)
  ${more}
`

test('awaits, throws and chains that nobody catches', () => {
  for (const handler of [
    `
  app.get('/', async (req, res) => { res.json(await db.find()) })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] reaches nobody`,
    `
  app.get('/', async (req, res) => { if (!req.user) throw new Error('no'); res.json({}) })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
  app.use(async (req, res, next) => { req.user = await db.user(req.headers.id); next() })
  //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
  app.get('/', async (req, res) => { try { res.json(await db.find()) } catch (e) { throw new Error('failed') } })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
  app.get('/', async (req, res) => { try { res.json(await db.find()) } finally { await db.release() } })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
  app.get('/', (req, res) => { db.find().then((rows) => res.json(rows)) })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
  app.get('/', (req, res) => db.find().then((rows) => res.json(rows)))
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
  ])
    check(rule, withHandler(handler))
})

test('promises that are made by hand and rejected', () => {
  check(
    rule,
    withHandler(
      `
  const find = require('./users')
  app.get('/', async (req, res) => { res.json(await find(req.params.id)) })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] reaches nobody
  app.get('/file', async (req, res) => {
    await new Promise((resolve, reject) => req.on('error', (error) => reject(error)).on('end', resolve))
    res.end()
  })`,
      `
  //- /users.js
  const http = require('http')
  module.exports = (id) => new Promise((resolve, reject) => http.get('http://users/' + id, resolve).on('error', reject))
  `,
    ),
  )
})

test('caught, forwarded or nothing to reject', () => {
  for (const handler of [
    `app.get('/', async (req, res) => { try { res.json(await db.find()) } catch (e) { res.sendStatus(500) } })`,
    `app.get('/', async (req, res, next) => { try { res.json(await db.find()) } catch (e) { await db.rollback(); next(e) } })`,
    `app.get('/', async (req, res, next) => { await db.find().then((rows) => res.json(rows)).catch(next) })`,
    `app.get('/', async (req, res, next) => { db.find().then((rows) => res.json(rows), next) })`,
    `app.get('/', (req, res, next) => { db.find().then((rows) => res.json(rows)).catch(next) })`,
    `app.get('/', (req, res, next) => { db.find().then((rows) => res.json(rows)).catch(next).finally(() => db.release()) })`,
    `app.get('/', (req, res) => { db.find((error, rows) => res.json(rows)) })`,
    `app.get('/', async (req, res) => { res.json({ ok: true }) })`,
    `app.get('/', async (req, res) => { await new Promise((resolve) => setTimeout(resolve, 10)); res.json({}) })`,
    `const later = () => new Promise((resolve, reject) => setTimeout(resolve, 10))
  app.get('/', async (req, res) => { await later(); res.json({}) })`,
    `const cache = new (require('node-cache'))()
  const read = async (key) => { return cache.get(key) }
  app.get('/', async (req, res) => { res.json(await read('x')) })
  //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low]`,
    `const sent = () => new Promise((resolve, reject) => process.once('message', reject))
  app.get('/', async (req, res) => { try { await sent() } catch { res.status(502) } res.end() })`,
    `app.get('/', require('express-async-handler')(async (req, res) => { res.json(await db.find()) }))`,
    `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)
  app.get('/', wrap(async (req, res) => { res.json(await db.find()) }))`,
    `const wrap = (fn) => (req, res, next) => { fn(req, res, next).catch(next) }
  app.get('/', wrap(async (req, res) => { res.json(await db.find()) }))`,
    `const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next) } catch (e) { next(e) } }
  app.get('/', wrap(async (req, res) => { res.json(await db.find()) }))`,
  ])
    check(rule, withHandler(handler))
})

test('patches and routers that forward rejections', () => {
  check(rule, withHandler(`require('express-async-errors')\n  app.get('/', async (req, res) => { res.json(await db.find()) })`))
  check(
    rule,
    withHandler(
      `const router = require('express-promise-router')()
  router.get('/', async (req, res) => { res.json(await db.find()) })
  app.use(router)`,
    ),
  )
})

test('Express 5 forwards rejections itself', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', async (req, res) => { res.json(await req.db.find()) })
    app.listen(3000)
  `,
  )
})

test('the version of a lockfile counts', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "a", "version": "1.0.0", "dependencies": { "express": ">=4" } }
    //- /package-lock.json
    { "name": "a", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": {}, "node_modules/express": { "version": "5.1.0" } } }
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', async (req, res) => { res.json(await req.db.find()) })
    app.listen(3000)
  `,
  )
})

test('one finding for a router, controllers in other files', () => {
  check(
    rule,
    `
    //- /package.json
    ${manifest}
    //- /src/app.ts
    import express from 'express'
    import { users } from './users.js'
    const app = express()
    app.use('/users', users)
    app.listen(3000)
    //- /src/users.ts
    import { Router } from 'express'
    import * as controller from './controller.js'
    export const users = Router()
    users.get('/', controller.list)
    //             ^^^^^^^^^^^^^^^ [high]
    users.post('/', controller.check, controller.create)
    //                                ~~~~~~~~~~~~~~~~~ [affected] POST /
    users.get('/safe', controller.safe)
    //- /src/controller.ts
    import { store } from 'store'
    export const list = async (req, res) => {
      res.json(await store.find())
    }
    export const check = async (req, res, next) => {
      next()
    }
    export async function create(req, res) {
      const made = await store.create(req.body)
      res.status(201).json(made)
    }
    export async function safe(req, res, next) {
      try {
        res.json(await store.find())
      } catch (error) {
        next(error)
      }
    }
  `,
  )
})

test('methods of a controller that an arrow calls', () => {
  check(
    rule,
    `
    //- /package.json
    ${manifest}
    //- /app.ts
    import express from 'express'
    import { store } from 'store'
    class Users {
      async list(req, res) { res.json(await store.find()) }
      async safe(req, res) { try { res.json(await store.find()) } catch { res.sendStatus(500) } }
    }
    const users = new Users()
    const app = express()
    app.get('/', (req, res) => users.list(req, res))
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
    app.get('/safe', (req, res) => users.safe(req, res))
    app.get('/caught', (req, res, next) => users.list(req, res).catch(next))
    app.get('/awaited', async (req, res) => { await users.safe(req, res) })
    app.listen(3000)
  `,
  )
})

test('handlers that await a service in another file', () => {
  const withService = (service: string, mark: string): string => `
    //- /package.json
    { "name": "a", "version": "1.0.0", "dependencies": { "express": "^4.18.0", "mongoose": "^8.0.0" } }
    //- /app.js
    const express = require('express')
    const service = require('./service')
    const app = express()
    app.get('/', async (req, res) => { res.json(await service.find(req.query.name)) })
    ${mark}
    app.get('/again', async (req, res, next) => service.find(req.query.name).then((all) => res.json(all), next))
    app.listen(3000)
    //- /service.js
    const mongoose = require('mongoose')
    const User = mongoose.model('User', new mongoose.Schema({ name: String }))
    ${service}
  `
  const open = '//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] reaches nobody'
  for (const service of [
    'exports.find = async (name) => { const user = await User.findOne({ name }); if (user) await user.save(); return user }',
    'exports.find = async (name) => User.findOne({ name })',
    'exports.find = (name) => User.find({ name }).lean()',
    "exports.find = async (name) => { if (!name) throw new Error('no name'); return name }",
    'const load = async (name) => { await User.findOne({ name }) }; exports.find = async (name) => load(name)',
  ])
    check(rule, withService(service, open))
  check(rule, withService('exports.find = async (name) => name.trim()', open.replace('high', 'low')))
  check(rule, withService('exports.find = async (name) => { try { return await User.find({ name }) } catch { return [] } }', ''))
})

test('handlers are wrapped', () => {
  checkFix(
    rule,
    `
    //- /package.json
    ${manifest}
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/a', async (req, res) => {
      res.json(await req.db.find())
    })
    app.post('/b', create)
    async function create(req, res) {
      res.json(await req.db.create(req.body))
    }
    app.listen(3000)
  `,
    `
    //- /package.json
    { "name": "a", "version": "1.0.0", "dependencies": { "express": "^4.18.0", "express-async-handler": "^1.2.0" } }
    //- /app.js
    const express = require('express')
    const asyncHandler = require('express-async-handler')
    const app = express()
    app.get('/a', asyncHandler(async (req, res) => {
      res.json(await req.db.find())
    }))
    app.post('/b', asyncHandler(create))
    async function create(req, res) {
      res.json(await req.db.create(req.body))
    }
    app.listen(3000)
  `,
  )
})

test('error middleware is left to its author', () => {
  checkNoFix(
    rule,
    withHandler(
      `app.get('/', (req, res) => res.json({}))\n  app.use(async (err, req, res, next) => { await db.log(err); res.sendStatus(500) })`,
    ),
  )
})

test('a wrapper that the project has is used', () => {
  for (const [exported, imported] of [
    ['module.exports = catchAsync', 'catchAsync'],
    ['module.exports = { catchAsync }', '{ catchAsync }'],
  ] as const) {
    const wrapper = `
    //- /errors/catchAsync.js
    const catchAsync = (fn) => (req, res, next) => {
      Promise.resolve(fn(req, res, next)).catch(next)
    }
    ${exported}
    `
    checkFix(
      rule,
      `
    //- /package.json
    ${manifest}
    //- /app.js
    const express = require('express')
    const ${imported} = require('./errors/catchAsync')
    const notes = require('./notes')
    const app = express()
    app.get('/', catchAsync(async (req, res) => res.json(await req.db.find())))
    app.use('/notes', notes)
    app.listen(3000)
    ${wrapper}
    //- /notes.js
    const { Router } = require('express')
    const router = Router()
    router.get('/', async (req, res) => {
      res.json(await req.db.find())
    })
    module.exports = router
    `,
      `
    //- /notes.js
    const { Router } = require('express')
    const ${imported} = require('./errors/catchAsync')
    const router = Router()
    router.get('/', catchAsync(async (req, res) => {
      res.json(await req.db.find())
    }))
    module.exports = router
    `,
    )
  }
})

test('functions that make middleware of functions are no wrappers', () => {
  checkFix(
    rule,
    `
    //- /package.json
    ${manifest}
    //- /app.js
    const express = require('express')
    const handlerFor = require('./handlerFor')
    const app = express()
    app.use(handlerFor((user) => user.isAdmin))
    app.get('/', async (req, res) => res.json(await req.db.find()))
    app.listen(3000)
    //- /handlerFor.js
    module.exports = (isAllowed) => (req, res, next) => (isAllowed(req.user) ? next() : res.status(403).end())
    `,
    `
    //- /app.js
    const express = require('express')
    const handlerFor = require('./handlerFor')
    const asyncHandler = require('express-async-handler')
    const app = express()
    app.use(handlerFor((user) => user.isAdmin))
    app.get('/', asyncHandler(async (req, res) => res.json(await req.db.find())))
    app.listen(3000)
    `,
  )
})

const express4 = `
    //- /package.json
    { "dependencies": { "express": "^4.21.0" } }
`

test.each([
  ['a spread', 'app.get("/", ...checks(), (req, res) => res.json({}))'],
  ['a list', 'app.get("/", [check, check], (req, res) => res.json({}))'],
  ['a list by name', 'app.get("/", list, (req, res) => res.json({}))'],
])('%s of handlers is not wrapped', (_, route) => {
  checkNoFix(
    rule,
    `${express4}
    //- /app.js
    const express = require('express')
    const app = express()
    const check = async (req, res, next) => { await lookUp(req.query.id); next() }
    const lookUp = async (id) => { if (!id) throw new Error('missing') }
    const checks = () => [check]
    const list = [check]
    ${route}
    app.listen(3000)
  `,
  )
})

test('the wrapper of the file itself', () => {
  const routes = (last: string): string => `${express4}
    //- /app.ts
    import express from 'express'
    import { find } from './find.js'
    const app = express()
    const safely = (handler) => (req, res, next) => {
      handler(req, res, next).catch(next)
    }
    app.get('/a', safely(async (req, res) => res.json(await find())))
    app.get('/b', ${last})
    app.listen(3000)
    //- /find.ts
    export async function find() { throw new Error('gone') }
  `
  checkFix(rule, routes('async (req, res) => res.json(await find())'), routes('safely(async (req, res) => res.json(await find()))'))
})

test('handlers in TypeScript that return their answer get a wrapper whose types let them', () => {
  const app = (imports: string, first: string, second: string): string => `${express4}
    //- /src/app.ts
    import express from 'express'
    import { find } from './find.js'
    ${imports}const app = express()
    app.get('/a', ${first})
    app.get('/b', ${second})
    app.listen(3000)
    //- /src/find.ts
    export async function find() { throw new Error('gone') }
  `
  const first = 'async (req, res) => { if (!req.query.id) return res.sendStatus(400); res.json(await find()) }'
  const second = 'async (req, res) => { res.json(await find()) }'
  checkFix(
    rule,
    app('', first, second),
    `${app("import { asyncHandler } from './asyncHandler.js'\n    ", `asyncHandler(${first})`, `asyncHandler(${second})`)}
    //- /src/asyncHandler.ts
    import type { Request, RequestHandler, Response } from 'express'

    type Body = Request['body']
    type Locals = Response['locals']

    /** Hands what a handler rejects with to the error middleware. */
    export const asyncHandler =
      <P = Request['params'], ResBody = Body, ReqBody = Body, ReqQuery = Request['query'], L extends Locals = Locals>(
        handler: (...args: Parameters<RequestHandler<P, ResBody, ReqBody, ReqQuery, L>>) => unknown,
      ): RequestHandler<P, ResBody, ReqBody, ReqQuery, L> =>
      (req, res, next) => {
        Promise.resolve(handler(req, res, next)).catch(next)
      }
  `,
  )
  const packaged = app("import asyncHandler from 'express-async-handler'\n    ", `asyncHandler(${second})`, `asyncHandler(${second})`)
  checkFix(rule, app('', second, second), packaged.replace('"^4.21.0"', '"^4.21.0", "express-async-handler": "^1.2.0"'))
})

test('the fix is called by what it writes', () => {
  const open = 'async (req, res) => { res.json(await db.find()) }'
  const [packaged] = findingsOf(rule, parseFixture(withHandler(`app.get('/', ${open})`)).files)
  expect(packaged?.fix?.title).toBe('Wrap the handlers with express-async-handler')
  const answering = withHandler("app.get('/', async (req, res) => { return res.json(await db.find()) })").replace('/app.js', '/app.ts')
  const [own] = findingsOf(rule, parseFixture(answering).files)
  expect(own?.fix?.title).toBe('Wrap the handlers with a new asyncHandler')
})
