// Tests of require-metrics.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const server = (lines: string, made = 'const app = express()'): string => `//- /server.js
const express = require('express')
${made}
${lines}
app.get('/users', (req, res) => { res.json([]) })
app.listen(3000)
`
const MARKED = 'const app = express()\n            ^^^^^^^^^ [medium, info] Nothing counts the requests, errors and times of app => no fix'

const fastify = (lines: string): string => `//- /package.json
{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }
//- /server.js
import Fastify from 'fastify'
${lines}
app.get('/users', async () => [])
await app.listen({ port: 3000 })
`

const nest = (module: string, made = '  const app = await NestFactory.create(AppModule)'): string =>
  nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
${made}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
${module}
@Controller('users')
class UsersController {
  @Get()
  list() { return [] }
}
@Module({ controllers: [UsersController] })
export class AppModule {}
`)
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
