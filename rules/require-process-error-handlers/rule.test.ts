// Errors that reach the process.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const server = (more: string, files = ''): string => `
  //- /server.js
  const express = require('express')
  ${more}
  const app = express()
  app.get('/', (req, res) => res.json({}))
  ${files}
`

test('nothing listens', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
//  ^^^^^^^^^^^^^^^^ [high, info] Nothing handles uncaught exceptions
  `,
  )
})

test('listeners that end the process', () => {
  for (const more of [
    `process.on('uncaughtException', (error) => { console.error(error); process.exit(1) })`,
    `process.on('unhandledRejection', (reason) => { throw reason })`,
    `process.once('uncaughtException', (error) => { console.error(error); shutdown() })\n  const shutdown = () => { process.exitCode = 1; process.kill(process.pid) }`,
    `process.addListener('uncaughtException', require('./crash'))`,
    `const { on } = process\n  process.prependListener('uncaughtException', fail)\n  function fail(error) { log.fatal(error); stopServer() }`,
    `require('close-with-grace')({ delay: 500 }, async () => {})`,
    `require('@sentry/node').init({ dsn: process.env.DSN })`,
    `const winston = require('winston')\n  winston.createLogger({ exceptionHandlers: [new winston.transports.Console()] })`,
    `require('make-promises-safe')`,
    `process.on('uncaughtExceptionMonitor', (error) => console.error(error))`,
  ])
    check(
      rule,
      `${server(more, 'app.listen(3000)')}\n  //- /crash.js\n  module.exports = (error) => { console.error(error); process.abort() }`,
    )
})

test('listeners that only log', () => {
  check(
    rule,
    server(
      `const logger = require('pino')()
  process.on('uncaughtException', (error) => {
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] This uncaughtException listener only logs
    logger.error(error, 'uncaught')
  })`,
      'app.listen(3000)',
    ).replace('//^^^^^^^', '  ^^^^^^^'),
  )
})

test('a log file that is ended is no process that ends', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const fs = require('fs')
    const dayjs = require('dayjs')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    process.addListener('uncaughtException', (error) => {
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] only logs
      const stream = fs.createWriteStream(dayjs().format('YYYY'), { flags: 'a' })
      stream.write(String(error))
      stream.end()
    })
  `.replace('  //^^^^', '    ^^^^'),
  )
})

test('one function for both events is one finding', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    const log = (error) => { console.error('failed', error.message) }
    process.on('unhandledRejection', log)
//  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] unhandledRejection has the same listener
    process.on('uncaughtException', log)
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] only logs
  `,
  )
})

test('listeners of which it is not known what they do, and those of development', () => {
  check(
    rule,
    server(
      `process.on('uncaughtException', require('crash-handler'))
  process.on('unhandledRejection', (error) => handle(error))
  const state = {}
  process.on('unhandledRejection', () => { state.isLost = true })
  if (process.env.NODE_ENV !== 'production') process.on('uncaughtException', console.error)`,
      'app.listen(3000)',
    ),
  )
})

test('applications without a process of their own', () => {
  check(rule, server(`const serverless = require('serverless-http')`, 'exports.handler = serverless(app)'))
  check(rule, server('', 'module.exports = app'))
})

test('a listener is added before listening', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    process.on('uncaughtException', (error, origin) => {
      console.error(origin, error)
      process.exit(1)
    })
    app.listen(3000)
  `,
  )
})

test('a listener that logs exits as well', () => {
  checkFix(
    rule,
    `
    //- /server.ts
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => { res.json({}) })
    app.listen(3000)
    process.on('unhandledRejection', (reason) => {
      console.error(reason)
      // The process manager starts a new one.
    })
  `,
    `
    //- /server.ts
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => { res.json({}) })
    app.listen(3000)
    process.on('unhandledRejection', (reason) => {
      console.error(reason)
      process.exit(1)
      // The process manager starts a new one.
    })
  `,
  )
})

test('a process of Fastify', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    //          ~~~~~~~~~ [evidence] app is made here
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
  `,
  )
})

test('an application of Nest: one finding for two listeners beside each other, and a logger of Nest in the fix', () => {
  const main = (lines: string): string => `//- /main.ts
import { Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${lines}
}
bootstrap()
`
  const log = "const logger = new Logger('Main')\n  "
  check(
    rule,
    nestFixture(
      main(`  ${log}process.on('unhandledRejection', (error) => { logger.error(error) })
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] the listener of unhandledRejection only logs
  process.on('uncaughtException', (error) => { logger.error(error) })
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] only logs
  await app.listen(3000)`),
    ),
  )
  checkFix(
    rule,
    nestFixture(main('  await app.listen(3000)')),
    `${main(`  process.on('uncaughtException', (error) => {
    logger.error(error)
    process.exit(1)
  })
  await app.listen(3000)`).replace("'./app.module'\n", "'./app.module'\n\nconst logger = new Logger('Main')\n\n")}`,
  )
})

test('a logger that only prints', () => {
  check(
    rule,
    `
    //- /server.js
    const winston = require('winston')
    winston.createLogger({ transports: [new winston.transports.Console({ format: winston.format.combine(winston.format.cli(), winston.format.splat()) })] })
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
//  ^^^^^^^^^^^^^^^^ [high] Nothing handles uncaught exceptions
  `,
  )
})

test('listeners of one process are none of another', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "node api.js", "start:admin": "node admin.js" }, "dependencies": { "express": "^5.0.0" } }
    //- /crash.js
    export const crashLoudly = () => process.on('uncaughtException', () => process.exit(1))
    export const name = 'crash'
    //- /api.js
    import express from 'express'
    import { crashLoudly } from './crash.js'
    const app = express()
    crashLoudly()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /admin.js
    import express from 'express'
    import { name } from './crash.js'
    const app = express()
    app.get('/admin', (req, res) => res.json({ name }))
    app.listen(3001)
    ^^^^^^^^^^^^^^^^ [high] Nothing handles uncaught exceptions
  `,
  )
})

test('the fix logs with a logger, and not with middleware of that name', () => {
  const server = (listener: string): string => `
    //- /server.ts
    import express from 'express'
    import { requestLogger } from './request-logger'
    import { logger } from '@/logger'
    const app = express()
    app.use(requestLogger)
    app.get('/', (req, res) => { res.json({}) })
    ${listener}app.listen(3000, () => logger.info('up'))
    //- /request-logger.ts
    import pinoHttp from 'pino-http'
    export const requestLogger = pinoHttp()
    //- /logger.ts
    import pino from 'pino'
    export const logger = pino()
  `
  const listener = `process.on('uncaughtException', (error) => {
      logger.error(error)
      process.exit(1)
    })
    `
  checkFix(rule, server(''), server(listener))
})

test('of a server for probes alone it hardly matters', () => {
  check(
    rule,
    `
    //- /server.js
    const app = require('express')()
    app.get('/health', (req, res) => res.json({ ok: true }))
    app.listen(3000)
    ^^^^^^^^^^^^^^^^ [low] Nothing handles uncaught exceptions
  `,
  )
})

test('what closes a server of Fastify hears of errors as well: one listener and not two', () => {
  checkFix(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    import Fastify from 'fastify'
    import closeWithGrace from 'close-with-grace'
    const app = Fastify({ logger: true })
    closeWithGrace({ delay: 10_000 }, async ({ err }) => {
      if (err) app.log.error({ err }, 'closing')
      await app.close()
    })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `,
  )
  checkFix(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.get('/', async () => ({ ok: true }))
    process.once('SIGTERM', () => { void app.close() })
    await app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.get('/', async () => ({ ok: true }))
    process.once('SIGTERM', () => { void app.close() })
    process.on('uncaughtException', (error) => {
      app.log.error(error)
      process.exit(1)
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('a logger of winston that keeps the process', () => {
  check(
    rule,
    server(
      `const winston = require('winston')
  winston.createLogger({ exitOnError: false, transports: [new winston.transports.Console({ handleExceptions: true })] })
                                      ^^^^^ [medium, warning] winston logs uncaught exceptions here, and the process goes on => Exit after logging
  app.listen(3000)`.replace("const winston = require('winston')\n", "const winston = require('winston')\n  const app = express()\n"),
    ).replace("\n  const app = express()\n  app.get('/', (req, res) => res.json({}))", "\n  app.get('/', (req, res) => res.json({}))"),
  )
})

test('loggers of winston that end the process, hear of nothing, or have a listener beside them that ends it', () => {
  const made = (options: string): string => `const winston = require('winston')\n  winston.createLogger({ ${options} })`
  const heard = 'transports: [new winston.transports.Console({ handleExceptions: true })]'
  const ends = "\n  process.on('uncaughtException', () => process.exit(1))"
  for (const more of [
    made(`exitOnError: true, ${heard}`),
    made(heard),
    made(`exitOnError: false, ${heard}`) + ends,
    made(`exitOnError: false, transports: [new winston.transports.Console()]`) + ends,
  ])
    check(rule, server(more, 'app.listen(3000)'))
})
