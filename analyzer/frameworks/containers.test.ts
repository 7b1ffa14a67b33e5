// Containers of dependencies: what is asked for is made once, with what it asks for itself.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const routesOf = (fixture: string): string[] => modelOf(fixture).routes.map(({ method, path }) => `${method} ${path}`)

test('awilix: classic injection by parameter names, aliases, loaded modules, the cradle', () => {
  expect(
    routesOf(`
      //- /server.js
      const { createContainer, asClass, asFunction, asValue, aliasTo, InjectionMode, Lifetime } = require('awilix')
      const container = createContainer({ injectionMode: InjectionMode.CLASSIC })
      class Server {
        constructor(app, prefix, usersController) {
          app.use(prefix, usersController)
          this.app = app
        }
        start() { this.app.listen(3000) }
      }
      container.register({ app: asFunction(() => require('express')(), { lifetime: Lifetime.SINGLETON }), base: asValue('/api'), prefix: aliasTo('base') })
      container.register('server', asClass(Server).singleton())
      container.loadModules(['src/*.js'], { formatName: 'camelCase' })
      container.cradle.server.start()
      //- /src/users-controller.js
      const { Router } = require('express')
      module.exports = (app) => {
        app.get('/first', (req, res) => res.end())
        return Router().get('/users', (req, res) => res.end())
      }
    `),
  ).toEqual(['GET /first', 'GET /api/users'])
})

test('awilix: services that need each other do not hang the boot', () => {
  expect(
    routesOf(`
      //- /server.js
      const { createContainer, asFunction } = require('awilix')
      const app = require('express')()
      const container = createContainer()
      container.register({
        one: asFunction((cradle) => { app.get('/one', (req, res) => res.end()); return cradle.two }),
        two: asFunction(({ one }) => { app.get('/two', (req, res) => res.end()); return one }),
      })
      container.resolve('one')
      app.listen(3000)
    `),
  ).toContain('GET /one')
})

test('typedi: identified services, values set as a list, factories, inherited constructors', () => {
  expect(
    routesOf(`
      //- /server.ts
      import express from 'express'
      import Container, { Service, Inject, Token } from 'typedi'
      const APP = new Token('app')
      @Service({ id: 'users' })
      class Users {
        @Inject('prefix') private prefix: string
        @Inject(APP) private app: express.Express
        mount() { this.app.get(this.prefix + '/users', (req, res) => res.end()) }
      }
      class Base { constructor(@Inject('users') protected users: Users) {} }
      @Service()
      class Main extends Base { start() { this.users.mount() } }
      Container.set([{ id: 'prefix', value: '/v1' }, { id: APP, factory: () => express() }]).set('port', 3000)
      Container.get(Main).start()
      Container.get(APP).listen(Container.get('port'))
    `),
  ).toEqual(['GET /v1/users'])
})

test('tsyringe: classes by type, tokens with a class, a value or a factory', () => {
  expect(
    routesOf(`
      //- /server.ts
      import 'reflect-metadata'
      import express, { Router } from 'express'
      import { container, inject, injectable, singleton } from 'tsyringe'
      @singleton()
      class Users { readonly router = Router().get('/users', (req, res) => res.end()) }
      class Health { router = Router().get('/health', (req, res) => res.end()) }
      @injectable()
      class App {
        private app = express()
        constructor(private users: Users, @inject('health') private health: Health, @inject('prefix') prefix: string, @inject('extra') extra: Router) {
          this.app.use(prefix, this.users.router, this.health.router, extra)
        }
        listen() { this.app.listen(3000) }
      }
      container.register('health', { useClass: Health }).registerInstance('prefix', '/api')
      container.register('extra', { useFactory: () => Router().get('/extra', (req, res) => res.end()) })
      container.resolve(App).listen()
    `),
  ).toEqual(['GET /api/users', 'GET /api/health', 'GET /api/extra'])
})

test('tsyringe: all that is registered under one token', () => {
  expect(
    routesOf(`
      //- /server.ts
      import 'reflect-metadata'
      import express, { Router } from 'express'
      import { container, injectAll, singleton } from 'tsyringe'
      class Users { prefix = '/users'; router = Router().get('/', (req, res) => res.end()) }
      class Health { prefix = '/health'; router = Router().get('/live', (req, res) => res.end()) }
      @singleton()
      class App {
        readonly express = express()
        constructor(@injectAll('Routes') routes: { prefix: string; router: Router }[]) {
          for (const { prefix, router } of routes) this.express.use(prefix, router)
        }
      }
      container.register('Routes', { useClass: Users })
      container.register('Routes', { useClass: Health })
      container.resolve(App).express.listen(3000)
    `),
  ).toEqual(['GET /users', 'GET /health/live'])
})

test('inversify: bindings by symbol, several under one symbol, modules of bindings', () => {
  expect(
    routesOf(`
      //- /types.ts
      export const TYPES = { Routes: Symbol.for('Routes'), App: Symbol.for('App'), Prefix: Symbol.for('Prefix') }
      //- /bindings.ts
      import { ContainerModule } from 'inversify'
      import { TYPES } from './types'
      export const bindings = new ContainerModule((bind) => { bind(TYPES.Prefix).toConstantValue('/api') })
      //- /server.ts
      import 'reflect-metadata'
      import express, { Router } from 'express'
      import { Container, inject, injectable, multiInject } from 'inversify'
      import { TYPES } from './types'
      import { bindings } from './bindings'
      @injectable()
      class Users { router() { return Router().get('/users', (req, res) => res.end()) } }
      @injectable()
      class Posts { router() { return Router().get('/posts', (req, res) => res.end()) } }
      @injectable()
      class App {
        app = express()
        constructor(@multiInject(TYPES.Routes) routes: (Users | Posts)[], @inject(TYPES.Prefix) prefix: string) {
          routes.forEach((one) => this.app.use(prefix, one.router()))
        }
      }
      const container = new Container({ defaultScope: 'Singleton' })
      container.load(bindings)
      container.bind(TYPES.Routes).to(Users).inSingletonScope()
      container.bind(TYPES.Routes).toDynamicValue(() => new Posts())
      container.bind<App>(TYPES.App).to(App)
      container.get<App>(TYPES.App).app.listen(3000)
    `),
  ).toEqual(['GET /api/users', 'GET /api/posts'])
})

test('@fastify/awilix: one container for the application, which requests resolve from', () => {
  const model = modelOf(`
    //- /server.js
    import Fastify from 'fastify'
    import { diContainer, fastifyAwilixPlugin } from '@fastify/awilix'
    import { asClass, asValue } from 'awilix'
    class Accounts {
      constructor({ database }) { this.database = database }
      find(id) { return this.database.query('select 1', [id]) }
    }
    const app = Fastify()
    app.register(fastifyAwilixPlugin)
    diContainer.register({ database: asValue(require('pg').Pool()), accounts: asClass(Accounts).singleton() })
    app.get('/a', async (request) => request.diScope.resolve('accounts').find(1))
    app.get('/b', async (request) => request.diScope.cradle.accounts.find(2))
    app.get('/c', async () => app.diContainer.resolve('accounts').find(3))
    app.listen({ port: 3000 })
  `)
  const asked = model.routes.map(({ handler }) =>
    handler?.kind === 'function' ? model.summaryOf(handler).calls.map(({ callee }) => (callee.kind === 'member' ? callee.name : '')) : [],
  )
  for (const names of asked) expect(names).toContain('query')
  expect(asked).toHaveLength(3)
})

test('awilix: modules relative to a folder of their own, under names that a function gives', () => {
  expect(
    routesOf(`
      //- /src/server.js
      const { createContainer, asFunction, asClass } = require('awilix')
      const container = createContainer()
      container.register({ app: asFunction(() => require('express')()).singleton() })
      container.loadModules(['http/*.js'], { cwd: __dirname, formatName: (name) => name.replace('-routes', 'Router'), resolverOptions: { register: asClass } })
      const app = container.resolve('app')
      app.use('/teams', container.resolve('teamRouter').router)
      app.listen(3000)
      //- /src/http/team-routes.js
      module.exports = class TeamRoutes {
        get router() { return require('express').Router().get('/', (req, res) => res.end()) }
      }
      //- /http/team-routes.js
      module.exports = class Other {}
    `),
  ).toEqual(['GET /teams'])
})

test('tsyringe: factories that keep what they make, and ask the container', () => {
  expect(
    routesOf(`
      //- /server.ts
      import express, { type Express } from 'express'
      import { container, inject, injectable, instanceCachingFactory } from 'tsyringe'
      @injectable()
      class Server {
        constructor(@inject('App') private readonly app: Express, @inject('Prefix') private readonly prefix: string) {}
        start() { this.app.get(this.prefix + '/users', (req, res) => res.end()); this.app.listen(3000) }
      }
      container.register('App', { useFactory: instanceCachingFactory(() => express()) })
      container.register('Base', { useValue: '/api' })
      container.register('Prefix', { useFactory: (from) => from.resolve('Base') + '/v1' })
      container.createChildContainer().resolve(Server).start()
    `),
  ).toEqual(['GET /api/v1/users'])
})

test('inversify: factories, and values that ask the container of their context', () => {
  expect(
    routesOf(`
      //- /server.ts
      import express, { Router } from 'express'
      import { Container, inject, injectable } from 'inversify'
      @injectable()
      class Server {
        constructor(@inject('NewRouter') private readonly newRouter: () => Router, @inject('Prefix') private readonly prefix: string) {}
        start() {
          const app = express()
          const router = this.newRouter()
          router.get('/users', (req, res) => res.end())
          app.use(this.prefix, router)
          app.listen(3000)
        }
      }
      const container = new Container()
      container.bind('Base').toConstantValue('/api')
      container.bind('Version').toDynamicValue((context) => context.get('Base') + '/v1')
      container.bind('Prefix').toDynamicValue((context) => context.container.get('Version'))
      container.bind('NewRouter').toFactory(() => () => Router())
      container.bind(Server).toSelf().inSingletonScope()
      container.get(Server).start()
    `),
  ).toEqual(['GET /api/v1/users'])
})

test('typedi: all services of one token, in the order of their modules', () => {
  expect(
    routesOf(`
      //- /server.ts
      import express, { Router } from 'express'
      import { Container, Service, Token } from 'typedi'
      const ROUTES = new Token('routes')
      @Service({ id: ROUTES, multiple: true })
      class Notes { build() { return Router().get('/notes', (req, res) => res.end()) } }
      @Service({ id: ROUTES, multiple: true })
      class Tags { build() { return Router().get('/tags', (req, res) => res.end()) } }
      const app = express()
      for (const routes of Container.getMany(ROUTES)) app.use(routes.build())
      app.listen(3000)
    `),
  ).toEqual(['GET /notes', 'GET /tags'])
})
