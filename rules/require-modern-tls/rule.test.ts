// Which settings let old versions of TLS and weak ciphers in.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('versions before 1.2', () => {
  check(
    rule,
    `
    import https from 'node:https'
    import tls from 'node:tls'
    import express from 'express'
    import { createPool } from 'mysql2'
    const app = express()
    https.createServer({ key, cert, minVersion: 'TLSv1.1' }, app).listen(443)
                                    ^^^^^^^^^^^^^^^^^^^^^ [medium warning] before 1.2 are let in: \`minVersion: TLSv1.1\` => Let in what is safe
    tls.DEFAULT_MIN_VERSION = 'TLSv1'
        ^^^^^^^^^^^^^^^^^^^ [medium warning] \`DEFAULT_MIN_VERSION: TLSv1\`
    export const pool = createPool({ ssl: { minVersion: process.env.TLS_VERSION || 'TLSv1' } })
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] before 1.2 => no fix
    https.createServer({ key, cert, secureProtocol: 'TLSv1_method' }, app)
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] \`secureProtocol: TLSv1_method\`
  `,
  )
})

test('a level at which old versions do get in', () => {
  check(
    rule,
    `
    import https from 'node:https'
    import express from 'express'
    const app = express()
    https.createServer({ key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, app).listen(443)
                                    ^^^^^^^^^^^^^^^^^^^ [high error] before 1.2
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high error] Weak ciphers
  `,
  )
})

test('lists of ciphers', () => {
  check(
    rule,
    `
    import nodemailer from 'nodemailer'
    import express from 'express'
    const app = express()
    app.listen(3000)
    export const a = nodemailer.createTransport({ host, tls: { ciphers: 'SSLv3' } })
                                                               ^^^^^^^^^^^^^^^^ [medium warning] \`ciphers: SSLv3\` => no fix
    export const b = { tls: { ciphers: 'AES128-SHA:RC4-SHA' } }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Weak ciphers
    export const c = { tls: { ciphers: 'ECDHE-RSA-DES-CBC3-SHA' } }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Weak ciphers
    export const d = { tls: { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:HIGH:!aNULL:!MD5:!RC4:-3DES' } }
    export const e = { tls: { ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES256-GCM-SHA384' } }
    export const f = { tls: { ciphers: 'DEFAULT@SECLEVEL=1' } }
  `,
  )
})

test('modern versions, versions of other things, and what somebody asks for', () => {
  check(
    rule,
    `
    import https from 'node:https'
    import express from 'express'
    const app = express()
    https.createServer({ key, cert, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }, app).listen(443)
    export const a = { secureProtocol: 'TLSv1_2_method' }
    export const b = { minVersion: '1.1', maxVersion: 1 }
    export const c = { minVersion: process.env.TLS_MIN_VERSION }
    export const d = (monitor) => (monitor.allowInsecureTls ? { minVersion: 'TLSv1' } : {})
    export const e = process.env.NODE_ENV === 'development' ? { minVersion: 'TLSv1' } : {}
    if (tls.minVersion === 'TLSv1') throw new Error('too old')
  `,
  )
})

test('Fastify and Nest: options of their servers', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0" } }
    //- /app.js
    const app = require('fastify')({ https: { key, cert, secureProtocol: 'TLSv1_1_method' } })
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] before 1.2
    app.listen({ port: 443 })
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
    @Module({})
    class AppModule {}
    async function bootstrap() {
      const httpsOptions = { key, cert, minVersion: 'TLSv1' as const }
      //                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] before 1.2
      const app = await NestFactory.create(AppModule, { httpsOptions })
      await app.listen(443)
    }
    bootstrap()
  `,
  )
})

test('nginx in front', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.listen(3000)
    //- /nginx.conf
    server {
      listen 443 ssl;
      ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] nginx lets in versions of TLS before 1.2: TLSv1 TLSv1.1.
    }
    //- /nginx/sites-enabled/api
    server {
      ssl_protocols TLSv1.1 TLSv1.2;
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] TLSv1.1
    }
    //- /modern/nginx.conf
    server {
      ssl_protocols TLSv1.2 TLSv1.3;
    }
    //- /tests/nginx.conf
    server {
      ssl_protocols TLSv1;
    }
  `,
  )
})

test('tests are no server', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.listen(3000)
    //- /tls.test.js
    require('https').createServer({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  `,
  )
})

test('the words are replaced', () => {
  const server = (options: string): string => `
    //- /app.js
    const https = require('node:https')
    const app = require('express')()
    https.createServer({ key, cert, ${options} }, app).listen(443)
  `
  checkFix(rule, server(`minVersion: 'TLSv1'`), server(`minVersion: 'TLSv1.2'`))
  checkFix(rule, server(`secureProtocol: 'TLSv1_1_method'`), server(`secureProtocol: 'TLS_method'`))
  checkFix(rule, server(`ciphers: 'DEFAULT@SECLEVEL=0'`), server(`ciphers: 'DEFAULT'`))
  checkFix(rule, server(`ciphers: 'HIGH:!aNULL:@SECLEVEL=0'`), server(`ciphers: 'HIGH:!aNULL'`))
  checkNoFix(rule, server(`ciphers: 'AES128-SHA:RC4-SHA'`))
})
