// Fixes of what access logs and console write of requests, run before and after.
import { test } from 'vitest'
import noConsole from '../../../rules/no-console/rule.js'
import noSensitiveLogging from '../../../rules/no-sensitive-logging/rule.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [{ method: 'GET', path: '/', status: 200 }]

/** True when the credential of a request is in what the application printed. Throws where it printed no line about it at all. */
async function printsCredential({ get, output }: ProbedApplication): Promise<boolean> {
  await get('/', { authorization: 'Bearer open-sesame' })
  await new Promise((resolve) => setTimeout(resolve, 200))
  if (!output().includes('request completed')) throw new Error('the request is not logged')
  return output().includes('open-sesame')
}

test.each([4, 5] as const)('no-sensitive-logging: pino-http redacts credentials, Express %d', { timeout: TIMEOUT }, (express) =>
  proveFix({
    rule: noSensitiveLogging,
    express,
    app: `
      //- /server.js
      const express = require('express')
      const pinoHttp = require('pino-http')
      const app = express()
      app.use(pinoHttp())
      app.get('/', (req, res) => res.json({ ok: true }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: printsCredential,
  }),
)

test('no-sensitive-logging: the logger that pino-http was given redacts', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noSensitiveLogging,
    app: `
      //- /server.ts
      import express from 'express'
      import { pino } from 'pino'
      import { pinoHttp } from 'pino-http'
      const logger = pino({ level: 'info' })
      const app = express()
      app.use(pinoHttp({ logger }))
      app.get('/', (_req, res) => {
        res.json({ ok: true })
      })
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: printsCredential,
  }),
)

test('no-console: an error is written with its stack by winston', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noConsole,
    app: `
      //- /server.js
      const express = require('express')
      const logger = require('./logger')
      const app = express()
      app.get('/', (req, res) => {
        try {
          throw new Error('no stock')
        } catch (err) {
          console.error('order failed', err)
        }
        res.json({ ok: true })
      })
      app.listen(process.env.PORT, () => logger.info('listening'))
      //- /logger.js
      const winston = require('winston')
      module.exports = winston.createLogger({ transports: [new winston.transports.Console()] })
    `,
    honest,
    weakness: async ({ get, output }) => {
      await get('/')
      await new Promise((resolve) => setTimeout(resolve, 200))
      const line =
        output()
          .split('\n')
          .find((each) => each.includes('order failed')) ?? ''
      return !(line.startsWith('{') && line.includes('no stock') && line.includes('server.js'))
    },
  }),
)
