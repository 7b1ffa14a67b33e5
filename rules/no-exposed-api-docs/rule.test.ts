// Tests of no-exposed-api-docs.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
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
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] The documentation of the API is open to everybody at /docs. => Serve it outside production alone`),
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

test('the reference of Scalar', () => {
  const scalar = (options: string): string => `
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@scalar/fastify-api-reference": "^1.0.0" } }
  //- /app.js
  import Fastify from 'fastify'
  import reference from '@scalar/fastify-api-reference'
  const app = Fastify()
  app.get('/users', async () => [])
  app.post('/users', async () => ({}))
  ${options}
  await app.listen({ port: 3000 })
`
  check(
    rule,
    scalar(`await app.register(reference, { routePrefix: '/ref' })
  //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The documentation of the API is open to everybody at /ref.`),
  )
  check(
    rule,
    scalar(`await app.register(reference)
  //    ^^^^^^^^^^^^^^^^^^^^^^^ at /reference.`),
  )
  check(rule, scalar("if (process.env.NODE_ENV !== 'production') await app.register(reference)"))
  check(
    rule,
    scalar(
      'await app.register(reference, { hooks: { onRequest: async (request, reply) => { if (request.headers.authorization !== process.env.KEY) return reply.code(401).send() } } })',
    ),
  )
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

const nest = (lines: string, module = ''): string =>
  nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import basicAuth from 'express-basic-auth'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build())
${lines}
  await app.listen(3000)
}
if (!process.env.SCHEMA_ONLY) bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { ConfigService } from '@nestjs/config'
@Controller('users')
class UsersController {
  @Get()
  list() { return [] }
}
@Module({ imports: [${module}], controllers: [UsersController] })
export class AppModule {}
`)

test('SwaggerModule of Nest, which no guard sees', () => {
  check(
    rule,
    nest(`  SwaggerModule.setup('docs', app, document)
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium info] The documentation of the API is open to everybody at /docs. => Serve it outside production alone`),
  )
  check(
    rule,
    nest(`  setup(app, document)
  function setup(app, document) {
    SwaggerModule.setup('/api-docs', app, document, { swaggerOptions: { persistAuthorization: true } })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] at /api-docs.
  }`),
  )
  for (const lines of [
    `  if (process.env.NODE_ENV !== 'production') SwaggerModule.setup('docs', app, document)`,
    `  if (process.env.SWAGGER === 'on') SwaggerModule.setup('docs', app, document)`,
    `  app.use(['/docs', '/docs-json'], basicAuth({ users: { a: process.env.PASSWORD } }))\n  SwaggerModule.setup('docs', app, document)`,
    `  SwaggerModule.setup('docs', app, document, { swaggerUiEnabled: false })`,
    `  SwaggerModule.setup('docs', app, document, { ui: process.env.DOCS === 'on' })`,
  ])
    check(rule, nest(lines))
})

test('the page and the description stand where the module puts them, and each wants its own guard', () => {
  const guarded = (path: string, setup: string, mark = ''): string =>
    nest(`  app.setGlobalPrefix('api')
  app.use(${path}, basicAuth({ users: { a: process.env.PASSWORD } }))
  SwaggerModule.setup(${setup})${mark === '' ? '' : `\n  ${'^'.repeat(`SwaggerModule.setup(${setup})`.length)} ${mark}`}`)
  const below = "'docs', app, document, { useGlobalPrefix: true }"
  check(rule, guarded("['/api/docs', '/api/docs-json']", below))
  check(rule, guarded("'/api'", below))
  check(rule, guarded("['/docs', '/docs-json']", below, 'The documentation of the API is open to everybody at /api/docs.'))
  check(rule, guarded("'/api/docs'", below, 'The description of the API is open to everybody at /api/docs-json.'))
  check(rule, guarded("'/docs'", "'docs', app, document", 'The description of the API is open to everybody at /docs-json.'))
  check(rule, guarded("'/doc'", "'docs', app, document", 'The documentation of the API is open to everybody at /docs.'))
  check(rule, guarded("'/docs'", "'docs', app, document, { jsonDocumentUrl: 'docs/spec' }"))
  check(rule, guarded("'/docs'", "'docs', app, document, { jsonDocumentUrl: 'spec' }", 'open to everybody at /spec.'))
  check(rule, guarded("'/docs'", "'docs', app, document, { raw: false }"))
  // Express matches these as patterns.
  check(rule, guarded("'/docs{-:kind}'", "'docs', app, document"))
  check(rule, guarded('/^[/]docs/', "'docs', app, document"))
})

test('the console of GraphQLModule', () => {
  check(
    rule,
    nest('', 'GraphQLModule.forRoot({ autoSchemaFile: true, graphiql: true })').replace(
      'controllers: [UsersController] })',
      'controllers: [UsersController] })\n                                                                  ^^^^^^^^^^^^^^ [medium] The console of GraphQL is open to everybody at /graphiql.',
    ),
  )
  for (const options of [
    'GraphQLModule.forRoot({ autoSchemaFile: true })',
    'GraphQLModule.forRoot({ playground: false })',
    "GraphQLModule.forRoot({ playground: process.env.NODE_ENV !== 'production' })",
    "GraphQLModule.forRootAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ playground: config.get('PRODUCTION') !== 'true' }) })",
  ])
    check(rule, nest('', options))
})

test('the schema that GraphQLModule shows to whoever asks', () => {
  const module = (more: string): string =>
    nest('', `GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, introspection: true${more} })`)
  check(
    rule,
    module('').replace(
      'controllers: [UsersController] })',
      'controllers: [UsersController] })\n                                                                                      ^^^^^^^^^^^^^^^^^^^ [medium] The schema of GraphQL is open to everybody at /graphql.',
    ),
  )
  check(rule, module(", context: ({ req }) => { if (!req.headers.authorization) throw new Error('Sign in') }"))
  check(rule, module('').replace('introspection: true', "introspection: process.env.NODE_ENV !== 'production'"))
  check(rule, module('').replace('introspection: true', 'autoSchemaFile: true'))
  const behind = (layer: string, mark = ''): string =>
    module('')
      .replace(
        'class AppModule {}',
        `class AppModule {
      configure(consumer) {
        consumer.apply((req, res, next) => ${layer}).forRoutes('graphql')
      }
    }`,
      )
      .replace('controllers: [UsersController] })', `controllers: [UsersController], providers: [UsersResolver] })${mark}`)
      .replace('@Module(', '@Resolver() class UsersResolver { @Query(() => [String]) users() { return [] } }\n@Module(')
      .replace('{ GraphQLModule }', '{ GraphQLModule, Query, Resolver }')
  check(rule, behind('(req.headers.authorization === process.env.TOKEN ? next() : res.status(401).end())'))
  check(
    rule,
    behind(
      'next()',
      '\n                                                                                      ^^^^^^^^^^^^^^^^^^^ [medium] The schema of GraphQL',
    ),
  )
})

test('fixes leave production out', () => {
  const guard = "if (process.env.NODE_ENV !== 'production') "
  const page = "app.use('/docs', swaggerUi.serve, swaggerUi.setup(specification))"
  checkFix(rule, express(page), express(guard + page))
  const plugin = "await app.register(swaggerUi, { routePrefix: '/docs' })"
  checkFix(rule, fastify(plugin), fastify(guard + plugin))
  const console = (value: string): string => `app.register(mercurius, { schema: 'type Query { a: Int }', graphiql: ${value} })`
  checkFix(rule, fastify(console('true')), fastify(console("process.env.NODE_ENV !== 'production'")))
  const swagger = "SwaggerModule.setup('docs', app, document)"
  checkFix(rule, nest(`  ${swagger}`), nest(`  ${guard}${swagger}`))
  checkFix(
    rule,
    nest('', 'GraphQLModule.forRoot({ playground: true })'),
    nest('', "GraphQLModule.forRoot({ playground: process.env.NODE_ENV !== 'production' })"),
  )
})

test('no fix where the statement registers something else too', () => {
  checkNoFix(rule, express("app.use(express.json()).use('/docs', swaggerUi.serve, swaggerUi.setup(specification))"))
})

test('the console of express-graphql, which stands where the queries are', () => {
  const app = (options: string): string => `
    //- /app.js
    const express = require('express')
    const { graphqlHTTP } = require('express-graphql')
    const schema = require('./schema')
    const app = express()
    app.use('/graphql', graphqlHTTP(${options}))
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
  `
  check(
    rule,
    app('{ schema, graphiql: true }').replace(
      /( +)(app\.use\(.*\)\))\n/,
      (_, indent: string, line: string) =>
        `${indent}${line}\n${indent}${'^'.repeat(line.length)} [medium info] The console of GraphQL is open to everybody at /graphql. => Serve it outside production alone\n`,
    ),
  )
  checkFix(rule, app('{ schema, graphiql: true }'), app("{ schema, graphiql: process.env.NODE_ENV !== 'production' }"))
  for (const options of [
    '{ schema }',
    '{ schema, graphiql: false }',
    "{ schema, graphiql: process.env.NODE_ENV !== 'production' }",
    '(req) => ({ schema, context: req.user })',
  ])
    check(rule, app(options))
})

const apollo = (options: string, mounted = "app.use('/graphql', express.json(), expressMiddleware(server))"): string => `
  //- /package.json
  { "type": "module", "dependencies": { "express": "^4.19.0", "@apollo/server": "^4.9.0", "@as-integrations/express4": "^1.0.0" } }
  //- /app.js
  import express from 'express'
  import { ApolloServer } from '@apollo/server'
  import { expressMiddleware } from '@as-integrations/express4'
  import { typeDefs, resolvers } from 'our-schema'
  const app = express()
  const server = new ApolloServer({ typeDefs, resolvers${options} })
  await server.start()
  ${mounted}
  app.listen(3000)
`

test('the schema that Apollo Server tells in production, where it is told to', () => {
  check(
    rule,
    apollo(', introspection: true').replace(
      '  app.listen',
      '  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The schema of GraphQL is open to everybody at /graphql => Serve it outside production alone\n  app.listen',
    ),
  )
  for (const options of [
    '',
    ', introspection: false',
    ", introspection: process.env.NODE_ENV !== 'production'",
    ', introspection: process.env.INTROSPECTION',
  ])
    check(rule, apollo(options))
  const context = "{ context: async ({ req }) => { if (!req.headers.authorization) throw new Error('no'); return {} } }"
  check(rule, apollo(', introspection: true', `app.use('/graphql', express.json(), expressMiddleware(server, ${context}))`))
  check(
    rule,
    apollo(
      ', introspection: true',
      `const auth = (req, res, next) => (req.headers['x-key'] === process.env.KEY ? next() : res.sendStatus(401))
  app.use('/graphql', auth, express.json(), expressMiddleware(server))`,
    ),
  )
})

test('the console of graphql-yoga is there unless it is told otherwise', () => {
  const app = (options: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const { createYoga } = require('graphql-yoga')
    const schema = require('./schema')
    const app = express()
    const yoga = createYoga(${options})
    app.use(yoga.graphqlEndpoint, yoga)
    ${mark}
    app.get('/users', (req, res) => res.json([]))
    app.listen(3000)
  `
  const found = '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The console of GraphQL is open to everybody at /graphql. =>'
  for (const options of ['{ schema }', '{ schema, graphiql: undefined }', "{ schema, graphiql: { title: 'Orders' } }"])
    check(rule, app(options, `${found} no fix`))
  check(rule, app('{ schema, graphiql: true }', `${found} Serve it outside production alone`))
  for (const options of [
    '{ schema, graphiql: false }',
    '{ schema, graphiql: null }',
    "{ schema, graphiql: process.env.NODE_ENV !== 'production' }",
    '{ schema, graphiql: (request) => request.headers.get("x-team") === process.env.TEAM }',
    'settings',
  ])
    check(rule, app(options))
})

test('the schema of a server that Apollo starts by itself', () => {
  const alone = (options: string, more = ''): string => `
    //- /package.json
    { "type": "module", "dependencies": { "@apollo/server": "^5.0.0" } }
    //- /server.js
    import { ApolloServer } from '@apollo/server'
    import { startStandaloneServer } from '@apollo/server/standalone'
    const server = new ApolloServer({ ${options}, typeDefs, resolvers })
    ${more}
    await startStandaloneServer(server, { listen: { port: 4000 }, context: async ({ req }) => ({ token: req.headers.token }) })
  `
  check(
    rule,
    alone(
      'introspection: true',
      '//                                               ^^^^ [medium, info] The schema of GraphQL is open to everybody at /.',
    ),
  )
  check(rule, alone('introspection: false'))
  check(rule, alone('plugins: []'))
  check(rule, alone("introspection: process.env.NODE_ENV !== 'production'"))
  check(
    rule,
    alone('introspection: true').replace('({ token: req.headers.token })', "{ if (!req.headers.token) throw new Error('no'); return {} }"),
  )
})

test('the console of graphql-yoga that stands in no application', () => {
  const alone = (options: string, more = ''): string => `
    //- /package.json
    { "type": "module", "dependencies": { "graphql-yoga": "^5.0.0" } }
    //- /server.js
    import { createServer } from 'node:http'
    import { createYoga } from 'graphql-yoga'
    const yoga = createYoga({ schema, ${options} })
    ${more}
    createServer(yoga).listen(4000)
  `
  check(
    rule,
    alone(
      'graphiql: true',
      '//                                          ^^^^ [medium, info] The console of GraphQL is open to everybody at /graphql.',
    ),
  )
  check(
    rule,
    alone(
      "graphqlEndpoint: '/api'",
      '//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The console of GraphQL is open to everybody at /api. => no fix',
    ),
  )
  check(rule, alone('graphiql: false'))
  check(rule, alone("graphiql: process.env.NODE_ENV !== 'production'"))
  check(rule, alone('graphiql: true').replace('createServer(yoga)', 'createServer(other)'))
})
