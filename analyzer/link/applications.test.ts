// Which applications the entries of a project have: each once, also where several entries make it, or several are made at one place.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const factory = `
    //- /package.json
    { "name": "a", "private": true, "workspaces": ["packages/*", "services/*"] }
    //- /packages/kit/package.json
    { "name": "@a/kit", "main": "index.js", "dependencies": { "express": "5" } }
    //- /packages/kit/index.js
    const express = require('express')
    exports.create = (routes) => {
      const app = express()
      app.get('/live', (req, res) => res.end())
      for (const [path, router] of Object.entries(routes)) app.use(path, router)
      return app
    }
    exports.Router = express.Router`

const service = (name: string, routes: string): string => `
    //- /services/${name}/package.json
    { "name": "${name}", "scripts": { "start": "node main.js" }, "dependencies": { "@a/kit": "*" } }
    //- /services/${name}/main.js
    const { create, Router } = require('@a/kit')
    const router = Router()
    ${routes}
    create({ '/${name}': router }).listen(3000)`

const found = (fixture: string): readonly string[] =>
  modelOf(fixture).routes.map(({ app, method, path }) => `${app.entry} ${method} ${path}`)

test('services that share a factory are applications of their own', () => {
  const services = [
    service('carts', "router.post('/', (req, res) => res.end())"),
    service('orders', "router.get('/:id', (req, res) => res.end())"),
  ]
  expect(found(factory + services.join(''))).toEqual([
    'services/carts/main.js GET /live',
    'services/carts/main.js POST /carts',
    'services/orders/main.js GET /live',
    'services/orders/main.js GET /orders/:id',
  ])
})

test('a second process that serves what the first one serves counts once', () => {
  const processes = (more: string): string => `
    //- /package.json
    { "name": "a", "dependencies": { "express": "5" }, "scripts": { "start": "node web.js" } }
    //- /Procfile
    web: node web.js
    worker: node worker.js
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/live', (req, res) => res.end())
    module.exports = app
    //- /web.js
    require('./app').listen(3000)
    //- /worker.js
    const app = require('./app')
    ${more}
    app.listen(4000)`
  expect(found(processes(''))).toEqual(['web.js GET /live'])
  expect(found(processes("app.get('/jobs', (req, res) => res.end())"))).toEqual([
    'web.js GET /live',
    'worker.js GET /live',
    'worker.js GET /jobs',
  ])
})

test('what @fastify/aws-lambda gets runs on a platform', () => {
  const { apps } = modelOf(`
    //- /lambda.js
    const app = require('fastify')()
    app.get('/', async () => 1)
    exports.handler = require('@fastify/aws-lambda')(app)
  `)
  expect(apps.map(({ kind }) => kind)).toEqual(['serverless'])
})

test('a function of a platform that leaves layers out is an application of its own; with the same layers the server stands for both', () => {
  const twins = (edge: string): string => `
    //- /package.json
    { "name": "a", "dependencies": { "express": "5" }, "scripts": { "start": "node server.js" } }
    //- /serverless.yml
    functions:
      api:
        handler: lambda.handler
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    module.exports = ({ edge = true } = {}) => {
      const app = express()
      if (edge) app.use(helmet())
      app.get('/live', (req, res) => res.end())
      return app
    }
    //- /server.js
    require('./app')().listen(3000)
    //- /lambda.js
    exports.handler = require('serverless-http')(require('./app')(${edge}))`
  const kinds = (fixture: string): readonly string[] => modelOf(fixture).apps.map(({ kind, scope }) => `${kind} ${scope.entries.length}`)
  expect(kinds(twins(''))).toEqual(['server 2'])
  expect(kinds(twins('{ edge: false }'))).toEqual(['server 2', 'serverless 1'])
})

test.each(['azure-function-express', 'azure-aws-serverless-express'])('%s hands requests of its platform over', (name) => {
  const model = modelOf(`
    //- /orders/index.js
    const app = require('express')()
    app.get('/orders', (req, res) => res.json([]))
    module.exports = require('${name}').createHandler(app)
  `)
  expect(model.apps.map(({ kind, scope }) => `${kind} ${scope.gaps.length}`)).toEqual(['serverless 0'])
})

test('what a file makes by a function that it exports is served once, though the file was started as it stands before', () => {
  const { apps, calls } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node start.js" }, "dependencies": { "express": "5" } }
    //- /start.js
    const express = require('express')
    const router = require('./routes')
    exports.run = () => {
      const app = express()
      app.use(router)
      app.listen(3000)
    }
    //- /routes.js
    const router = require('express').Router()
    router.get('/', (req, res) => { res.end('here') })
    module.exports = router`)
  expect(apps.map(({ entry }) => entry)).toEqual(['start.js'])
  expect(calls.filter(({ callee }) => callee.kind === 'member' && callee.name === 'end')).toHaveLength(1)
})

test('services that share a factory and that nothing declares are applications of their own too', () => {
  const undeclared = (name: string, routes: string): string =>
    service(name, routes).replace('"scripts": { "start": "node main.js" }', '"scripts": { "build": "tsc" }')
  const services = [
    undeclared('carts', "router.post('/', (req, res) => res.end())"),
    undeclared('orders', "router.get('/:id', (req, res) => res.end())"),
  ]
  expect(found(factory + services.join(''))).toEqual([
    'services/carts/main.js GET /live',
    'services/carts/main.js POST /carts',
    'services/orders/main.js GET /live',
    'services/orders/main.js GET /orders/:id',
  ])
})

test('a script that nothing declares and that prints the routes of a factory serves nothing; one that listens does', () => {
  const entries = (last: string): readonly string[] =>
    modelOf(`
    //- /package.json
    { "name": "a", "dependencies": { "express": "5" } }
    //- /base.js
    module.exports = () => require('express')().use((req, res, next) => next())
    //- /factory.js
    const express = require('express')
    module.exports = () => {
      const app = express()
      app.get('/live', (req, res) => res.end())
      return app
    }
    //- /listing.js
    const app = require('./factory')()
    ${last}
    //- /server.js
    const server = require('./base')()
    server.use(require('./factory')())
    server.listen(3000)`).apps.map(({ entry }) => entry)
  expect(entries('for (const { route } of app.router.stack) console.log(route.path)')).toEqual(['server.js'])
  expect(entries('app.listen(4000)')).toEqual(['listing.js', 'server.js'])
  expect(entries("exports.handler = require('serverless-http')(app)")).toEqual(['server.js', 'listing.js'])
})

test('an application of Nest that is only asked for what it holds, beside the one that listens, serves nothing', () => {
  const places = (first: string, last: string): readonly number[] =>
    modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node main.js" }, "dependencies": { "@nestjs/common": "11", "@nestjs/core": "11", "@nestjs/platform-express": "11" } }
    //- /main.ts
    import { Controller, Get, Injectable, Module } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    @Injectable() class Settings { readonly port = 3000 }
    @Controller() class Cats { @Get('cats') list() { return [] } }
    @Module({ controllers: [Cats], providers: [Settings] }) class AppModule {}
    async function bootstrap() {
      const asked = await NestFactory.create(AppModule)
      ${first}
      const app = await NestFactory.create(AppModule)
      ${last}
    }
    bootstrap()`).apps.map(({ listeners }) => listeners.length)
  expect(places('const { port } = asked.get(Settings)', 'await app.listen(port)')).toEqual([1])
  expect(places('const { port } = asked.get(Settings); await asked.close()', 'await app.listen(port)')).toEqual([1])
  expect(places('asked.get(Settings); await asked.init()', 'await app.listen(3000)')).toEqual([0, 1])
  expect(places('asked.get(Settings); start(asked)', 'await app.listen(3000)')).toEqual([0, 1])
  expect(places('asked.get(Settings)', 'start(app)')).toEqual([0, 0])
})
