// Fixes of the rules about what is logged and where it goes, run before and after.
import { test } from 'vitest'
import noLogInjection from '../../../rules/no-log-injection/rule.js'
import noSensitiveLogging from '../../../rules/no-sensitive-logging/rule.js'
import requireLogRotation from '../../../rules/require-log-rotation/rule.js'
import requireStructuredLogging from '../../../rules/require-structured-logging/rule.js'
import { proveFix, type FixCase, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest: FixCase['honest'] = [{ method: 'POST', path: '/login', status: 200, body: { user: 'ada', password: 'correct horse' } }]

const logs =
  (pattern: RegExp, request: Parameters<ProbedApplication['send']>[0]) =>
  async ({ send, output }: ProbedApplication) => {
    await send(request)
    await new Promise((resolve) => setTimeout(resolve, 300))
    return pattern.test(output())
  }

const server = (head: string, line: string) => `
//- /server.js
const express = require('express')
${head}
const app = express()
app.use(express.json())
app.post('/login', (req, res) => {
  ${line}
  res.json({ ok: true })
})
app.get('/files/:name', (req, res) => {
  res.json(require('fs').existsSync(req.params.name))
})
app.listen(process.env.PORT)
`

test('no-sensitive-logging: the password stays out of the log', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noSensitiveLogging,
    app: server(`const logger = require('pino')()`, `logger.info({ body: req.body }, 'login')`),
    honest,
    weakness: logs(/battery staple/, { method: 'POST', path: '/login', body: { user: 'ada', password: 'battery staple' } }),
  }),
)

test('no-log-injection: a line break in a value makes no line', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noLogInjection,
    app: server('', 'console.log(`login of ${req.body.user}`)'),
    honest,
    weakness: logs(/^admin signed in$/m, { method: 'POST', path: '/login', body: { user: 'x\nadmin signed in' } }),
  }),
)

test('require-log-rotation: old files go', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireLogRotation,
    app: server(
      `const fs = require('fs')
const winston = require('winston')
const logger = winston.createLogger({ transports: [new winston.transports.File({ filename: 'app.log' })] })`,
      `for (let count = 0; count < 20; count++) logger.info('x'.repeat(Number(req.body.length ?? 1)))`,
    ),
    honest,
    // Seven megabytes: without a limit one file holds them all.
    weakness: async ({ send }) => {
      await send({ method: 'POST', path: '/login', body: { length: 350_000 } })
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await send({ method: 'POST', path: '/login', body: { length: 10 } })
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return (await (await send({ method: 'GET', path: '/files/app1.log' })).json()) === false
    },
  }),
)

test('require-structured-logging: each request leaves a line', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireStructuredLogging,
    app: server(`const logger = require('pino')()`, `logger.info('login')`),
    honest,
    weakness: async (application) => !(await logs(/"url":"\/files\/none"/, { method: 'GET', path: '/files/none' })(application)),
  }),
)
