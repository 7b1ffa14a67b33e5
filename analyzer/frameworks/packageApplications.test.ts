// Applications that packages make: they are there, with what the project registers on them.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from '../model/queries.js'
import type { ProjectModel } from '../model/model.js'

const boot = (code: string): ProjectModel =>
  modelOf(`
    //- /package.json
    { "scripts": { "start": "node src/app.js" }, "dependencies": { "express": "^4.21.0" } }
    //- /src/app.js
    ${code}
  `)

const said = ({ apps, routes }: ProjectModel): readonly string[] => [
  ...apps.map(({ kind, scope }) => `${kind}, ${scope.entries.length} entries, ${scope.gaps.map(({ package: name }) => name).join()}`),
  ...routes.map(({ method, path }) => `${method} ${path}`),
]

test.each([
  [
    'import { createExpressServer } from "routing-controllers"; createExpressServer({ controllers: [Users] }).listen(3000)',
    ['server, 0 entries, routing-controllers'],
  ],
  [
    `import { createServer, createConfig } from 'express-zod-api'
    import helmet from 'helmet'
    await createServer(createConfig({ http: { listen: 80 }, beforeRouting: ({ app }) => { app.use(helmet()) } }), routing)`,
    ['server, 1 entries, express-zod-api'],
  ],
  [
    `import { InversifyExpressServer } from 'inversify-express-utils'
    import helmet from 'helmet'
    const server = new InversifyExpressServer(container)
    server.setConfig((app) => { app.use(helmet()) }).setErrorConfig((app) => { app.use((err, req, res, next) => res.sendStatus(500)) })
    server.build().listen(3000)`,
    ['server, 3 entries, inversify-express-utils'],
  ],
  [
    `import { Server } from '@overnightjs/core'
    import helmet from 'helmet'
    class App extends Server {
      constructor() { super(); this.app.use(helmet()); super.addControllers([new Users()]) }
      start() { this.app.listen(3000) }
    }
    new App().start()`,
    ['server, 1 entries, @overnightjs/core'],
  ],
  [
    `import express from 'express'
    import expressWs from 'express-ws'
    const { app } = expressWs(express())
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)`,
    ['server, 1 entries, ', 'GET /a'],
  ],
  [
    `import { create, router } from 'json-server'
    const server = create()
    server.use(router('db.json'))
    server.listen(3000)`,
    ['server, 1 entries, json-server'],
  ],
  [
    `import express from 'express'
    import { loadControllers, scopePerRequest } from 'awilix-express'
    const app = express()
    app.use(scopePerRequest(container))
    app.use('/api', loadControllers('routes/*.js'))
    app.listen(3000)`,
    ['server, 2 entries, awilix-express'],
  ],
])('%s', (code, expected) => {
  expect(said(boot(code))).toEqual(expected)
})

test('what zodios makes compares requests with its contract', () => {
  const model = boot(`
    import { zodiosApp, zodiosRouter } from '@zodios/express'
    const app = zodiosApp(api)
    const users = zodiosRouter(usersApi, { validate: false })
    users.post('/', (req, res) => res.json(req.body))
    const teams = zodiosRouter(teamsApi)
    teams.post('/', (req, res) => res.json(req.body))
    app.use('/users', users)
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(model.routes.map((route) => `${route.method} ${route.path} ${protectsRoute(model, route, 'validation').answer}`)).toEqual([
    'POST /users yes',
    'GET /a yes',
  ])
})

test('feathers hands the application to what configures it', () => {
  const model = boot(`
    import { feathers } from '@feathersjs/feathers'
    import express, { rest } from '@feathersjs/express'
    const services = (app) => { app.get('/own', (req, res) => res.json({})) }
    const app = express(feathers())
    app.configure(rest())
    app.configure(services)
    app.listen(3030)
  `)
  expect(said(model)).toEqual(['server, 1 entries, @feathersjs/express', 'GET /own'])
})

test.each([
  ["import { createExpressServer } from 'routing-controllers'", 'createExpressServer({ controllers: [] })'],
  ["import { zodiosApp } from '@zodios/express'", 'zodiosApp(api)'],
])('%s: nothing needs to say what is started', (imports, made) => {
  const model = modelOf(`
    //- /src/app.js
    ${imports}
    export const app = ${made}
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(model.routes.map(({ path }) => path)).toEqual(['/a'])
})
