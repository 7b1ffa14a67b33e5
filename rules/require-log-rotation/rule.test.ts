// Tests of require-log-rotation.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('files of winston without limits', () => {
  check(
    rule,
    `
    //- /logger.js
    const winston = require('winston')
    const { File } = winston.transports
    module.exports = winston.createLogger({
      transports: [
        new winston.transports.Console(),
        new winston.transports.File({ filename: 'app.log' }),
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A log file of winston grows without end.
        new File({ filename: 'error.log', level: 'error', maxFiles: 5 }),
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] grows without end
        new File({ filename: 'warn.log', maxsize: 1000 }),
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] leaves its old files behind
        new File({ filename: 'info.log', maxsize: 1000, maxFiles: 3 }),
      ],
    })
  `,
  )
})

test('options from elsewhere', () => {
  check(
    rule,
    `
    //- /logger.ts
    import { createLogger, transports } from 'winston'
    import { limits } from './limits.js'
    import { options } from 'somewhere'
    export const logger = createLogger({
      transports: [new transports.File({ filename: 'a.log', ...limits }), new transports.File(options), new transports.File({ filename: 'b.log', ...options })],
    })
    //- /limits.ts
    export const limits = { maxsize: 5 * 1024 * 1024, maxFiles: 5 }
  `,
  )
})

test('daily files that are never removed', () => {
  check(
    rule,
    `
    //- /logger.js
    const DailyRotateFile = require('winston-daily-rotate-file')
    new DailyRotateFile({ filename: 'app-%DATE%.log' })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A daily log file leaves its old files behind
    new DailyRotateFile({ filename: 'app-%DATE%.log', maxFiles: '14d' })
  `,
  )
})

test('files of pino and of morgan', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const fs = require('fs')
    const path = require('path')
    const morgan = require('morgan')
    const pino = require('pino')
    const rfs = require('rotating-file-stream')
    const logger = pino(pino.destination('app.log'))
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A log file of pino
    const sent = pino(pino.transport({ target: 'pino/file', options: { destination: path.join(__dirname, 'x.log') } }))
    //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium]
    const out = pino(pino.destination(1))
    const rolling = pino(pino.transport({ target: 'pino-roll', options: { file: 'app', size: '5m' } }))
    const app = express()
    app.use(morgan('combined', { stream: fs.createWriteStream('access.log', { flags: 'a' }) }))
    //                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The access log grows
    app.use(morgan('combined', { stream: rfs.createStream('access.log', { interval: '1d' }) }))
    fs.createWriteStream('export.csv')
    app.listen(3000)
  `,
  )
})

test('in development only, and in tests', () => {
  check(
    rule,
    `
    //- /logger.js
    const winston = require('winston')
    const logger = winston.createLogger()
    if (process.env.NODE_ENV !== 'production') logger.add(new winston.transports.File({ filename: 'dev.log' }))
    module.exports = logger
    //- /test/logger.test.js
    const winston = require('winston')
    new winston.transports.File({ filename: 'test.log' })
  `,
  )
})

test('fix: five files of 5 MB', () => {
  checkFix(
    rule,
    `
    //- /logger.js
    const winston = require('winston');
    const DailyRotateFile = require('winston-daily-rotate-file');

    module.exports = winston.createLogger({
      transports: [
        new winston.transports.File({
          filename: 'app.log',
        }),
        new winston.transports.File({ filename: 'error.log', maxsize: 1000 }),
        new DailyRotateFile({ filename: 'app-%DATE%.log' }),
      ],
    });
  `,
    `
    //- /logger.js
    const winston = require('winston');
    const DailyRotateFile = require('winston-daily-rotate-file');

    module.exports = winston.createLogger({
      transports: [
        new winston.transports.File({
          filename: 'app.log',
          maxsize: 5 * 1024 * 1024,
          maxFiles: 5,
        }),
        new winston.transports.File({ filename: 'error.log', maxsize: 1000, maxFiles: 5 }),
        new DailyRotateFile({ filename: 'app-%DATE%.log', maxFiles: '14d' }),
      ],
    });
  `,
  )
})

test('files of log4js and of bunyan', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const log4js = require('log4js')
    const bunyan = require('bunyan')
    log4js.configure({
      appenders: {
        out: { type: 'stdout' },
        app: { type: 'file', filename: 'app.log' },
        //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A log file of log4js grows without end.
        access: { type: 'file', filename: 'access.log', maxLogSize: '5M', backups: 5 },
        daily: { type: 'dateFile', filename: 'daily.log' },
      },
      categories: { default: { appenders: ['out', 'app'], level: 'info' } },
    })
    const log = bunyan.createLogger({
      name: 'app',
      streams: [
        { stream: process.stdout },
        { path: '/var/log/app.log' },
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A log file of bunyan
        { type: 'rotating-file', path: '/var/log/app.log', period: '1d', count: 3 },
      ],
    })
    const app = express()
    app.get('/', (req, res) => { log4js.getLogger().info('a'); log.info('b'); res.end() })
    app.listen(3000)
  `,
  )
})

test('a transport of pino among its options', () => {
  check(
    rule,
    `
    //- /logger.js
    const pino = require('pino')
    module.exports = pino({ transport: { target: 'pino/file', options: { destination: '/var/log/app.log' } } })
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A log file of pino
    //- /other.js
    const pino = require('pino')
    pino({ transport: { target: 'pino/file', options: { destination: 1 } } })
    pino({ transport: { target: 'pino-roll', options: { file: 'app', size: '10m' } } })
  `,
  )
})
