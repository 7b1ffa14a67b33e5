// Tests of no-sensitive-logging.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

test('whole parts of a request, on console', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(express.json())
    app.post('/orders', (req, res) => {
      console.log('order', req.body)
      //                   ^^^^^^^^ [medium] The log gets the whole request body.
      console.log(JSON.stringify(req.headers))
      //                         ^^^^^^^^^^^ [high] all request headers
      console.log(\`cookies \${JSON.stringify(req.cookies)}\`)
      //                                    ^^^^^^^^^^^ [high] all cookies
      console.log(req)
      //          ^^^ [high] the whole request
      console.log({ ...req.body })
      //               ^^^^^^^^ [medium] the whole request body
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('an object that is put into a text as it is tells nothing: [object Object]', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(express.json())
    app.post('/orders', (req, res) => {
      console.log(\`order \${req.body}\`)
      console.log('headers ' + req.headers)
      console.log(String(req.cookies))
      console.log(\`order \${req.body} of \${req.body.password}\`)
      //                                  ^^^^^^^^^^^^^^^^^ [high] a password (password)
      console.log(\`bytes \${req.rawBody}\`)
      //                   ^^^^^^^^^^^ [medium] the whole request body
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('credentials by where they come from', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.post('/login', (req, res) => {
      console.log(req.headers.authorization)
      //          ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] the authorization header
      console.log('auth ' + req.get('Authorization'))
      //                    ^^^^^^^^^^^^^^^^^^^^^^^^ [high] the Authorization header
      console.log(req.headers['x-api-key'])
      //          ^^^^^^^^^^^^^^^^^^^^^^^^ [high] the x-api-key header
      console.log(req.cookies.sid)
      //          ^^^^^^^^^^^^^^^ [high] the cookie sid
      const { email, password } = req.body
      console.log('login', email, password)
      //                          ^^^^^^^^ [high] a password (password)
      const session = jwt.sign({ email }, process.env.KEY)
      console.log(session)
      //          ^^^^^^^ [high] a signed token
      res.json({ session })
    })
    app.listen(3000)
  `,
  )
})

test('the environment and configuration', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const config = require('./config')
    const app = express()
    console.log(process.env)
    //          ^^^^^^^^^^^ [high] the whole environment
    console.log('key', process.env.STRIPE_SECRET_KEY)
    //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] a secret (STRIPE_SECRET_KEY)
    console.log('config', config)
    //                    ^^^^^^ [high] a secret (JWT_SECRET)
    console.log(process.env.NODE_ENV, process.env.PORT)
    app.listen(3000)
    //- /config.js
    module.exports = { port: 3000, jwt: { secret: process.env.JWT_SECRET } }
  `,
  )
})

test('names of values of which nothing else is known', () => {
  check(
    rule,
    `
    //- /users.js
    const logger = require('./logger')
    exports.reset = async (user, resetToken) => {
      logger.info('reset', { email: user.email, resetToken })
      //                                        ^^^^^^^^^^ [medium] a token (resetToken)
      logger.warn(\`old \${user.password}\`)
      //                 ^^^^^^^^^^^^^ [medium] a password (password)
      logger.debug('card', { cardNumber: user.cardNumber, last: user.card.last4 })
      //                                 ^^^^^^^^^^^^^^^ [medium] a card number
    }
    //- /logger.js
    const winston = require('winston')
    module.exports = winston.createLogger({ transports: [new winston.transports.Console()] })
  `,
  )
})

test('words, lengths, comparisons, key names and what others made of it', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const bcrypt = require('bcryptjs')
    const crypto = require('crypto')
    const app = express()
    app.post('/login', async (req, res) => {
      const { password, token } = req.body
      console.log('password reset requested for', req.body.email)
      console.log(!!token, token.length, typeof password, token === req.session.token, Boolean(token))
      console.log(token ? 'with token' : 'without')
      console.log(Object.keys(req.body), Object.keys(req.headers))
      console.log(await bcrypt.compare(password, 'x'))
      console.log(crypto.createHash('sha256').update(token).digest('hex'))
      console.log(req.method, req.originalUrl, req.headers['user-agent'], req.get('host'), req.ip)
      console.log({ password: '***', hasToken: true, tokenCount: 3, nextPageToken: req.query.nextPageToken })
      console.log(JSON.stringify(req.body, ['email']))
      console.log(mask(req.headers), res.statusCode)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('copies without the fields, and functions that redact', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { redact } = require('./redact')
    const app = express()
    app.post('/login', (req, res) => {
      console.log({ ...req.body, password: undefined })
      console.log(redact(req.body))
      const { email, name } = req.body
      console.log({ email, name })
      const { password, ...rest } = req.body
      console.log('rest', rest)
      res.end()
    })
    app.listen(3000)
    //- /redact.js
    exports.redact = (body) => {
      const copy = { ...body }
      for (const key of Object.keys(copy)) if (/password|token/.test(key)) copy[key] = '***'
      return copy
    }
  `,
  )
})

test('off in production, in tests and in scripts', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    if (process.env.NODE_ENV === 'development') app.use((req, res, next) => { console.log(req.body); next() })
    app.get('/', (req, res) => res.end())
    app.listen(3000)
    //- /scripts/print.js
    console.log(process.env)
    //- /test/login.test.js
    console.log(process.env)
  `,
  )
})

test('serializers of bunyan: the standard ones know requests and errors alone', () => {
  const app = (serializers: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const bunyan = require('bunyan')
    const logger = bunyan.createLogger({ name: 'app', serializers: ${serializers} })
    const app = express()
    app.post('/login', (req, res) => {
      logger.info({ token: req.body.token }, 'login')
      ${mark}
      res.end()
    })
    app.listen(3000)
  `
  const flagged = '//                   ^^^^^^^^^^^^^^ [high] a token'
  check(rule, app('bunyan.stdSerializers', flagged))
  check(rule, app('{ ...bunyan.stdSerializers, user: (user) => user.id }', flagged))
  check(rule, app('{ ...bunyan.stdSerializers, token: () => null }', ''))
  check(rule, app("require('our-serializers')", ''))
})

test('the logger of Firebase', () => {
  check(
    rule,
    `
    //- /index.ts
    import { logger, https } from 'firebase-functions'
    import * as direct from 'firebase-functions/logger'
    import express from 'express'
    const app = express()
    app.post('/login', (req, res) => {
      logger.warn('login', { password: req.body.password })
      //                               ^^^^^^^^^^^^^^^^^ [high] a password
      direct.info('login', { password: req.body.password })
      //                               ^^^^^^^^^^^^^^^^^ [high] a password
      logger.info('login', { email: req.body.email })
      res.end()
    })
    export const api = https.onRequest(app)
  `,
  )
})

test('pino: redaction of the path, or of something else', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import pino from 'pino'
    const logger = pino({ redact: ['body.password', 'headers.authorization', '*.token'] })
    const removing = pino({ redact: { paths: ['password'], remove: true } })
    const plain = pino()
    const app = express()
    app.post('/login', (req, res) => {
      logger.info({ body: req.body, headers: req.headers }, 'login')
      logger.info({ user: { token: req.body.token } }, 'login')
      logger.info({ cookies: req.cookies }, 'login')
      //                     ^^^^^^^^^^^ [high] all cookies
      logger.info({ a: { b: { token: req.body.token } } }, 'login')
      //                             ^^^^^^^^^^^^^^ [high] a token
      logger.info(\`login \${req.body.password}\`)
      //                   ^^^^^^^^^^^^^^^^^ [high] a password
      removing.info(req.body)
      plain.child({ part: 'login' }).warn(req.body)
      //                                  ^^^^^^^^ [medium] the whole request body
      plain.info('login', req.body)
      plain.info('login %o', req.body)
      //                     ^^^^^^^^ [medium]
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('winston: a format of its own that takes fields away', () => {
  const app = (format: string): string => `
    //- /app.js
    const express = require('express')
    const winston = require('winston')
    const redact = winston.format((info) => { if (info.password) info.password = '***'; return info })
    const logger = winston.createLogger({ format: ${format}, transports: [new winston.transports.Console()] })
    const app = express()
    app.post('/login', (req, res) => {
      logger.info('login', req.body)
`
  const rest = `
      res.end()
    })
    app.listen(3000)
  `
  check(rule, `${app('winston.format.json()')}      //                   ^^^^^^^^ [medium]${rest}`)
  check(rule, app('winston.format.combine(redact(), winston.format.json())') + rest)
})

test("the request's logger and injected loggers", () => {
  check(
    rule,
    `
    //- /app.ts
    import express, { type Request, type Response } from 'express'
    import pinoHttp from 'pino-http'
    import type { Logger } from 'winston'
    const app = express()
    app.use(pinoHttp({ redact: ['req.headers'] }))
    app.post('/login', (req, res) => {
      req.log.info({ body: req.body }, 'login')
      //                   ^^^^^^^^ [medium] the whole request body
      res.end()
    })
    app.listen(3000)
    //- /auth.ts
    import type { Logger } from 'winston'
    export class AuthService {
      constructor(private readonly logger: Logger) {}
      login(password: string): void {
        this.logger.debug('login', password)
        //                         ^^^^^^^^ [medium] a password
      }
    }
  `,
  )
})

test('through a logger of the project', () => {
  const app = (logger: string): string => `
    //- /app.js
    const express = require('express')
    const { log } = require('./log')
    const app = express()
    app.post('/login', (req, res) => {
      const { password } = req.body
      log.info('asked', req.method, req.originalUrl, { id: req.params.id })
      log.info('login', req.body)
      //                ^^^^^^^^ [medium] the whole request body
      log.error(\`login \${req.headers.authorization}\`)
      //                 ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] the authorization header
      log.info('login', { email: req.body.email, password })
      //                                         ^^^^^^^^ [high] a password
      log.info('password changed', !!password, password.length)
      res.end()
    })
    app.listen(3000)
    //- /log.js
    ${logger}
  `
  check(rule, app('exports.log = { info(...args) { console.log(...args) }, error(...args) { console.error(...args) } }'))
  const redacting = 'exports.log = { info(...args) { console.log(...redact(args)) }, error(...args) { console.error(...redact(args)) } }'
  check(rule, app(redacting).replace(/ *\/\/ +\^.*\n/g, ''))
})

test('morgan with formats and tokens that print credentials', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const morgan = require('morgan')
    morgan.token('body', (req) => JSON.stringify(req.body))
    //                                           ^^^^^^^^ [medium] morgan logs the whole request body.
    morgan.token('id', (req) => req.id)
    const app = express()
    app.use(morgan(':method :url :req[authorization] :body'))
    //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] the authorization header
    app.use(morgan(':method :url :req[user-agent]'))
    app.use(morgan('combined'))
    app.listen(3000)
  `,
  )
})

test('the fix takes credentials out of the format of morgan, with their label', () => {
  const app = (format: string): string => `
//- /app.js
const express = require('express')
const morgan = require('morgan')
const FORMAT = '${format}'
const app = express()
app.use(morgan(FORMAT))
app.listen(3000)
`
  checkFix(rule, app(':method :url auth=:req[authorization] ":req[cookie]" :status'), app(':method :url :status'))
  checkFix(rule, app(':req[Authorization] :req[user-agent]'), app(':req[user-agent]'))
  checkFix(rule, app('{"auth":":req[authorization]","url":":url"}'), app('{"auth":"-","url":":url"}'))
})

test('what access logs write unless they are told otherwise', () => {
  check(
    rule,
    `
    //- /bare.js
    const app = require('express')()
    app.use(require('pino-http')())
    //      ^^^^^^^^^^^^^^^^^^^^^^ [high] pino-http logs the authorization and cookie headers of every request.
    app.listen(3000)
    //- /given.ts
    import express from 'express'
    import { pinoHttp } from 'pino-http'
    import { logger } from './logger.js'
    const app = express()
    app.use(pinoHttp({ logger }))
    //      ^^^^^^^^^^^^^^^^^^^^ [high]
    app.listen(3001)
    //- /logger.ts
    import pino from 'pino'
    export const logger = pino({ level: 'info' })
    //- /winston.js
    const app = require('express')()
    const expressWinston = require('express-winston')
    app.use(expressWinston.logger({ transports: [] }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] all request headers
    app.use(expressWinston.logger({ transports: [], headerBlacklist: ['authorization', 'cookie'] }))
    app.listen(3002)
    //- /fine.ts
    import express from 'express'
    import { pinoHttp } from 'pino-http'
    import pino from 'pino'
    import { options } from 'somewhere'
    const app = express()
    app.use(pinoHttp({ redact: ['req.headers.authorization', 'req.headers.cookie'] }))
    app.use(pinoHttp({ logger: pino({ redact: ['req.headers.authorization'] }) }))
    app.use(pinoHttp({ logger: pino({ redact: ['password'] }), redact: ['req.headers.authorization', 'req.headers.cookie'] }))
    app.use(pinoHttp({ serializers: { req: (req) => ({ id: req.id }) } }))
    app.use(pinoHttp({ autoLogging: false }))
    app.use(pinoHttp(options))
    app.listen(3003)
  `,
  )
})

test('fix: values go out of the line, wholes become their names', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/login', (req, res) => {
      const { password } = req.body
      console.log('login', req.body)
      console.log(\`login \${req.headers.authorization}\`)
      console.log('login', { email: req.body.email, password })
      console.log('login', { secret: req.body.secret })
      console.log('asked', req)
      console.log(process.env)
      res.end()
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/login', (req, res) => {
      console.log('login', Object.keys(req.body ?? {}))
      console.log(\`login [redacted]\`)
      console.log('login', { email: req.body.email, password: '[redacted]' })
      console.log('login', { secret: '[redacted]' })
      console.log('asked', { method: req.method, url: req.originalUrl })
      console.log(Object.keys(process.env))
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('fix: redaction in the logger, beside what is redacted already', () => {
  checkFix(
    rule,
    `
    //- /src/app.ts
    import express from 'express'
    import { logger } from './logger.js'
    const app = express()
    app.post('/login', (req, res) => {
      logger.info({ body: req.body }, 'login')
      res.end()
    })
    app.listen(3000)
    //- /src/logger.ts
    import pino from 'pino'
    export const logger = pino({ level: 'info', redact: ['user.password'] })
  `,
    `
    //- /src/logger.ts
    import pino from 'pino'
    export const logger = pino({ level: 'info', redact: ['user.password', 'body.password', 'body.token', 'body.secret'] })
  `,
  )
})

test('a function that does its work and logs besides is told of where it logs, and keeps its argument', () => {
  const login = `
    //- /app.js
    const express = require('express')
    const { login } = require('./service')
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => res.json(await login(req.body)))
    app.listen(3000)
    //- /service.js
    const logger = require('winston').createLogger()
    const users = require('users')
    exports.login = async (input) => {
      const user = await users.find(input)
      if (!user) logger.warn('refused', { input })
      //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] the whole request body
      return user
    }
  `
  const body = 'const user = await users.find(input)'
  for (const one of [login, login.replace(body, `try { ${body} } catch {}`).replace('return user', '')]) {
    check(rule, one)
    checkNoFix(rule, one)
  }
})

test('own serializers of requests', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const pinoHttp = require('pino-http')
    const serialize = (req) => ({ method: req.method, headers: req.headers })
    //                                                         ^^^^^^^^^^^ [high] pino-http logs all request headers of every request.
    app.use(pinoHttp({ serializers: { req: serialize } }))
    app.use(pinoHttp({ serializers: { req: (req) => ({ method: req.method, agent: req.headers['user-agent'] }) } }))
    app.use(pinoHttp({ serializers: { req: (req) => ({ headers: req.headers }) }, redact: ['req.headers.authorization', 'req.headers.cookie'] }))
    app.use(pinoHttp({ serializers: { req: (req) => ({ headers: req.headers }) }, logger: require('somewhere') }))
    app.listen(3000)
  `,
  )
})

test('the request log of nestjs-pino', () => {
  const module = (call: string, mark = ''): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    NestFactory.create(AppModule).then((app) => app.listen(3000))
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { ConfigService } from '@nestjs/config'
    import { LoggerModule } from 'nestjs-pino'
    @Module({
      imports: [
        ${call},
        ${mark}
      ],
    })
    export class AppModule {}
  `
  const marked = (call: string, part: string, text: string): string =>
    module(call, `//${' '.repeat(call.indexOf(part) - 2)}${'^'.repeat(part.length)} [high] nestjs-pino logs ${text} of every request.`)
  const byDefault = 'the authorization and cookie headers'
  for (const call of [
    'LoggerModule.forRoot()',
    "LoggerModule.forRoot({ pinoHttp: { level: 'info' } })",
    'LoggerModule.forRoot({ pinoHttp: [{ redact: [] }, stream] })',
    "LoggerModule.forRootAsync({ inject: [ConfigService], useFactory: (config) => ({ pinoHttp: { level: config.get('LEVEL') } }) })",
  ])
    expect(check(rule, marked(`/**/${call}`, call, byDefault))[0]?.how).toContain('in the redact option of pino')
  const headers = 'req.headers'
  const serializing = `LoggerModule.forRoot({ pinoHttp: { serializers: { req: (req) => ({ headers: ${headers} }) } } })`
  check(rule, marked(serializing, headers, 'all request headers'))
  for (const call of [
    "LoggerModule.forRoot({ pinoHttp: { redact: ['req.headers.authorization', 'req.headers.cookie'] } })",
    'LoggerModule.forRoot({ pinoHttp: { autoLogging: false } })',
    "LoggerModule.forRoot({ pinoHttp: { level: 'error' } })",
    'LoggerModule.forRoot({ pinoHttp: { serializers: { req: ({ method, url }) => ({ method, url }) } } })',
    'LoggerModule.forRootAsync({ inject: [ConfigService], useFactory: (config) => config.get("logger") })',
    'LoggerModule.forRoot({ pinoHttp: { logger: ready } })',
  ])
    check(rule, module(call))
})

test('fix: pino-http, with options and without, and where the logger is given', () => {
  const credentials = `['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']`
  const app = (call: string, logger: string): string => `
    //- /app.js
    const express = require('express')
    const pino = require('pino')
    const pinoHttp = require('pino-http')
    const logger = pino(${logger})
    const app = express()
    app.use(pinoHttp(${call}))
    app.listen(3000)
  `
  checkFix(rule, app('', ''), app(`{ redact: ${credentials} }`, ''))
  checkFix(rule, app('{ quietReqLogger: true }', ''), app(`{ quietReqLogger: true, redact: ${credentials} }`, ''))
  checkFix(rule, app('{ logger }', ''), app('{ logger }', `{ redact: ${credentials} }`))
})

test('no fix where the line holds another name that stands for it', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/login', (req, res) => {
      const { password: typed } = req.body
      console.log(\`login \${typed}\`)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('secrets by the variable that keeps them', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { randomBytes, randomUUID, randomInt } = require('node:crypto')
    const oauth = require('simple-oauth2')
    const app = express()
    app.post('/forgot', async (req, res) => {
      const resetToken = randomBytes(32).toString('hex')
      console.log(\`reset for \${req.body.email}: \${resetToken}\`)
      //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] a token (resetToken)
      const resetLink = \`https://example.org/reset?token=\${resetToken}\`
      console.log({ resetLink })
      //            ^^^^^^^^^ [high] a token (resetToken)
      const verificationCode = randomInt(100000, 1000000)
      console.log('code', verificationCode)
      //                  ^^^^^^^^^^^^^^^^ [high] a one-time code (verificationCode)
      const accessToken = await oauth.getToken(req.body.code)
      console.log('got', accessToken)
      //                 ^^^^^^^^^^^ [medium] a token (accessToken)
      const requestId = randomUUID()
      const bytes = randomBytes(4)
      const token = oauth.verifyToken(req.body.code)
      const isTokenValid = oauth.ask(resetToken)
      console.log(requestId, bytes, token, isTokenValid, resetToken.length)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('one-time codes, whatever generator made them', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { AuthService } from './auth.js'
    const app = express()
    app.use(express.json())
    const service = new AuthService()
    app.post('/auth/code', (req, res) => res.json(service.sendCode(req.body.email)))
    app.get('/colours', (req, res) => {
      const code = Math.floor(Math.random() * 16)
      console.log(code)
      res.json({ code })
    })
    app.listen(3000)
    //- /auth.ts
    import winston from 'winston'
    const logger = winston.createLogger({ transports: [new winston.transports.Console()] })
    export class AuthService {
      sendCode(email: string) {
        const code = Math.floor(100000 + Math.random() * 900000).toString()
        logger.info(code)
        //          ^^^^ [medium] a one-time code (code)
        const verificationCode = Math.floor(Math.random() * 1e6)
        logger.info('sent', { verificationCode })
        //                    ^^^^^^^^^^^^^^^^ [medium] a one-time code (verificationCode)
        return this.deliver(email, code)
      }
      deliver(email: string, loginCode: string) {
        logger.debug('mail', { email, loginCode })
        //                            ^^^^^^^^^ [medium] a one-time code (loginCode)
        return { statusCode: 202 }
      }
    }
    //- /otp.service.ts
    import { randomInt } from 'node:crypto'
    export function issue() {
      const pin = randomInt(1000, 10000)
      console.log('made', pin)
      //                  ^^^ [medium] a one-time code (pin)
      return pin
    }
  `,
  )
})

test('the request log of Fastify with an own serializer', () => {
  const application = (options: string): string => `
    //- /server.js
    import Fastify from 'fastify'
    import { logger } from './logger.js'
    const app = Fastify(${options})
    app.get('/', async () => ({ logger: logger.level }))
    await app.listen({ port: 3000 })
    //- /logger.js
    import pino from 'pino'
    export const logger = pino({ serializers: { req: (req) => ({ url: req.url, headers: req.headers }) } })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "pino": "^9.0.0" } }
  `
  const marked = (text: string, line: string, part: string, message: string): string =>
    text.replace(line, `${line}\n    //${' '.repeat(line.indexOf(part) - 2)}${'^'.repeat(part.length)} [high] fastify logs ${message}`)
  const maker = 'export const logger = pino({ serializers: { req: (req) => ({ url: req.url, headers: req.headers }) } })'
  check(rule, marked(application('{ loggerInstance: logger }'), maker, 'req.headers', 'all request headers of every request'))
  const options = '{ logger: { serializers: { req: (req) => ({ cookie: req.headers.cookie }) } } }'
  check(rule, marked(application(options), `const app = Fastify(${options})`, 'req.headers.cookie', 'the cookie header of every request'))
  for (const options of [
    '{ logger: { serializers: { req: (req) => ({ url: req.url }) } } }',
    "{ logger: { redact: ['req.headers'], serializers: { req: (req) => ({ headers: req.headers }) } } }",
    '{ logger: { serializers: { req: (req) => ({ headers: req.headers }) } }, disableRequestLogging: true }',
    '{ logger: true }',
  ])
    check(rule, application(options))
})

test('credentials without the name of their scheme', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.use((req, res, next) => {
      const token = (req.headers.authorization || '').split(' ')[1]
      jwt.verify(token, process.env.KEY, (err, user) => {
        if (err) console.error('bad token ' + token)
        //                     ^^^^^^^^^^^^^^^^^^^^ [high] The log gets credentials.
        next()
      })
    })
    app.get('/', (req, res) => {
      const auth = req.get('Authorization')
      const [scheme, key] = auth.split(' ')
      console.log('x', key)
      //               ^^^ [high] credentials
      console.log(auth.replace(/^Bearer /, ''))
      //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] credentials
      console.log(req.headers.authorization.slice(7))
      //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] credentials
      console.log(scheme, auth.slice(0, 12), auth.split(' ').length, auth.replace(key, '***'), req.headers.accept.split(',')[1])
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('the request of a connection comes behind the connection', () => {
  check(
    rule,
    `
    //- /server.js
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const app = Fastify({ logger: true })
    await app.register(websocket)
    app.route({
      method: 'GET',
      url: '/chat',
      handler: (request, reply) => reply.send({}),
      wsHandler: (connection, asked) => console.log('chat', asked.headers),
      //                                                    ^^^^^^^^^^^^^ [high] all request headers
    })
    app.get('/live', { websocket: true }, (connection, asked) => {
      asked.log.info({ headers: asked.headers })
      //                        ^^^^^^^^^^^^^ [high] all request headers
      app.log.info({ headers: connection.headers })
    })
    await app.listen({ port: 3000 })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
  `,
  )
})

const server = (handler: string, options = ''): string => `
    //- /app.js
    const express = require('express')
    const pino = require('pino')
    const logger = pino(${options})
    const app = express()
    app.use(express.json())
    app.post('/login', (req, res) => res.json({}))
    ${handler}
    app.listen(3000)
  `

test('errors of the JSON parser carry the body that did not parse', () => {
  check(
    rule,
    server(`app.use((err, req, res, next) => {
      logger.error(err)
      //           ^^^ [low, info] The logged error carries the request body
      console.error('failed', err)
      //                      ^^^ [low, info] The logged error carries the request body
      res.status(500).json({ error: 'Internal Server Error' })
    })`),
  )
})

test.each([
  ['app.use((err, req, res, next) => { if (err.status >= 500) logger.error(err); res.status(500).end() })', ''],
  ['app.use((err, req, res, next) => { logger.error(err.message); console.error(`failed: ${err}`); res.status(500).end() })', ''],
  ['app.use((err, req, res, next) => { err.body = undefined; console.error(err); res.status(500).end() })', ''],
  ['app.use((err, req, res, next) => { logger.error({ err }, "failed"); res.status(500).end() })', "{ redact: ['err.body'] }"],
])('errors that lose the body on the way to the log', (handler, options) => {
  check(rule, server(handler, options))
})

test('the body of errors is redacted in the logger', () => {
  checkFix(
    rule,
    server('app.use((err, req, res, next) => { logger.error(err); res.status(500).end() })'),
    server('app.use((err, req, res, next) => { logger.error(err); res.status(500).end() })', `{ redact: ['err.body'] }`),
  )
})

const wrapped = (declarations: string, calls: string): string => `
    //- /app.ts
    import express from 'express'
    import pino from 'pino'
    ${declarations}
    const app = express()
    app.post('/login', (req, res) => {
      const { password } = req.body
      ${calls}
      res.end()
    })
    app.listen(3000)
  `

test.each([
  ['an object', `const inner = pino()\nconst audit = { info: (m, meta) => inner.info(meta, m) }`],
  ['an object of console', `const audit = { info: (...args) => console.log(new Date(), ...args) }`],
  [
    'a class',
    `class Audit {
      private sink = pino()
      private out(level: string, text: string, meta?: object) { this.sink[level]({ ...meta, text }) }
      info(text: string, meta?: object) { this.out('info', text, meta) }
    }
    const audit = new Audit()`,
  ],
  ['a class around console', `class Audit { info(text, meta) { console.log(JSON.stringify({ text, meta })) } }\nconst audit = new Audit()`],
  ['a factory', `const make = (sink) => ({ info(text, meta = {}) { sink.info({ meta }, text) } })\nconst audit = make(pino())`],
])('loggers of the project, as %s', (_, declarations) => {
  check(
    rule,
    wrapped(
      declarations,
      `audit.info('headers', req.headers)
      //                    ^^^^^^^^^^^ [high, warning] The log gets all request headers.
      audit.info('body', req.body)
      //                 ^^^^^^^^ [medium, warning] The log gets the whole request body.
      audit.info(\`for \${password}\`)
      //         ^^^^^^^^^^^^^^^^^ [high, warning] The log gets a password (password).
      audit.info('email', { email: req.body.email })`,
    ),
  )
})

test.each([
  ['what is not written', 'const audit = { info: (text, meta) => console.log(text, Object.keys(meta)) }'],
  [
    'what is redacted on the way',
    'const audit = { info: (text, meta) => console.log(text, redact(meta)) }\nfunction redact(meta) { return { ...meta, password: "-" } }',
  ],
  [
    'what the logger redacts',
    `const inner = pino({ redact: ['password', 'authorization'] })\nconst audit = { info: (text, meta) => inner.info(meta, text) }`,
  ],
])('loggers of the project: %s', (_, declarations) => {
  check(rule, wrapped(declarations, `audit.info('login', { email: req.body.email, password })\naudit.info('headers', req.headers)`))
})

test('one finding where a function logs what it gets under a name that says so', () => {
  check(
    rule,
    wrapped(
      `function notify(email, resetToken) { console.log(email, resetToken) }
      //                                                    ^^^^^^^^^^ [medium] a token (resetToken)
      function keep(email, data) { console.log(email, data) }
      function issue(email) {
        const resetToken = crypto.randomUUID()
        console.log(\`\${email} gets \${resetToken}\`)
      //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] a token (resetToken)
      }`,
      `notify(req.body.email, password)
      issue(req.body.email)
      keep(req.body.email, req.body)
      //                   ^^^^^^^^ [medium] the whole request body`,
    ),
  )
})

test('the logger of Fastify knows requests and redacts what it is told to', () => {
  const app = (options: string, line: string) => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: ${options} })
    app.post('/users', async (request) => {
      ${line}
      return {}
    })
    await app.listen({ port: 3000 })
  `
  check(rule, app('true', `request.log.info({ req: request }, 'made')`))
  check(rule, app(`{ redact: ['body'] }`, `request.log.info({ body: request.body }, 'made')`))
  expect(() => check(rule, app('true', `request.log.info({ body: request.body }, 'made')`))).toThrow('the whole request body')
})

test('several things in one line of winston are taken out together', () => {
  const app = (line: string) => `
    //- /app.js
    const express = require('express')
    const winston = require('winston')

    const logger = winston.createLogger({ transports: [new winston.transports.Console()] })
    const app = express()
    app.use((req, res, next) => {
      ${line}
      next()
    })
    app.listen(3000)
  `
  checkFix(
    rule,
    app(`logger.info('request', { url: req.url, headers: req.headers, cookies: req.cookies })`),
    app(`logger.info('request', { url: req.url, headers: Object.keys(req.headers), cookies: '[redacted]' })`),
  )
})

test('a parameter that says what it holds is judged where it is logged, whatever stands beside it', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const log = require('pino')()
    const app = express()
    app.use(express.json())
    const login = (email, password) => {
      log.info({ account: { email, password } }, 'login')
      //                           ^^^^^^^^ [medium] a password (password)
      return password.length > 0
    }
    app.post('/login', (req, res) => res.json({ ok: login(req.body.email, req.body.password) }))
    app.listen(3000)
  `,
  )
})

test('what tells little of a secret, whatever name it stands under', () => {
  check(
    rule,
    `
    //- /app.js
    const { createHash } = require('crypto')
    const jwt = require('jsonwebtoken')
    const logger = require('pino')()
    const app = require('express')()
    app.get('/', (req, res) => {
      const token = jwt.sign({ sub: 1 }, process.env.KEY)
      logger.info({ token: token.slice(-4), hasToken: Boolean(token) })
      logger.info({ token: \`\${token.slice(0, 6)}…\` })
      logger.info({ token: \`***\${token.substring(token.length - 4)}\` })
      logger.info({ token: token.length, password: req.body.password.replace(/./g, '*') })
      logger.info({ authorization: req.headers.authorization?.slice(0, 10), password: masked(req.body.password) })
      logger.info({ token: createHash('sha256').update(token).digest('hex').slice(0, 8) })
      logger.info({ token: token ? 'set' : 'unset', hasPassword: req.user.hasPassword })
      logger.info({ token: token.slice(7) })
      //                   ^^^^^^^^^^^^^^ [high] The log gets a token (token).
      logger.info({ token: token.replace('Bearer ', '') })
      //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The log gets a token (token).
      res.end()
    })
    const masked = (text) => '*'.repeat(text.length)
    app.listen(3000)
  `,
  )
})

test('a signed token, whoever signed it', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/jwt": "^9.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify({ logger: true })
    await app.register(jwt, { secret: process.env.JWT_SECRET })
    app.post('/', async (request) => {
      const issued = app.jwt.sign({ sub: 1 })
      request.log.info({ issued }, 'signed in')
      //                 ^^^^^^ [high] The log gets a signed token.
      return {}
    })
    await app.listen({ port: 3000 })
    //- /auth.service.ts
    import { Injectable, Logger } from '@nestjs/common'
    import { JwtService } from '@nestjs/jwt'
    @Injectable()
    export class AuthService {
      private readonly logger = new Logger(AuthService.name)
      constructor(private readonly jwt: JwtService) {}
      async signIn() {
        const issued = await this.jwt.signAsync({ sub: 1 })
        this.logger.log({ issued })
        //                ^^^^^^ [high] The log gets a signed token.
        return issued
      }
    }
  `,
  )
})

test('a logger of pino that Fastify is given redacts what it was told to', () => {
  for (const option of ['logger', 'loggerInstance: logger'])
    check(
      rule,
      `
      //- /app.js
      import Fastify from 'fastify'
      import { logger } from './logger.js'
      const app = Fastify({ ${option} })
      app.post('/', async (request) => {
        request.log.info({ given: request.body })
        //                        ^^^^^^^^^^^^ [medium] The log gets the whole request body.
        request.log.info({ hidden: request.body })
        return {}
      })
      await app.listen({ port: 3000 })
      //- /logger.js
      import pino from 'pino'
      export const logger = pino({ redact: ['hidden'] })
    `,
    )
})

test('the request that an HTTP client could not make', () => {
  check(
    rule,
    `
    //- /app.js
    const axios = require('axios')
    const logger = require('winston').createLogger({})
    const app = require('express')()
    app.get('/', async (req, res) => {
      try {
        res.json((await axios.get('http://other')).data)
      } catch (error) {
        logger.error('failed', error.config)
        //                     ^^^^^^^^^^^^ [medium] The log gets the failed request with its headers.
        logger.error('failed', { sent: error.response.config.headers })
        //                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The log gets the headers of the failed request.
        logger.error('failed', { url: error.config.url, status: error.response.status, type: error.config.headers['content-type'] })
        res.status(502).end()
      }
    })
    app.listen(3000)
  `,
  )
})

test('words that say something else beside others, and what is said about a secret', () => {
  check(
    rule,
    `
    //- /app.js
    const log = require('pino')()
    const app = require('express')()
    app.get('/', async (req, res) => {
      const results = await require('./checks').run()
      log.info({ pass: results.pass, fail: results.fail }, 'checks')
      log.info({ pan: results.pan, zoom: results.zoom }, 'camera')
      log.info({ otp: results.otpEnabled, token: results.token.type, resumeToken: results.resumeToken }, 'stream')
      log.info({ user: results.user, pass: results.pass }, 'mailer')
      //                                   ^^^^^^^^^^^^ [medium] a password (pass)
      log.info({ pan: results.pan, amount: results.amount }, 'payment')
      //              ^^^^^^^^^^^ [medium] a card number (pan)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('errors of the project have fields of their own', () => {
  const server = (client: string, mark: string): string => `
    //- /app.js
    ${client}
    const logger = require('winston').createLogger({})
    const app = require('express')()
    class PipelineError extends Error {
      constructor(config) { super('failed'); this.config = config }
    }
    app.get('/', async (req, res) => {
      try {
        throw new PipelineError({ steps: 3 })
      } catch (error) {
        if (error instanceof PipelineError) logger.error('failed', { config: error.config })
        logger.error('failed', error.config)
        ${mark}
        res.status(502).end()
      }
    })
    app.listen(3000)
  `
  check(rule, server('', ''))
  check(rule, server("require('axios')", '//                     ^^^^^^^^^^^^ [medium] The log gets the failed request'))
})

test('addresses of databases, which hold their password', () => {
  check(
    rule,
    `
    //- /app.js
    const logger = require('pino')()
    const app = require('express')()
    const uri = process.env.MONGO_URL || 'mongodb://localhost/shop'
    logger.info(\`connected to \${uri}\`)
    //          ^^^^^^^^^^^^^^^^^^^^^ [medium] an address with its password (MONGO_URL)
    logger.info({ db: process.env.DATABASE_URL })
    //                ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] an address with its password (DATABASE_URL)
    logger.info({ db: new URL(process.env.DATABASE_URL).host })
    logger.info(\`connected to \${uri.split('@')[1]}\`)
    logger.info(process.env.DATABASE_URL ? 'connected' : 'no database')
    logger.info(\`api at \${process.env.API_URL}\`)
    app.listen(3000)
  `,
  )
})

test('serializers that give the request of pino-http back, with something more or less', () => {
  const serializing = (options: string): string => `
    //- /app.ts
    import express from 'express'
    import pinoHttp from 'pino-http'
    const app = express()
    const redact = ['req.headers.authorization', 'req.headers.cookie']
    app.use(pinoHttp({ ${options} }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(
    rule,
    serializing(`redact, serializers: { req(req) {
      req.body = req.raw.body
                 ^^^^^^^^^^^^ [medium] the whole request body of every request
      return req
    } }`),
  )
  check(
    rule,
    serializing(`redact, serializers: { req: (req) => ({
      ...req,
      body: req.raw.body,
            ^^^^^^^^^^^^ [medium] the whole request body of every request
    }) }`),
  )
  check(
    rule,
    serializing(`serializers: { req: (
      req,
      ^^^ [high] all request headers of every request
    ) => req }`),
  )
  check(rule, serializing('redact, serializers: { req: (req) => req }'))
  check(rule, serializing("redact: ['req.headers', 'req.body'], serializers: { req: (req) => { req.body = req.raw.body; return req } }"))
  check(rule, serializing('serializers: { req: (req) => { delete req.headers.authorization; delete req.headers.cookie; return req } }'))
  check(rule, serializing('serializers: { req: (req) => ({ ...req, headers: undefined }) }'))
})
test('instances of classes that have fields and nothing else are written down as objects are', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import pino from 'pino'
    import { Guarded, Hidden, OpenSession } from './commands.js'
    const logger = pino()
    const app = express()
    app.use(express.json())
    app.post('/sessions', (req, res) => {
      const { email, password } = req.body
      logger.info({ command: new OpenSession(email, password) }, 'opening')
      //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] a password (password)
      logger.info({ command: new Guarded(email, password) }, 'opening')
      logger.info({ command: new Hidden(email, password) }, 'opening')
      res.end()
    })
    app.listen(3000)
    //- /commands.ts
    export class OpenSession {
      constructor(readonly email: string, readonly password: string) {}
    }
    export class Guarded {
      constructor(readonly email: string, readonly password: string) {}
      toJSON() { return { email: this.email } }
    }
    export class Hidden {
      email: string
      #password: string
      constructor(email: string, password: string) {
        this.email = email
        this.#password = password
      }
    }
  `,
  )
})

test('what a body or a command is declared as says what is in it', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /dtos.ts
    import { IsEmail, IsInt, IsString } from 'class-validator'
    export class Login { @IsEmail() email: string; @IsString() password: string }
    export class Parcel { @IsInt() grams: number; @IsString() address: string }
    export class Large extends Parcel { @IsInt() litres: number }
    //- /accounts.service.ts
    import { Injectable, Logger } from '@nestjs/common'
    import { Login, Parcel } from './dtos'
    @Injectable()
    export class Accounts {
      private readonly logger = new Logger(Accounts.name)
      login(dto: Login) {
        this.logger.debug(\`login \${JSON.stringify(dto)}\`)
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The log gets a password (password)
        return this.find(dto.email)
      }
      send(dto: Parcel) {
        this.logger.log({ msg: 'sent', dto })
        return this.find(dto.address)
      }
      private find(name: string) { return { name } }
    }
    //- /app.module.ts
    import { Body, Controller, Logger, Module, Post } from '@nestjs/common'
    import { Accounts } from './accounts.service'
    import { Large, Login, Parcel } from './dtos'
    @Controller()
    class AppController {
      private readonly logger = new Logger('app')
      constructor(private readonly accounts: Accounts) {}
      @Post('login') login(@Body() dto: Login) { return this.accounts.login(dto) }
      @Post('send') send(@Body() dto: Parcel) { this.logger.log(dto); return this.accounts.send(dto) }
      @Post('large') large(@Body() dto: Large) {
        this.logger.log(dto)
        //              ^^^ [medium] The log gets the whole request body
        return {}
      }
    }
    @Module({ controllers: [AppController], providers: [Accounts] })
    export class AppModule {}
  `,
  )
})

test('redaction that says more than paths keeps what it says', () => {
  const logger = (paths: string): string => `
    //- /app.ts
    import express from 'express'
    import pino from 'pino'
    const logger = pino({ redact: { paths: [${paths}], censor: '[gone]' } })
    const app = express()
    app.post('/login', (req, res) => {
      logger.info({ password: req.body.password }, 'login')
      res.end()
    })
    app.listen(3000)
  `
  checkFix(rule, logger("'*.password'"), logger("'*.password', 'password'"))
})

test('a function that logs a copy of what it gets without the field', () => {
  check(
    rule,
    `
    //- /app.js
    const logger = require('winston').createLogger({})
    const app = require('express')()
    const create = (dto) => {
      logger.info(\`creating \${JSON.stringify({ ...dto, password: undefined })}\`)
      logger.info('creating', { ...dto, password: '***' })
      return dto
    }
    const update = (dto) => {
      logger.info('updating', { ...dto, at: 'now' })
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] the whole request body
      return dto
    }
    app.post('/', (req, res) => {
      create(req.body)
      update(req.body)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('fix: an error that no request failed with has no configuration to take names from', () => {
  const app = (line: string) => `
    //- /app.js
    const axios = require('axios')
    const express = require('express')
    const winston = require('winston')
    const logger = winston.createLogger({ transports: [new winston.transports.Console()] })
    const app = express()
    app.post('/transfers', async (req, res, next) => {
      try {
        res.json((await axios.post('https://bank.example', { amount: 1 }, { headers: { authorization: process.env.BANK_KEY } })).data)
      } catch (error) {
        ${line}
        next(error)
      }
    })
    app.listen(3000)
  `
  checkFix(rule, app(`logger.error('failed', error.config)`), app(`logger.error('failed', Object.keys(error.config ?? {}))`))
})

test('cookies of sessions, however they are called', () => {
  check(
    rule,
    `
    import express from 'express'
    import pino from 'pino'
    const logger = pino()
    const app = express()
    app.get('/', (req, res) => {
      logger.info(\`session \${req.cookies.sessionId}\`)
                             ^^^^^^^^^^^^^^^^^^^^^ [high]
      logger.info({ a: req.signedCookies['shop.sid'], b: req.cookies.possession, c: req.cookies.theme })
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
      logger.info({ visits: req.cookies.sessionCount, side: req.cookies.side })
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

const stored = (schema: string, lines: string, more = ''): string => `
  //- /user.js
  const mongoose = require('mongoose')
  const userSchema = new mongoose.Schema(${schema})
  ${more}
  module.exports = mongoose.model('User', userSchema)
  //- /app.js
  const express = require('express')
  const User = require('./user')
  const app = express()
  app.get('/users/:email', async (req, res) => {
    ${lines}
    res.end()
  })
  app.listen(3000)
`

test('documents of mongoose are written with the password that their schema has', () => {
  const schema = '{ email: String, password: { type: String, required: true } }'
  const found = 'const user = await User.findOne({ email: req.params.email })'
  const mark = '[medium] The log gets a stored document with its password (password).'
  check(rule, stored(schema, `${found}\n    console.log(user)\n    //          ^^^^ ${mark}`))
  check(
    rule,
    stored(
      schema,
      `const user = await User.findById(req.params.email).lean().exec()\n    console.log({ user })\n    //            ^^^^ ${mark}`,
    ),
  )
  const short = '{ email: String, password: String }'
  const saving = "userSchema.pre('save', async function () { this.password = await hash(this.password) })"
  check(rule, stored(short, `${found}\n    console.log(user)\n    //          ^^^^ ${mark}`, saving))
  check(rule, stored(short, `const user = await User.create(req.body)\n    console.log(user)\n    //          ^^^^ ${mark}`))
  for (const [other, lines, more] of [
    [short, "const user = await User.create({ email: 'guest@example.com' }); console.log(user)"],
    [short, `${found}; console.log(user)`, "userSchema.pre(/^find/, function (next) { this.select('-password'); next() })"],
    [short, `${found}; console.log(user)`, "userSchema.post('init', (doc) => strip(doc))"],
    [short, `${found}; console.log(user)`, "userSchema.path('password').select(false)"],
    [short, `${found}; console.log(user)`, "mongoose.plugin(require('mongoose-hidden')())"],
    [short, `${found}; console.log(user)`, "mongoose.set('toObject', { transform: strip })"],
    [short, `${found}; console.log(JSON.stringify(user))`, "mongoose.set('toJSON', { transform: strip })"],
    ['{ email: String, password: { type: String, select: false } }', `${found}; console.log(user)`],
    ['{ email: String, passwordChangedAt: Date }', `${found}; console.log(user)`],
    [`${schema}, { toObject: { transform: hide } }`, `${found}; console.log(user)`],
    [schema, `${found}; console.log(user)`, 'userSchema.plugin(hidePrivate)'],
    [schema, `${found}; console.log(user)`, 'userSchema.methods.toObject = function () { return hide(this) }'],
    [schema, `${found}; user.set('password', undefined); console.log(user)`],
    [schema, `${found}; user.$set({ password: undefined }); console.log(user)`],
    [schema, `${found}; delete user._doc.password; console.log(user)`],
    [schema, 'const user = await User.findOne({ email: req.params.email }).lean(); delete user.password; console.log(user)'],
    [schema, `${found}; const plain = user.toObject(); delete plain.password; console.log(plain)`],
    [schema, `${found}; const { password, ...safe } = user.toObject(); console.log(safe)`],
    [schema, `${found}; user.password = undefined; console.log(user)`],
    [schema, `${found}; console.log(user.email, user.id, user === null, Boolean(user))`],
    [schema, "const user = await User.findOne({ email: req.params.email }).select('email'); console.log(user)"],
    [schema, "const user = await User.findOne({ email: req.params.email }, 'email'); console.log(user)"],
    [schema, 'const count = await User.countDocuments(); console.log(count)'],
    [schema, 'const user = await User.exists({ email: req.params.email }); console.log(user)'],
  ] as const)
    check(rule, stored(other, lines, more))
})

test('documents of mongoose tell all in a text too, plain objects nothing', () => {
  const schema = '{ email: String, password: String }'
  const found = 'const user = await User.findOne({ email: req.params.email })'
  const mark = '[medium] The log gets a stored document with its password (password).'
  check(rule, stored(schema, `${found}\n    console.log(\`found \${user}\`)\n    //          ^^^^^^^^^^^^^^^ ${mark}`))
  check(rule, stored(schema, `${found}\n    console.log('found ' + user)\n    //          ^^^^^^^^^^^^^^^ ${mark}`))
  check(rule, stored(schema, 'const user = await User.findOne({ email: req.params.email }).lean()\n    console.log(`found ${user}`)'))
})

test('what another schema of the file writes of itself says nothing of this one', () => {
  const short = '{ email: String, password: String }'
  const line =
    'const user = await User.findOne({ email: req.params.email })\n    console.log(user)\n    //          ^^^^ [medium] a stored document with its password'
  const other = "const teamSchema = new mongoose.Schema({ name: String }); mongoose.model('Team', teamSchema)"
  check(rule, stored(short, line, `${other}; teamSchema.methods.toJSON = function () { return { name: this.name } }`))
  check(rule, stored(short, line, `${other}; teamSchema.set('toJSON', { transform: hide })`))
  const silent = 'const user = await User.findOne({ email: req.params.email })\n    console.log(JSON.stringify(user))'
  check(rule, stored(short, silent, `${other}; userSchema.methods.toJSON = function () { return { email: this.email } }`))
  check(rule, stored(short, silent, `${other}; userSchema.set('toJSON', { transform: hide })`))
  check(rule, stored(`${short}, { methods: { toJSON() { return { email: this.email } } } }`, silent, other))
})

test('toJSON is not asked where console prints a document, and delete leaves its fields in it', () => {
  const short = '{ email: String, password: String }'
  const found = 'const user = await User.findOne({ email: req.params.email })'
  const mark = '[medium] The log gets a stored document with its password (password).'
  const printed = `${found}\n    console.log(user)\n    //          ^^^^ ${mark}`
  check(rule, stored(short, printed, 'userSchema.methods.toJSON = function () { return hide(this) }'))
  check(rule, stored(short, printed, "userSchema.set('toJSON', { transform: hide })"))
  check(rule, stored(`${short}, { toJSON: { transform: hide } }`, printed))
  check(rule, stored(short, printed, "mongoose.set('toJSON', { transform: strip })"))
  check(rule, stored(`${short}, { toJSON: { virtuals: true }, toObject: { virtuals: true } }`, printed))
  check(
    rule,
    stored(
      short,
      `${found}\n    if (!(await compare(req.body.password, user.password))) return res.sendStatus(401)\n    console.log(user)\n    //          ^^^^ ${mark}`,
    ),
  )
  check(rule, stored(short, `${found}\n    delete user.password\n    console.log(user)\n    //          ^^^^ ${mark}`))
  const hidden = 'userSchema.methods.toJSON = function () { return hide(this) }'
  check(rule, stored(short, `${found}\n    console.log(\`found \${user}\`)\n    //          ^^^^^^^^^^^^^^^ ${mark}`, hidden))
  check(rule, stored(short, `${found}\n    console.log(user.toJSON(), JSON.stringify(user), \`\${JSON.stringify(user)}\`)`, hidden))
  check(rule, stored(short, `${found}\n    console.log(user.toObject())\n    //          ^^^^^^^^^^^^^^^ ${mark}`, hidden))
  const pino = (lines: string, more: string): string =>
    stored(short, lines, more).replace('const app', "const logger = require('pino')()\n  const app")
  check(rule, pino(`${found}; logger.info({ user })`, hidden))
  check(
    rule,
    pino(`${found}\n    logger.info({ user })\n    //            ^^^^ ${mark}`, "userSchema.set('toObject', { transform: hide })"),
  )
})

test('fields that a function takes out in place', () => {
  const short = '{ email: String, password: String }'
  const found = 'const user = await User.findOne({ email: req.params.email })'
  const mark = '[medium] The log gets a stored document with its password (password).'
  const own = (body: string): string => `${found}\n    clean(user)\n    console.log(user)\n    ${body}`
  const clean = (body: string): string =>
    `//- /clean.js\n  exports.clean = (user) => { ${body} }\n  //- /app.js\n  const { clean } = require('./clean')`
  const app = (lines: string, body: string): string => stored(short, lines).replace('//- /app.js', clean(body))
  check(rule, app(own(''), 'user.password = undefined'))
  check(rule, app(own(''), 'user.set("password", undefined)'))
  check(rule, app(own(`//          ^^^^ ${mark}`), 'user.set("seen", new Date()); delete user.password'))
  check(
    rule,
    app(
      own('').replace('clean(user)\n    console.log(user)', 'console.log(clean(user))'),
      'const plain = user.toObject(); delete plain.password; return plain',
    ),
  )
  check(rule, app(own(`//          ^^^^ ${mark}`), 'user.seen = new Date()'))
  check(rule, app(own(`//          ^^^^ ${mark}`), 'if (user.password.length < 8) throw new Error()'))
  check(rule, stored(short, `function clean(user) { user.password = '' }\n    ${own('')}`))
})

test('entities that repositories and models of Nest give are written with the password of their class', () => {
  const users = (field: string, lines: string, store = 'Repository<User>', more = ''): string =>
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() { const app = await NestFactory.create(AppModule); await app.listen(3000) }
bootstrap()
//- /user.ts
import { Column, Entity } from 'typeorm'
@Entity()
export class User {
  @Column() email: string
  ${field}
}
${more}
//- /app.module.ts
import { Controller, Get, Logger, Module, Param } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { Model } from 'mongoose'
import { User } from './user'
@Controller('users')
class UsersController {
  private readonly logger = new Logger('users')
  constructor(@InjectRepository(User) private readonly users: ${store}) {}
  @Get(':email') async find(@Param('email') email: string) {
    ${lines}
    return { id: user.id }
  }
}
@Module({ controllers: [UsersController] })
export class AppModule {}
`)
  const found = 'const user = await this.users.findOne({ where: { email } })'
  const mark = '^^^^ [medium] The log gets a stored document with its password (password).'
  check(rule, users('@Column() password: string', `${found}\n    this.logger.log(user)\n    //              ${mark}`))
  check(rule, users('@Column() password: string', `${found}\n    this.logger.log(user)\n    //              ${mark}`, 'Model<User>'))
  const saving = "export const UserSchema = SchemaFactory.createForClass(User); UserSchema.pre('save', hash)"
  check(rule, users('@Prop() password: string', `${found}\n    this.logger.log(user)\n    //              ${mark}`, 'Model<User>', saving))
  for (const [field, lines, store, more] of [
    ['@Column() password: string; toJSON() { return { email: this.email } }', `${found}; this.logger.log(user)`],
    [
      '@Prop() password: string',
      `${found}; this.logger.log(user)`,
      'Model<User>',
      'export const UserSchema = SchemaFactory.createForClass(User); UserSchema.plugin(hidePrivate)',
    ],
    ['@Column({ select: false }) password: string', `${found}; this.logger.log(user)`],
    ['@Column() name: string', `${found}; this.logger.log(user)`],
    ['password: string', `${found}; this.logger.log(user)`],
    ['@Column() password: string', `${found}; delete user.password; this.logger.log(user)`],
    ['@Column() password: string', "const user = await this.users.findOne({ where: { email }, select: ['email'] }); this.logger.log(user)"],
    ['@Column() password: string', `${found}; this.logger.log(user)`, 'Repository<Account>'],
    ['@Column() password: string', `${found}; this.logger.log(user.email)`],
  ] as const)
    check(rule, users(field, lines, store, more))
})

test('what is the line itself is redacted by its own keys, and by no others', () => {
  const app = (paths: string, line: string) => `
    //- /app.js
    const express = require('express')
    const logger = require('pino')({ redact: ${paths} })
    const app = express()
    app.use(express.json())
    app.post('/', (req, res) => {
      ${line}
      res.end()
    })
    app.listen(3000)
  `
  const headers = 'logger.info(req.headers)\n      //          ^^^^^^^^^^^ all request headers'
  check(rule, app("['req.headers.authorization', 'password']", headers))
  check(rule, app("['body.password']", headers))
  check(rule, app("['authorization', 'cookie']", 'logger.info(req.headers)'))
  check(rule, app("['req.headers.authorization']", 'logger.info(req)'))
  check(rule, app("['headers.authorization']", 'logger.info(req)\n      //          ^^^ the whole request'))
  check(rule, app("['password']", 'logger.info(req.body)'))
  check(rule, app("['*']", 'logger.info(req.body)'))
  check(rule, app("['user.password']", 'logger.info(req.body)\n      //          ^^^^^^^^ the whole request body'))
})

test('several arguments of one line are told and taken out together', () => {
  const app = (line: string) => `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(express.json())
    app.post('/', (req, res) => {
      ${line}
      res.end()
    })
    app.listen(3000)
  `
  check(rule, app('console.log(req.body, req.headers)\n      //          ^^^^^^^^ the whole request body and all request headers'))
  checkFix(rule, app('console.log(req.body, req.headers)'), app('console.log(Object.keys(req.body ?? {}), Object.keys(req.headers))'))
})

test('a command that makes a password tells it to whoever asked for it', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "a", "scripts": { "start": "node cli.js start" }, "dependencies": { "express": "5", "yargs": "17" } }
    //- /cli.js
    const express = require('express')
    const { makeUser } = require('./users')
    require('yargs')
      .command('start', 'serves', {}, () => {
        const app = express()
        app.post('/', (req, res) => {
          console.log(req.body.password)
    //                ^^^^^^^^^^^^^^^^^ password
          res.end()
        })
        app.listen(3000)
      })
      .command('user:add', 'adds', {}, () => makeUser().then((password) => console.log('password: ' + password)))
      .parse()
    //- /users.js
    const crypto = require('crypto')
    exports.makeUser = async () => crypto.randomBytes(9).toString('base64')
  `,
  )
})

test('a helper that logs errors alone writes no answer', () => {
  const helper = (test: string, mark: string): string => `
    //- /app.js
    const app = require('express')()
    const log = require('pino')()
    const respond = (res, payload) => {
      if (${test}) {
        log.warn({ payload }, 'failed')
${mark}
        return res.status(500).end()
      }
      res.json(payload)
    }
    app.post('/login', (req, res) => {
      const token = sign(req.body)
      respond(res, { token })
    })
    app.listen(3000)
  `
  check(rule, helper('payload instanceof Error', ''))
  check(rule, helper('payload.failed', '    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ token'))
})

test('fix: a text leaves out what a variable above it holds', () => {
  const app = (line: string): string => `
    //- /app.js
    import express from 'express'
    import { check } from './users.js'
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => {
      const { email, password } = req.body
      ${line}
      res.json(await check(email, password))
    })
    app.listen(3000)
  `
  checkFix(rule, app('console.log(`log-in of ${email} with ${password}`)'), app('console.log(`log-in of ${email} with [redacted]`)'))
  checkFix(
    rule,
    app("console.log('password of ' + email + ': ' + password)"),
    app("console.log('password of ' + email + ': ' + '[redacted]')"),
  )
  checkNoFix(rule, app("console.log('log-in with ' + password + ', again ' + password)"))
})

test('fix: what is spread into a line becomes a list of its names', () => {
  const app = (first: string, second: string): string => `
    //- /app.js
    import express from 'express'
    import winston from 'winston'
    const log = winston.createLogger({ transports: [new winston.transports.Console()] })
    const app = express()
    app.use(express.json())
    app.post('/a', (req, res) => {
      log.info('created', ${first})
      console.log(${second})
      res.json({})
    })
    app.listen(3000)
  `
  checkFix(
    rule,
    app('{ ...req.body, at: 1 }', '{ ...req.headers }'),
    app('{ body: Object.keys(req.body ?? {}), at: 1 }', '{ headers: Object.keys(req.headers) }'),
  )
})
