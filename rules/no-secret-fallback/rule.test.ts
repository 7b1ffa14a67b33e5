// Literals that stand in for variables: in expressions, patterns, parameters and schemas; and defaults that nobody can misuse.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

test('or, nullish, conditional and joined paths', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    const a = process.env.JWT_SECRET || 'dev-secret'
                                        ^^^^^^^^^^^^ [high] stands in for JWT_SECRET
    const b = process.env.REFRESH_SECRET ?? 'dev-refresh'
                                            ^^^^^^^^^^^^^ stands in for REFRESH_SECRET
    const c = process.env.MAIL_SECRET ? process.env.MAIL_SECRET : 'dev-mail'
                                                                  ^^^^^^^^^^ stands in for MAIL_SECRET
    let d = process.env.SIGNING_KEY
    if (!d) d = 'dev-signing'
                ^^^^^^^^^^^^^ stands in for SIGNING_KEY
    jwt.sign({}, a); jwt.sign({}, b); jwt.sign({}, c); jwt.sign({}, d)
  `,
  )
})

test('a key under a header that says so, though the variable does not', () => {
  check(
    rule,
    `
    //- /prices.js
    const axios = require('axios')
    exports.prices = () =>
      axios.get('https://prices.example.org', { headers: { 'x-api-key': process.env.PRICES || 'pk93jf02kd92jf0d2Xq' } })
      //                                                                                      ^^^^^^^^^^^^^^^^^^^^^ [medium] stands in for PRICES
    exports.region = () => axios.get('https://prices.example.org', { headers: { 'x-api-key': process.env.PRICES || 'none' } })
    exports.level = { secret: process.env.MODE || 'strict' }
  `,
  )
})

test('destructuring, parameters and helpers with a default', () => {
  check(
    rule,
    `
    //- /env.js
    exports.env = (name, fallback) => process.env[name] || fallback
    //- /app.js
    const jwt = require('jsonwebtoken')
    const session = require('express-session')
    const { env } = require('./env')
    const { JWT_SECRET = 'dev-secret' } = process.env
                         ^^^^^^^^^^^^ stands in for JWT_SECRET
    function sign(payload, secret = process.env.OTHER_SECRET || 'dev-other') { return jwt.sign(payload, secret) }
                                                                ^^^^^^^^^^^ stands in for OTHER_SECRET
    sign({})
    jwt.sign({}, JWT_SECRET)
    session({ secret: env('SESSION_SECRET', 'keyboard cat') })
                                            ^^^^^^^^^^^^^^ [high] stands in for SESSION_SECRET
  `,
  )
})

test('across files, by the place where it ends', () => {
  check(
    rule,
    `
    //- /config.ts
    export const config = { auth: { key: process.env.APP_KEY || 'not-so-secret' } }
                                                                ^^^^^^^^^^^^^^^ [high] stands in for APP_KEY
    //- /auth.ts
    import jwt from 'jsonwebtoken'
    import { config } from './config.js'
    export const sign = () => jwt.sign({}, config.auth.key)
                                           ~~~~~~~~~~~~~~~ [evidence] used here
  `,
  )
})

test('defaults of zod, joi and envalid', () => {
  check(
    rule,
    `
    import { z } from 'zod'
    import Joi from 'joi'
    import { cleanEnv, str, port } from 'envalid'
    export const env = z.object({ PORT: z.string().default('3000'), JWT_SECRET: z.string().min(8).default('dev-secret') }).parse(process.env)
                                                                                                          ^^^^^^^^^^^^ [high] stands in for JWT_SECRET
    const schema = Joi.object().keys({ NODE_ENV: Joi.string().default('production'), SESSION_SECRET: Joi.string().default('keyboard cat') }).unknown()
                                                                                                                          ^^^^^^^^^^^^^^ stands in for SESSION_SECRET
    export const { value } = schema.validate(process.env)
    export const other = cleanEnv(process.env, { PORT: port({ default: 3000 }), SMTP_PASSWORD: str({ default: 'postbox' }), API_SECRET: str({ devDefault: 'dev' }) })
                                                                                                              ^^^^^^^^^ stands in for SMTP_PASSWORD
  `,
  )
})

test('defaults of rules that a function of the project or the library takes', () => {
  check(
    rule,
    `
    import express from 'express'
    import { z } from 'zod'
    import * as v from 'valibot'
    import { create, defaulted, object, string } from 'superstruct'
    const filled = (schema) => z.preprocess((value) => (value === '' ? undefined : value), schema)
    export const env = z.object({ JWT_SECRET: filled(z.string().default('dev-secret')), PORT: filled(z.string().default('3000')), API_SECRET: filled(z.string()) }).parse(process.env)
                                                                        ^^^^^^^^^^^^ [high] stands in for JWT_SECRET
    export const more = v.parse(v.object({ SESSION_SECRET: v.optional(v.pipe(v.string(), v.minLength(8)), 'keyboard cat'), COOKIE_SECRET: v.optional(v.string()), MAIL_SECRET: v.nullable(v.string(), 'postbox-secret') }), process.env)
                                                                                                          ^^^^^^^^^^^^^^ stands in for SESSION_SECRET
    export const rest = create(process.env, object({ SMTP_PASSWORD: defaulted(string(), 'postbox') }))
                                                                                        ^^^^^^^^^ stands in for SMTP_PASSWORD
    express().listen(3000)
  `,
  )
})

test('an address with a password, in doubt on the own machine', () => {
  check(
    rule,
    `
    export const url = process.env.DATABASE_URL || 'postgres://api:Sup3rS3cret@db.prod.internal:5432/shop'
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] stands in for DATABASE_URL
    export const local = process.env.MONGO_URL || 'mongodb://root:rootpw@localhost:27017/shop'
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] stands in for MONGO_URL
  `,
  )
})

test('defaults that are no secrets', () => {
  check(
    rule,
    `
    export const config = {
      port: process.env.PORT || '3000',
      expiry: process.env.JWT_EXPIRES_IN || '15m',
      header: process.env.API_KEY_HEADER ?? 'x-api-key',
      cookie: process.env.TOKEN_COOKIE_NAME || 'access_token',
      password: process.env.REDIS_PASSWORD || '',
      pass: process.env.SMTP_PASSWORD || undefined,
      apiKey: process.env.OPENAI_API_KEY || 'not-configured',
      mongo: process.env.MONGO_URL || 'mongodb://localhost:27017/app',
      kind: process.env.AUTH_SECRET_TYPE || 'hmac-sha256',
    }
  `,
  )
})

test('defaults outside production', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    const isProduction = process.env.NODE_ENV === 'production'
    const a = process.env.JWT_SECRET || (isProduction ? undefined : 'dev-secret')
    let b = process.env.REFRESH_SECRET
    if (!b && process.env.NODE_ENV !== 'production') b = 'dev-refresh'
    jwt.sign({}, a); jwt.sign({}, b)
  `,
  )
})

test('defaults that are refused, and variables that must be there', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    const a = process.env.JWT_SECRET || 'dev-secret'
    if (isProduction() && a === 'dev-secret') throw new Error('JWT_SECRET is missing')
    if (!process.env.REFRESH_SECRET) throw new Error('REFRESH_SECRET is missing')
    const b = process.env.REFRESH_SECRET || 'never-used'
    for (const name of ['MAIL_SECRET', 'OTHER_SECRET']) if (!process.env[name]) { console.error(name); process.exit(1) }
    const c = process.env.MAIL_SECRET ?? 'never-used-too'
    jwt.sign({}, a); jwt.sign({}, b); jwt.sign({}, c)
  `,
  )
})

test('a generated default is no literal', () => {
  check(
    rule,
    `
    import session from 'express-session'
    import { randomBytes } from 'node:crypto'
    session({ secret: process.env.SESSION_SECRET || randomBytes(32).toString('hex') })
  `,
  )
})

test('the start fails instead', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const session = require('express-session')

    const secret = process.env.SESSION_SECRET || 'keyboard cat'
    session({ secret })
    //- /.env.example
    SESSION_SECRET=
    `,
    `
    //- /app.js
    const session = require('express-session')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const secret = requireEnv('SESSION_SECRET')
    session({ secret })
    `,
  )
})

test('a helper that is there is used', () => {
  checkFix(
    rule,
    `
    //- /config.ts
    function requireEnv(name: string): string {
      const value = process.env[name]
      if (value === undefined) throw new Error(name)
      return value
    }
    export const config = {
      jwtSecret: process.env.JWT_SECRET ?? 'dev',
      port: requireEnv('PORT'),
    }
    `,
    `
    //- /config.ts
    function requireEnv(name: string): string {
      const value = process.env[name]
      if (value === undefined) throw new Error(name)
      return value
    }
    export const config = {
      jwtSecret: requireEnv('JWT_SECRET'),
      port: requireEnv('PORT'),
    }
    `,
  )
})

test('schemas demand the variable', () => {
  checkFix(
    rule,
    `
    import { z } from 'zod'
    import Joi from 'joi'
    import { cleanEnv, str } from 'envalid'
    export const env = z.object({ JWT_SECRET: z.string().min(8).default('dev-secret') }).parse(process.env)
    export const { value } = Joi.object({ SESSION_SECRET: Joi.string().default('keyboard cat') }).validate(process.env)
    export const other = cleanEnv(process.env, { SMTP_PASSWORD: str({ desc: 'mail', default: 'postbox' }) })
    `,
    `
    import { z } from 'zod'
    import Joi from 'joi'
    import { cleanEnv, str } from 'envalid'
    export const env = z.object({ JWT_SECRET: z.string().min(8) }).parse(process.env)
    export const { value } = Joi.object({ SESSION_SECRET: Joi.string().required() }).validate(process.env)
    export const other = cleanEnv(process.env, { SMTP_PASSWORD: str({ desc: 'mail' }) })
    `,
  )
})

test('what a fix cannot take apart is left to a person', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const { JWT_SECRET = 'dev-secret' } = process.env
    jwt.sign({}, JWT_SECRET)
    `,
  )
})

test('a default in a chain of env-var', () => {
  check(
    rule,
    `
    //- /settings.ts
    import * as env from 'env-var'
    export const port = env.get('PORT').default('3000').asPortNumber()
    export const name = env.get('APP_NAME').default('shop').asString()
    export const jwtSecret = env.get('JWT_SECRET').default('s3cr3t-of-ours').asString()
                                                           ^^^^^^^^^^^^^^^^ [high] JWT_SECRET
    export const cookieSecret = env.get('COOKIE_SECRET').required().asString()
  `,
  )
})

test('what a key makes or checks asks for no key', () => {
  const server = (refusal: string): string => `
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    const { createHmac } = require('node:crypto')
    const secret = process.env.JWT_SECRET || 'dev-secret-of-mine'
    ${refusal}
    exports.read = (token, kind) => {
      const claims = jwt.verify(token, secret, { algorithms: ['HS256'] })
      if (claims.kind !== kind) throw new Error('another kind of token')
      return claims
    }
    exports.check = (text, mac) => {
      if (createHmac('sha256', secret).update(text).digest('hex') !== mac) throw new Error('not signed')
    }
    //- /app.js
    const { Server } = require('socket.io')
    const { check, read } = require('./tokens')
    const app = require('express')()
    new Server(app.listen(3000)).on('connection', (socket) => {
      socket.user = read(socket.handshake.auth.token, 'access')
      check(socket.handshake.auth.room, socket.handshake.auth.mac)
    })
  `
  const marked = server('').replace("'dev-secret-of-mine'", `$&\n${' '.repeat(45)}^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET`)
  check(rule, marked)
  check(rule, server("if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET')"))
})

test('defaults of ConfigService and of namespaces are fallbacks', () => {
  check(
    rule,
    nestFixture(`//- /jwt.config.ts
import { registerAs } from '@nestjs/config'
export default registerAs('jwt', () => ({ secret: process.env.JWT_SECRET || 'dev-secret-of-mine' }))
//                                                                          ^^^^^^^^^^^^^^^^^^^^ stands in for JWT_SECRET
//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { JwtModule } from '@nestjs/jwt'
import jwtConfig from './jwt.config'
@Module({
  imports: [
    ConfigModule.forRoot({ load: [jwtConfig] }),
    JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: config.get('jwt.secret') }) }),
    JwtModule.registerAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({ secret: config.get('OTHER_SECRET', 'another-dev-secret') }),
      //                                                                           ^^^^^^^^^^^^^^^^^^^^ stands in for OTHER_SECRET
    }),
  ],
})
export class AppModule {}
`),
  )
})

test('the fix lets ConfigService throw', () => {
  checkFix(
    rule,
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { JwtModule } from '@nestjs/jwt'
@Module({
  imports: [
    ConfigModule.forRoot(),
    JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: config.get<string>('JWT_SECRET', 'a-dev-secret-of-mine') }) }),
  ],
})
export class AppModule {}
`),
    `
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { ConfigModule, ConfigService } from '@nestjs/config'
    import { JwtModule } from '@nestjs/jwt'
    @Module({
      imports: [
        ConfigModule.forRoot(),
        JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: config.getOrThrow<string>('JWT_SECRET') }) }),
      ],
    })
    export class AppModule {}
  `,
  )
})

test('an empty key works as well as any other', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { createHmac } from 'node:crypto'
    const app = express()
    const key = process.env.WEBHOOK_KEY || ''
    //                                     ^^ [high error] An empty text is the key where the environment lacks WEBHOOK_KEY.
    const config = { encryptionKey: process.env.DATA_ENCRYPTION_KEY ?? '', title: process.env.TITLE || '', token: process.env.MAIL_TOKEN || '' }
    //                                                                 ^^ [medium error] where the environment lacks DATA_ENCRYPTION_KEY
    app.post('/hooks', (req, res) => { res.json({ sum: createHmac('sha256', key).update(req.body).digest('hex'), title: config.title }) })
    //                                                                      ~~~ [evidence] It is used here as a key.
    app.listen(3000)
  `,
  )
  checkFix(
    rule,
    `
    //- /key.ts
    import { createHmac } from 'node:crypto'
    const key = process.env.WEBHOOK_KEY || ''
    export const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  `,
    `
    //- /key.ts
    import { createHmac } from 'node:crypto'

    function requireEnv(name: string): string {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const key = requireEnv('WEBHOOK_KEY')
    export const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  `,
  )
})

test('literals that a compose file puts in', () => {
  const project = (name: string, services: string): string => `
    //- /${name}
    services:
${services}
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.get('/', (req, res) => res.json(jwt.sign({}, process.env.JWT_KEY, { expiresIn: '1h' })))
    app.listen(3000)
  `
  check(
    rule,
    project(
      'docker-compose.yml',
      `      api:
        environment:
          JWT_KEY: \${JWT_KEY:-dev}
          ^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] A literal stands in for JWT_KEY where nobody sets it. => no fix
          MAIL_API_KEY: \${MAIL_KEY-k3y9fLm2qWx7}
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A literal stands in for MAIL_KEY
          DATABASE_URL: postgres://u:\${DB_PASSWORD:-crm2024}@db/crm
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] A literal stands in for DB_PASSWORD
          LOG_LEVEL: \${LOG_LEVEL:-info}
          STRIPE_SECRET: \${STRIPE_SECRET:-changeme}
          SESSION_SECRET: \${SESSION_SECRET:-}
          CSRF_SECRET: \${CSRF_SECRET:?}
          OTHER_SECRET: \${OTHER_SECRET}
      tests:
        environment:
          - NODE_ENV=test
          - JWT_KEY=\${JWT_KEY:-dev}`,
    ),
  )
  const production = `      api:
        environment:
          - APP_ENV=prod
          - JWT_KEY=\${JWT_KEY:-dev}
            ^^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_KEY
          - DB_PASSWORD=\${DB_PASSWORD:-crm2024}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] DB_PASSWORD`
  check(rule, project('compose.yaml', production))
  check(rule, project('docker-compose.prod.yml', production.replace('APP_ENV=prod', 'TZ=utc')))
  check(rule, project('docker-compose.dev.yml', production.replace(/\n +\^.*/g, '')))
})

test('a setting that a function is handed is reported where it is written, and once', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }
    //- /config.js
    const env = (name, fallback) => {
      const value = process.env[name]
      return value === undefined || value === '' ? fallback : value
    }
    module.exports = { secret: env('JWT_SECRET', 'ledgerline') }
                                                 ^^^^^^^^^^^^ [high] stands in for JWT_SECRET
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    const settings = require('./config')
    const sign = (payload, secret, options) => jwt.sign({ ...payload, kind: 'a' }, secret, options)
    exports.access = (user) => sign({ sub: user.id }, settings.secret, { expiresIn: '1h' })
    //- /server.js
    const app = require('express')()
    const tokens = require('./tokens')
    app.post('/login', (req, res) => res.json(tokens.access(find(req.body.name))))
    app.listen(3000)
  `,
  )
})

test('defaults of convict that stand in for variables', () => {
  check(
    rule,
    `
    //- /app.js
    import convict from 'convict'
    import express from 'express'
    const config = convict({
      signing: {
        secret: { doc: 'signs links', format: String, default: 'Lq7Zx3Vt9KpWm2Rb', env: 'PARTNER_SECRET' },
        //                                                     ^^^^^^^^^^^^^^^^^^ [high] A literal stands in for PARTNER_SECRET
        header: { format: String, default: 'x-signature', env: 'PARTNER_HEADER' },
      },
      vault: { token: { format: String, default: '', env: 'VAULT_TOKEN' } },
      db: { password: { format: String, default: null, env: 'DB_PASSWORD' } },
    })
    express().listen(config.get('port'))
  `,
  )
})

test('fields of a class that the environment fills start as something', () => {
  const server = (field: string, mark = ''): string => `
    //- /env.ts
    import { plainToInstance } from 'class-transformer'
    import { IsOptional, IsString, MinLength, validateSync } from 'class-validator'
    class Environment {
      @IsOptional() @IsString() LOG_LEVEL: string = 'information'
      ${field}
      ${mark}
    }
    export function loadEnvironment(): Environment {
      const env = plainToInstance(Environment, process.env, { enableImplicitConversion: true })
      const errors = validateSync(env)
      if (errors.length > 0) throw new Error(errors.toString())
      return env
    }
    //- /app.ts
    import express from 'express'
    import session from 'express-session'
    import { loadEnvironment } from './env.js'
    const env = loadEnvironment()
    const app = express()
    app.use(session({ secret: env.SESSION_SECRET }))
    app.listen(3000)
  `
  const fallback = `@IsString() @MinLength(10) SESSION_SECRET: string = 'changeme-please'`
  const start = ' '.repeat(fallback.indexOf("'"))
  check(rule, server(fallback, `${start}^^^^^^^^^^^^^^^^^ [high] A literal stands in for SESSION_SECRET`))
  check(rule, server('@IsString() @MinLength(32) SESSION_SECRET: string'))
  check(rule, server('@IsOptional() @IsString() SESSION_SECRET?: string'))
})

test('a default of a schema that is a secret by its shape', () => {
  check(
    rule,
    `
    //- /env.js
    import { cleanEnv, url } from 'envalid'
    export const env = cleanEnv(process.env, {
      BROKER_URL: url({ default: 'amqp://courier:Rk29xLpQ@mq.courier.internal:5672' }),
      //                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A literal stands in for BROKER_URL
      SITE_URL: url({ default: 'https://courier.app' }),
    })
    //- /app.js
    import express from 'express'
    import { env } from './env.js'
    express().listen(env.PORT)
  `,
  )
})

test('secrets that verify webhooks, and settings of nconf', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "nconf": "^0.12.0", "stripe": "^14.0.0", "cookie-parser": "^1.4.0" } }
    //- /app.js
    const express = require('express')
    const nconf = require('nconf')
    const Stripe = require('stripe')
    nconf.env().defaults({ cookieSecret: 'nordic-garden', size: 24 })
    //                                   ^^^^^^^^^^^^^^^ [high] A literal stands in for cookieSecret
    const stripe = new Stripe(process.env.STRIPE_KEY)
    const app = express()
    app.use(require('cookie-parser')(nconf.get('cookieSecret')))
    //                               ~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence]
    app.post('/hook', express.raw({ type: '*/*' }), (req, res) => {
      stripe.webhooks.constructEvent(req.body, req.get('stripe-signature'), process.env.STRIPE_WEBHOOK_SECRET || 'whsec_local')
      //                                                                                                         ^^^^^^^^^^^^^ [high]
      res.json({ size: nconf.get('size') })
    })
    app.listen(3000)
  `,
  )
})

test('fix: an empty text that ConfigService is given gives way as any literal does', () => {
  const signer = (key: string): string =>
    nestFixture(`//- /signer.ts
import { createHmac } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'

@Injectable()
export class Signer {
  constructor(private readonly config: ConfigService) {}

  sign(text: string): string {
    return createHmac('sha256', ${key}).update(text).digest('hex')
  }
}
`)
  checkFix(rule, signer("this.config.get<string>('WEBHOOK_KEY') || ''"), signer("this.config.getOrThrow<string>('WEBHOOK_KEY')"))
  checkFix(rule, signer("this.config.get<string>('WEBHOOK_KEY', '')"), signer("this.config.getOrThrow<string>('WEBHOOK_KEY')"))
})

test('fix: ConfigService demands a variable itself', () => {
  const app = (secret: string): string =>
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { JwtModule } from '@nestjs/jwt'

@Module({
  imports: [
    ConfigModule.forRoot(),
    JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: ${secret} }) }),
  ],
})
export class AppModule {}
`)
  checkFix(rule, app("config.get<string>('JWT_SECRET') || 'atelier-signing-2021'"), app("config.getOrThrow<string>('JWT_SECRET')"))
})

test('a year or a number makes a default of a key no label', () => {
  check(
    rule,
    `
    export const config = {
      partner: process.env.PARTNER_API_KEY ?? 'partner-key-2023',
                                              ^^^^^^^^^^^^^^^^^^ [medium] stands in for PARTNER_API_KEY
      hook: process.env.HOOK_TOKEN || 'hook-tok-5-bookings',
                                      ^^^^^^^^^^^^^^^^^^^^^ [medium] stands in for HOOK_TOKEN
      issued: process.env.CRM_API_KEY || '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stands in for CRM_API_KEY
      header: process.env.API_KEY || 'x-api-key',
      cookie: process.env.ACCESS_TOKEN || 'access_token_v2',
      life: process.env.REFRESH_TOKEN || '30d',
      address: process.env.ACCESS_TOKEN_2 || 'https://login.example.com/oauth2/token',
      path: process.env.AUTH_TOKEN || '/run/secrets/token-1',
      keyId: process.env.JWT_KEY_ID || '2023-10-signing',
    }
  `,
  )
})

test('a check behind the default of a function refuses nobody', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    function get(name, fallback) {
      const value = process.env[name] ?? fallback
      if (value === undefined) throw new Error('Missing ' + name)
      return value
    }
    export const port = get('PORT', '3000')
    const secret = get('JWT_SECRET', 'bookings-jwt-01')
                                     ^^^^^^^^^^^^^^^^^ [high] stands in for JWT_SECRET
    const refresh = get('REFRESH_SECRET')
    export const sign = (user) => [jwt.sign(user, secret), jwt.sign(user, refresh)]
  `,
  )
})

test('literals that an image and the script that starts the server put in', () => {
  const files = (lines: string, command = './start.sh'): string => `
    //- /Dockerfile
    FROM node:22
    COPY . .
    ENV SESSION_SECRET=\${SESSION_SECRET:-b1ld-sess-77fk2}
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A literal stands in for SESSION_SECRET where nobody gives it to the build. => no fix
    CMD ["${command}"]
    //- /start.sh
    #!/bin/sh
${lines}
    exec node app.js
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.get('/', (req, res) => res.json(jwt.sign({}, process.env.JWT_KEY, { expiresIn: '1h' })))
    app.listen(3000)
  `
  check(
    rule,
    files(`    export JWT_KEY="\${JWT_KEY:-dev}"
           ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A literal stands in for JWT_KEY where the environment lacks it. => no fix
    : "\${HOOK_SECRET:=sess-fallback-77fk2}"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stands in for HOOK_SECRET
    export HOOK_SECRET
    export DB_HOST="\${DB_HOST:-db-7.example.com}"
    export API_SECRET="\${API_SECRET:?}" MAIL_SECRET="\${MAIL_SECRET:-changeme}" LOG_SECRET="\${LOG_SECRET:-}"`),
  )
})

test('among arguments and inside of addresses', () => {
  check(
    rule,
    `
    import mongoose from 'mongoose'
    import { init } from 'some-sdk'
    export const config = {
      db: \`postgres://shop:\${process.env.DB_PASSWORD || 'shopPassw0rd'}@\${process.env.DB_HOST || 'db'}/shop\`,
                                                        ^^^^^^^^^^^^^^ [high] stands in for DB_PASSWORD
      cache: process.env.REDIS_URL || \`redis://:\${process.env.REDIS_PASSWORD || 'c4cheSecret'}@cache:6379\`,
                                                                                ^^^^^^^^^^^^^ [high] stands in for REDIS_PASSWORD
      hosts: (process.env.CORS_HOSTS || 'a1.example.com,b2.example.com').split(','),
    }
    mongoose.connect(\`mongodb://root:\${process.env.MONGO_PASSWORD ?? 'example'}@mongo:27017\`)
                                                                     ^^^^^^^^^ [high] stands in for MONGO_PASSWORD
    init(process.env.SDK_API_KEY || 'a81Lq0zPw5Td')
                                    ^^^^^^^^^^^^^^ [high] stands in for SDK_API_KEY
    export const ask = () => fetch('https://a.example.com', { headers: { authorization: \`Bearer \${process.env.CRM_SECRET || 'a81Lq0zP'}\` } })
                                                                                                                            ^^^^^^^^^^ [high] stands in for CRM_SECRET
  `,
  )
  check(
    rule,
    `
    import { init } from 'some-sdk'
    import { logger } from './logger.js'
    console.log(process.env.JWT_SECRET || 'no secret yet', \`secret: \${process.env.JWT_SECRET || 'missing1'}\`)
    logger.warn(process.env.JWT_SECRET || 'unset here')
    if (!process.env.DB_USER) throw new Error(process.env.DB_PASSWORD || 'no password 7')
    export const text = \`The password is \${process.env.DB_PASSWORD || 'unset7'}\`
    init(process.env.SDK_API_KEY || '', process.env.SDK_REGION || 'eu-central-1', process.env.SDK_TOKEN || 'none')
    //- /logger.js
    export { logger } from 'some-logger'
  `,
  )
})

test('ConfigService throws for no variable that its schema fills in', () => {
  const configured = (rule: string): string =>
    nestFixture(`
//- /signer.ts
import { Injectable } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
@Injectable()
export class Signer {
  readonly key: string
  constructor(config: ConfigService) {
    this.key = config.getOrThrow<string>('SESSION_SECRET')
  }
}
//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import Joi from 'joi'
import { Signer } from './signer'
@Module({
  imports: [ConfigModule.forRoot({ validationSchema: Joi.object({ SESSION_SECRET: ${rule} }) })],
  providers: [Signer],
})
export class AppModule {}
`)
  check(
    rule,
    configured("Joi.string().default('keyboard cat')").replace(
      '  providers: [Signer]',
      `  //                                                                                                   ^^^^^^^^^^^^^^ [high] for SESSION_SECRET
  providers: [Signer]`,
    ),
  )
  check(rule, configured('Joi.string().min(32).required()'))
})
