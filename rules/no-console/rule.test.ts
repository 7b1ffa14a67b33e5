// Tests of no-console.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

test('every call in server code, wherever the server loads it from', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { users } from './users.js'
    const app = express()
    console.warn('starting')
    ^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`console.warn\` in server code.
    app.use('/users', users)
    app.listen(3000)
    //- /users.ts
    import { Router } from 'express'
    import { find } from './store.js'
    export const users = Router()
    users.get('/:id', async (req, res) => {
      try {
        res.json(await find(req.params.id))
      } catch (err) {
        console.error('failed', err)
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`console.error\` in server code.
        res.status(500).end()
      }
    })
    //- /store.ts
    export async function find(id: string): Promise<unknown> {
      console.log(id)
      ^^^^^^^^^^^^^^^ [high] \`console.log\`
      return { id }
    }
  `,
  )
})

test('a module that is required when it is needed', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/report', (req, res) => {
      require('./report').make()
      res.end()
    })
    app.listen(3000)
    //- /report.js
    exports.make = () => console.table([1])
    //                   ^^^^^^^^^^^^^^^^^^ [high] \`console.table\`
  `,
  )
})

test('providers that a loop over a folder loads', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const fs = require('fs')
    const path = require('path')
    const app = express()
    for (const file of fs.readdirSync(path.join(__dirname, 'providers'))) app.use(require('./providers/' + file))
    app.listen(3000)
    //- /providers/mail.js
    const router = require('express').Router()
    router.post('/mail', (req, res) => {
      console.log('sent')
      ^^^^^^^^^^^^^^^^^^^ [high]
      res.end()
    })
    module.exports = router
  `,
  )
})

test('lines about the start and the end of the process are information', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    if (!process.env.PORT) {
      console.error('PORT is missing')
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [info]
      process.exit(1)
    }
    app.get('/', (req, res) => res.end())
    app.listen(process.env.PORT, () => console.log('listening'))
    //                                 ^^^^^^^^^^^^^^^^^^^^^^^^ [info]
    //- /other.js
    const express = require('express')
    const app = express()
    app.listen(3000, console.log('listening'))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^ [info]
  `,
  )
})

test('scripts, tests, migrations, seeders, commands and browsers', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "shop", "scripts": { "start": "node app.js", "seed": "node seeder.js" }, "bin": { "shop": "bin/shop.js" }, "dependencies": { "express": "^5.0.0", "commander": "^12.0.0" } }
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.end())
    app.listen(3000)
    //- /seeder.js
    console.log('seeding')
    //- /scripts/report.js
    console.log('report')
    //- /migrations/001-users.js
    exports.up = () => console.log('up')
    //- /test/app.test.js
    console.log('test')
    //- /bin/shop.js
    #!/usr/bin/env node
    const { program } = require('commander')
    program.action(() => console.log('done'))
    //- /public/site.js
    console.log('browser')
  `,
  )
})

test('code that only development runs', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    if (process.env.NODE_ENV !== 'production') {
      app.use((req, res, next) => {
        console.log(req.method)
        next()
      })
    }
    app.get('/', (req, res) => {
      if (process.env.NODE_ENV === 'development') console.log('here')
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('console as a value, members that are no calls, and other consoles', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const console2 = { log() {} }
    app.get('/', (req, res) => {
      work().catch(console.error)
      const write = console.log
      console.log.apply(null, [1])
      console2.log('x')
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('the logger of the project itself', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { log } = require('./util')
    const logger = require('./logger')
    const { print } = require('./output')
    const { Journal } = require('./journal')
    const app = express()
    app.get('/', (req, res) => {
      log.info('asked')
      logger('asked')
      print('error', 'asked')
      res.end()
    })
    app.listen(3000)
    //- /util.js
    exports.log = {
      info(...args) { console.log(...args) },
      error(...args) { console.error(...args) },
    }
    exports.random = () => {
      console.log('weak')
      ^^^^^^^^^^^^^^^^^^^
      return 4
    }
    //- /logger.js
    module.exports = (message) => console.log(new Date(), message)
    //- /output.js
    exports.print = (level, text) => {
      if (level === 'error') console.error(text)
      else console.log(text)
    }
    //- /journal.js
    class JournalLogger {
      write(text) { console.log(text) }
    }
    exports.Journal = JournalLogger
  `,
  )
})

test('middleware that is called logger is no logger', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const logger = require('./middleware/logger')
    const app = express()
    app.use(logger)
    app.listen(3000)
    //- /middleware/logger.js
    const logger = (req, res, next) => {
      console.log(req.method)
      ^^^^^^^^^^^^^^^^^^^^^^^ [high]
      next()
    }
    module.exports = logger
  `,
  )
})

test('a handler that nobody mounts', () => {
  check(
    rule,
    `
    //- /orders.js
    const router = require('express').Router()
    router.get('/', (req, res) => {
      console.log('orders')
      ^^^^^^^^^^^^^^^^^^^^^ [medium]
      res.end()
    })
    module.exports = router
    //- /helper.js
    exports.work = () => console.log('who calls?')
  `,
  )
})

const workspace = (settings: string): string => `
    //- /package.json
    { "name": "root", "private": true, "workspaces": ["packages/*"] }
    //- /packages/api/package.json
    { "name": "api", "main": "app.js", "dependencies": { "express": "^5.0.0", "queue": "*" } }
    //- /packages/api/app.js
    const express = require('express')
    const { run } = require('queue')
    const app = express()
    app.get('/', (req, res) => res.json(run()))
    app.listen(3000)
    //- /packages/queue/package.json
    { "name": "queue", "main": "index.js"${settings} }
    //- /packages/queue/index.js
    exports.run = () => console.log('run')
`

test('a published library of the workspace decides for itself, a private package does not', () => {
  const mark = (confidence: string): string => `//                  ^^^^^^^^^^^^^^^^^^ [${confidence}]\n`
  check(rule, workspace('') + `    ${mark('low')}`)
  check(rule, workspace(', "private": true') + `    ${mark('high')}`)
})

test('what is known of the logger is said', () => {
  const findings = check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const log = require('./logging')
    const app = express()
    app.get('/', (req, res) => {
      log.info('asked')
      console.log('asked')
      ^^^^^^^^^^^^^^^^^^^^ server code that has \`log\`
      res.end()
    })
    app.listen(3000)
    //- /logging.js
    module.exports = require('pino')()
  `,
  )
  expect(findings[0]?.fix?.safety).toBe('safe')
})

test('the logger of the file is named before those of other files, and a plain line is a warning', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const requestLog = require('./logging')
    const app = express()
    app.get('/', (req, res) => {
      requestLog.info('asked')
      console.log('asked')
      ^^^^^^^^^^^^^^^^^^^^ [warning, safe] server code that has \`requestLog\`
      res.end()
    })
    app.listen(3000)
    //- /logging.js
    module.exports = require('pino')()
    //- /audit.js
    module.exports = require('pino')({ name: 'audit' })
    //- /jobs.js
    const audit = require('./audit')
    audit.info('started')
    //- /mails.js
    const audit = require('./audit')
    audit.info('sent')
  `,
  )
})

test('pino in the file: errors and values become properties', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { logger } from './logger.js'
    const app = express()
    app.get('/', async (req, res) => {
      try {
        console.log('asked')
        console.log('user', req.params.id, req.query)
        console.info('%s asked', req.ip)
        res.json(await find())
      } catch (error) {
        console.error('failed', error)
        console.error(error)
        console.warn(error, 'failed')
      }
    })
    app.listen(3000)
    //- /logger.ts
    import pino from 'pino'
    export const logger = pino()
  `,
    `
    //- /app.ts
    import express from 'express'
    import { logger } from './logger.js'
    const app = express()
    app.get('/', async (req, res) => {
      try {
        logger.info('asked')
        logger.info({ id: req.params.id, query: req.query }, 'user')
        logger.info('%s asked', req.ip)
        res.json(await find())
      } catch (error) {
        logger.error({ err: error }, 'failed')
        logger.error(error)
        logger.warn({ err: error }, 'failed')
      }
    })
    app.listen(3000)
  `,
  )
})

test('winston of the project, CommonJS with semicolons', () => {
  checkFix(
    rule,
    `
    //- /src/app.js
    const express = require('express');
    const logger = require('./config/logger');
    const users = require('./routes/users');

    const app = express();
    app.use('/users', users);
    app.listen(3000, () => logger.info('up'));
    //- /src/config/logger.js
    const winston = require('winston');
    const logger = winston.createLogger({ transports: [new winston.transports.Console()] });
    module.exports = logger;
    //- /src/routes/users.js
    const router = require('express').Router();

    router.get('/:id', (req, res, next) => {
      find(req.params.id).catch((err) => {
        console.error('failed', err);
        console.error(err);
        console.log('user', req.params.id);
        next(err);
      });
    });
    module.exports = router;
  `,
    `
    //- /src/routes/users.js
    const router = require('express').Router();
    const logger = require('../config/logger');

    router.get('/:id', (req, res, next) => {
      find(req.params.id).catch((err) => {
        logger.error('failed', err);
        logger.error('Error:', err);
        logger.info('user', { id: req.params.id });
        next(err);
      });
    });
    module.exports = router;
  `,
  )
})

test("the project's own logger, which wants to know who speaks", () => {
  checkFix(
    rule,
    `
    //- /server/app.js
    const express = require('express')
    const { log } = require('../src/util')
    const monitor = require('./model/monitor')
    const app = express()
    app.get('/', (req, res) => {
      log.info('app', 'asked')
      res.json(monitor.check())
    })
    app.listen(3000)
    //- /server/model/monitor.js
    exports.check = () => {
      console.log('checking')
      return true
    }
    //- /src/util.js
    class Logger {
      log(module, level, ...msg) {
        if (level === 'error') console.error(module, ...msg)
        else console.log(module, ...msg)
      }
      info(module, ...msg) { this.log(module, 'info', ...msg) }
      error(module, ...msg) { this.log(module, 'error', ...msg) }
    }
    exports.log = new Logger()
  `,
    `
    //- /server/model/monitor.js
    const { log } = require('../../src/util')

    exports.check = () => {
      log.info('monitor', 'checking')
      return true
    }
  `,
  )
})

test("the request's logger", () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const pinoHttp = require('pino-http')
    const app = express()
    app.use(pinoHttp())
    app.get('/', (req, res) => {
      console.log('asked')
      res.end()
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const pinoHttp = require('pino-http')
    const app = express()
    app.use(pinoHttp())
    app.get('/', (req, res) => {
      req.log.info('asked')
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('a new logger where the project has none, used by the next fix too', () => {
  checkFix(
    rule,
    `
    //- /src/app.ts
    import express from 'express'
    import { work } from './work.js'
    const app = express()
    app.get('/', (req, res) => {
      console.log('asked')
      res.json(work())
    })
    app.listen(3000)
    //- /src/work.ts
    export function work(): string {
      console.debug('working')
      return 'done'
    }
  `,
    `
    //- /src/app.ts
    import express from 'express'
    import { work } from './work.js'
    import { logger } from './logger.js'
    const app = express()
    app.get('/', (req, res) => {
      logger.info('asked')
      res.json(work())
    })
    app.listen(3000)
    //- /src/logger.ts
    import { pino } from 'pino'

    export const logger = pino({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],
    })
    //- /src/work.ts
    import { logger } from './logger'

    export function work(): string {
      logger.debug('working')
      return 'done'
    }
  `,
  )
})

test('a new logger in a CommonJS project', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => {
      console.log('asked')
      res.end()
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const { logger } = require('./logger')
    const app = express()
    app.get('/', (req, res) => {
      logger.info('asked')
      res.end()
    })
    app.listen(3000)
    //- /logger.js
    const pino = require('pino')

    const logger = pino({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],
    })

    module.exports = { logger }
  `,
  )
})

test('no fix for what loggers do not do, and none that would import in a circle', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const logger = require('./logger')
    const app = express()
    app.get('/', (req, res) => {
      console.table([1])
      console.trace('x')
      console.log()
      console.log(...req.body)
      logger.info('x')
      res.end()
    })
    app.listen(3000)
    //- /logger.js
    const config = require('./config')
    module.exports = require('pino')({ level: config.level })
    //- /config.js
    console.log('reading')
    exports.level = 'info'
  `,
  )
})

test('a name that means something else here is not used', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const logger = require('pino')()
    const app = express()
    app.get('/', (req, res) => {
      for (const logger of [1]) console.log(logger)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('no fix before the logger is there', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    console.log('starting')
    const express = require('express')
    const logger = require('pino')()
    const app = express()
    app.listen(3000, () => logger.info('up'))
  `,
  )
})

test('Nest code logs with the field of its class, else with a new Logger', () => {
  checkFix(
    rule,
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { FieldController } from './field.controller'
import { BareController } from './bare.controller'
@Module({ controllers: [FieldController, BareController] })
export class AppModule {}
//- /field.controller.ts
import { Controller, Get, Logger } from '@nestjs/common'
@Controller('field')
export class FieldController {
  private readonly logger = new Logger(FieldController.name)
  @Get()
  hello() {
    console.log('hello', this.logger)
    return 'hello'
  }
}
//- /bare.controller.ts
import { Controller, Get } from '@nestjs/common'

@Controller('bare')
export class BareController {
  @Get()
  hello() {
    console.warn('hello')
    return 'hello'
  }
}
`),
    `
    //- /field.controller.ts
    import { Controller, Get, Logger } from '@nestjs/common'
    @Controller('field')
    export class FieldController {
      private readonly logger = new Logger(FieldController.name)
      @Get()
      hello() {
        this.logger.log('hello', { logger: this.logger })
        return 'hello'
      }
    }
    //- /bare.controller.ts
    import { Controller, Get, Logger } from '@nestjs/common'

    const logger = new Logger('BareController')

    @Controller('bare')
    export class BareController {
      @Get()
      hello() {
        logger.warn('hello')
        return 'hello'
      }
    }
  `,
  )
})

test('what a run of the program prints that serves nobody', () => {
  check(
    rule,
    `
    //- /server.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.get('/', async () => ({ ok: true }))
    if (process.env.EXPORT_ROUTES) {
      console.log(app.printRoutes())
    } else {
      app.listen({ port: 3000 })
    }
  `,
  )
})

test("Fastify's own logger: of the request within handlers, of the application behind it", () => {
  checkFix(
    rule,
    `
    //- /server.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    console.log('made')
    app.get('/', async (_request, reply) => {
      console.warn('asked')
      return {}
    })
    app.setErrorHandler((error, request, reply) => {
      console.error(error)
      reply.code(500).send({ error: 'Internal Server Error' })
    })
    await app.listen({ port: 3000 })
  `,
    `
    //- /server.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.log.info('made')
    app.get('/', async (_request, reply) => {
      reply.log.warn('asked')
      return {}
    })
    app.setErrorHandler((error, request, reply) => {
      request.log.error(error)
      reply.code(500).send({ error: 'Internal Server Error' })
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test("Fastify's own logger in callbacks behind the application, and where a connection comes before the request", () => {
  checkFix(
    rule,
    `
    //- /server.js
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    const warn = (app) => console.warn(app.name)
    const app = Fastify({ logger: true })
    await app.register(websocket)
    app.register(async (chat) => {
      chat.get('/chat', { websocket: true }, (socket, request) => {
        console.log('connected')
        socket.send('hello')
      })
    })
    app.listen({ port: 3000 }, (error, address) => {
      if (error) throw error
      console.log(\`ready at \${address}\`)
      warn(app)
    })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0" } }
  `,
    `
    //- /server.js
    import Fastify from 'fastify'
    import websocket from '@fastify/websocket'
    import { logger } from './logger.js'
    const warn = (app) => logger.warn(app.name)
    const app = Fastify({ logger: true })
    await app.register(websocket)
    app.register(async (chat) => {
      chat.get('/chat', { websocket: true }, (socket, request) => {
        request.log.info('connected')
        socket.send('hello')
      })
    })
    app.listen({ port: 3000 }, (error, address) => {
      if (error) throw error
      app.log.info(\`ready at \${address}\`)
      warn(app)
    })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/websocket": "^11.0.0", "pino": "^10.4.0" } }
    //- /logger.js
    import { pino } from 'pino'

    export const logger = pino({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],
    })
  `,
  )
})

test("Fastify's own logger where another module makes the application", () => {
  checkFix(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    export async function buildApp() {
      const app = Fastify({ logger: true })
      app.get('/', async () => ({}))
      return app
    }
    //- /server.js
    import { buildApp } from './app.js'
    const server = await buildApp()
    try {
      await server.listen({ port: 3000 })
      console.log('listening')
    } catch (error) {
      console.error(error)
      process.exit(1)
    }
  `,
    `
    //- /app.js
    import Fastify from 'fastify'
    export async function buildApp() {
      const app = Fastify({ logger: true })
      app.get('/', async () => ({}))
      return app
    }
    //- /server.js
    import { buildApp } from './app.js'
    const server = await buildApp()
    try {
      await server.listen({ port: 3000 })
      server.log.info('listening')
    } catch (error) {
      server.log.error(error)
      process.exit(1)
    }
  `,
  )
})

test('what a callback writes right before the process ends is worth a note', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    const missing = ['DATABASE_URL', 'TOKEN_KEY'].filter((name) => !process.env[name])
    if (missing.length > 0) {
      missing.forEach((name) => console.error(name))
    //                          ^^^^^^^^^^^^^^^^^^^ [info] console.error
      process.exit(1)
    }
    missing.forEach((name) => console.error(name))
    //                        ^^^^^^^^^^^^^^^^^^^ [warning] console.error
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('what a span of a trace runs, beside serving and while serving', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import { database } from './database'
    const app = Fastify()
    app.get('/', async () => {
      await database.end()
      return []
    })
    if (process.env.EXPORT_TYPES) {
      await database.end()
      console.log('types')
    } else app.listen({ port: 3000 })
    //- /database.ts
    import * as Sentry from '@sentry/node'
    import pg from 'pg'
    const pool = new pg.Pool()
    export const database = {
      async end() {
        Sentry.startSpan({ name: 'end' }, async () => {
          try {
            await pool.end()
          } catch (error) {
            console.error('cannot end', error)
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] in server code
          }
        })
      },
    }
  `,
  )
})

test('console as the sink of development alone', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { sinkFor } = require('./sink')
    const sink = sinkFor(process.env.NODE_ENV)
    app.get('/', (req, res) => {
      sink.info('asked')
      res.end()
    })
    app.listen(3000)
    //- /sink.js
    const logger = require('pino')()
    exports.sinkFor = (stage) => {
      if (stage === 'development') return console
      return { info: (...args) => logger.info({ args }) }
    }
  `,
  )
})

const service = `
    //- /package.json
    { "private": true, "workspaces": ["packages/*", "services/*"] }
    //- /packages/kit/package.json
    { "name": "@acme/kit", "main": "src/index.ts", "dependencies": { "express": "^5.0.0", "pino": "^10.0.0" } }
    //- /packages/kit/src/index.ts
    import express from 'express'
    import pino from 'pino'
    export const createApp = () => express()
    export const createLogger = (name: string) => pino({ name })
    //- /services/orders/package.json
    { "name": "@acme/orders", "scripts": { "start": "node src/server.ts" }, "dependencies": { "@acme/kit": "*" } }
`

test('a logger that a function of another package makes', () => {
  const settings = `
    //- /services/orders/src/settings.ts
    import { createLogger } from '@acme/kit'
    export const logger = createLogger('orders')
  `
  const server = (line: string): string => `${service}
    //- /services/orders/src/server.ts
    import { createApp } from '@acme/kit'
    import { logger } from './settings.js'
    const app = createApp()
    app.listen(3000, () => ${line})
    ${settings}`
  checkFix(rule, server("console.log('listening')"), server("logger.info('listening')"))
})

test('a new logger stands in the package that logs', () => {
  const server = (line: string, imported = ''): string => `${service}
    //- /services/orders/src/server.ts
    import { createApp } from '@acme/kit'${imported}
    const app = createApp()
    app.listen(3000, () => ${line})
  `
  const after = server("logger.info('listening')", "\n    import { logger } from './logger'").replace(
    '"dependencies": { "@acme/kit": "*" }',
    '"dependencies": { "@acme/kit": "*", "pino": "^10.4.0" }',
  )
  checkFix(
    rule,
    server("console.log('listening')"),
    `${after}  //- /services/orders/src/logger.ts
    import { pino } from 'pino'

    export const logger = pino({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],
    })
  `,
  )
})

test('fix: the logger of another package of the workspace', () => {
  const files = (line: string, more: string): string => `
    //- /package.json
    { "name": "shop", "private": true, "workspaces": ["packages/*", "services/*"] }
    //- /packages/log/package.json
    { "name": "@shop/log", "private": true, "type": "module", "exports": { ".": "./src/index.ts" }, "dependencies": { "pino": "^9.0.0" } }
    //- /packages/log/src/index.ts
    import pino from 'pino'
    export const logger = pino()
    //- /services/api/package.json
    { "name": "@shop/api", "private": true, "type": "module", "dependencies": { "@shop/log": "*", "express": "^5.0.0" } }
    //- /services/api/src/main.ts
    import express from 'express'
    import { logger } from '@shop/log'
    import { find } from './store.js'
    const app = express()
    app.get('/', (req, res) => {
      logger.info('asked')
      res.json(find())
    })
    app.listen(3000)
    //- /services/api/src/store.ts
    import { readFileSync } from 'node:fs'${more}
    export function find(): string {
      ${line}
      return readFileSync('store.txt', 'utf8')
    }
  `
  checkFix(rule, files("console.log('read')", ''), files("logger.info('read')", "\n    import { logger } from '@shop/log'"))
})

test('a logger that other modules pass on, by a path or by an alias, is the one that a file has', () => {
  const files = (specifier: string, line: string, passing = "export { logger } from './logger'"): string => `
    //- /src/server.ts
    import express from 'express'
    import { logger } from '${specifier}'
    const app = express()
    app.get('/', (req, res) => {
      logger.info('asked')
      ${line}
      res.end()
    })
    app.listen(3000)
    //- /src/internal/monitoring/index.ts
    export * from './metrics'
    ${passing}
    //- /src/internal/monitoring/metrics.ts
    export const count = 1
    //- /src/internal/monitoring/logger.ts
    import pino from 'pino'
    export const logger = pino()
    `
  for (const specifier of ['./internal/monitoring', '@internal/monitoring'])
    checkFix(rule, files(specifier, "console.log('here')"), files(specifier, "logger.info('here')"))
  const inTwoSteps = "import { logger as one } from './logger'\n    export { one as logger }"
  checkFix(
    rule,
    files('./internal/monitoring', "console.log('here')", inTwoSteps),
    files('./internal/monitoring', "logger.info('here')", inTwoSteps),
  )
  // What another module of that name gives away is no logger.
  const other = files('./other', '').replace(
    '//- /src/internal/monitoring/index.ts',
    `//- /src/other.ts
    export const logger = { info: (text: string) => text }
    //- /src/internal/monitoring/index.ts`,
  )
  check(rule, other)
  checkFix(
    rule,
    other.replace("logger.info('asked')", "console.log('asked')"),
    other
      .replace("logger.info('asked')", "loggerModule.info('asked')")
      .replace("from './other'\n", "from './other'\n    import { logger as loggerModule } from './internal/monitoring/logger'\n"),
  )
})

test('a logger that a CommonJS module puts somewhere else is none of its exports', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { connect } = require('./db')
    const app = express()
    app.get('/', (req, res) => {
      console.log('asked')
      res.json({})
    })
    connect()
    app.listen(3000)
    //- /db.js
    const pino = require('pino')
    const client = require('db-client')
    const logger = pino()
    client.logger = logger
    module.exports = { connect: () => client.connect() }
  `,
    `
    //- /app.js
    const express = require('express')
    const { connect } = require('./db')
    const { logger } = require('./logger')
    const app = express()
    app.get('/', (req, res) => {
      logger.info('asked')
      res.json({})
    })
    connect()
    app.listen(3000)
    //- /logger.js
    const pino = require('pino')

    const logger = pino({
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],
    })

    module.exports = { logger }
  `,
  )
})

test('fix: what no log should hold does not come into the line of a logger', () => {
  const app = (lines: string) => `
    //- /app.js
    const express = require('express')
    const logger = require('pino')()
    const app = express()
    app.use(express.json())
    app.post('/login', (req, res) => {
      ${lines}
      res.end()
    })
    app.listen(3000)
  `
  for (const [before, after] of [
    ["console.log('got', req.body)", "logger.info({ body: Object.keys(req.body ?? {}) }, 'got')"],
    ['console.log(req.headers)', 'logger.info({ headers: Object.keys(req.headers) })'],
    ['console.log(`login ${req.body.password}`)', 'logger.info(`login [redacted]`)'],
    ["console.log('login', req.body.email, req.body.password)", "logger.info({ email: req.body.email, password: '[redacted]' }, 'login')"],
    [
      "console.warn('login', req.cookies, { body: req.body, at: 1 })",
      "logger.warn({ cookies: Object.keys(req.cookies ?? {}), data: { body: Object.keys(req.body ?? {}), at: 1 } }, 'login')",
    ],
  ] as const)
    checkFix(rule, app(before), app(after))
  checkFix(rule, app("console.log('got', req.body.email)"), app("logger.info({ email: req.body.email }, 'got')"))
})

test('no fix where a logger would tell what console hides, or where a value is sensitive that stands elsewhere', () => {
  const stored = (hidden: string, line: string) => `
    //- /app.js
    const express = require('express')
    const mongoose = require('mongoose')
    const logger = require('pino')()
    const userSchema = new mongoose.Schema({ email: String, password: { type: String, required: true } })
    userSchema.set('${hidden}', { transform: hide })
    const User = mongoose.model('User', userSchema)
    const app = express()
    app.get('/', async (req, res) => {
      const user = await User.findOne({ email: req.query.email })
      ${line}
      res.end()
    })
    app.listen(3000)
  `
  checkNoFix(rule, stored('toObject', 'console.log({ user })'))
  checkFix(rule, stored('toJSON', 'console.log({ email: user.email })'), stored('toJSON', 'logger.info({ email: user.email })'))
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const logger = require('pino')()
    const app = express()
    app.post('/', (req, res) => {
      const line = JSON.stringify(req.body)
      console.log(\`\${line} \${line}\`)
      res.end()
    })
    app.listen(3000)
    `,
  )
})

test('what a command line offers beside the server is written for whoever asked for it', () => {
  const program = (commands: string): string => `
    //- /package.json
    { "name": "a", "scripts": { "start": "node cli.js start" }, "dependencies": { "express": "5", "commander": "12", "yargs": "17" } }
    //- /cli.js
    const express = require('express')
    const { addUser } = require('./users')
    const start = () => {
      const app = express()
      app.get('/', (req, res) => {
        console.log('asked')
    //  ^^^^^^^^^^^^^^^^^^^^ server code
        res.end()
      })
      app.listen(3000)
    }
    ${commands}
    //- /users.js
    exports.addUser = async (email) => {
      console.log('created', email)
    }
  `
  check(
    rule,
    program(`
    const { program } = require('commander')
    program.command('start').action(start)
    program.command('user:add').action(addUser)
    program.command('count').action(() => console.log(3))
    program.parse()`),
  )
  check(
    rule,
    program(`
    require('yargs')
      .command('start', 'serves', {}, start)
      .command('user:add <email>', 'adds', {}, (argv) => addUser(argv.email).then((id) => console.log(id)))
      .parse()`),
  )
})
