// Ways in which code puts an Express application together, each as small as it can be.

/** A title and files in the fixture language. All of them start, and exit never. */
export const wirings: Readonly<Record<string, string>> = {
  'loops over pairs, keys, maps, sets and counted arrays': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    for (const [path, handler] of [['/a', ok], ['/b', ok]]) app.get(path, handler)
    const table = { '/c': ok, '/d': ok }
    Object.keys(table).forEach((path) => app.post(path, table[path]))
    for (const path in table) app.put(path, table[path])
    const map = new Map([['/e', ok]])
    map.set('/f', ok)
    map.forEach((handler, path) => app.get(path, handler))
    for (const [path, handler] of map.entries()) app.delete(path, handler)
    for (const path of new Set(['/g', '/g', '/h'])) app.get(path, ok)
    const list = ['/i', '/j']
    for (let index = 0; index < list.length; index++) app.get(list[index], ok)
    let left = 2
    while (left > 0) app.get('/k' + left--, ok)
    app.listen(3000)
  `,
  'array methods between a table and its registration': `
    //- /server.js
    const express = require('express')
    const app = express()
    const named = (name) => Object.assign((req, res, next) => next(), { order: name.length })
    const layers = [named('one'), false, [named('three')], null].flat().filter(Boolean)
    layers.concat(named('last')).reduce((target, layer) => target.use(layer), app)
    app.use(...layers.slice(0, 1), ...(process.env.NODE_ENV === 'production' ? [named('x')] : []))
    const routes = [{ path: '/b', order: 2 }, { path: '/a', order: 1 }]
    routes.sort((one, other) => one.order - other.order).map(({ path }) => path.toUpperCase().toLowerCase()).forEach((path) => app.get(path, (req, res) => res.end()))
    const grouped = Object.fromEntries(routes.map((route) => [route.path.slice(1), route]))
    Object.values(grouped).flatMap((route) => [route.path + '/x', route.path + '/y']).forEach((path) => app.get(path, (req, res) => res.end()))
    const found = routes.find((route) => route.order === 2)
    app.get('/found' + found.path, (req, res) => res.end())
    app.get(['/p', '/q'].join(''), (req, res) => res.end())
    app.listen(3000)
  `,
  'routes from a JSON file, with methods and handlers by name': `
    //- /server.js
    const express = require('express')
    const routes = require('./routes.json')
    const handlers = require('./handlers')
    const app = express()
    for (const route of routes) {
      const method = route.method.toLowerCase()
      app[method](route.path, ...(route.guards || []).map((name) => handlers[name]), handlers[route.handler])
    }
    app.listen(3000)
    //- /routes.json
    [
      { "method": "GET", "path": "/a", "handler": "show" },
      { "method": "POST", "path": "/b", "handler": "save", "guards": ["check", "log"] }
    ]
    //- /handlers.js
    module.exports = {
      show(req, res) { res.end() },
      save: (req, res) => res.end(),
      check(req, res, next) { next() },
      log: async function (req, res, next) { next() },
    }
  `,
  'a tree of routes built by recursion': `
    //- /server.js
    const { Router, ...rest } = require('express')
    const app = require('express')()
    const tree = [
      { path: '/api', children: [{ path: '/users', get: 'list', children: [{ path: '/:id', get: 'one' }] }, { path: '/posts', get: 'list' }] },
      { path: '/health', get: 'up' },
    ]
    function build(nodes) {
      const router = Router({ mergeParams: true })
      for (const node of nodes) {
        if (node.get) router.get(node.path, (req, res) => res.end(node.get))
        if (node.children) router.use(node.path, build(node.children))
      }
      return router
    }
    app.use(build(tree))
    app.listen(3000)
  `,
  'call, apply and bind of the framework and of own functions': `
    //- /server.js
    const express = require('express')
    const app = express()
    const pass = (req, res, next) => next()
    app.use.apply(app, [pass, pass])
    app.get.call(app, '/called', (req, res) => res.end())
    const use = app.use.bind(app)
    use('/bound', pass)
    function configure(path) {
      this.get(path, (req, res) => res.end())
    }
    configure.call(app, '/one')
    configure.apply(app, ['/two'])
    configure.bind(app)('/three')
    const withPath = configure.bind(app, '/four')
    withPath()
    ;[pass].forEach((layer) => app.use(layer))
    app.listen(3000)
  `,
  'prototypes instead of classes, and objects with methods': `
    //- /server.js
    const express = require('express')
    const util = require('util')
    function Base() { this.app = express() }
    Base.prototype.start = function (port) {
      this.routes()
      return this.app.listen(port)
    }
    function Server(name) {
      Base.call(this)
      this.name = name
    }
    util.inherits(Server, Base)
    Server.prototype.routes = function () {
      const self = this
      this.app.get('/' + this.name, function (req, res) { res.end(self.name) })
      plugins.install(this.app)
    }
    const plugins = {
      prefix: '/plugins',
      install(app) { this.add(app, 'one'); this.add(app, 'two') },
      add(app, name) { app.use(this.prefix + '/' + name, this.router) },
      get router() { return express.Router().get('/', (req, res) => res.end()) },
    }
    new Server('main').start(3000)
  `,
  'a fluent builder, private methods, accessors and static factories': `
    //- /server.ts
    import express, { type Express, type RequestHandler, Router } from 'express'
    class AppBuilder {
      #app: Express = express()
      static create(): AppBuilder { return new this() }
      withLayers(...layers: RequestHandler[]): this { layers.forEach((layer) => this.#app.use(layer)); return this }
      withRoutes(path: string, fill: (router: Router) => void): this {
        const router = Router()
        fill(router)
        this.#mount(path, router)
        return this
      }
      #mount(path: string, router: Router) { this.#app.use(path, router) }
      get app(): Express { return this.#app }
      set poweredBy(value: boolean) { this.#app.set('x-powered-by', value) }
      build = (): Express => this.app
    }
    const builder = AppBuilder.create()
    builder.poweredBy = false
    const app = builder
      .withLayers((req, res, next) => next(), express.json())
      .withRoutes('/users', (router) => {
        router.get('/', (req, res) => { res.end() })
        router.route('/:id').get((req, res) => { res.end() }).delete((req, res) => { res.end() })
      })
      .build()
    app.listen(3000)
  `,
  'own decorators that keep routes and a loader that registers them': `
    //- /src/server.ts
    import 'reflect-metadata'
    import express from 'express'
    import { register } from './decorators.js'
    import { UsersController } from './users.js'
    import * as health from './health.js'
    const app = express()
    register(app, [UsersController, ...Object.values(health)])
    app.listen(3000)
    //- /src/decorators.ts
    import { type Express, Router } from 'express'
    interface Definition { method: 'get' | 'post'; path: string; handler: string }
    export const Controller = (prefix = ''): ClassDecorator => (target) => {
      Reflect.defineMetadata('prefix', prefix, target)
      if (!Reflect.hasMetadata('routes', target)) Reflect.defineMetadata('routes', [], target)
    }
    const route = (method: Definition['method']) => (path: string): MethodDecorator => (target, handler) => {
      const owner = target.constructor
      if (!Reflect.hasMetadata('routes', owner)) Reflect.defineMetadata('routes', [], owner)
      const routes = Reflect.getMetadata('routes', owner) as Definition[]
      routes.push({ method, path, handler: String(handler) })
    }
    export const Get = route('get')
    export const Post = route('post')
    export function register(app: Express, controllers: (new () => object)[]): void {
      controllers.forEach((controller) => {
        const instance = new controller() as Record<string, (req: unknown, res: unknown) => void>
        const router = Router()
        for (const { method, path, handler } of Reflect.getMetadata('routes', controller) as Definition[]) {
          router[method](path, (req, res) => instance[handler]!(req, res))
        }
        app.use(Reflect.getMetadata('prefix', controller) as string, router)
      })
    }
    //- /src/users.ts
    import type { Request, Response } from 'express'
    import { Controller, Get, Post } from './decorators.js'
    @Controller('/users')
    export class UsersController {
      @Get('/') list(req: Request, res: Response) { res.json([]) }
      @Post('/') add(req: Request, res: Response) { res.status(201).end() }
    }
    //- /src/health.ts
    import type { Request, Response } from 'express'
    import { Controller, Get } from './decorators.js'
    @Controller()
    export class Health {
      @Get('/up') up(req: Request, res: Response) { res.end() }
    }
    //- /tsconfig.json
    { "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "experimentalDecorators": true, "noEmit": true, "skipLibCheck": true } }
  `,
  'modules that export in every CommonJS way': `
    //- /server.js
    const express = require('express')
    const app = express()
    app.use('/a', require('./a'))
    app.use('/b', require('./b').router)
    app.use('/c', require('./c').default)
    const { one, nested: { two }, ...others } = require('./d')
    app.use(one).use(two)
    app.use('/rest', others.three)
    require('./e').call(app)
    require('./f')(app, { prefix: '/f' })
    app.use('/g', new (require('./g'))().router)
    app.listen(3000)
    //- /a.js
    var router = (exports = module.exports = require('express').Router())
    router.get('/', (req, res) => res.end())
    //- /b.js
    const { Router } = require('express')
    const routes = Router()
    Object.defineProperty(exports, 'router', { enumerable: true, get: function () { return routes } })
    routes.get('/', (req, res) => res.end())
    //- /c.js
    'use strict'
    var __importDefault = (this && this.__importDefault) || function (mod) { return mod && mod.__esModule ? mod : { default: mod } }
    Object.defineProperty(exports, '__esModule', { value: true })
    const express_1 = __importDefault(require('express'))
    const router = express_1.default.Router()
    router.get('/', (req, res) => res.end())
    exports.default = router
    //- /d.js
    module.exports = { one: pass, nested: { two: [pass] }, ...require('./d2') }
    function pass(req, res, next) { next() }
    //- /d2.js
    exports.three = require('express').Router()
    exports.three.get('/', (req, res) => res.end())
    //- /e.js
    module.exports = function () { this.get('/e', (req, res) => res.end()) }
    //- /f.js
    module.exports = (app, { prefix, suffix = '/x' }) => app.get(prefix + suffix, (req, res) => res.end())
    //- /g.js
    module.exports = class { router = require('express').Router().get('/', (req, res) => res.end()) }
  `,
  'ES modules: namespaces, stars, renamed and default re-exports, dynamic imports, import.meta': `
    //- /server.js
    import { createRequire } from 'node:module'
    import { readdir } from 'node:fs/promises'
    import { dirname, join } from 'node:path'
    import { fileURLToPath, pathToFileURL } from 'node:url'
    import express from 'express'
    import routes, { users as people, v1 } from './routes/index.js'
    const app = express()
    const require = createRequire(import.meta.url)
    app.use('/users', people)
    app.use('/v1', v1.posts)
    app.use('/default', routes.posts)
    const here = dirname(fileURLToPath(import.meta.url))
    for (const name of (await readdir(join(here, 'pages'))).sort()) {
      const page = await import(pathToFileURL(join(here, 'pages', name)).href)
      page.default(app)
    }
    const more = await Promise.all(['one', 'two'].map(async (name) => (await import(\`./more/\${name}.js\`)).router))
    more.forEach((router) => app.use('/more', router))
    const { legacy } = require('./legacy.cjs')
    app.use('/legacy', legacy)
    app.listen(3000)
    //- /routes/index.js
    export * from './users.js'
    export * as v1 from './posts.js'
    import * as posts from './posts.js'
    export default posts
    //- /routes/users.js
    import { Router } from 'express'
    const router = Router()
    router.get('/', (req, res) => res.end())
    export { router as users }
    //- /routes/posts.js
    import express from 'express'
    export const posts = express.Router()
    posts.get('/', (req, res) => res.end())
    //- /pages/about.js
    export default (app) => app.get('/about', (req, res) => res.end())
    //- /pages/home.js
    export default function home(app) { app.get('/home', (req, res) => res.end()) }
    //- /more/one.js
    import { Router } from 'express'
    export const router = Router().get('/one', (req, res) => res.end())
    //- /more/two.js
    import { Router } from 'express'
    export const router = Router().get('/two', (req, res) => res.end())
    //- /legacy.cjs
    exports.legacy = require('express').Router().get('/', (req, res) => res.end())
  `,
  'start-up in steps: awaits, timers, events, nextTick and callbacks in their order': `
    //- /server.js
    const express = require('express')
    const { EventEmitter, once } = require('events')
    const app = express()
    const bus = new EventEmitter()
    const ok = (req, res) => res.end()
    bus.on('ready', (path) => app.get(path, ok))
    process.nextTick(() => app.get('/tick', ok))
    Promise.resolve().then(() => app.get('/micro', ok))
    const load = (done) => setImmediate(() => done(null, '/callback'))
    async function start() {
      app.get('/sync', ok)
      await null
      app.get('/awaited', ok)
      bus.emit('ready', '/emitted')
      const path = await new Promise((resolve, reject) => load((error, value) => (error ? reject(error) : resolve(value))))
      app.get(path, ok)
      await Promise.allSettled([later('/one'), later('/two')])
      return app
    }
    async function later(path) { app.get(path, ok) }
    app.get('/before', ok)
    start().then((ready) => ready.get('/then', ok)).finally(() => { app.get('/finally', ok); app.listen(3000) })
    app.get('/after', ok)
  `,
  'wrappers around a router with methods of their own': `
    //- /server.js
    const express = require('express')
    const app = express()
    function createApi(prefix) {
      const router = express.Router()
      const api = {}
      for (const method of ['get', 'post']) {
        api[method] = (path, ...handlers) => {
          router[method](path, ...handlers.map((handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next)))
          return api
        }
      }
      api.mount = (target) => target.use(prefix, router)
      return api
    }
    const api = createApi('/api')
    api.get('/a', async (req, res) => res.end()).post('/b', async (req, res) => res.end())
    api.mount(app)
    class Resource {
      constructor(router, name) { Object.assign(this, { router, name }) }
      crud() {
        const { router, name } = this
        router.route(\`/\${name}\`).get(this.list).post(this.create)
        router.route(\`/\${name}/:id\`).put(this.list)
      }
      list(req, res) { res.end() }
      create = (req, res) => res.end()
    }
    ;['cats', 'dogs'].forEach((name) => new Resource(app, name).crud())
    app.listen(3000)
  `,
  'known conditions: defaults, early returns, switches, try, optional chains, memoised singletons': `
    //- /server.js
    const express = require('express')
    const settings = { env: process.env.NODE_ENV || 'development', features: { admin: true, beta: false }, mode: 'full' }
    let instance
    function getApp() {
      if (instance) return instance
      instance = express()
      return instance
    }
    const ok = (req, res) => res.end()
    function admin(app, features = {}) {
      if (!features.admin) return
      app.get('/admin', ok)
      if (features.beta) { app.get('/beta', ok) } else { app.get('/stable', ok) }
    }
    admin(getApp(), settings.features)
    admin(getApp())
    switch (settings.mode) {
      case 'small': getApp().get('/small', ok); break
      case 'full': getApp().get('/full', ok)
      case 'fall': getApp().get('/fall', ok); break
      default: getApp().get('/none', ok)
    }
    try {
      require('./optional')
      getApp().get('/optional', ok)
    } catch {
      getApp().get('/fallback', ok)
    }
    const plugins = { a: { install: (app) => app.get('/plugin', ok) }, b: null }
    for (const plugin of Object.values(plugins)) plugin?.install?.(getApp())
    settings.env === 'production' && getApp().get('/production', ok)
    settings.env !== 'production' || getApp().get('/either', ok)
    const isTest = settings.env === 'test'
    isTest ? getApp().get('/test', ok) : getApp().get('/real', ok)
    getApp().listen(3000)
  `,
  'TypeScript: enums, parameter properties, abstract controllers, generics, satisfies': `
    //- /src/server.ts
    import express = require('express')
    import { Method, Paths } from './paths'
    import { PingController } from './ping'
    import type { Route } from './route'
    const Config = { prefix: '/api' } as const
    const app: express.Express = express()
    const controllers = [new PingController(Config.prefix, 'ping')]
    function mount<T extends { routes(): Route[] }>(each: T): void {
      for (const route of each.routes()) app[route.method](route.path, route.handler)
    }
    controllers.forEach(mount)
    app[Method.Get](Paths.Home, ((_req, res) => { res.end() }) satisfies express.RequestHandler)
    app!.post(<string>Paths.Save, (_req: express.Request, res: express.Response) => { res.end() })
    app.listen(3000)
    //- /src/paths.ts
    export enum Method { Get = 'get', Post = 'post' }
    export const enum Paths { Home = '/', Save = '/save' }
    //- /src/route.ts
    import type { RequestHandler } from 'express'
    export interface Route { method: 'get' | 'post'; path: string; handler: RequestHandler }
    //- /src/controller.ts
    import type { Route } from './route'
    export abstract class Controller {
      protected readonly base: string
      constructor(protected readonly prefix: string, name: string) { this.base = prefix + '/' + name }
      abstract own(): Route[]
      routes(): Route[] { return this.own().map((route) => ({ ...route, path: this.base + route.path })) }
    }
    //- /src/ping.ts
    import { Controller } from './controller'
    import { Method } from './paths'
    import type { Route } from './route'
    export class PingController extends Controller {
      own(): Route[] {
        return [{ method: Method.Get, path: '/now', handler: (_req, res) => { res.end() } }, { method: Method.Post, path: '', handler: this.pong }]
      }
      private pong: Route['handler'] = (_req, res) => { res.end() }
    }
    //- /tsconfig.json
    { "compilerOptions": { "target": "es2022", "module": "commonjs", "moduleResolution": "node10", "ignoreDeprecations": "6.0", "strict": true, "noEmit": true, "skipLibCheck": true } }
    //- /package.json
    { "name": "pings", "version": "1.0.0", "scripts": { "start": "tsx src/server.ts" }, "dependencies": { "express": "^5.3.0" } }
  `,
  'closures over counters, currying and mixins': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const counter = () => { let count = 0; return () => ++count }
    const next = counter()
    app.get('/number' + next(), ok)
    app.get('/number' + next(), ok)
    const at = (prefix) => (path) => (handler) => app.get(prefix + path, handler)
    at('/curried')('/path')(ok)
    const WithHealth = (Base) => class extends Base { health() { this.app.get('/health', ok); return this } }
    class Core { constructor(target) { this.app = target } }
    new (WithHealth(Core))(app).health()
    Object.assign(app, { addRoute(path) { this.get(path, ok) } })
    app.addRoute('/extended')
    const { listen } = { listen: () => app.listen(3000) }
    listen()
  `,

  'servers that get the application in other ways, and applications that are not served': `
    //- /server.js
    const http = require('http')
    const express = require('express')
    const app = express()
    const unused = express.Router()
    unused.get('/never', (req, res) => res.end())
    app.get('/a', (req, res) => res.end())
    app.use('/sub', ((router) => { router.get('/x', (req, res) => res.end()); return router })(express['Router']()))
    const server = new http.Server(app)
    const second = http.createServer()
    second.on('request', app)
    const third = http.createServer((req, res) => app(req, res))
    ;[server, second, third].forEach((each, index) => each.listen(3000 + index))
  `,
  'an application that only a request listener of its own calls': `
    //- /server.js
    const http = require('http')
    const app = require('express')()
    app.get('/inner', (req, res) => res.end())
    http.createServer((req, res) => { res.setHeader('X-Node', '1'); app(req, res) }).listen(3000)
  `,
  'files found by globs': `
    //- /server.js
    const express = require('express')
    const path = require('path')
    const glob = require('fast-glob')
    const app = express()
    glob.sync('src/routes/**/*.js', { cwd: __dirname }).sort().forEach((file) => require(path.resolve(__dirname, file))(app))
    for (const file of glob.sync([path.join(__dirname, 'src/modules/*/router.js')]).sort()) {
      app.use('/' + path.basename(path.dirname(file)), require(file))
    }
    app.listen(3000)
    //- /src/routes/users.js
    module.exports = (app) => app.get('/users', (req, res) => res.end())
    //- /src/routes/admin/reports.js
    module.exports = (app) => app.get('/admin/reports', (req, res) => res.end())
    //- /src/modules/cart/router.js
    module.exports = require('express').Router().get('/', (req, res) => res.end())
    //- /src/modules/cart/model.js
    module.exports = {}
    //- /src/modules/shop/router.js
    module.exports = require('express').Router().get('/', (req, res) => res.end())
  `,
  'folders walked by recursion, with file names turned into paths': `
    //- /server.mjs
    import fs from 'node:fs'
    import path from 'node:path'
    import express from 'express'
    const app = express()
    const root = path.resolve(import.meta.dirname, 'api')
    async function walk(folder) {
      for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))) {
        const full = path.join(folder, entry.name)
        if (entry.isDirectory()) { await walk(full); continue }
        if (!/\\.route\\.mjs$/.test(entry.name)) continue
        const url = '/' + path.relative(root, full).replace(/\\.route\\.mjs$/, '').split(path.sep).join('/').replace(/\\[(\\w+)\\]/g, ':$1').replace(/\\/?index$/, '')
        const handlers = await import(full)
        for (const [method, handler] of Object.entries(handlers)) if (method !== 'default') app[method.toLowerCase()](url, handler)
      }
    }
    await walk(root)
    app.listen(3000)
    //- /api/users/[id].route.mjs
    export const PUT = (req, res) => res.end()
    export const GET = (req, res) => res.end()
    export default {}
    //- /api/users/index.route.mjs
    export const GET = (req, res) => res.end()
    //- /api/users/helper.mjs
    export const GET = null
    //- /api/health.route.mjs
    export function GET(req, res) { res.end() }
  `,
  'arguments passed on, hoisted functions, filters inside loops, parameters by pattern': `
    //- /server.js
    start(require('express')())
    function start(app) {
      const routes = [{ path: '/on', enabled: true }, { path: '/off', enabled: false }, { path: '/admin', enabled: true, roles: ['admin'] }]
      for (const { path, enabled, roles: [role = 'anyone'] = [], ...rest } of routes) {
        if (!enabled) continue
        register(path + '/' + role, guard(role), (req, res) => res.end())
      }
      function register(...args) { app.get(...args) }
      function all() { return app.post.apply(app, arguments) }
      all('/all', guard('x'), [guard('y'), (req, res) => res.end()])
      for (const one of ['a', 'b', 'c']) {
        if (one === 'c') break
        for (const two of [1, 2, 3]) {
          if (two === 2) continue
          app.get(\`/\${one}\${two}\`, (req, res) => res.end())
        }
      }
      var { param: [first, , third], ...others } = { param: ['p', 'q', 'r'], s: 't' }
      app.get(['', first, third, others.s].join('/'), (req, res) => res.end())
      app.listen(3000)
    }
    function guard(role) { return (req, res, next) => (role ? next() : res.sendStatus(403)) }
  `,
  'namespaces of modules list their exports by name': `
    //- /server.mjs
    import express from 'express'
    import * as routes from './routes.mjs'
    import * as more from './more.mjs'
    const app = express()
    for (const router of Object.values(routes)) app.use(router)
    Object.entries({ ...more }).forEach(([name, handler]) => app.get('/' + name, handler))
    for (const name in more) app.post('/' + name, more[name])
    app.listen(3000)
    //- /routes.mjs
    import { Router } from 'express'
    export const zebra = Router().get('/zebra', (req, res) => res.end())
    export const apple = Router().get('/apple', (req, res) => res.end())
    export { default as mango } from './mango.mjs'
    //- /mango.mjs
    import { Router } from 'express'
    export default Router().get('/mango', (req, res) => res.end())
    //- /more.mjs
    export const b = (req, res) => res.end()
    export function a(req, res) { res.end() }
  `,
  'start-up with try, callbacks and promises of several sorts': `
    //- /server.js
    const { promisify } = require('util')
    const express = require('express')
    const { connect, cache, load } = require('./services')
    const app = express()
    const ok = (req, res) => res.end()
    const main = async () => {
      try {
        const [db, { name }] = await Promise.all([connect(), cache()])
        app.get('/' + db.name + name, ok)
        await Promise.all(['x', 'y'].map(async (each) => { await null; app.get('/' + each, ok) }))
        for await (const part of [Promise.resolve('p'), 'q']) app.get('/' + part, ok)
        const path = await promisify(load)('loaded')
        app.get(path, ok)
      } catch (error) {
        process.exit(1)
      }
    }
    connect().then((db) => db.name).then((name) => { app.get('/then-' + name, ok); return main() }).then(() => new Promise((resolve) => app.listen(3000, resolve)), () => process.exit(1))
    //- /services.js
    exports.connect = () => new Promise((resolve) => setTimeout(resolve, 1, { name: 'db' }))
    exports.cache = async () => ({ name: 'cache' })
    exports.load = (name, done) => process.nextTick(done, null, '/' + name)
  `,
  'static members, super calls, private static state and class expressions': `
    //- /server.js
    const express = require('express')
    class Registry {
      static #routes = new Map()
      static app = express()
      static { Registry.app.get('/static-block', (req, res) => res.end()) }
      static add(path, handler) { this.#routes.set(path, handler); return this }
      static apply() { for (const [path, handler] of Registry.#routes) this.app.get(path, handler) }
    }
    class Base {
      prefix = '/base'
      constructor(app) { this.app = app; this.setup() }
      setup() { this.app.get(this.path('one'), this.handle) }
      path(name) { return \`\${this.prefix}/\${name}\` }
      handle = (req, res) => res.end()
    }
    const Derived = class extends Base {
      setup() { super.setup(); this.app.get(super.path('two') + '/derived', (req, res) => this.handle(req, res)) }
      path(name) { return super.path(name).replace('base', 'derived') }
    }
    new Derived(Registry.app)
    Registry.add('/late', (req, res) => res.end()).add('/later', (req, res) => res.end()).apply()
    const { app } = Registry
    app.listen(3000)
  `,
  'configuration read from JSON and from module objects, merged and looked up': `
    //- /server.js
    const fs = require('fs')
    const path = require('path')
    const express = require('express')
    const config = { ...require('./config/default.json'), ...require('./config')(process.env.NODE_ENV) }
    const file = JSON.parse(fs.readFileSync(path.join(__dirname, 'config', 'default.json'), 'utf8'))
    const app = express()
    if (config.features.includes('search')) app.get(config.api.base + '/search', (req, res) => res.end())
    if (config.features.indexOf('chat') !== -1) app.get('/chat', (req, res) => res.end())
    if (!('legacy' in config)) app.get('/modern', (req, res) => res.end())
    const get = (key) => key.split('.').reduce((value, part) => value?.[part], config)
    app.use(get('api.base'), express.Router().get('/status', (req, res) => res.end()))
    if (get('api.version') >= 2 && typeof config.api.base === 'string') app.get('/v2', (req, res) => res.end())
    app.get(file.api.base + '/file', (req, res) => res.end())
    app.listen(config.port || 3000)
    //- /config/default.json
    { "api": { "base": "/api", "version": 2 }, "features": ["search"] }
    //- /config/index.js
    const all = { production: { port: 80, debug: false }, development: { port: 3000, debug: true, legacy: true } }
    module.exports = (env = 'development') => all[env]
  `,
  'containers and singletons that keep what they made': `
    //- /server.ts
    import express, { type Express } from 'express'
    type Factory = (container: Container) => unknown
    class Container {
      private readonly instances: Record<string, unknown> = {}
      private readonly bindings: Record<string, { factory: Factory; shared: boolean }> = {}
      bind(key: string, factory: Factory, { shared = false } = {}) { this.bindings[key] = { factory, shared }; return this }
      make<T>(key: string): T {
        if (key in this.instances) return this.instances[key] as T
        const { factory, shared } = this.bindings[key]!
        const made = factory(this)
        if (shared) this.instances[key] = made
        return made as T
      }
    }
    class Server {
      private static current?: Server
      private app?: Express
      static get instance() { return (this.current ??= new Server()) }
      get http(): Express {
        if (!this.app) { this.app = express(); this.app.use(express.json()) }
        return this.app
      }
    }
    const container = new Container().bind('app', () => Server.instance.http, { shared: true }).bind('router', () => express.Router())
    for (const name of ['a', 'b']) {
      const router = container.make<express.Router>('router')
      router.get('/', (req, res) => { res.end() })
      container.make<Express>('app').use('/' + name, router)
    }
    Server.instance.http.listen(3000)
  `,
  'tables by function, object and class': `
    //- /server.js
    const express = require('express')
    const app = express()
    const layers = new Map()
    const paths = new WeakMap()
    const pass = (req, res, next) => next()
    class Pages {
      show(req, res) { res.end() }
      list(req, res) { res.end() }
    }
    class Extra extends Pages { save(req, res) { res.end() } }
    const pages = new Pages()
    layers.set(pages.show, [pass, pass])
    paths.set(pages, '/pages')
    const extra = new Extra()
    paths.set(extra, '/extra')
    for (const name of ['show', 'list']) app.get(paths.get(pages) + '/' + name, layers.get(pages[name]) ?? [], pages[name])
    for (const one of [pages, extra]) app.post((one instanceof Extra ? '/v2' : '/v1') + paths.get(one), (req, res) => res.end())
    for (const handler of new Set([extra.save, pages.list, extra.save])) app.put('/put', handler)
    if ('save' in extra && !('save' in {})) app.get('/saved', extra.save)
    class Endpoint { static path = '/'; static group }
    class Things extends Endpoint { static group = 'things' }
    class Ping extends Endpoint { static path = '/ping'; static first = 1 }
    const groups = [Things, Ping].reduce((map, one) => map.set(one.group ?? '', [...(map.get(one.group ?? '') ?? []), one]), new Map())
    for (const [group, all] of groups) all.forEach((one) => app.get(group + one.path, (req, res) => res.end()))
    ;[Things, Ping].sort((one, other) => (other.first ?? 0) - (one.first ?? 0)).forEach((one) => app.delete(one.path, (req, res) => res.end()))
    app.listen(3000)
  `,
  'lists that are counted out': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    Array.from({ length: 2 }, (_, index) => index + 1).forEach((shard) => app.get('/shards/' + shard, ok))
    for (const key of [...Array(2).keys()]) app.get('/keys/' + key, ok)
    new Array(2).fill('x').forEach((letter, index) => app.get('/' + letter + index, ok))
    app.listen(3000)
  `,
  'steps that call the next one, and trees as deep as they are written': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const series = function (steps, done) {
      var index = 0
      ;(function next(error) {
        if (error || index === steps.length) return done(error)
        steps[index++](next)
      })()
    }
    const steps = ['a', 'b', 'c', 'd', 'e'].map((name) => (next) => { app.get('/' + name, ok); next() })
    steps.push((next) => setTimeout(() => { app.get('/later', ok); next() }, 1))
    const tree = { in: { one: { in: { two: { in: { three: { in: { four: { in: { five: {} } } } } } } } } } }
    function build(node) {
      const router = express.Router().get('/', ok)
      for (const [name, child] of Object.entries(node.in ?? {})) router.use('/' + name, build(child))
      return router
    }
    series(steps, () => app.use(build(tree)).listen(3000))
  `,
  'methods put in the place of others': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    class Routes { constructor() { this.native = express.Router() } }
    for (const verb of ['get', 'post']) Routes.prototype[verb] = function (path, ...handlers) { this.native[verb](path, ...handlers); return this }
    const routes = new Routes().get('/a', ok).post('/b', ok)
    app.use('/routes', routes.native)
    const router = express.Router()
    const { get } = router
    router.get = function (path, ...handlers) { return get.call(this, '/own' + path, ...handlers) }
    router.guarded = (path, ...handlers) => get.call(router, path, (req, res, next) => next(), ...handlers)
    router.get('/one', ok)
    router.guarded('/two', ok)
    app.use(router)
    const post = app.post.bind(app)
    app.post = (path, ...handlers) => post('/v1' + path, ...handlers)
    app.post('/x', ok)
    const table = { a: Object.assign((req, res) => res.end(), { path: '/a' }) }
    for (const key of Reflect.ownKeys(table)) Reflect.apply(app.get, app, [Reflect.get(table, key).path, table[key]])
    app.use(new URL('https://api.example.com/v1').pathname, ok)
    app.listen(3000)
  `,
  'modules that are there or not, and what they export': `
    //- /server.js
    const express = require('express')
    const fs = require('fs')
    const path = require('path')
    const app = express()
    for (const name of ['users', 'drafts', 'files']) {
      const file = path.join(__dirname, 'modules', name + '.js')
      if (!fs.existsSync(file)) continue
      const loaded = require(file)
      const router = typeof loaded === 'function' && loaded.length === 1 ? loaded(express.Router()) : loaded.default || loaded.router || loaded
      app.use(loaded.prefix || '/' + name, router)
    }
    app.listen(3000)
    //- /modules/users.js
    module.exports = require('express').Router().get('/', (req, res) => res.end())
    module.exports.prefix = '/v2/users'
    //- /modules/files.js
    module.exports = (router) => router.get('/', (req, res) => res.end())
  `,
  'events of the application itself': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const admin = express()
    admin.on('mount', (parent) => parent.set('admin', true))
    app.on('ready', () => app.get('/late', ok))
    const start = async () => {
      const found = await Promise.allSettled([Promise.resolve('/one'), Promise.resolve('/two')])
      found.filter((one) => one.status === 'fulfilled').forEach(({ value }) => app.get(value, ok))
      app.use('/admin', admin)
      if (app.get('admin')) app.get('/early', ok)
      app.emit('ready')
      app.listen(3000)
    }
    const optional = [{}, { ready: (target) => target.get('/optional', ok) }]
    for (const { ready } of optional) ready?.(app)
    start()
  `,
  'classes that hand on: statics, getters behind super, walks along prototypes': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const known = new Map()
    class Base {
      static create() { const made = new this(); made.register(); return made.router }
      static get label() { return 'base' }
      router = express.Router()
      get prefix() { return '/v1' }
      get(path, ...rest) { this.router.get(path, rest.slice(0, -1), (req, res) => rest[rest.length - 1].call(this, req, res)) }
    }
    class Users extends Base {
      static get label() { return super.label + '-users' }
      get prefix() { return super.prefix + '/users' }
      register() { this.get(this.prefix, this.list) }
      list(req, res) { res.end() }
    }
    known.set(Base, ['/ping']).set(Users, ['/mine'])
    app.use('/' + Users.label, Users.create(), Base.create.call(Users))
    for (let one = Users; one && one !== Function.prototype; one = Object.getPrototypeOf(one)) for (const path of known.get(one) ?? []) app.get(path, ok)
    const users = new Users()
    for (let proto = Object.getPrototypeOf(users); proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) app.post('/' + proto.constructor.name, ok)
    app.listen(3000)
  `,
  'objects that are gone over, rests of modules, and calls of nothing': `
    //- /server.mjs
    import express from 'express'
    import * as modules from './modules.mjs'
    const app = express()
    const ok = (req, res) => res.end()
    class Registry {
      #items = new Map()
      add(path, handler) { this.#items.set(path, handler); return this }
      *[Symbol.iterator]() { yield* this.#items }
    }
    const registry = new Registry().add('/a', ok).add('/b', ok)
    for (const [path, handler] of registry) app.get(path, handler)
    ;[...registry].forEach(([path]) => app.post(path, ok))
    const range = { from: 1, to: 2, *[Symbol.iterator]() { for (let at = this.from; at <= this.to; at++) yield at } }
    for (const at of range) app.get('/' + at, ok)
    const { default: define, ...rest } = modules
    define(app)
    app.use('/rest', ...[rest.first, rest.second].filter(Boolean))
    for (const { layers, path } of [{ path: '/with', layers: [ok] }, { path: '/without' }]) {
      const router = express.Router()
      layers?.forEach((layer) => router.use(layer))
      app.use(path, router)
    }
    app.listen(3000)
    //- /modules.mjs
    export const first = (req, res, next) => next()
    export default (app) => app.get('/default', (req, res) => res.end())
  `,
  'what is taken out of lists, tables and objects again': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const pass = (req, res, next) => next()
    const layers = [pass, pass, pass]
    layers.length = 1
    app.get('/list', layers, ok)
    const table = new Map([['/a', pass], ['/b', pass], ['/c', pass]])
    table.delete('/a')
    for (const [path, handler] of [...table]) app.get(path, handler)
    app.get('/left-' + table.size, [...table.values()], ok)
    table.clear()
    app.get('/none', [...table.values()], ok)
    const paths = { a: '/x', b: '/y' }
    delete paths.a
    Object.values(paths).forEach((path) => app.get(path, ok))
    const left = [{ id: 'routes', after: 'auth', add: () => app.get('/last', ok) }, { id: 'auth', add: () => app.use(pass) }]
    const done = []
    while (left.length > 0) {
      const place = left.findIndex(({ after }) => after === undefined || done.some(({ id }) => id === after))
      if (place === -1) throw new Error('a circle')
      done.push(...left.splice(place, 1))
    }
    for (const { add } of done) add()
    for (const { path } of JSON.parse(JSON.stringify([{ path: '/copied' }]))) app.get(path, ok)
    app.listen(3000)
  `,
  'copies that are changed, and parts of addresses': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const defaults = { prefix: '/default', routes: [], nested: { list: ['/n'] } }
    for (const tenant of ['red', 'blue']) {
      const own = JSON.parse(JSON.stringify(defaults))
      own.prefix = '/' + tenant
      own.routes.push('/list-' + tenant)
      for (const path of own.routes) app.get(own.prefix + path, ok)
      const cloned = structuredClone(defaults)
      cloned.nested.list.push('/of-' + tenant)
      for (const path of cloned.nested.list) app.get('/clone-' + tenant + path, ok)
    }
    app.get(defaults.prefix + '/info', ok)
    app.get('/left-' + defaults.routes.length + defaults.nested.list.length, ok)
    const address = new URL('HTTPS://API.example.com:443/v1?x=1')
    if (address.searchParams) app.get('/asks', ok)
    app.get(address.pathname + '/' + address.host + '/port' + address.port, ok)
    app.get('/' + new URL('http://localhost:8080').host.replace(':', '-'), ok)
    app.listen(3000)
  `,
  'what is taken out on one of two paths': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    const auth = (req, res, next) => next()
    const log = (req, res, next) => next()
    const layers = { auth, log }
    if (process.env.WITHOUT_AUTH) delete layers.auth
    app.get('/layers', ...Object.keys(layers).map((name) => name === 'auth' ? auth : log), ok)
    const table = new Map([['/a', ok], ['/b', ok], ['/c', ok]])
    if (process.env.HIDE) table.delete('/a')
    for (const path of table.keys()) app.get(path, ok)
    const gone = new Map([['/d', ok], ['/e', ok]])
    if (process.env.HIDE) gone.delete('/d')
    else {
      gone.set('/new', ok)
      gone.delete('/new')
      gone.delete('/d')
    }
    for (const path of gone.keys()) app.get('/gone' + path, ok)
    app.get('/' + gone.size, ok)
    app.listen(3000)
  `,
  'what finally hands on': `
    //- /server.js
    const express = require('express')
    const app = express()
    const ok = (req, res) => res.end()
    Promise.resolve('/after').finally(() => '/mine').then((path) => app.get(path, ok)).then(() => {
      Promise.resolve('/late').catch(() => '/failed').finally(() => app.get('/in-between', ok)).then((path) => app.get(path, ok)).then(() => app.listen(3000))
    })
  `,
}
