// Which connections verify no certificate, and which ones only look so.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { modelOf } from '../../testing/model.js'
import rule from './rule.js'

const server = `
  import express from 'express'
  import './clients.js'
  const app = express()
  app.get('/', (req, res) => res.json({ ok: true }))
  app.listen(3000)
`

/** A module that the server loads. */
function loaded(code: string): string {
  return `//- /app.ts${server}
//- /clients.ts
${code}`
}

test('agents of Node, of undici and of axios', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
import axios from 'axios'
import { Agent, setGlobalDispatcher } from 'undici'
https.get('https://partner.example.com', { rejectUnauthorized: false }, () => {})
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The certificate of the other side is not verified: \`rejectUnauthorized: false\`. => Verify the certificate
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false })
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
await axios.get('https://partner.example.com', { httpsAgent: agent })
setGlobalDispatcher(new Agent({ connect: { rejectUnauthorized: false } }))
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
https.globalAgent.options.rejectUnauthorized = false
                          ^^^^^^^^^^^^^^^^^^ [medium] not verified
`),
  )
})

test('drivers of databases, of caches and of mail', () => {
  check(
    rule,
    loaded(`
import { Pool } from 'pg'
import knex from 'knex'
import { DataSource } from 'typeorm'
import { Sequelize } from 'sequelize'
import mysql from 'mysql2/promise'
import Redis from 'ioredis'
import nodemailer from 'nodemailer'
import mongoose from 'mongoose'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })
                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const query = knex({ client: 'pg', connection: { host: 'db.example.com', ssl: { rejectUnauthorized: false } } })
                                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const source = new DataSource({ type: 'postgres', ssl: { rejectUnauthorized: false } })
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const sequelize = new Sequelize({ dialectOptions: { ssl: { require: true, rejectUnauthorized: false } } })
                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const mysqlPool = mysql.createPool({ host: 'db.example.com', ssl: { rejectUnauthorized: false } })
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const redis = new Redis({ host: 'cache.example.com', tls: { rejectUnauthorized: false } })
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const mail = nodemailer.createTransport({ host: 'smtp.example.com', tls: { rejectUnauthorized: false } })
                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
await mongoose.connect(process.env.MONGO_URL, { tlsAllowInvalidCertificates: true })
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
await mongoose.connect(process.env.MONGO_URL, { tlsInsecure: true })
                                                ^^^^^^^^^^^^^^^^^ [high] not verified
`),
  )
})

test('a database that is not verified wherever TLS is on', () => {
  check(
    rule,
    loaded(`
import { Pool } from 'pg'
export const a = new Pool({ ssl: process.env.DB_SSL === 'true' ? { rejectUnauthorized: false } : false })
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export const b = new Pool({ ssl: process.env.NODE_ENV === 'production' ? { rejectUnauthorized: false } : false })
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
let tls
if (process.env.REDIS_URL.startsWith('rediss://')) tls = { rejectUnauthorized: false }
                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
export function sslFor(mode) {
  if (!mode || mode === 'disable') return false
  if (mode === 'require' || mode === 'prefer') return { rejectUnauthorized: false }
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] not verified
  if (mode === 'verify-full') return { rejectUnauthorized: true }
  return false
}
export const options = { tls }
`),
  )
})

test('verified only where somebody asks for it', () => {
  check(
    rule,
    loaded(`
import { Pool } from 'pg'
export const a = new Pool({ ssl: { rejectUnauthorized: process.env.DB_VERIFY === 'true' } })
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] only where the configuration asks for it => no fix
export function configure(config, mode) {
  config.ssl.rejectUnauthorized = mode === 'verify-full'
             ^^^^^^^^^^^^^^^^^^ [medium] only where the configuration asks
}
export const mailer = (settings) => ({ tls: { rejectUnauthorized: settings.MAIL_TLS_REJECT_UNAUTHORIZED === 'true' } })
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] only where
export const b = (settings) => new Pool({ ssl: { rejectUnauthorized: settings.rejectUnauthorized ?? false } })
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] only where
`),
  )
})

test('verification is on, or on unless somebody switches it off', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
import { Pool } from 'pg'
export const a = new Pool({ ssl: { rejectUnauthorized: process.env.DB_VERIFY !== 'false' } })
export const b = new Pool({ ssl: { rejectUnauthorized: process.env.NODE_ENV === 'production' } })
export const c = new Pool({ ssl: { rejectUnauthorized: true, ca: process.env.PG_CA_CERT } })
export const d = new Pool({ connectionString: 'postgres://db.example.com/app?sslmode=require' })
export const e = new https.Agent({ rejectUnauthorized: !process.env.ALLOW_SELF_SIGNED })
export const f = new https.Agent({ rejectUnauthorized: undefined })
export const g = new Pool({ ssl: { rejectUnauthorized: process.env.DB_SSL_REJECT } })
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'
process.env.NODE_TLS_REJECT_UNAUTHORIZED = 'false'
`),
  )
})

test('one value with several names is one finding', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
const rejectUnauthorized = false
      ^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] not verified => Verify the certificate
export const agent = new https.Agent({ rejectUnauthorized })
`),
  )
})

test('an option that is there to switch it off', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
import nodemailer from 'nodemailer'
const tls = process.env.ALLOW_UNAUTHORIZED_CERTS ? { rejectUnauthorized: false } : undefined
export const mail = nodemailer.createTransport({ host: process.env.SMTP_HOST, tls })
export function send(notification) {
  const config = {}
  if (notification.unsafeTls) config.httpsAgent = new https.Agent({ rejectUnauthorized: false })
  return config
}
export const optionsOf = (url) => ({
  tls: url.searchParams.get('rejectUnauthorized') === 'false' ? { rejectUnauthorized: false } : {},
  mail: { rejectUnauthorized: !url.smtpIgnoreTLSError || false },
})
export function agentOf(settings) {
  if (!settings.ignoreTlsErrors) return new https.Agent()
  return new https.Agent({ rejectUnauthorized: false })
}
export function modeOf(mode) {
  switch (mode) {
    case 'no-verify':
      return { rejectUnauthorized: false }
    default:
      return { rejectUnauthorized: true }
  }
}
`),
  )
})

test('what is for developers', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
import { Pool } from 'pg'
import { isLocal, config } from './config.js'
if (process.env.NODE_ENV !== 'production') process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
export const agent = process.env.NODE_ENV === 'development' ? new https.Agent({ rejectUnauthorized: false }) : undefined
process.env.NODE_TLS_REJECT_UNAUTHORIZED = process.env.ALLOW_SELF_SIGNED ? '0' : '1'
export const b = new Pool({ ssl: isLocal ? { rejectUnauthorized: false } : true })
export const c = config.isProduction ? {} : { rejectUnauthorized: false }
export const settings = { development: { ssl: { rejectUnauthorized: false } }, production: { ssl: { rejectUnauthorized: true } } }
https.get('https://localhost:8443/health', { rejectUnauthorized: false }, () => {})
`),
  )
})

test('options that nobody looks at, and those of servers', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
import axios from 'axios'
await axios.get('https://partner.example.com', { rejectUnauthorized: false })
const client = axios.create({ rejectUnauthorized: false })
await client.post('https://partner.example.com', {}, { rejectUnauthorized: false })
await fetch('https://partner.example.com', { agent: new https.Agent({ rejectUnauthorized: false }) })
https.createServer({ key, cert, requestCert: true, rejectUnauthorized: false }, () => {}).listen(8443)
https.get('https://partner.example.com', { checkServerIdentity: () => undefined }, () => {})
`),
  )
})

test('the options of a Fastify or Nest server are about certificates of clients', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import { Pool } from 'pg'
    const app = Fastify({ https: { key, cert, requestCert: true, rejectUnauthorized: false } })
    const pool = new Pool({ ssl: { rejectUnauthorized: false } })
    //                             ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
    app.get('/', async () => pool.query('select 1'))
    await app.listen({ port: 3000 })
  `,
  )
})

test('Nest: the options of a module', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/typeorm": "^11.0.0" } }
    //- /main.ts
    import { Module } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    import { TypeOrmModule } from '@nestjs/typeorm'
    @Module({
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })],
    //                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] not verified
    })
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create(AppModule, { httpsOptions: { key, cert, requestCert: true, rejectUnauthorized: false } })
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('the whole process', () => {
  check(
    rule,
    loaded(`
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`NODE_TLS_REJECT_UNAUTHORIZED=0\` switches the verification => Take it out
process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] whole process
`),
  )
})

test('addresses', () => {
  check(
    rule,
    loaded(`
import { Pool } from 'pg'
const address = \`postgres://app:\${process.env.PASSWORD}@db.example.com/app?sslmode=no-verify\`
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`sslmode=no-verify\`
export const pool = new Pool({ connectionString: address })
export const isLax = (mode) => mode === 'no-verify'
`),
  )
})

test('files of deployments', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }
    //- /docker-compose.yml
    services:
      api:
        environment:
          NODE_TLS_REJECT_UNAUTHORIZED: '0'
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] whole process
          DATABASE_URL: postgres://db.example.com/app?sslmode=no-verify
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`sslmode=no-verify\`
          OTHER_URL: postgres://db.example.com/app?sslmode=require
    //- /k8s/api.yaml
    apiVersion: apps/v1
    kind: Deployment
    env:
      - name: NODE_TLS_REJECT_UNAUTHORIZED
        value: '0'
        ^^^^^^^^^^ [high] whole process
    //- /services/products/docker-compose.yml
    services:
      products:
        environment:
          NODE_ENV: development
          NODE_TLS_REJECT_UNAUTHORIZED: '0'
    //- /k8s/overlays/dev/api.yaml
    apiVersion: apps/v1
    kind: Deployment
    env:
      - name: NODE_TLS_REJECT_UNAUTHORIZED
        value: '0'
    //- /.env
    NODE_TLS_REJECT_UNAUTHORIZED=0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] whole process
    //- /.env.development
    NODE_TLS_REJECT_UNAUTHORIZED=0
    //- /.env.example
    NODE_TLS_REJECT_UNAUTHORIZED=0
    //- /.env.production
    NODE_TLS_REJECT_UNAUTHORIZED=1
  `,
  )
})

test('start scripts, and not those of developers and tests', () => {
  const model = modelOf(`
    //- /app.js
    const app = require('express')()
    app.listen(3000)
    //- /package.json
    {
      "dependencies": { "express": "^5.0.0" },
      "scripts": {
        "dev": "NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js",
        "start:dev": "NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js",
        "start": "NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js",
        "serve": "NODE_TLS_REJECT_UNAUTHORIZED=1 node app.js",
        "test": "NODE_TLS_REJECT_UNAUTHORIZED=0 vitest"
      }
    }
  `)
  const found = [...rule.check(model)]
  expect(found.map(({ message, at, confidence }) => [message, at.file, confidence])).toEqual([['process', 'package.json', 'high']])
  const facts = model.files.get('package.json')
  const [start = 0] = facts?.kind === 'source' ? (facts.functions['']?.spans.slice(2 * (found[0]?.at.node ?? 0)) ?? []) : []
  expect(start).toBeGreaterThan(0)
})

test('what is named for being insecure is said softly', () => {
  check(
    rule,
    loaded(`
import https from 'node:https'
export const insecureAgent = new https.Agent({ rejectUnauthorized: false })
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ [low] not verified
`),
  )
})

test('tests and scripts are no server', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.listen(3000)
    //- /clients.test.ts
    import https from 'node:https'
    https.get('https://partner.example.com', { rejectUnauthorized: false }, () => {})
    //- /scripts/probe.js
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  `,
  )
})

test('the value is turned', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const https = require('node:https')
    const app = express()
    const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false })
    app.get('/', (req, res) => https.get('https://partner.example.com', { agent }, () => res.end()))
    app.listen(3000)
    `,
    `
    //- /app.js
    const express = require('express')
    const https = require('node:https')
    const app = express()
    const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: true })
    app.get('/', (req, res) => https.get('https://partner.example.com', { agent }, () => res.end()))
    app.listen(3000)
    `,
  )
})

test('the switch of the process is taken out', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const app = express()
    app.listen(3000)
    `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.listen(3000)
    `,
  )
})

test('no fix where more than a word has to change', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const { Pool } = require('pg')
    const app = require('express')()
    const pool = new Pool({ ssl: { rejectUnauthorized: process.env.DB_VERIFY === 'true' } })
    app.listen(3000)
    `,
  )
})

test('SQL Server, by the option of its driver', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const sql = require('mssql')
    const pool = new sql.ConnectionPool({ server: process.env.SQL_SERVER, options: { encrypt: true, trustServerCertificate: true } })
    //                                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
    const local = new sql.ConnectionPool({ server: 'localhost', options: { trustServerCertificate: true } })
    const mild = new sql.ConnectionPool({ options: { trustServerCertificate: process.env.NODE_ENV !== 'production' } })
    const strict = new sql.ConnectionPool({ options: { encrypt: true, trustServerCertificate: false } })
    const app = express()
    app.get('/', async (req, res) => res.json(await Promise.all([pool.connect(), local.connect(), mild.connect(), strict.connect()])))
    app.listen(3000)
  `,
  )
})

const started = (start: string, variables: string): string => `
  //- /package.json
  { "name": "shop", "dependencies": { "express": "^5.0.0" } }
  //- /src/server.js
  const express = require('express')
  const app = express()
  app.get('/', (req, res) => res.json({}))
  app.listen(3000)
  //- /docker-compose.prod.yml
  services:
    shop:
      image: node:22-slim
      volumes:
        - ./src:/srv/src
        - ./deploy/run.sh:/run.sh:ro
      entrypoint: ["/bin/sh", "/run.sh"]
  //- /deploy/run.sh
  #!/bin/sh
  ${start}
  exec node src/server.js
  //- /deploy/variables.sh
  ${variables}
  //- /tools/run.sh
  echo nothing
`

test('a script that a start script reads in, which a volume brings into the container', () => {
  const off = `export NODE_TLS_REJECT_UNAUTHORIZED=0
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] switches the verification of certificates off`
  check(rule, started('. /srv/variables.sh', off))
  check(rule, started('source "$(dirname "$0")/variables.sh"', off))
  check(rule, started('cat variables.sh', 'export NODE_TLS_REJECT_UNAUTHORIZED=0'))
  check(rule, started('. ./variables.sh', 'export NODE_EXTRA_CA_CERTS=/etc/ca.pem'))
})
