// Routes that decorators note, and methods that they replace.
import { expect, test } from 'vitest'
import { protectsRoute } from '../model/queries.js'
import { modelOf } from '../../testing/model.js'

const boot = (users: string, mount: string): ReturnType<typeof modelOf> =>
  modelOf(`
    //- /route.ts
    import 'reflect-metadata'
    export const KEY = Symbol('route')
    export const route = (method: string, path: string) => (_target: object, _name: string, descriptor: PropertyDescriptor) => {
      Reflect.defineMetadata(KEY, { method, path }, descriptor.value)
      return descriptor
    }
    //- /users.ts
    import { rateLimit } from 'express-rate-limit'
    import { route } from './route.js'
    ${users}
    //- /app.ts
    import express from 'express'
    import { KEY } from './route.js'
    import { Users } from './users.js'
    const app = express()
    ${mount}
    app.listen(3000)
  `)

const routesIn = (model: ReturnType<typeof modelOf>): readonly string[] => model.routes.map(({ method, path }) => `${method} ${path}`)

const users = `export class Users {
  @route('get', '/users') list(req, res) { res.json([]) }
  @route('post', '/login') login(req, res) { res.json({}) }
  help() {}
}`

test.each([
  [
    'the prototype',
    `for (const name of Object.getOwnPropertyNames(Users.prototype)) {
      const found = Reflect.getMetadata(KEY, Users.prototype[name])
      if (!found) continue
      app[found.method](found.path, new Users()[name])
    }`,
  ],
  [
    'an instance',
    `const one = new Users()
    Object.getOwnPropertyNames(Object.getPrototypeOf(one))
      .filter((name) => name !== 'constructor')
      .forEach((name) => {
        const found = Reflect.getMetadata(KEY, one[name])
        if (found) app[found.method](found.path, one[name].bind(one))
      })`,
  ],
  [
    'descriptors',
    `for (const name of Reflect.ownKeys(Users.prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(Users.prototype, name)
      if (!Reflect.hasMetadata(KEY, value)) continue
      const found = Reflect.getOwnMetadata(KEY, value)
      app[found.method](found.path, value)
    }`,
  ],
])('metadata on methods leads to routes, found through %s', (_, mount) => {
  expect(routesIn(boot(users, mount))).toEqual(['GET /users', 'POST /login'])
})

test('closures of one text keep their metadata apart, and a shared symbol is the same everywhere', () => {
  const model = modelOf(`
    //- /app.ts
    import 'reflect-metadata'
    import express from 'express'
    const app = express()
    const page = (text) => (req, res) => res.send(text)
    const pages = [page('a'), page('b')]
    Reflect.defineMetadata(Symbol.for('path'), '/a', pages[0])
    Reflect.defineMetadata(Symbol.for('path'), '/b', pages[1])
    for (const one of pages) app.get(Reflect.getMetadata(Symbol.for('path'), one), one)
    app.listen(3000)
  `)
  expect(routesIn(model)).toEqual(['GET /a', 'GET /b'])
})

test('what a decorator puts in the place of a method is what serves', () => {
  const model = boot(
    `const limited = (target, name, descriptor) => {
      const original = descriptor.value
      const limit = rateLimit({ limit: 5 })
      descriptor.value = function (req, res, next) { limit(req, res, () => original.call(this, req, res, next)) }
    }
    export class Users { @limited login(req, res) { res.json({}) } help(req, res) { res.json({}) } }`,
    `const users = new Users()
    app.post('/login', users.login)
    app.get('/help', users.help)`,
  )
  expect(model.routes.map((route) => protectsRoute(model, route, 'rate-limit').answer)).toEqual(['yes', 'no'])
})

test.each([
  ['its context has the type of the standard', 'method, info: ClassMethodDecoratorContext'],
  ['its context is called so', 'method, context'],
])('a decorator of the standard answers with what serves: %s', (_, parameters) => {
  const model = boot(
    `function limited(${parameters}) {
      const limit = rateLimit({ limit: 5 })
      return function (req, res, next) { limit(req, res, () => method.call(this, req, res, next)) }
    }
    const named = (name) => (method, context) => { context.addInitializer(function () { this.names = [name] }) }
    export class Users { @named('login') @limited login(req, res) { res.json({}) } @named('help') help(req, res) { res.json({}) } }`,
    `const users = new Users()
    app.post('/login', users.login)
    app.get('/help', users.help)`,
  )
  expect(model.routes.map((route) => protectsRoute(model, route, 'rate-limit').answer)).toEqual(['yes', 'no'])
})
