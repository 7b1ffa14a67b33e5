// Tests of no-memory-session-store.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

const express = (lines: string): string => `
  //- /app.js
  const express = require('express')
  const session = require('express-session')
  const { RedisStore } = require('connect-redis')
  const app = express()
  ${lines}
  app.get('/', (req, res) => res.json({}))
  app.listen(3000)
`
const fastify = (lines: string): string => `
  //- /app.js
  import Fastify from 'fastify'
  import session, { MemoryStore } from '@fastify/session'
  import secureSession from '@fastify/secure-session'
  import { store } from './store.js'
  const app = Fastify()
  ${lines}
  await app.listen({ port: 3000 })
  //- /store.js
  import RedisStore from 'connect-redis'
  export const store = new RedisStore({ client: globalThis.client })
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/session": "^11.0.0" } }
`

test('no store is the memory of the process', () => {
  const [finding] = check(
    rule,
    express(`app.use(session({ secret: process.env.SECRET, saveUninitialized: false }))
  //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] express-session keeps its sessions in memory. => no fix`),
  )
  expect(finding?.why).not.toContain('saveUninitialized')
})

test('a store of memory that is named, and every visitor gets a session', () => {
  const [finding] = check(
    rule,
    express(`app.use(session({ secret: process.env.SECRET, store: new session.MemoryStore(), saveUninitialized: true }))
  //                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] express-session keeps`),
  )
  expect(finding?.why).toContain('saveUninitialized')
})

test('options and stores of other files', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import session from 'express-session'
    import { options, withStore } from './session.js'
    const app = express()
    app.use('/a', session(options))
                  ^^^^^^^^^^^^^^^^ [high] in memory
    app.use('/b', session(withStore(options)))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /session.js
    import connect from 'connect-mongo'
    export const options = { secret: process.env.SECRET, resave: false }
    export const withStore = (some) => ({ ...some, store: connect.create({ mongoUrl: process.env.MONGO }) })
    //- /package.json
    { "type": "module", "dependencies": { "express": "^5.0.0", "express-session": "^1.0.0", "connect-mongo": "^5.0.0" } }
  `,
  )
})

test('a store, or one that a condition brings', () => {
  for (const lines of [
    `app.use(session({ store: new RedisStore({ client: require('./client') }) }))`,
    `app.use(session({ store: process.env.REDIS_URL ? new RedisStore({}) : undefined }))`,
    `app.use(session({ store: process.env.REDIS_URL ? new RedisStore({}) : new session.MemoryStore() }))`,
    `app.use(session({ store: process.env.NODE_ENV === 'production' ? new RedisStore({}) : new session.MemoryStore() }))`,
    `const options = { secret: process.env.SECRET }
  if (process.env.NODE_ENV === 'production') options.store = new RedisStore({})
  app.use(session(options))`,
    `const options = { secret: process.env.SECRET }
  if (!process.env.IN_MEMORY) options.store = new RedisStore({})
  app.use(session(options))`,
    `if (process.env.REDIS_URL) app.use(session({ store: new RedisStore({}) }))
  else app.use(session({ secret: process.env.SECRET }))`,
    `app.use(session({ store: require('./store')(session) }))`,
    `const Store = require('connect-pg-simple')(session)
  app.use(session({ store: new Store({}) }))`,
    `const SQLiteStore = require('connect-sqlite3')(session)
  app.use(session({ store: new SQLiteStore() }))`,
    `class OwnStore extends session.Store { get(id, done) { done(null, null) } }
  app.use(session({ store: new OwnStore() }))`,
    `app.use(session(require('config').get('session')))`,
    `if (process.env.NODE_ENV !== 'production') app.use(session({ secret: 'x' }))`,
    `app.use(require('cookie-session')({ keys: [process.env.KEY] }))`,
  ])
    check(rule, express(lines))
})

test('in production the memory is chosen', () => {
  check(
    rule,
    express(`app.use(session({ store: process.env.NODE_ENV === 'test' ? new RedisStore({}) : undefined }))
  //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] in memory`),
  )
})

test('@fastify/session has the same default, and says nothing', () => {
  check(
    rule,
    fastify(`app.register(session, { secret: process.env.SECRET })
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] @fastify/session keeps its sessions in memory. => no fix`),
  )
  check(
    rule,
    fastify(`app.register(session, { secret: process.env.SECRET, store: new MemoryStore() })
  //                                                  ^^^^^^^^^^^^^^^^^^^^^^^^ [high] in memory`),
  )
  check(rule, fastify(`app.register(session, { secret: process.env.SECRET, store })`))
  check(rule, fastify(`app.register(secureSession, { key: process.env.KEY })`))
})

test('Nest', () => {
  const nest = (store: string, mark = ''): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import session from 'express-session'
    import { RedisStore } from 'connect-redis'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.use(session({ secret: process.env.SECRET, resave: false, ${store} }))
      ${mark}
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Controller, Get, Module } from '@nestjs/common'
    @Controller()
    class AppController { @Get() all() { return [] } }
    @Module({ controllers: [AppController] })
    export class AppModule {}
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.1.0", "@nestjs/common": "^12.1.0", "@nestjs/platform-express": "^12.1.0" } }
  `
  check(
    rule,
    nest(
      'saveUninitialized: false',
      `//      ${'^'.repeat(`session({ secret: process.env.SECRET, resave: false, saveUninitialized: false })`.length)} [high] in memory`,
    ),
  )
  check(rule, nest('store: new RedisStore({ client: globalThis.redis })'))
})

test('tests, and code that nothing starts', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    express().listen(3000)
    //- /test/session.js
    module.exports = require('express-session')({ secret: 'x' })
    //- /legacy.js
    const session = require('express-session')
    module.exports = (app) => app.use(session({ secret: process.env.SECRET }))
    //                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] in memory
  `,
  )
})
