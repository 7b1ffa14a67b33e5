// Tests of require-request-id.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { fastifyServer as fastify, nestServer as nest } from '../../testing/smallServers.js'
import rule from './rule.js'

const server = (lines: string, made = 'const app = express()'): string => `//- /server.js
const express = require('express')
const logger = require('winston').createLogger({})
${made}
${lines}
app.get('/users', (req, res) => { logger.info('users'); res.json([]) })
app.listen(3000)
`
const MARKED = 'const app = express()\n            ^^^^^^^^^ [medium, info] Requests of app have no id => no fix'

const NEST =
  '  const app = await NestFactory.create(AppModule)\n                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Requests of app have no id'

test('nothing does it', () => {
  check(rule, server('', MARKED))
  check(rule, nest('', NEST))
})

test('something does', () => {
  for (const lines of [
    `app.use(require('pino-http')())`,
    `app.use(require('express-request-id')())`,
    `app.use((req, res, next) => { req.id = require('crypto').randomUUID(); next() })`,
    `app.use((req, res, next) => { res.set('X-Request-Id', String(Math.random())); next() })`,
    `app.use((req, res, next) => { logger.info(req.get('x-correlation-id')); next() })`,
    `const { AsyncLocalStorage } = require('node:async_hooks')`,
    `app.use((req, res, next) => { res.locals.requestId = Date.now(); next() })`,
    `app.use((req, res, next) => { req.log = logger.child({ requestId: require('crypto').randomUUID() }); next() })`,
    `app.use((req, res, next) => { req.log = logger.child({ id: req.headers['x-request-id'] }); next() })`,
    `app.use((req, res, next) => { logger.info('in', { correlationId: req.headers['x-correlation-id'] ?? '' }); next() })`,
  ])
    check(rule, server(lines))
  check(rule, fastify('const app = Fastify()'))
  check(rule, nest(`import { ClsModule } from 'nestjs-cls'\nClsModule.forRoot()`))
  check(rule, server(''), { gateway: ['request-id'] })
  // Without any logger there are no lines to tell apart.
  check(rule, `//- /server.js\nconst app = require('express')()\napp.get('/users', (req, res) => res.json([]))\napp.listen(3000)`)
})

test('a dependency that something outside loads', () => {
  check(
    rule,
    `${server('')}//- /package.json
{ "scripts": { "start": "node --require dd-trace/init server.js" }, "dependencies": { "express": "^5.0.0", "dd-trace": "^5.0.0" } }`,
  )
})

test('no process of its own', () => {
  check(rule, `//- /index.js\nconst app = require('express')()\napp.get('/users', (req, res) => res.json([]))\nmodule.exports = app`)
  check(rule, `//- /health.js\nconst app = require('express')()\napp.get('/healthz', (req, res) => res.end())\napp.listen(9000)`)
})

test('not sure', () => {
  check(rule, server(`require('./missing')(app)`, MARKED.replace('medium', 'low')))
})

test('ids of other things', () => {
  for (const lines of [
    `app.use((req, res, next) => { req.log = logger.child({ id: 1, module: 'http' }); next() })`,
    `app.post('/orders', (req, res) => { logger.info('order', { orderId: req.body.id, agent: req.headers['user-agent'] }); res.json({}) })`,
  ])
    check(rule, server(lines, MARKED))
})
