// Properties and collections whose keys are symbols and classes: lists of routes that decorators keep, and containers written by hand.
import { expect, test } from 'vitest'
import { chainText } from '../model/chainText.js'
import { modelOf } from '../../testing/model.js'

const chainsOf = (routing: string, users: string, mount: string): readonly string[] =>
  modelOf(`
    //- /routing.ts
    ${routing}
    //- /users.ts
    import { get, post } from './routing.js'
    export const auth = (req, res, next) => (req.headers.authorization ? next() : res.sendStatus(401))
    ${users}
    //- /app.ts
    import express, { Router } from 'express'
    import * as routing from './routing.js'
    import { Users } from './users.js'
    const app = express()
    const router = Router()
    const users = new Users()
    ${mount}
    app.use('/users', users.router ?? router)
    app.listen(3000)
  `).routes.map((route) => `${route.method} ${route.path}: ${chainText(route)}`)

const users = `export class Users {
      @get('/') list(req, res) { res.json([]) }
      @post('/', auth) create(req, res) { res.json({}) }
    }`
const expected = ['GET /users: list', 'POST /users: auth → create']
const each = (routes: string): string =>
  `for (const { verb, path, guards, name } of ${routes}) router[verb](path, ...guards, users[name].bind(users))`

const noting = (verb: string, holder: string): string =>
  `export const ${verb} = (path, ...guards) => (proto, name) => { (${holder}[ROUTES] ??= []).push({ verb: '${verb}', path, guards, name }) }`

test.each([
  ['a class', 'proto.constructor', 'Users[routing.ROUTES]'],
  ['a prototype', 'proto', 'users[routing.ROUTES]'],
])('routes under a symbol of %s', (_, holder, routes) => {
  const routing = `export const ROUTES = Symbol('routes')\n    ${noting('get', holder)}\n    ${noting('post', holder)}`
  expect(chainsOf(routing, users, each(routes))).toEqual(expected)
})

test('metadata that decorators of the standard keep', () => {
  const decorator = (verb: string): string =>
    `export const ${verb} = (path, ...guards) => (method, context) => { (context.metadata[ROUTES] ??= []).push({ verb: '${verb}', path, guards, name: context.name }) }`
  const routing = `export const ROUTES = Symbol('routes')\n    ${decorator('get')}\n    ${decorator('post')}`
  expect(chainsOf(routing, users, each('Users[Symbol.metadata][routing.ROUTES]'))).toEqual(expected)
})

test('initializers that decorators of the standard add run with each instance', () => {
  const decorator = (verb: string): string =>
    `export const ${verb} = (path, ...guards) => (method, context) => context.addInitializer(function () { this.router.${verb}(path, ...guards, method.bind(this)) })`
  const routing = `import { Router } from 'express'
    export class Base { router = Router() }
    ${decorator('get')}\n    ${decorator('post')}`
  const derived = users.replace('class Users', 'class Users extends Base').replace(/^/, "import { Base } from './routing.js'\n    ")
  expect(chainsOf(routing, derived, '')).toEqual(expected)
})

test('symbols are left out of lists of properties', () => {
  const routing = `export const ROUTES = Symbol('routes')\n    export const get = () => () => {}\n    export const post = get`
  const mount = `const table = { '/a': users.list, [routing.ROUTES]: [] }
    for (const [path, handler] of Object.entries(table)) router.get(path, handler)
    for (const path in table) router.post(path, table[path])`
  expect(chainsOf(routing, users, mount)).toEqual(['GET /users/a: list', 'POST /users/a: list'])
})

test('a container by symbols, and a registry by classes', () => {
  const routing = `
    export const get = () => () => {}
    export const post = get
    export const TYPES = { Db: Symbol('Db'), Repo: Symbol('Repo'), Service: Symbol('Service'), Users: Symbol.for('Users') }
    export class Container {
      #factories = new Map()
      #made = new Map()
      register(token, factory) { this.#factories.set(token, factory); return this }
      resolve(token) {
        if (!this.#made.has(token)) this.#made.set(token, this.#factories.get(token)(this))
        return this.#made.get(token)
      }
    }`
  const mount = `
    const { TYPES } = routing
    const container = new routing.Container()
      .register(TYPES.Db, () => ({ rows: [] }))
      .register(TYPES.Repo, (c) => ({ db: c.resolve(TYPES.Db) }))
      .register(TYPES.Service, (c) => ({ repo: c.resolve(TYPES.Repo) }))
      .register(TYPES.Users, (c) => { const service = c.resolve(TYPES.Service); return service.repo.db.rows ? new Users() : null })
    const registry = new Map([[Users, '/all']])
    for (const [Type, path] of registry) router.get(path, new Type().list)
    router.get('/', container.resolve(Symbol.for('Users')).list)`
  expect(chainsOf(routing, users, mount)).toEqual(['GET /users/all: list', 'GET /users: list'])
})
