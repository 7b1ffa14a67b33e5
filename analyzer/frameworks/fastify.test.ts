// Fastify applications as the boot reads them: contexts, plugins that wait, folders, decorators, command lines.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { describe as words } from '../model/describe.js'
import { protectsRoute, routesOf } from '../model/queries.js'
import type { ProjectModel } from '../model/model.js'

/** `GET /users ← onRequest count, preHandler check`. */
function routes(model: ProjectModel): readonly string[] {
  return model.apps.flatMap((app) =>
    routesOf(model, app).map(({ method, path, chain, entry }) => {
      const hooks = chain.flatMap((link) => {
        const hook = link.entry === entry ? (entry.hooks?.[entry.handlers.indexOf(link.value)] ?? null) : (link.entry.hook ?? null)
        return hook === null ? [] : [`${hook} ${words(link.value)}`]
      })
      return `${method} ${path}${hooks.length === 0 ? '' : ` ← ${hooks.join(', ')}`}`
    }),
  )
}

test('prefixes nest, shared plugins ignore theirs, and hooks reach what is within', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    const app = Fastify()
    app.register(async function outer(api) {
      api.get('/', async () => 1)
      api.register(async (deep) => void deep.get('/deep', async () => 2), { prefix: '/v1' })
      api.addHook('preHandler', async function check() {})
    }, { prefix: '/api' })
    app.register(fp(async (all) => { all.addHook('onRequest', async function count() {}); all.get('/shared', async () => 3) }), { prefix: '/lost' })
    await app.listen({ port: 3000 })
  `)
  expect(routes(model)).toEqual([
    'GET /api ← onRequest count, preHandler check',
    'GET /api/v1/deep ← onRequest count, preHandler check',
    'GET /shared ← onRequest count',
  ])
})

test('a plugin that does not follow is said, and blinds; one of a package that is not listed does not', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import unlisted from 'fastify-plugin-that-nobody-knows'
    const app = Fastify()
    app.register(unlisted)
    app.register(globalThis.plugins.mystery)
    app.get('/', async () => 1)
    await app.listen({ port: 3000 })
  `)
  expect(model.apps[0]?.scope.gaps.map(({ isBlind, package: name }) => [isBlind, name])).toEqual([
    [false, 'fastify-plugin-that-nobody-knows'],
    [true, null],
  ])
  const [route] = model.routes
  expect(route === undefined ? null : protectsRoute(model, route, 'security-headers').answer).toBe('unknown')
})

test('proxies and GraphQL answer paths of their own, which count as those of the project', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import proxy from '@fastify/http-proxy'
    import mercurius from 'mercurius'
    const app = Fastify()
    app.addHook('onRequest', async function count() {})
    app.register(async (api) => {
      api.register(proxy, { upstream: 'http://auth', prefix: '/auth', preHandler: async function check() {} })
      api.register(proxy, { upstream: 'http://files', prefix: '/files', httpMethods: ['GET'] })
    }, { prefix: '/api' })
    app.register(mercurius, { schema: 'type Query { a: Int }', graphiql: process.env.NODE_ENV !== 'production' })
    app.register(mercurius, { path: '/admin/graphql', graphiql: true, prefix: '/v1' })
    app.register(mercurius, { routes: false })
    await app.listen({ port: 3000 })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/http-proxy": "^11.0.0", "mercurius": "^16.0.0" } }
  `)
  expect(routes(model)).toEqual([
    'ALL /api/auth ← onRequest count, preHandler check',
    'ALL /api/auth/* ← onRequest count, preHandler check',
    'GET /api/files ← onRequest count',
    'GET /api/files/* ← onRequest count',
    'GET /graphql ← onRequest count',
    'POST /graphql ← onRequest count',
    'GET /v1/admin/graphql ← onRequest count',
    'POST /v1/admin/graphql ← onRequest count',
  ])
  expect(model.routes.filter(({ entry }) => entry.broughtBy !== undefined).map(({ path }) => path)).toEqual(['/v1/graphiql'])
})

test('autoload gives folders as prefixes, honours patterns and what plugins say of themselves', () => {
  const model = modelOf(`
    //- /app.js
    const path = require('node:path')
    const app = require('fastify')()
    app.register(require('@fastify/autoload'), { dir: path.join(__dirname, 'routes'), options: { prefix: '/api/' }, ignorePattern: 'test', maxDepth: 1, routeParams: true })
    app.listen({ port: 3000 })
    //- /routes/root.js
    module.exports = async (fastify) => void fastify.get('/', async () => 1)
    //- /routes/users/_id.js
    module.exports = async (fastify) => void fastify.get('/profile', async () => 1)
    module.exports.autoPrefix = '/members'
    //- /routes/users/users.test.js
    module.exports = async (fastify) => void fastify.get('/test', async () => 1)
    //- /routes/users/deep/index.js
    module.exports = async (fastify) => void fastify.get('/deep', async () => 1)
    //- /routes/route.js
    module.exports = { method: 'POST', url: '/object', handler: async () => 1 }
    //- /routes/off.js
    module.exports = async (fastify) => void fastify.get('/off', async () => 1)
    module.exports.autoload = false
    //- /routes/absolute.js
    module.exports = async (fastify) => void fastify.get('/absolute', async () => 1)
    module.exports.prefixOverride = ''
  `)
  expect(routes(model).toSorted()).toEqual(['GET /absolute', 'GET /api', 'GET /api/members/profile', 'POST /object'])
})

test('autoload asks a function what a folder adds to the prefix', () => {
  const model = modelOf(`
    //- /app.js
    const path = require('path')
    const app = require('fastify')()
    app.register(require('@fastify/autoload'), {
      dir: path.join(__dirname, 'routes'),
      dirNameRoutePrefix: (folderParent, folderName) => (folderName === 'shared' ? false : 'api-' + folderName),
    })
    app.listen({ port: 3000 })
    //- /routes/notes/index.js
    module.exports = async (instance) => { instance.get('/', async () => 1) }
    //- /routes/shared/index.js
    module.exports = async (instance) => { instance.get('/ping', async () => 2) }
  `)
  expect(routes(model)).toEqual(['GET /api-notes', 'GET /ping'])
})

test('autoload asks its filters for files, also where they are functions, and leaves tests out', () => {
  const filtered = (filter: string): readonly string[] =>
    routes(
      modelOf(`
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0" } }
    //- /app.ts
    import Fastify from 'fastify'
    import autoload from '@fastify/autoload'
    import { join } from 'node:path'
    const app = Fastify()
    app.register(autoload, { dir: join(import.meta.dirname, 'features'), ${filter} })
    app.listen({ port: 3000 })
    //- /features/users/routes.ts
    export default async (fastify) => void fastify.get('/', async () => 1)
    //- /features/users/service.ts
    export default async (fastify) => void fastify.get('/service', async () => 1)
    //- /features/users/routes.test.ts
    import Fastify from 'fastify'
    const app = Fastify()
    app.get('/test', async () => 1)
    app.listen({ port: 3001 })
  `),
    )
  const asked = [
    "matchFilter: (path) => path.endsWith('routes.ts')",
    'matchFilter: /routes/',
    "ignoreFilter: (path) => path.includes('service')",
  ]
  for (const filter of asked) expect(filtered(filter), filter).toEqual(['GET /users'])
  expect(filtered('matchFilter: (path) => allowed.has(path)')).toEqual(['GET /users', 'GET /users/service'])
})

test('a folder that is not known is said', () => {
  const model = modelOf(`
    //- /app.js
    const app = require('fastify')()
    app.register(require('@fastify/autoload'), { dir: process.env.ROUTES })
    app.listen({ port: 3000 })
  `)
  expect(model.apps[0]?.scope.gaps.map(({ why }) => why)).toEqual(['autoload of a folder that is not known'])
})

test('what fastify-cli starts, and what a plugin is on its own', () => {
  const plugin = `
    //- /app.js
    module.exports = async function (fastify) { fastify.get('/', async () => 1) }
  `
  expect(
    modelOf(
      `${plugin}\n//- /package.json\n{ "scripts": { "start": "fastify start -w -l info -P app.js" }, "dependencies": { "fastify": "^5.0.0" } }`,
    ).apps,
  ).toHaveLength(1)
  expect(modelOf(`${plugin}\n//- /package.json\n{ "dependencies": { "fastify": "^5.0.0" } }`).apps).toEqual([])
})

test('decorators are seen within, and functions of replies run', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.decorate('check', async function check() {})
    app.decorateReply('refuse', function refuse() { return this.code(429).send('slow down') })
    app.register(async (instance) => {
      instance.get('/', { preHandler: [instance.check] }, async (request, reply) => reply.refuse())
    })
    await app.listen({ port: 3000 })
  `)
  expect(routes(model)).toEqual(['GET / ← preHandler check'])
  const { handler } = model.routes[0] ?? {}
  const calls = handler?.kind === 'function' ? model.summaryOf(handler).calls : []
  expect(calls.map(({ callee }) => (callee.kind === 'member' ? callee.name : ''))).toEqual(expect.arrayContaining(['code', 'send']))
})

test('functions of replies answer with what they are given, under the conditions of whoever calls them', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.decorateReply('fail', function fail(status, message) { return this.code(status).send({ message }) })
    app.decorateRequest('isAdmin', function isAdmin() { return this.headers['x-role'] === 'admin' })
    app.get('/guarded', { preHandler: async (request, reply) => { if (!request.isAdmin()) return reply.fail(403, 'no') } }, async () => 1)
    app.get('/counted', { preHandler: async (request, reply) => { if (!request.isAdmin()) return reply.fail(404, 'no') } }, async () => 2)
    await app.listen({ port: 3000 })
  `)
  expect(model.routes.map((route) => protectsRoute(model, route, 'auth').answer)).toEqual(['yes', 'no'])
})

test('several of them: an array of methods, all(), an object, a loop', () => {
  const model = modelOf(`
    //- /app.js
    import { fastify } from 'fastify'
    const app = fastify()
    app.route({ method: ['GET', 'POST'], url: '/both', handler: async () => 1 })
    app.all('/any', async () => 1)
    for (const name of ['a', 'b']) app.get('/' + name, { handler: async () => 1 })
    app.after(() => { app.get('/after', async () => 1) })
    app.ready(() => undefined)
    app.listen({ port: 3000 })
  `)
  expect(routes(model)).toEqual(['GET /both', 'POST /both', 'ALL /any', 'GET /a', 'GET /b', 'GET /after'])
})

test('who verifies a token: awaited, returned, and caught with an answer', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.get('/awaited', { onRequest: async (request) => { await request.jwtVerify() } }, async () => 1)
    app.get('/returned', { onRequest: [async (request) => request.jwtVerify()] }, async () => 1)
    app.get('/answered', { onRequest: async (request, reply) => { try { await request.jwtVerify() } catch (error) { reply.send(error) } } }, async () => 1)
    app.get('/forgotten', { onRequest: async (request) => { request.jwtVerify() } }, async () => 1)
    app.get('/swallowed', { onRequest: async (request) => { try { await request.jwtVerify() } catch { request.log.warn('no token') } } }, async () => 1)
    app.listen({ port: 3000 })
  `)
  expect(model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'auth').answer}`)).toEqual([
    '/awaited yes',
    '/returned yes',
    '/answered yes',
    '/forgotten no',
    '/swallowed no',
  ])
})

test('settings that fastify-cli gets: options of the module where they are asked for, proxies by flags', () => {
  const trusted = (start: string): readonly string[] =>
    modelOf(`
      //- /package.json
      { "scripts": { "start": "${start}", "dev": "fastify start -w --options --trust-proxy-enabled app.js" }, "dependencies": { "fastify": "^5.0.0", "fastify-cli": "^7.0.0" } }
      //- /app.js
      module.exports = async function (fastify) { fastify.get('/', async () => 1) }
      module.exports.options = { trustProxy: 'loopback' }
    `).apps.flatMap(({ scope }) => scope.settings.filter(({ name }) => name === 'trustProxy').map(({ value }) => words(value)))
  expect(trusted('fastify start app.js')).toEqual([])
  expect(trusted('fastify start -l info --options app.js')).toEqual(["'loopback'"])
  expect(trusted('fastify start --trust-proxy-ips 10.0.0.0/8 app.js')).toEqual(["'10.0.0.0/8'"])
  expect(trusted('fastify start --trust-proxy-enabled app.js')).toEqual(['true'])
})

test('options beside a plugin that is the default export are read by fastify-cli too, and the plugin gets them', () => {
  const model = modelOf(`
    //- /package.json
    { "type": "module", "scripts": { "start": "fastify start --options app.js" }, "dependencies": { "fastify": "^5.0.0", "fastify-cli": "^7.0.0" } }
    //- /app.js
    export const options = { bodyLimit: 1000, base: '/v1' }
    export default async function (fastify, opts) { fastify.get(opts.base, async () => 1) }
  `)
  expect(model.apps[0]?.scope.settings.map(({ name }) => name)).toEqual(['logger', 'bodyLimit', 'base'])
  expect(routes(model)).toEqual(['GET /v1'])
})

test('handlers and hooks run on the context in which they stand', () => {
  const model = modelOf(`
    //- /app.js
    const app = require('fastify')()
    app.decorate('store', { put: async (id) => fetch('http://store.internal/' + id, { method: 'PUT' }) })
    app.register(async (inner) => {
      inner.decorate('refuse', (reply) => reply.code(429).send('slow down'))
      inner.get('/', { preHandler: function (request, reply, done) { this.refuse(reply) } }, async function (request) { return this.store.put(request.id) })
    })
    app.listen({ port: 3000 })
  `)
  const calls = model.routes.flatMap(({ chain }) =>
    chain.flatMap(({ value }) => (value.kind === 'function' ? model.summaryOf(value).calls : [])),
  )
  expect(calls.map(({ callee }) => (callee.kind === 'member' ? callee.name : callee.kind === 'global' ? callee.name : ''))).toEqual(
    expect.arrayContaining(['send', 'fetch']),
  )
})

test('procedures of tRPC are routes of the project', () => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
    import { appRouter } from './router.js'
    const app = Fastify()
    app.register(async (inner) => {
      inner.addHook('onRequest', async function count() {})
      inner.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router: appRouter } })
    }, { prefix: '/api' })
    await app.listen({ port: 3000 })
    //- /router.js
    export const appRouter = {}
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@trpc/server": "^11.0.0" } }
  `)
  expect(routes(model)).toEqual(['ALL /api/trpc/:path ← onRequest count'])
})
