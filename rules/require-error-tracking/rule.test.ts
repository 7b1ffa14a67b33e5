// Tests of require-error-tracking.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { expressServer as server, fastifyServer as fastify, nestServer as nest } from '../../testing/smallServers.js'
import rule from './rule.js'

const MARKED = 'const app = express()\n            ^^^^^^^^^ [medium, info] Nothing collects the errors of app => no fix'

const NEST =
  '  const app = await NestFactory.create(AppModule)\n                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Nothing collects the errors of app'

test('nothing does it', () => {
  check(rule, server('', MARKED))
  check(rule, fastify('const app = Fastify()\n            ^^^^^^^^^ [medium] Nothing collects'))
  check(rule, nest('', NEST))
})

test('something does', () => {
  for (const lines of [
    `require('@sentry/node').init({ dsn: process.env.DSN })`,
    `require('newrelic')`,
    `require('@opentelemetry/sdk-node')`,
    `require('elastic-apm-node').start()`,
    `require('@bugsnag/js').start({})`,
    `new (require('rollbar'))({})`,
    `require('applicationinsights').setup().start()`,
  ])
    check(rule, server(lines))
  check(rule, fastify(`import * as Sentry from '@sentry/node'\nSentry.init({})\nconst app = Fastify()`))
  check(rule, nest(`import { SentryModule } from '@sentry/nestjs/setup'\nSentryModule.forRoot()`))
})

test('a dependency that something outside loads', () => {
  check(
    rule,
    `${server('')}//- /package.json
{ "scripts": { "start": "node --require dd-trace/init server.js" }, "dependencies": { "express": "^5.0.0", "dd-trace": "^5.0.0" } }`,
  )
})

test('a scrollbar and a database of a similar name collect nothing', () => {
  check(
    rule,
    `${server('', MARKED)}//- /package.json
{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0", "react-perfect-scrollbar": "^1.5.8", "ravendb": "^6.0.0" } }`,
  )
})

test('no process of its own', () => {
  check(rule, `//- /index.js\nconst app = require('express')()\napp.get('/users', (req, res) => res.json([]))\nmodule.exports = app`)
  check(rule, `//- /health.js\nconst app = require('express')()\napp.get('/healthz', (req, res) => res.end())\napp.listen(9000)`)
})

test('not sure', () => {
  check(rule, server(`require('./missing')(app)`, MARKED.replace('medium', 'low')))
})

test('what fastify-cli starts is a process too', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "fastify start app.js" }, "dependencies": { "fastify": "^5.0.0", "fastify-cli": "^7.0.0" } }
    //- /app.js
    module.exports = async function (fastify) { fastify.get('/', async () => 1) }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Nothing collects the errors of app
  `,
  )
})

test('what these services have for pages and builds collects nothing of a server', () => {
  const depends = (name: string): string =>
    `//- /package.json\n{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0", "${name}": "^9.0.0" } }`
  for (const name of [
    '@sentry/cli',
    '@sentry/react',
    '@sentry/webpack-plugin',
    '@datadog/browser-rum',
    '@datadog/datadog-ci',
    '@bugsnag/source-maps',
  ])
    check(rule, `${server('', MARKED)}${depends(name)}`)
  for (const name of ['@sentry/node', '@sentry/sveltekit', '@sentry/react-router', '@bugsnag/plugin-express', '@sentry/profiling-node'])
    check(rule, `${server('')}${depends(name)}`)
})
