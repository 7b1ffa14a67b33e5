// Secrets in the code: by place, by shape, by name; and what only looks like them.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

test('the key of tokens, where it is written, across files', () => {
  check(
    rule,
    `
    //- /config.js
    module.exports = { jwt: { secret: 'mysupersecretkey' } }
                                      ^^^^^^^^^^^^^^^^^^ [high] key of JSON web tokens
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const config = require('./config')
    const app = express()
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, config.jwt.secret) }))
                                                                           ~~~~~~~~~~~~~~~~~ [evidence] used here
    app.listen(3000)
  `,
  )
})

test('one secret in several places is one finding', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, 'keyboard cat')))
                                                                  ^^^^^^^^^^^^^^ [high] key of JSON web tokens
    app.get('/me', (req, res) => res.json(jwt.verify(req.get('authorization'), 'keyboard cat')))
                                                                               ~~~~~~~~~~~~~~ [affected] same secret
  `,
  )
})

test('at most three uses of a secret are shown', () => {
  check(
    rule,
    `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const key = 'keyboard cat'
                ^^^^^^^^^^^^^^ [error, complete, suggestion] key of JSON web tokens => Read JWT_SECRET from the environment
    jwt.sign({ id: 1 }, key)
                        ~~~ [evidence] used here
    jwt.sign({ id: 2 }, key)
                        ~~~ [evidence] used here
    jwt.sign({ id: 3 }, key)
                        ~~~ [evidence] used here
    jwt.sign({ id: 4 }, key)
  `,
  )
})

test('sessions, cookies, HMACs, ciphers, in arrays, encodings and derivations', () => {
  check(
    rule,
    `
    import express from 'express'
    import session from 'express-session'
    import cookieParser from 'cookie-parser'
    import cookieSession from 'cookie-session'
    import { createHmac, createCipheriv, scryptSync, randomBytes } from 'node:crypto'
    import { SignJWT } from 'jose'
    const app = express()
    app.use(session({ secret: 'changeme', resave: false }))
                              ^^^^^^^^^^ [high] session secret is written
    app.use(cookieParser([process.env.COOKIE_SECRET, process.env.OLD_COOKIE_SECRET]))
    app.use(cookieSession({ keys: ['k1-cookie', 'k2-cookie'] }))
                                   ^^^^^^^^^^^ session secret
                                                ~~~~~~~~~~~ [affected] The same stands here.
    const mac = createHmac('sha256', Buffer.from('not-very-secret', 'utf8'))
                                                 ^^^^^^^^^^^^^^^^^ key of an HMAC
    const cipher = createCipheriv('aes-256-gcm', scryptSync('password-of-mine', 'salt', 32), randomBytes(12))
                                                            ^^^^^^^^^^^^^^^^^^ encryption key
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('jose-secret'))
                                                                                                           ^^^^^^^^^^^^^ key of JSON web tokens
  `,
  )
})

test('strategies and options that carry a key', () => {
  check(
    rule,
    `
    //- /passport.ts
    import { Strategy, ExtractJwt } from 'passport-jwt'
    import { Strategy as Google } from 'passport-google-oauth20'
    const options = { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'secret' }
                                                                                             ^^^^^^^^ key of JSON web tokens
    export const jwt = new Strategy(options, (payload, done) => done(null, payload))
    export const google = new Google({ clientID: 'abc', clientSecret: 'GOCSPX-9aL2kq0ZbT7', callbackURL: '/cb' }, () => {})
                                                                      ^^^^^^^^^^^^^^^^^^^^ client secret of a login provider
    //- /app.ts
    import express from 'express'
    import { expressjwt } from 'express-jwt'
    import './passport.js'
    const app = express()
    app.use(expressjwt({ secret: () => 'from-a-function', algorithms: ['HS256'] }))
                                       ^^^^^^^^^^^^^^^^^ key of JSON web tokens
  `,
  )
})

test('passwords of databases and mail servers, and addresses with passwords', () => {
  check(
    rule,
    `
    import pg from 'pg'
    import nodemailer from 'nodemailer'
    import mongoose from 'mongoose'
    export const pool = new pg.Pool({ host: 'db.internal', user: 'api', password: 'Tr0ub4dor' })
                                                                                  ^^^^^^^^^^^ [high] database password
    export const mail = nodemailer.createTransport({ auth: { user: 'me', pass: 'hunter2!' } })
                                                                               ^^^^^^^^^^ password of the mail account
    mongoose.connect('mongodb+srv://api:s3cr3tpw@cluster0.abcde.mongodb.net/shop')
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] password in a connection address
  `,
  )
})

test('a key that the client of a provider is made with', () => {
  check(
    rule,
    `
    import Mailgun from 'mailgun.js'
    export const client = new Mailgun(FormData).client({ username: 'api', key: '9f3c1a7be2d84650-77985560' })
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Mailgun key
  `,
  )
})

test('what providers hand out is known by its shape', () => {
  check(
    rule,
    `
    const aws = { id: 'AKIAQ4FZ7N2LKJ3HXW5T' }
                      ^^^^^^^^^^^^^^^^^^^^^^ [high] AWS access key id
    send('${'sk_' + 'live_'}4eC39HqLyjWDarjtT1zdp7dc')
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Stripe key
    const test = '${'sk_' + 'test_'}4eC39HqLyjWDarjtT1zdp7dc'
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Stripe key
  `,
  )
})

test('a name that ends with a secret, and a value that looks like one', () => {
  check(
    rule,
    `
    export default { jwtSecret: 'a8f5f167f44f4964', agendash: { user: 'agendash', password: '123456' } }
                                ^^^^^^^^^^^^^^^^^^ [medium] value of jwtSecret
                                                                                            ^^^^^^^^ [medium] value of password
  `,
  )
})

test('messages never show the value', () => {
  const findings = check(
    rule,
    `
    const jwt = require('jsonwebtoken')
    jwt.sign({}, 'topsecretvalue')
                 ^^^^^^^^^^^^^^^^
  `,
  )
  expect(JSON.stringify(findings.map(({ message, why, how, related }) => [message, why, how, related]))).not.toContain('topsecretvalue')
})

test('names, labels, keys of translations, headers, scopes and types are no secrets', () => {
  check(
    rule,
    `
    export const tokenTypes = { ACCESS: 'access', REFRESH_TOKEN: 'refreshToken', RESET_PASSWORD: 'resetPassword', VERIFY: 'verifyEmail' }
    export const permissions = { changePassword: 'user:password:update', apiKey: 'api-key' }
    export const messages = { password: 'Password must have 8 characters', invalidToken: 'errors.auth.token.invalid' }
    export const headers = { apiKey: 'x-api-key', csrfToken: 'X-CSRF-TOKEN-2', authToken: 'access_token' }
    export const fields = { password: 'password', type: 'password', secretName: 'prod/db/credentials-1' }
    export const passwordRegex = '^(?=.*[A-Z])(?=.*\\\\d).{8,}$'
    export const tokenUrl = 'https://login.example.com/oauth2/token'
    export const SECRET_ENV = 'JWT_SECRET'
    export const publicKey = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7'
    export const tokenExpiry = '15m', apiKeyId = '3f8a9c2b7d', password = '', secretKey = '<your-secret-key>', apiKey = 'YOUR_API_KEY_123'
    export const hashedSecret = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'
  `,
  )
})

test('what comes from the environment, is generated, or is a public key', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    import { randomBytes } from 'node:crypto'
    import { readFileSync } from 'node:fs'
    const secret = process.env.JWT_SECRET
    if (!secret) throw new Error('Missing JWT_SECRET')
    jwt.sign({}, secret)
    jwt.sign({}, randomBytes(32))
    jwt.verify(token, readFileSync('public.pem'))
    jwt.verify(token, '-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7\\n-----END PUBLIC KEY-----')
  `,
  )
})

test('what is on outside production only', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    const isProduction = process.env.NODE_ENV === 'production'
    const secret = isProduction ? process.env.JWT_SECRET : 'local-development-9'
    jwt.sign({}, secret)
    if (process.env.NODE_ENV !== 'production') jwt.sign({}, 'seed-9')
    export const config = { development: { dbPassword: 'postgres1' }, test: { jwtSecret: 'a8f5f167f44f4964' } }
  `,
  )
})

test('lists of what is refused are no secrets', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    const WEAK = ['changeme', 'auth_token_1']
    const DEFAULT_SECRET = 'a8f5f167f44f4964'
    const secret = process.env.JWT_SECRET
    if (WEAK.includes(secret) || secret === DEFAULT_SECRET) throw new Error('weak')
    jwt.sign({}, secret)
  `,
  )
})

test('tests, examples and placeholders of providers are silent', () => {
  check(
    rule,
    `
    //- /test/app.test.js
    const jwt = require('jsonwebtoken')
    jwt.sign({}, 'test-secret-1')
    //- /examples/demo.js
    const key = '${'sk_' + 'live_'}4eC39HqLyjWDarjtT1zdp7dc'
    //- /app.js
    const stripe = require('stripe')('sk_test_your_key_here')
    const aws = 'AKIAIOSFODNN7EXAMPLE'
  `,
  )
})

test('a constant of the module becomes a variable that is checked at start', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const session = require('express-session')

    const app = express()
    app.use(session({ secret: 'keyboard cat', resave: false }))
    //- /.env.example
    PORT=3000
    `,
    `
    //- /app.js
    const express = require('express')
    const session = require('express-session')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const app = express()
    app.use(session({ secret: requireEnv('SESSION_SECRET'), resave: false }))
    //- /.env.example
    PORT=3000
    # Generate one, for example with: openssl rand -hex 32
    SESSION_SECRET=
    `,
  )
})

test('a literal inside a handler is read when the module is loaded', () => {
  checkFix(
    rule,
    `
    //- /auth.ts
    import jwt from 'jsonwebtoken'

    export const sign = (id: string) => jwt.sign({ id }, 'mysecret')
    export const verify = (token: string) => jwt.verify(token, 'mysecret')
    `,
    `
    //- /auth.ts
    import jwt from 'jsonwebtoken'

    function requireEnv(name: string): string {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const jwtSecret = requireEnv('JWT_SECRET')

    export const sign = (id: string) => jwt.sign({ id }, jwtSecret)
    export const verify = (token: string) => jwt.verify(token, jwtSecret)
    `,
  )
})

test('after the file has loaded its environment', () => {
  checkFix(
    rule,
    `
    //- /app.js
    require('dotenv').config()
    const jwt = require('jsonwebtoken')
    const JWT_KEY = 'some-signing-key'
    jwt.sign({}, JWT_KEY)
    `,
    `
    //- /app.js
    require('dotenv').config()
    const jwt = require('jsonwebtoken')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const JWT_KEY = requireEnv('JWT_KEY')
    jwt.sign({}, JWT_KEY)
    `,
  )
})

test('fields of classes, static and private ones too', () => {
  check(
    rule,
    `
    export class Client {
      apiKey = 'f3a9c1d27be84650a1f2'
               ^^^^^^^^^^^^^^^^^^^^^^ [medium] value of apiKey
      static secret = 'zx81-9Qw_Lp0Vn3Kt7'
                      ^^^^^^^^^^^^^^^^^^^^ value of secret
      #password = 'S3cure!pw'
                  ^^^^^^^^^^^ value of #password
    }
    export const client = new Client()
  `,
  )
})

test('a literal that a handler passes through a function of the project', () => {
  check(
    rule,
    `
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    exports.signWith = (payload, secret) => jwt.sign(payload, secret)
    //- /app.js
    const express = require('express')
    const { signWith } = require('./tokens')
    const app = express()
    app.post('/login', (req, res) => res.json(signWith({ id: 1 }, 'not-a-good-key')))
                                                                  ^^^^^^^^^^^^^^^^ [high] key of JSON web tokens
    app.listen(3000)
  `,
  )
})

test('the password of a row of people is told, and gets no environment variable', () => {
  checkNoFix(
    rule,
    `
    //- /seed.js
    const users = [
      { id: 1, email: 'ada@example.org', role: 'admin', password: 'Tr0ub4dor&3-horse' },
      { id: 2, email: 'bob@example.org', role: 'user', password: 'Correct-Horse-9-battery' },
    ]
    module.exports = { users }
    //- /app.js
    const express = require('express')
    const { users } = require('./seed')
    const app = express()
    app.get('/users', (req, res) => res.json(users.length))
    app.listen(3000)
  `,
  )
})

test('the password beside a host is a setting', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const connection = { host: 'db.internal', name: 'shop', password: 'Tr0ub4dor&3-horse' }
    const app = express()
    app.get('/', (req, res) => res.json(connection.host))
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const connection = { host: 'db.internal', name: 'shop', password: requireEnv('PASSWORD') }
    const app = express()
    app.get('/', (req, res) => res.json(connection.host))
    app.listen(3000)
  `,
  )
})

test('keys that Nest modules and strategies are given', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Injectable, Module } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { JwtModule } from '@nestjs/jwt'
import { PassportStrategy } from '@nestjs/passport'
import { Strategy } from 'passport-jwt'
@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ secretOrKey: 'kd83jfls92jfke02jfks92jfk20fjsl3' })
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  }
}
@Module({
  imports: [
    ConfigModule.forRoot(),
    JwtModule.register({ secret: 'pq93kfls82kdjf92lskd83jfks92kdjf' }),
    //                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: config.getOrThrow('JWT_SECRET') }) }),
  ],
  providers: [JwtStrategy],
})
export class AppModule {}
`),
  )
})

test('secrets of the plugins of Fastify', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    import session from '@fastify/session'
    const app = Fastify()
    app.register(jwt, { secret: 'h7Gd92kLw0PzQx4RvT6bNm1s' })
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^
    app.register(session, { secret: process.env.SESSION_SECRET })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('keys that an injected JwtService is given', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Module, Post } from '@nestjs/common'
import { JwtModule, JwtService } from '@nestjs/jwt'
@Controller()
class AuthController {
  constructor(private readonly jwt: JwtService) {}
  @Post('login')
  login() {
    return { token: this.jwt.sign({ id: 1 }, { secret: 'pq93kfls82kdjf92lskd83jfks92kdjf' }) }
    //                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  }
}
@Module({ imports: [JwtModule.register({})], controllers: [AuthController] })
export class AppModule {}
`),
  )
})

test('a literal that what was typed is compared with', () => {
  check(
    rule,
    `
    import express from 'express'
    const BACK_DOOR_PASSWORD = 'open-the-gate'
    //                         ^^^^^^^^^^^^^^^ [high] The password that lets in is written in the code.
    const app = express()
    app.use(express.json())
    app.post('/admin', (req, res) => {
      if (req.body.password === 'let-me-1n') return res.json({ admin: true })
      //                        ^^^^^^^^^^^ [high] The password that lets in is written in the code.
      res.sendStatus(403)
    })
    app.post('/gate', (req, res) => {
      const { password } = req.body
      if (password !== BACK_DOOR_PASSWORD) return res.status(401).end()
      res.json({ open: true })
    })
    app.post('/register', (req, res) => {
      const { password, confirmPassword } = req.body
      if (password === 'password1234' || password === '') return res.status(400).json({ error: 'everybody knows that one' })
      if (password !== confirmPassword) return res.status(400).end()
      res.json({ ok: true })
    })
    app.listen(3000)
  `,
  )
})

test('a one-time code that is always right', () => {
  check(
    rule,
    `
    import express from 'express'
    import { issue, saved } from './codes.js'
    const app = express()
    app.use(express.json())
    app.post('/sign-in', (req, res) => {
      const { phone, otp } = req.body
      if (otp === '0000' || saved(phone) === otp) return res.json({ token: issue(phone) })
      //          ^^^^^^ [high] A one-time code that always opens => no fix
      res.sendStatus(400)
    })
    app.post('/phone/verify', (req, res) => {
      if (req.body.code !== '123456') return res.sendStatus(400)
      //                    ^^^^^^^^ [medium] A one-time code that always opens => no fix
      res.json({ token: issue(req.body.phone) })
    })
    app.post('/recover', (req, res) => {
      if (req.body.recoveryCode === 'gate-master-2024') return res.json({ token: issue(req.body.email) })
      //                            ^^^^^^^^^^^^^^^^^^ [high] A one-time code that always opens => no fix
      if (process.env.NODE_ENV !== 'production' && req.body.recoveryCode === '9999') return res.json({ token: issue('test') })
      if (process.env.BYPASS && req.body.recoveryCode === '8888') return res.json({ token: issue('outside') })
      //                                                  ^^^^^^ [low] A one-time code that always opens
      res.sendStatus(403)
    })
    app.post('/otp', (req, res) => {
      if (req.body.otp === '0000') return res.status(400).json({ error: 'nobody is given that one' })
      if (req.body.code === 'sms') return res.json({ sent: true })
      res.end()
    })
    app.get('/countries', (req, res) => res.json(req.query.code === '0049' ? issue('de') : []))
    app.listen(3000)
    //- /codes.ts
    export const issue = (phone: string) => 'token of ' + phone
    import { createClient } from 'redis'
    const store = createClient({ url: process.env.REDIS_URL })
    export const saved = (phone: string) => store.get(phone)
  `,
  )
})

test('a literal that only a line of the log depends on opens nothing', () => {
  check(
    rule,
    `
    import express from 'express'
    import pino from 'pino'
    const logger = pino()
    const app = express()
    app.use((req, res, next) => {
      if (req.get('x-probe-key') === 'k3y-of-the-monitor') logger.info('probed')
      if (req.get('x-crawler-api-key') === 'k3y-of-the-crawler') console.log('crawled')
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the type of a key in a header is compared with nothing that is secret', () => {
  check(
    rule,
    `
    import express from 'express'
    const keys = new Set((process.env.ADMIN_KEYS ?? '').split(','))
    const app = express()
    app.use((req, res, next) => {
      if (typeof req.headers['x-api-key'] !== 'string' || !keys.has(req.headers['x-api-key'])) return res.sendStatus(401)
      next()
    })
    app.listen(3000)
  `,
  )
})

test('literals that a key in a header is compared with', () => {
  check(
    rule,
    `
    import express from 'express'
    const ADMIN_KEYS = ['8f14e45fceea167a5a36dedd4bea2543']
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The key that lets in is written in the code.
    const app = express()
    app.use('/admin', (req, res, next) => {
      if (!ADMIN_KEYS.includes(String(req.headers['x-admin-api-key']))) return res.sendStatus(401)
      next()
    })
    app.get('/report', (req, res) => {
      if (req.get('x-api-key') !== 'k3y-of-the-report') return res.sendStatus(403)
      //                           ^^^^^^^^^^^^^^^^^^^ [high] The key that lets in is written in the code.
      if (req.headers.accept === 'text/csv') return res.send('')
      if (req.query.token_type !== 'Bearer') return res.sendStatus(400)
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

test('a password that refuses whoever does not know it is no value that is refused', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import basicAuth from '@fastify/basic-auth'
    const app = Fastify()
    const ADMIN_PASSWORD = 'Bq9!kLz72'
    //                     ^^^^^^^^^^^ [high] The password that lets in is written in the code.
    await app.register(basicAuth, {
      validate: async (username, password) => {
        if (username !== 'admin' || password !== ADMIN_PASSWORD) throw new Error('Access denied')
      },
    })
    app.get('/', { onRequest: app.basicAuth }, async () => ({}))
    await app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /app.js
    const DEFAULT_SECRET = 'n4Rk8sWq2ZpLx7Tv'
    const secret = process.env.JWT_SECRET ?? DEFAULT_SECRET
    if (secret === DEFAULT_SECRET) throw new Error('JWT_SECRET is missing')
    const app = require('express')()
    app.use(require('cookie-parser')(secret))
    app.listen(3000)
  `,
  )
})

test('the mail account of a module of Nest', () => {
  check(
    rule,
    `
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { MailerModule } from '@nestjs-modules/mailer'
    @Module({ imports: [MailerModule.forRoot({ transport: { host: 'smtp', auth: { user: 'mailer', pass: 'Ml82kLz!' } } })] })
    //                                                                                                  ^^^^^^^^^^ [high] password of the mail account
    export class AppModule {}
  `,
  )
})

test('fix: two secrets never become one variable', () => {
  checkFix(
    rule,
    `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "jsonwebtoken": "^9.0.0" } }
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    exports.access = (user) => jwt.sign({ sub: user.id }, process.env.JWT_SECRET, { expiresIn: '15m' })
    exports.invite = (email) => jwt.sign({ email }, 'invite-Wq93LzKm!', { expiresIn: '7d' })
    //- /store.js
    const { S3Client } = require('@aws-sdk/client-s3')
    module.exports = new S3Client({ credentials: { accessKeyId: process.env.AWS_KEY, secretAccessKey: 'q8ZrT2mLx5VcKp9WsHd3FbN7yJg1UeA4oQiXtRkE' } })
  `,
    `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "jsonwebtoken": "^9.0.0" } }
    //- /tokens.js
    const jwt = require('jsonwebtoken')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const tokensJwtSecret = requireEnv('TOKENS_JWT_SECRET')

    exports.access = (user) => jwt.sign({ sub: user.id }, process.env.JWT_SECRET, { expiresIn: '15m' })
    exports.invite = (email) => jwt.sign({ email }, tokensJwtSecret, { expiresIn: '7d' })
    //- /store.js
    const { S3Client } = require('@aws-sdk/client-s3')

    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    module.exports = new S3Client({ credentials: { accessKeyId: process.env.AWS_KEY, secretAccessKey: requireEnv('AWS_SECRET_ACCESS_KEY') } })
  `,
  )
})

test('a text that stands in for a variable which must be there is none under its own name either', () => {
  check(
    rule,
    `
    //- /config.js
    exports.DEFAULT_JWT_SECRET = 'n4Rk8sWq2ZpLx7Tv'
    //- /app.js
    const { DEFAULT_JWT_SECRET } = require('./config')
    if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
    const app = require('express')()
    app.use(require('cookie-parser')(process.env.JWT_SECRET || DEFAULT_JWT_SECRET))
    app.listen(3000)
  `,
  )
})

test('where a file fills the environment during the boot, functions read the variable when they run', () => {
  const helper = `function requireEnv(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(\`Missing environment variable \${name}\`)
  return value
}

`
  const strategy = (secret: string, lines: string): string => `//- /google.strategy.ts
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { Strategy } from 'passport-google-oauth20'

${lines}@Injectable()
export class GoogleStrategy extends PassportStrategy(Strategy, 'google') {
  constructor() {
    super({ clientID: 'harbour', clientSecret: ${secret}, callbackURL: '/back' })
  }
}
`
  const module = (options: string): string => `//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { GoogleStrategy } from './google.strategy'
@Module({ imports: [ConfigModule.forRoot(${options})], providers: [GoogleStrategy] })
export class AppModule {}
`
  const literal = "'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'"
  checkFix(rule, nestFixture(module('') + strategy(literal, '')), strategy("requireEnv('OAUTH_CLIENT_SECRET')", helper))
  checkFix(
    rule,
    nestFixture(module('{ ignoreEnvFile: true }') + strategy(literal, '')),
    strategy('oauthClientSecret', `${helper}const oauthClientSecret = requireEnv('OAUTH_CLIENT_SECRET')\n\n`),
  )
})

test('the same with a plugin of Fastify, and with an ES module that loads the file behind its imports', () => {
  const helper = `
    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }
`
  const fastify = (secret: string, lines: string): string => `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import env from '@fastify/env'
    import jwt from '@fastify/jwt'
${lines}
    const app = Fastify()
    await app.register(env, { schema: { type: 'object', properties: { PORT: { type: 'string' } } }, dotenv: true })
    app.register(async (scope) => {
      scope.register(jwt, { secret: ${secret} })
    })
    await app.listen({ port: 3000 })
  `
  checkFix(rule, fastify("'h7Gd92kLw0PzQx4RvT6bNm1s'", ''), fastify("requireEnv('JWT_SECRET')", helper))
  const tokens = (secret: string, lines: string): string => `
    //- /package.json
    { "type": "module", "dependencies": { "express": "^5.0.0", "dotenv": "^16.0.0" } }
    //- /server.js
    import dotenv from 'dotenv'
    import express from 'express'
    import { sign } from './tokens.js'
    dotenv.config()
    const app = express()
    app.post('/token', (req, res) => res.json(sign()))
    app.listen(3000)
    //- /tokens.js
    import jwt from 'jsonwebtoken'
${lines}
    export const sign = () => jwt.sign({ sub: 'a' }, ${secret})
  `
  checkFix(rule, tokens("'h7Gd92kLw0PzQx4RvT6bNm1s'", ''), tokens("requireEnv('JWT_SECRET')", helper))
})

test('options of JwtModule wait for a factory where ConfigModule fills the environment; constants of other files get no fix', () => {
  const literal = "'h7Gd92kLw0PzQx4RvT6bNm1s'"
  const root = `//- /app.module.ts
import { Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { AuthModule } from './auth.module'
@Module({ imports: [AuthModule, ConfigModule.forRoot()] })
export class AppModule {}
`
  const auth = (registered: string, lines = ''): string => `//- /auth.module.ts
import { Module } from '@nestjs/common'
import { JwtModule } from '@nestjs/jwt'

${lines}@Module({ imports: [${registered}] })
export class AuthModule {}
`
  const helper = `function requireEnv(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(\`Missing environment variable \${name}\`)
  return value
}

`
  checkFix(
    rule,
    nestFixture(root + auth(`JwtModule.register({ global: true, secret: ${literal}, signOptions: { expiresIn: '1h' } })`)),
    auth(
      `JwtModule.registerAsync({ global: true, useFactory: () => ({ secret: requireEnv('JWT_SECRET'), signOptions: { expiresIn: '1h' } }) })`,
      helper,
    ),
  )
  const constants = `//- /constants.ts\nexport const jwtConstants = { secret: ${literal} }\n`
  const imported = auth('JwtModule.register({ secret: jwtConstants.secret })', "import { jwtConstants } from './constants'\n")
  checkNoFix(rule, nestFixture(root + imported + constants))
})

test('fix: of two addresses of databases the second is named by what it is for', () => {
  const app = (head: string, first: string, second: string): string => `
    //- /database.js
    const { Pool } = require('pg')
${head}
    const main = new Pool({ connectionString: ${first} })
    const reporting = new Pool({ connectionString: ${second} })
    module.exports = { main, reporting }
    //- /app.js
    const express = require('express')
    const { main } = require('./database')
    const app = express()
    app.get('/', async (req, res) => res.json(await main.query('select 1')))
    app.listen(3000)
  `
  checkFix(
    rule,
    app('', "'postgres://app:J7kd92LmqPz0@db.shop.io:5432/shop'", "'postgres://reporter:Q9kd81Lmq2z0@replica.shop.io:5432/reports'"),
    app(
      `
    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }
`,
      "requireEnv('DATABASE_URL')",
      "requireEnv('REPORTING_DATABASE_URL')",
    ),
  )
})

test('credentials in headers of requests to other services', () => {
  check(
    rule,
    `
    import axios from 'axios'
    const MAPS = 'mp_83kd92lsq0xm1'
    export async function ask(token) {
      await fetch('https://a.example.com', { headers: { Authorization: 'Bearer pk7f93kd02ls84hfq1' } })
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] This literal holds a credential of a request to another service. => no fix
      await axios.get('https://b.example.com', { headers: { authorization: 'Basic b3JkZXJzOmxlZ2FjeVB3' } })
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] holds a credential
      await axios.get('https://c.example.com', { headers: { authorization: 'Bearer ' + 'rf_92jd83kslq01mz' } })
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] holds a credential
      axios.defaults.headers.common['Authorization'] = 'Bearer st_83kd92lsq0xm1'
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] holds a credential
      const headers = new Headers()
      headers.set('Authorization', 'ApiKey kk_83kd92lsq0xm1')
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] holds a credential
      return headers
    }
    export const client = axios.create({ headers: { Authorization: \`Bearer \${MAPS}\` } })
                                                                   ^^^^^^^^^^^^^^^^ [medium] holds a credential
  `,
  )
  check(
    rule,
    `
    import axios from 'axios'
    export const challenges = { authorization: 'Basic realm="shop"', 'proxy-authorization': 'Bearer error="invalid_token"' }
    export const schemes = { Authorization: 'Bearer access-token' }
    export const anybody = { Authorization: 'Basic cHVibGljLXdlYi1jbGllbnQ6' }
    export const guests = { Authorization: 'Basic Y2xpZW50OmFub255bW91cw==' }
    export const words = { Authorization: 'Basic CredentialsGoHere' }
    export const documented = { Authorization: 'Bearer your-token-here' }
    export const ask = (token) => axios.get('https://a.example.com', { headers: { Authorization: \`Bearer \${token}\` } })
    export const refuse = (req, res) => res.set('Authorization', 'Bearer pk7f93kd02ls84hfq1')
  `,
  )
})

test('a header made with a secret that is told already is no other secret', () => {
  check(
    rule,
    `
    const apiKey = 'sup_7dk29sl10qmz'
                   ^^^^^^^^^^^^^^^^^^ [medium] The value of apiKey
    export const ask = () => fetch('https://a.example.com', { headers: { Authorization: \`Bearer \${apiKey}\` } })
  `,
  )
})

test('keys in an encoding', () => {
  check(
    rule,
    `
    import { createSecretKey } from 'node:crypto'
    export const links = createSecretKey(Buffer.from('b3JkZXJzLWxpbmtzLXNpZ25pbmctMzJieXRlcw==', 'base64'))
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The secret key is written in the code.
    export const SIGNING_SECRET = Buffer.from('6f72646572732d73657373696f6e2d6b6579', 'hex')
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The value of SIGNING_SECRET
    export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    export const ZERO_KEY_SECRET = Buffer.from('00000000000000000000000000000000', 'hex')
    export const fromOutside = createSecretKey(Buffer.from(process.env.LINK_KEY, 'base64'))
  `,
  )
})

test('the private half of a key of @fastify/jwt, and the key of its CSRF protection', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    import csrf from '@fastify/csrf-protection'
    const app = Fastify()
    app.register(jwt, { secret: { private: 'partner-priv-01', public: process.env.JWT_PUBLIC } })
                                           ^^^^^^^^^^^^^^^^^ [high] The key of JSON web tokens
    app.register(csrf, { csrfOpts: { hmacKey: 'csrf-hmac-bookings' } })
                                              ^^^^^^^^^^^^^^^^^^^^ [high] The CSRF secret
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
})

test('several files get the function that demands variables from one module, beside what the project has there', () => {
  checkFix(
    rule,
    `
    //- /src/server.ts
    import express from 'express'
    import { limits } from './config/limits'
    import { sign } from './auth/tokens'
    import { stamp } from './auth/stamps'
    const app = express()
    app.post('/login', (req, res) => res.json([sign('1'), stamp('1'), limits]))
    app.listen(3000)
    //- /src/config/limits.ts
    export const limits = { size: 3 }
    //- /src/auth/tokens.ts
    import jwt from 'jsonwebtoken'

    export const sign = (id: string) => jwt.sign({ id }, 'mysecret')
    //- /src/auth/stamps.ts
    import jwt from 'jsonwebtoken'

    export const stamp = (id: string) => jwt.sign({ id }, 'othersecret')
    export const restamp = (id: string) => jwt.sign({ id }, 'mysecret')
    `,
    `
    //- /src/config/requireEnv.ts
    export function requireEnv(name: string): string {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }
    //- /src/auth/tokens.ts
    import jwt from 'jsonwebtoken'
    import { requireEnv } from '../config/requireEnv'

    const jwtSecret = requireEnv('JWT_SECRET')

    export const sign = (id: string) => jwt.sign({ id }, jwtSecret)
    //- /src/auth/stamps.ts
    import jwt from 'jsonwebtoken'
    import { requireEnv } from '../config/requireEnv'

    const stampsJwtSecret = requireEnv('STAMPS_JWT_SECRET')

    const jwtSecret = requireEnv('JWT_SECRET')

    export const stamp = (id: string) => jwt.sign({ id }, stampsJwtSecret)
    export const restamp = (id: string) => jwt.sign({ id }, jwtSecret)
    `,
  )
})

test('the function of the project that demands variables', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require('express')
    const { need } = require('./settings')
    const { sign } = require('./tokens')
    const app = express()
    app.post('/login', (req, res) => res.json(sign(need('ISSUER'))))
    app.listen(3000)
    //- /settings.js
    exports.need = (key) => {
      const value = process.env[key]
      if (value === undefined || value === '') throw new Error(\`\${key} is not set\`)
      return value
    }
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    exports.sign = (id) => jwt.sign({ id }, 'mysecret')
    `,
    `
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    const { need } = require('./settings')

    const jwtSecret = need('JWT_SECRET')

    exports.sign = (id) => jwt.sign({ id }, jwtSecret)
    `,
  )
})

const demand = `(key) => {
      if (!process.env[key]) throw new Error(key)
      return process.env[key]
    }`
const written = `
    function requireEnv(name) {
      const value = process.env[name]
      if (!value) throw new Error(\`Missing environment variable \${name}\`)
      return value
    }

    const jwtSecret = requireEnv('JWT_SECRET')
`

test.each([
  ['a variable holds it', `const demand = ${demand}\n    `, ''],
  ['it is loaded behind other code', `const { demand } = require('./demand')\n    `, `//- /demand.js\n    exports.demand = ${demand}`],
])('a function of the project that the first line does not have yet is left alone: %s', (_, own, module) => {
  const server = (code: string, key: string) => `
    //- /server.js
    const jwt = require('jsonwebtoken')
${code}    const app = require('express')()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, ${key})))
    ${own}app.listen(demand('PORT'))
    ${module}
    `
  checkFix(rule, server('', "'mysecret'"), server(`${written}\n`, 'jwtSecret'))
})

test('what an application gives away itself is not asked by what it loads', () => {
  const server = `
    //- /server.js
    const app = require('express')()
    const demand = ${demand}
    app.use('/users', require('./users'))
    app.listen(demand('PORT'))
    module.exports = { app, demand }`
  const users = (code: string, key: string) => `
    //- /users.js
    const router = require('express').Router()
    const jwt = require('jsonwebtoken')
${code}    router.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, ${key})))
    module.exports = router
    `
  checkFix(rule, server + users('', "'mysecret'"), server + users(`${written}\n`, 'jwtSecret'))
})

test('keys in the query of an address, whole, in a template or set by name', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import axios from 'axios'
    const app = express()
    const WEATHER = 'https://api.weather.dev/current?q=Berlin&appid=8f3b1c9d7e2a4056b1f0c2d3e4a5b697'
    //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] key in the query of an address => no fix
    const API_KEY = 'Kq81ZtLpW5vRk9Xc'
    //              ^^^^^^^^^^^^^^^^^^ [medium] value of API_KEY => Read API_KEY from the environment
    app.get('/weather', async (req, res) => res.json((await axios.get(WEATHER)).data))
    app.get('/a', async (req, res) => res.json(await (await fetch('https://api.maps.dev/v1?api_key=9f8a7b6c5d4e3f2a1b0c')).json()))
    //                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] key in the query
    app.get('/b', async (req, res) => {
      const url = new URL('https://api.maps.dev/v1')
      url.searchParams.set('key', 'Zm4T7pQx2WcL9vBn1Rk8')
      //                          ^^^^^^^^^^^^^^^^^^^^^^ [medium] The value of key looks like a secret => Read KEY from the environment
      url.searchParams.append('page_token', 'cHJldmlvdXM6MTIzNDU2Nzg5')
      //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] The value of page_token
      res.json(await (await fetch(url)).json())
    })
    app.get('/c', async (req, res) => res.json((await axios.get(\`https://api.maps.dev/v1?city=\${req.query.city}&apikey=\${API_KEY}\`)).data))
    app.get('/d', async (req, res) => res.json((await axios.get(\`/v2?access_token=Hd73Jf92Kd04Mc81Nb65&city=\${req.query.city}\`)).data))
    //                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] key in the query
    app.get('/e', async (req, res) => res.json((await axios.get('/v2', { headers: { Authorization: 'Vb63Nm18Qw05Er29Ty47Ui' } })).data))
    //                                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] credential of a request
    app.listen(3000)
  `,
  )
})

test('passwords of services in addresses, and of stores whose host is asked for', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import pg from 'pg'
    const app = express()
    const pool = new pg.Pool({ connectionString: \`postgres://api:Tr0ub4dor9@\${process.env.DB_HOST}/shop\` })
    //                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] password in a connection address => no fix
    app.get('/', async (req, res) => res.json(await (await fetch('https://svc:Hx82kLqP@billing.internal/v1')).json()))
    //                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] password in a connection address
    app.get('/local', async (req, res) => res.json(await (await fetch('http://svc:Hx83kLqR@localhost:8080/v1')).json()))
    //                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] password in a connection address
    app.listen(3000)
  `,
  )
})

test('addresses without a secret of their own', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import axios from 'axios'
    import pg from 'pg'
    const app = express()
    const { API_KEY, DB_PASSWORD } = process.env
    const pool = new pg.Pool({ connectionString: \`postgres://api:\${DB_PASSWORD}@db.internal/shop\` })
    const billing = \`https://svc:\${process.env.BILLING_PASSWORD}@billing.internal\`
    app.get('/a', async (req, res) => res.json((await axios.get(\`https://api.maps.dev/v1?api_key=\${API_KEY}\`)).data))
    app.get('/b', async (req, res) => res.json((await axios.get('https://api.maps.dev/v1?api_key=YOUR_API_KEY_123')).data))
    app.get('/c', async (req, res) => res.json((await axios.get('https://api.maps.dev/v1?api_key=' + API_KEY)).data))
    app.get('/d', (req, res) => res.redirect('/reset?token=missing&sort_key=created_at_desc_1&key=name&public_key=Zm4T7pQx2WcL9vBn'))
    app.get('/e', (req, res) => res.json({ see: 'https://api.example.com/v1?api_key=9f8a7b6c5d4e3f2a1b0c', or: 'https://user:pass@host/' }))
    app.get('/f', (req, res) => {
      const url = new URL('https://api.maps.dev/v1')
      url.searchParams.set('api_key', API_KEY)
      url.searchParams.set('sort_key', 'created_at_desc')
      url.searchParams.set('key', 'uploads/2024/a1b2c3.png')
      res.set('x-api-key', 'required-since-v2').json(url)
    })
    app.get('/g', async (req, res) => res.json((await axios.get('/v2', { headers: { Authorization: 'authorization.is.needed.here' } })).data))
    app.listen(3000)
  `,
  )
})
