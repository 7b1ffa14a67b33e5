// Tests of no-exposed-api-docs.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

const express = (lines: string): string => `
  //- /app.js
  const express = require('express')
  const swaggerUi = require('swagger-ui-express')
  const basicAuth = require('express-basic-auth')
  const specification = require('./openapi.json')
  const app = express()
  ${lines}
  app.get('/users', (req, res) => res.json([]))
  app.post('/users/:id/orders', (req, res) => res.json([]))
  app.listen(3000)
`

const fastify = (lines: string): string => `
  //- /app.js
  import Fastify from 'fastify'
  import swagger from '@fastify/swagger'
  import swaggerUi from '@fastify/swagger-ui'
  import mercurius from 'mercurius'
  const app = Fastify()
  await app.register(swagger)
  ${lines}
  app.get('/users', async () => [])
  await app.listen({ port: 3000 })
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/swagger": "^9.0.0", "@fastify/swagger-ui": "^5.0.0", "mercurius": "^16.0.0" } }
`

test('Swagger UI on an application, and on a router', () => {
  check(
    rule,
    express(`
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] The documentation of the API is open to everybody at /docs. => no fix`),
  )
  check(
    rule,
    express(`
  const router = express.Router()
  router.get('/', swaggerUi.setup(specification))
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] at /v1/docs.
  app.use('/v1/docs', router)`),
  )
})

test('not in production, behind authentication, behind a switch', () => {
  for (const line of [
    "if (process.env.NODE_ENV !== 'production') app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))",
    "if (process.env.APP_ENV === 'dev') app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))",
    "if (process.env.ENABLE_DOCS) app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))",
    "app.use('/docs', basicAuth({ users: { a: process.env.DOCS_PASSWORD } }), swaggerUi.serve, swaggerUi.setup(specification))",
    "app.use('/docs', basicAuth({ users: { a: process.env.DOCS_PASSWORD } }))\n  app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))",
    "app.use('/files', express.static('public'))",
  ])
    check(rule, express(line))
})

test('pages of Fastify, and the console of GraphQL', () => {
  check(
    rule,
    fastify(`
  await app.register(swaggerUi, { routePrefix: '/reference' })
  //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] The documentation of the API is open to everybody at /reference.
  app.register(mercurius, { schema: 'type Query { a: Int }', graphiql: true })
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The console of GraphQL is open to everybody at /graphiql.`),
  )
  for (const line of [
    "if (process.env.NODE_ENV !== 'production') await app.register(swaggerUi)",
    "app.register(mercurius, { schema: 'type Query { a: Int }' })",
    "app.register(mercurius, { schema: 'type Query { a: Int }', graphiql: process.env.NODE_ENV !== 'production' })",
    "app.register(mercurius, { schema: 'type Query { a: Int }', graphiql: process.env.GRAPHIQL === 'on' })",
    `app.decorate('admin', async (request, reply) => { if (request.headers.authorization !== process.env.KEY) return reply.code(401).send() })
  await app.register(swaggerUi, { uiHooks: { onRequest: (request, reply) => app.admin(request, reply) } })`,
  ])
    check(rule, fastify(line))
})

test('an application that serves documentation alone', () => {
  check(
    rule,
    `
  //- /app.js
  const express = require('express')
  const swaggerUi = require('swagger-ui-express')
  const app = express()
  app.use('/docs', swaggerUi.serve, swaggerUi.setup({}))
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] at /docs.
  app.listen(3001)
  `,
  )
})
