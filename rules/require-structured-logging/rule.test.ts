// Tests of require-structured-logging.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const routes = `
    app.get('/', (req, res) => res.end())
    app.listen(3000)`

test('no logger at all; console and morgan are none', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const morgan = require('morgan')
    const app = express()
    //          ^^^^^^^^^ [high] app has no logger.
    app.use(morgan('combined'))
    app.get('/', (req, res) => {
      console.log('asked')
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('a logger, and a line for each request', () => {
  const app = (middleware: string): string => `
    //- /app.js
    const express = require('express')
    const pinoHttp = require('pino-http')
    const morgan = require('morgan')
    const logger = require('./logger')
    const app = express()
    ${middleware}${routes}
    //- /logger.js
    const winston = require('winston')
    module.exports = winston.createLogger({ transports: [new winston.transports.Console()] })
  `
  check(rule, app('app.use(pinoHttp())'))
  check(rule, app("app.use(morgan('combined', { stream: { write: (line) => logger.info(line) } }))"))
  check(rule, app("if (process.env.LOG_REQUESTS) app.use(morgan('combined'))"))
  check(rule, app("app.use((req, res, next) => { logger.info('request', { method: req.method, url: req.originalUrl }); next() })"))
})

test('a logger that does not hear of requests', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const morgan = require('morgan')
    const logger = require('pino')()
    const app = express()
    //          ^^^^^^^^^ [medium] app does not log its requests.
    if (process.env.NODE_ENV === 'development') app.use(morgan('dev'))
    app.get('/', (req, res) => res.end())
    app.listen(3000, () => logger.info('up'))
  `,
  )
})

test('a logger that is off in production', () => {
  const app = (options: string): string => `
    //- /app.js
    const express = require('express')
    const logger = require('./logger')
    const app = express()
    app.use(require('pino-http')({ logger }))${routes}
    //- /logger.js
    module.exports = require('pino')(${options})
`
  const marked = (options: string): string =>
    `${app(options)}    //               ${'^'.repeat(`require('pino')(${options})`.length)} [high] The logger is off in production.\n`
  check(rule, marked('{ enabled: false }'))
  check(rule, marked("{ level: process.env.NODE_ENV === 'production' ? 'silent' : 'debug' }"))
  check(rule, app("{ enabled: process.env.NODE_ENV !== 'test' }"))
  check(rule, app('{ level: process.env.LOG_LEVEL }'))
})

test('a logger of the project, injected loggers, and no application', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { log } = require('./log')
    const app = express()
    app.use((req, res, next) => { log.info(req.method, req.originalUrl); next() })${routes}
    //- /log.js
    exports.log = {
      info: (...args) => console.log(...args),
      error: (...args) => console.error(...args),
    }
  `,
  )
  check(rule, `console.log('a program')`)
})

test('fix: pino-http, with redaction', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const { pinoHttp } = require('pino-http')
    const app = express()
    app.use(pinoHttp({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    }))
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `,
  )
})

test('fix: pino-http takes the place of morgan, and stands beside one that writes in development alone', () => {
  const app = (imports: string, layers: string): string => `
//- /app.js
const express = require('express')
${imports}
const app = express()
${layers}
app.get('/', (req, res) => res.end())
app.listen(3000)
`
  const pino = "app.use(pinoHttp({\n  redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers[\"set-cookie\"]'],\n}))"
  const required = "const { pinoHttp } = require('pino-http')"
  checkFix(rule, app("const morgan = require('morgan')", "app.use(morgan('combined'))"), app(required, pino))
  for (const own of [
    "app.use(morgan('combined', { skip: (req) => req.path === '/health' }))",
    'app.use(morgan((tokens, req, res) => tokens.url(req, res)))',
    "morgan.token('user', (req) => req.user.id)\napp.use(morgan(':method :url :user'))",
  ])
    checkFix(rule, app("const morgan = require('morgan')", own), app(`const morgan = require('morgan')\n${required}`, `${pino}\n${own}`))
  const guarded = "if (process.env.NODE_ENV !== 'production') app.use(morgan('dev'))"
  checkFix(
    rule,
    app("const morgan = require('morgan')", guarded),
    app(`const morgan = require('morgan')\n${required}`, `${pino}\n${guarded}`),
  )
})

test('fix: morgan in front of the winston logger of the project', () => {
  checkFix(
    rule,
    `
    //- /src/app.ts
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => res.end())
    app.listen(3000)
    //- /src/logger.ts
    import { createLogger, transports } from 'winston'
    export const logger = createLogger({ transports: [new transports.Console()] })
  `,
    `
    //- /src/app.ts
    import express from 'express'
    import morgan from 'morgan'
    import { logger } from './logger'
    const app = express()
    app.use(morgan('combined', { stream: { write: (line) => logger.info(line.trim()) } }))
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `,
  )
})

test('the logger of Fastify is off until it is asked for', () => {
  const app = (options: string) => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify(${options})
    app.get('/users', async () => [])
    await app.listen({ port: 3000 })
  `
  checkFix(rule, app(''), app('{ logger: true }'))
  checkFix(rule, app('{ bodyLimit: 1000, logger: false }'), app('{ bodyLimit: 1000, logger: true }'))
  checkFix(rule, app('{ logger: true, disableRequestLogging: true }'), app('{ logger: true, disableRequestLogging: false }'))
  check(rule, app("{ logger: { level: 'info' } }"))
  check(rule, app('options'))
})

test('a line about requests that were refused says nothing of the others', () => {
  const fastify = (hook: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true, disableRequestLogging: true })
    app.addHook('onRequest', async (request, reply) => {
      ${hook}
    })
    app.post('/', async () => ({}))
    await app.listen({ port: 3000 })
  `
  const found = '\n    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] app does not log its requests.'
  const marked = (source: string): string => source.replace(/(const app = .*)/, `$1${found}`)
  const refusal = "return reply.code(401).send({ error: 'sign in' })"
  check(
    rule,
    marked(fastify(`try { await request.jwtVerify() } catch (error) { request.log.info({ ip: request.ip }, 'refused'); ${refusal} }`)),
  )
  check(
    rule,
    marked(fastify(`if (request.headers['x-key'] !== process.env.KEY) { request.log.info({ ip: request.ip }, 'refused'); ${refusal} }`)),
  )
  check(rule, fastify(`request.log.info({ url: request.url }, 'asked'); if (!request.headers['x-key']) ${refusal}`))
})

test('requests of Nest, by middleware, modules and interceptors', () => {
  const nest = (main: string, module: string, more = ''): string =>
    nestFixture(`
      //- /main.ts
      import { NestFactory } from '@nestjs/core'
      import morgan from 'morgan'
      import { AppModule } from './app.module'
      async function bootstrap() {
        const app = await NestFactory.create(AppModule)
        ${main}
        await app.listen(3000)
      }
      bootstrap()
      //- /app.module.ts
      import { Controller, Get, Injectable, Logger, Module } from '@nestjs/common'
      import { APP_INTERCEPTOR } from '@nestjs/core'
      import { LoggerModule } from 'nestjs-pino'
      import { catchError, tap, throwError } from 'rxjs'
      @Injectable()
      class LogInterceptor {
        private readonly logger = new Logger('http')
        intercept(context, next) {
          ${more}
        }
      }
      @Controller()
      class AppController {
        private readonly logger = new Logger('app')
        @Get()
        hello() {
          this.logger.log('hello')
          return 'hello'
        }
      }
      @Module({ controllers: [AppController], ${module} })
      export class AppModule {}
    `)
  const marked = (source: string): string =>
    source.replace(
      /( *)(const app = await )(NestFactory.create\(AppModule\))/,
      (line, indent: string, before: string, call: string) =>
        `${line}\n${`${indent}//`.padEnd(indent.length + before.length)}${'^'.repeat(call.length)} [medium] app does not log its requests.`,
    )
  const interceptor = 'providers: [{ provide: APP_INTERCEPTOR, useClass: LogInterceptor }]'
  check(rule, marked(nest('', '')))
  check(rule, marked(nest('', 'imports: [LoggerModule.forRoot({ pinoHttp: { autoLogging: false } })]')))
  check(rule, marked(nest('', interceptor, 'try { return next.handle() } catch (error) { this.logger.error(error); throw error }')))
  check(rule, nest("app.use(morgan('combined'))", ''))
  check(rule, nest('', 'imports: [LoggerModule.forRoot()]'))
  check(rule, nest('', 'imports: [LoggerModule.forRootAsync({ useFactory: () => ({ pinoHttp: {} }) })]'))
  check(rule, nest('', interceptor, 'return next.handle().pipe(tap(() => this.logger.log(context.getHandler().name)))'))
})

test('fix: lines of requests go to the logger that stands in front of the application', () => {
  const app = (head: string, use: string): string => `
    //- /app.js
    import express from 'express'
    import pino from 'pino'
${head}    const log = pino({ level: 'info' })
    const app = express()
${use}    app.get('/', (req, res) => res.json({}))
    app.listen(3000, () => log.info('listening'))
    //- /package.json
    { "name": "shop", "type": "module", "dependencies": { "express": "^5.0.0", "pino": "^10.0.0"EXTRA } }
  `
  checkFix(
    rule,
    app('', '').replace('EXTRA', ''),
    app(
      "    import { pinoHttp } from 'pino-http'\n",
      `    app.use(pinoHttp({
      logger: log,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    }))
`,
    ).replace('EXTRA', ', "pino-http": "^11.0.0"'),
  )
})

test('platforms that log each request themselves', () => {
  const functions = (manifest: string, handing: string, mark: string): string => `
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "pino": "^9.0.0", ${manifest} } }
    //- /index.js
    const logger = require('pino')()
    const app = require('express')()
    ${mark}
    app.get('/orders', (req, res) => { logger.info('asked'); res.json([]) })
    ${handing}
  `
  check(rule, functions('"firebase-functions": "^5.0.0"', "exports.api = require('firebase-functions').https.onRequest(app)", ''))
  check(
    rule,
    functions(
      '"serverless-http": "^3.2.0"',
      "exports.handler = require('serverless-http')(app)",
      '//          ^^^^^^^^^^^^^^^^^^^^ [medium] app does not log its requests',
    ),
  )
})
