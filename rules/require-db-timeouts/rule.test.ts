// Which data stores are waited for without end, and whose errors nobody hears.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

/** A server with a module of its database. */
function withStore(code: string): string {
  return `
//- /app.js
const app = require('express')()
require('./store')
app.listen(3000)
//- /store.js
${code}
`
}

test('a pool of pg that waits for ever', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const pool = new Pool({ connectionString: process.env.DATABASE_URL })
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Connections and answers of pg are waited for without end.
pool.on('error', (error) => report(error))
const a = new Pool({ statement_timeout: 30_000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Connections of pg are waited for
a.on('error', report)
const b = new Pool({ connectionTimeoutMillis: 5_000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
b.on('error', report)
const c = new Pool()
          ^^^^^^^^^^ [medium] Connections and answers
c.on('error', report)
`),
  )
})

test('a pool with times, and one whose options are not known', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const { options } = require('somewhere')
const a = new Pool({ connectionTimeoutMillis: 5_000, statement_timeout: 30_000 })
a.on('error', report)
const b = new Pool({ connectionTimeoutMillis: 5_000, query_timeout: 30_000, max: 20 })
b.on('error', report)
const c = new Pool(options)
c.on('error', report)
const d = new Pool({ ...options, max: 20 })
d.on('error', report)
`),
  )
})

test('a time that comes with each statement', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const pool = new Pool({ connectionTimeoutMillis: 5_000 })
pool.on('error', report)
exports.ask = (sql, options) => {
  const statementTimeoutMs = options.timeout ?? 30_000
  return pool.query('SET statement_timeout = ' + statementTimeoutMs).then(() => pool.query(sql))
}
`),
  )
})

test('drivers that give up connecting by themselves', () => {
  check(
    rule,
    withStore(`
const mongoose = require('mongoose')
const mysql = require('mysql2/promise')
mongoose.connect(process.env.MONGO_URL)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Answers of mongoose are waited for without end.
mongoose.connect(process.env.MONGO_URL, { socketTimeoutMS: 45_000 })
const pool = mysql.createPool({ host: 'db.example.com' })
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Answers of mysql2 are waited for
`),
  )
})

test('nobody listens for errors', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const redis = require('redis')
const pool = new Pool({ connectionTimeoutMillis: 5_000, statement_timeout: 30_000 })
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] Nobody listens for errors of this pool
const client = redis.createClient({ url: process.env.REDIS_URL })
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] Nobody listens for errors of this client
`),
  )
})

test('somebody listens: in a chain, in another file, in a class, or an adapter', () => {
  check(
    rule,
    `
//- /app.ts
import express from 'express'
import { Pool } from 'pg'
import { createClient } from 'redis'
import { PrismaPg } from '@prisma/adapter-pg'
import { cache } from './cache.js'
import { report } from './report.js'
const app = express()
export const other = createClient().on('ready', () => {}).on('error', report)
cache.on('error', report)
class Store {
  private readonly pool = new Pool({ connectionTimeoutMillis: 5_000, statement_timeout: 30_000 })
  constructor() {
    this.pool.on('error', report)
  }
}
export const store = new Store()
export const adapter = new PrismaPg(new Pool({ connectionTimeoutMillis: 5_000, statement_timeout: 30_000 }))
app.listen(3000)
//- /cache.ts
import { createClient } from 'redis'
export const cache = createClient({ url: process.env.REDIS_URL })
`,
  )
})

test('Fastify, and Nest with a provider', () => {
  check(
    rule,
    `
//- /package.json
{ "dependencies": { "fastify": "^5.0.0" } }
//- /app.js
const app = require('fastify')()
const { Pool } = require('pg')
const pool = new Pool()
//           ^^^^^^^^^^ [medium info] Connections and answers of pg
//           ^^^^^^^^^^ [medium warning] Nobody listens
app.get('/', async () => pool.query('select 1'))
app.listen({ port: 3000 })
`,
  )
  check(
    rule,
    `
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0" } }
//- /main.ts
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Pool } from 'pg'
@Module({
  providers: [{ provide: 'POOL', useFactory: () => new Pool({ connectionTimeoutMillis: 5_000 }) }],
  //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Answers of pg
  //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] Nobody listens
})
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
bootstrap()
`,
  )
})

test('scripts, tests and what only developers start', () => {
  check(
    rule,
    `
//- /app.js
const app = require('express')()
if (process.env.NODE_ENV === 'development') new (require('pg').Pool)()
app.listen(3000)
//- /scripts/seed.js
new (require('pg').Pool)()
//- /store.test.js
new (require('pg').Pool)()
`,
  )
})

test('pools of classes that extend the one of the driver', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import pg from 'pg'
    class TimedPool extends pg.Pool {
      constructor(options) {
        super({ connectionTimeoutMillis: 2000, statement_timeout: 8000, ...options })
      }
    }
    const database = new TimedPool({ host: 'db' })
    database.on('error', (error) => report(error))
    const app = express()
    app.get('/', (req, res) => database.query('select 1').then(({ rows }) => res.json(rows)))
    app.listen(3000)
  `,
  )
})

test('ORMs and query builders on Postgres', () => {
  check(
    rule,
    withStore(`
const { DataSource } = require('typeorm')
const { Sequelize } = require('sequelize')
const knex = require('knex')
const a = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Connections and answers of TypeORM are waited for
const b = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, extra: { statement_timeout: 30_000 } })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Connections of TypeORM
const c = new Sequelize(process.env.DATABASE_URL, { dialect: 'postgres', pool: { max: 5 } })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Answers of Sequelize
const d = knex({ client: 'pg', connection: process.env.DATABASE_URL })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] Answers of knex
`),
  )
})

test('ORMs that are told times, that set them for each connection, whose database is another one, or whose options are not known', () => {
  check(
    rule,
    withStore(`
const { DataSource } = require('typeorm')
const { Sequelize } = require('sequelize')
const knex = require('knex')
const { options, report } = require('somewhere')
new DataSource({ type: 'postgres', connectTimeoutMS: 5_000, extra: { statement_timeout: 30_000 } })
new DataSource({ type: 'postgres', extra: { connectionTimeoutMillis: 5_000, query_timeout: 30_000 } })
new DataSource({ type: 'mysql', url: process.env.DATABASE_URL })
new DataSource({ type: 'postgres', ...options })
new DataSource({ type: 'postgres', connectTimeoutMS: 5_000, extra: options })
new Sequelize('shop', 'shop', process.env.PASSWORD, { dialect: 'postgres', dialectOptions: { statement_timeout: 30_000 } })
new Sequelize('shop', 'shop', process.env.PASSWORD, { dialect: 'postgres', hooks: { afterConnect: (connection) => connection.query('set') } })
new Sequelize(process.env.DATABASE_URL)
knex({ client: 'pg', connection: { connectionString: process.env.DATABASE_URL, statement_timeout: 30_000 } })
knex({ client: 'pg', connection: process.env.DATABASE_URL, pool: { afterCreate: (connection, done) => connection.query('set', done) } })
knex({ client: 'pg', connection: async () => ({ password: await newToken(), statement_timeout: 30_000 }) })
knex({ client: 'better-sqlite3', connection: { filename: 'shop.db' } })
knex(options)
`),
  )
})

const nest = (imports: string, more = ''): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0" } }
    //- /main.ts
    import { Module } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    import { TypeOrmModule } from '@nestjs/typeorm'
    import { MongooseModule } from '@nestjs/mongoose'
    import { options } from './options'
    @Module({
      imports: [
        ${imports}
      ],
    })
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /options.ts
    export const options = { type: 'postgres' as const, url: process.env.DATABASE_URL }
    ${more}
`

test('modules of Nest', () => {
  check(
    rule,
    nest(`TypeOrmModule.forRootAsync({ useFactory: () => ({ type: 'postgres', url: process.env.DATABASE_URL }) }),
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Connections and answers of TypeORM
        MongooseModule.forRoot(process.env.MONGO_URL),
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Answers of mongoose
        MongooseModule.forRoot(process.env.MONGO_URL, { socketTimeoutMS: 45_000 }),`),
  )
  check(
    rule,
    nest(`TypeOrmModule.forRootAsync({ useFactory: async () => ({ type: 'postgres', connectTimeoutMS: 5_000, extra: { query_timeout: 9_000 } }) }),
        TypeOrmModule.forRootAsync({ useClass: Database }),`),
  )
})

test('options that a tool for migrations shares are told of once, at the server', () => {
  check(
    rule,
    nest(
      `TypeOrmModule.forRoot(options),
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Connections and answers of TypeORM`,
      `//- /data-source.ts
    import { DataSource } from 'typeorm'
    import { options } from './options'
    export default new DataSource(options)`,
    ),
  )
})

test('plugins of Fastify that make a pool of their options', () => {
  check(
    rule,
    `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/postgres": "^6.0.0", "@fastify/mongodb": "^9.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    import postgres from '@fastify/postgres'
    import mongodb from '@fastify/mongodb'
    const app = Fastify()
    app.register(postgres, { connectionString: process.env.DATABASE_URL, max: 20 })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Connections and answers of pg are waited for
    app.register(mongodb, { url: process.env.MONGODB_URL, socketTimeoutMS: 20_000 })
    app.register(fp(async (data) => {
      await data.register(postgres, { name: 'reports', connectionTimeoutMillis: 3_000, statement_timeout: 8_000 })
    }))
    app.get('/', async () => ({}))
    await app.listen({ port: 3000 })
  `,
  )
})

test('times in addresses and in options of Postgres, and what prepares each connection', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const a = new Pool({ connectionTimeoutMillis: 1000, options: '-c statement_timeout=5000' })
a.on('error', report)
const b = new Pool({ connectionTimeoutMillis: 1000, connectionString: \`\${process.env.DATABASE_URL}?statement_timeout=5000\` })
b.on('error', report)
const c = new Pool({ connectionTimeoutMillis: 1000 })
c.on('error', report)
c.on('connect', (client) => client.query('SET statement_timeout = 5000'))
require('mongoose').connect(\`mongodb://\${process.env.MONGO_HOST}/shop?socketTimeoutMS=4000\`)
require('knex')({ client: 'pg', connection: 'postgres://shop@db/shop?statement_timeout=5000' })
`),
  )
})

test('other options of an address, and a time of 0', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const a = new Pool({ connectionTimeoutMillis: 1000, connectionString: \`\${process.env.DATABASE_URL}?application_name=shop\` })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
a.on('error', report)
const b = new Pool({ connectionTimeoutMillis: 0, query_timeout: 1000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Connections of pg are waited for
b.on('error', report)
const c = new Pool({ connectionTimeoutMillis: 1000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
c.on('error', report)
b.on('connect', () => {})
`),
  )
})

test('a pool that a global keeps over reloads', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const pool = globalThis.pool ?? new Pool()
                                ^^^^^^^^^^ [medium] Connections and answers
globalThis.pool = pool
pool.on('error', report)
`),
  )
})

test('a listener for connections that only logs, or sets something else, and a time of 0 in an address', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const a = new Pool({ connectionTimeoutMillis: 1000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
a.on('error', report)
a.on('connect', () => console.log('connected'))
const b = new Pool({ connectionTimeoutMillis: 1000 })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
b.on('error', report)
b.on('connect', (client) => client.query('SET search_path TO shop'))
const c = new Pool({ connectionTimeoutMillis: 1000, connectionString: 'postgres://shop@db/shop?statement_timeout=0' })
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Answers of pg are waited for
c.on('error', report)
`),
  )
})

test('a listener for connections that hands them on, or asks what is not known', () => {
  check(
    rule,
    withStore(`
const { Pool } = require('pg')
const { prepare } = require('somewhere')
const { text } = require('./texts.json')
const a = new Pool({ connectionTimeoutMillis: 1000 })
a.on('error', report)
a.on('connect', (client) => prepare(client))
const b = new Pool({ connectionTimeoutMillis: 1000 })
b.on('error', report)
b.on('connect', (client) => { client.query(text) })
const c = new Pool({ connectionTimeoutMillis: 1000 })
c.on('error', report)
c.on('connect', prepare)
`),
  )
})
