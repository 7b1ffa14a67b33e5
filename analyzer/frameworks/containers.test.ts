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
