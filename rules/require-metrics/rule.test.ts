// Tests of require-metrics.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { parseFixture } from '../../testing/fixture.js'
import { expressServer as server, fastifyServer as fastify, nestServer as nest } from '../../testing/smallServers.js'
import rule from './rule.js'

const MARKED = 'const app = express()\n            ^^^^^^^^^ [medium, info] Nothing counts the requests, errors and times of app => no fix'

const NEST =
  '  const app = await NestFactory.create(AppModule)\n                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Nothing counts the requests, errors and times of app'

test('nothing does it', () => {
  check(rule, server('', MARKED))
  check(rule, fastify('const app = Fastify()\n            ^^^^^^^^^ [medium] Nothing counts'))
  check(rule, nest('', NEST))
})

test('something does', () => {
  for (const lines of [
    `app.use(require('express-prom-bundle')({}))`,
    `require('prom-client').collectDefaultMetrics()`,
    `app.get('/metrics', (req, res) => res.end())`,
    `require('@opentelemetry/sdk-node')`,
    `require('dd-trace').init()`,
    `new (require('hot-shots'))()`,
    `app.use(require('swagger-stats').getMiddleware({}))`,
  ])
    check(rule, server(lines))
  check(rule, fastify(`import metrics from 'fastify-metrics'\nconst app = Fastify()\nawait app.register(metrics)`))
  check(rule, nest(`import { PrometheusModule } from '@willsoto/nestjs-prometheus'\nPrometheusModule.register()`))
  check(rule, server(''), { gateway: ['metrics'] })
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

test('figures of a resource are none of the process', () => {
  for (const path of ['/orders/stats', '/api/users/:id/stats'])
    expect(findingsOf(rule, parseFixture(server(`app.get('${path}', (req, res) => res.json({}))`)).files)).toHaveLength(1)
  for (const path of ['/stats', '/api/v1/stats', '/internal/stats', '/api/shop/metrics'])
    expect(findingsOf(rule, parseFixture(server(`app.get('${path}', (req, res) => res.json({}))`)).files)).toEqual([])
})
