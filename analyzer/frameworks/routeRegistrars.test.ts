// Packages that are handed an application: what they register there is read, or said to be missing.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { noticesOf } from '../notices.js'
import { unprobedApplications } from '../model/operations/healthRoutes.js'
import type { ProjectModel } from '../model/model.js'

const gapsOf = (model: ProjectModel): readonly string[] =>
  model.scopes.flatMap(({ gaps }) =>
    gaps.map(({ why, isBlind, hidesRoutes }) => `${why}${isBlind ? ', blinds' : ''}${hidesRoutes === true ? ', hides routes' : ''}`),
  )

const onExpress = (imports: string, code: string): ProjectModel =>
  modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0" } }
    //- /src/app.js
    import express from 'express'
    ${imports}
    const app = express()
    ${code}
    app.get('/own', (req, res) => res.json({}))
    app.listen(3000)
  `)

const onFastify = (imports: string, code: string): ProjectModel =>
  modelOf(`
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0" } }
    //- /src/app.js
    import Fastify from 'fastify'
    ${imports}
    const app = Fastify()
    ${code}
    app.get('/own', async () => ({}))
    await app.listen({ port: 3000 })
  `)

test.each([
  [
    "import { createExpressEndpoints } from '@ts-rest/express'",
    'createExpressEndpoints(contract, router, app)',
    '@ts-rest/express registers routes',
  ],
  ["import { connector } from 'swagger-routes-express'", 'connector(api, {})(app)', 'swagger-routes-express registers routes'],
  ["import { attachControllers } from '@decorators/express'", 'attachControllers(app, [Users])', '@decorators/express registers routes'],
  ["import { registerRoutes } from '@acme/platform'", 'registerRoutes(app)', '@acme/platform registers routes'],
  [
    "import { expressConnectMiddleware } from '@connectrpc/connect-express'",
    'app.use(expressConnectMiddleware({ routes }))',
    '@connectrpc/connect-express registers routes',
  ],
  [
    "import { ParseServer } from 'parse-server'",
    "const parse = new ParseServer({}); app.use('/parse', parse.app)",
    'parse-server registers routes',
  ],
  [
    "import * as validator from 'express-openapi-validator'",
    'app.use(validator.middleware({ apiSpec, operationHandlers: root }))',
    'express-openapi-validator registers routes',
  ],
])('%s: %s', (imports, code, said) => {
  const model = onExpress(imports, code)
  expect(gapsOf(model)).toEqual([`${said} that are not read, hides routes`])
  expect(model.seen.incompleteScopes).toBe(1)
  expect(model.routes.map(({ path, isComplete }) => `${path} ${isComplete}`)).toEqual(['/own true'])
  expect(noticesOf(model, model.files).find(({ kind }) => kind === 'partly-known')).toMatchObject({ isWarning: true })
  // Whether somebody asks for its health may stand there.
  expect(unprobedApplications(model).map(({ confidence }) => confidence)).toEqual(['low'])
})

test.each([
  ["import { useExpressServer } from 'routing-controllers'", 'useExpressServer(app, options)', 'routing-controllers'],
  ["import { attachRouting, createConfig } from 'express-zod-api'", 'attachRouting(createConfig({ app }), routing)', 'express-zod-api'],
  ["import { initialize } from 'express-openapi'", 'initialize({ app, apiDoc })', 'express-openapi'],
  ["import payload from 'payload'", 'await payload.init({ secret, express: app })', 'payload'],
])('%s brings layers too', (imports, code, name) => {
  expect(gapsOf(onExpress(imports, code))).toEqual([`${name} registers routes and layers that are not read, blinds, hides routes`])
})

test.each([
  ["import listEndpoints from 'express-list-endpoints'", 'console.log(listEndpoints(app))'],
  ["import * as Sentry from '@sentry/node'", 'Sentry.setupExpressErrorHandler(app)'],
  ["import request from 'supertest'", 'request(app)'],
  ["import http from 'node:http'", 'http.createServer(app)'],
  ["import * as validator from 'express-openapi-validator'", 'app.use(validator.middleware({ apiSpec }))'],
  ["import { printRoutes } from '@acme/debug'", ''],
  ["import { initServer } from '@ts-rest/express'", 'const s = initServer(); app.use(s.missing)'],
])('%s: %s hides nothing', (imports, code) => {
  const model = onExpress(imports, code)
  expect(gapsOf(model)).toEqual([])
  expect(model.seen.incompleteScopes).toBe(0)
  expect(unprobedApplications(model).map(({ confidence }) => confidence)).toEqual(['high'])
})

test('a package that looks at routes by its name registers none', () => {
  const model = onExpress(
    "import { printRoutes } from '@acme/inspector'; import { instrumentRouter } from 'acme-tracing'",
    'printRoutes(app); instrumentRouter(app)',
  )
  expect(gapsOf(model)).toEqual(['@acme/inspector receives the application', 'acme-tracing receives the application'])
  expect(model.seen.incompleteScopes).toBe(0)
})

test.each([
  [
    "import { initServer } from '@ts-rest/fastify'",
    'const s = initServer(); app.register(s.plugin(s.router(contract, handlers)))',
    '@ts-rest/fastify',
  ],
  ["import { bootstrap } from 'fastify-decorators'", 'app.register(bootstrap, { controllers: [Users] })', 'fastify-decorators'],
  ["import glue from 'fastify-openapi-glue'", 'app.register(glue, { specification, serviceHandlers })', 'fastify-openapi-glue'],
  ["import routes from 'acme-routes'", 'app.register(routes)', 'acme-routes'],
])('%s: %s', (imports, code, name) => {
  const model = onFastify(imports, code)
  expect(gapsOf(model)).toEqual([`${name} registers routes that are not read, hides routes`])
  expect(unprobedApplications(model).map(({ confidence }) => confidence)).toEqual(['low'])
})
