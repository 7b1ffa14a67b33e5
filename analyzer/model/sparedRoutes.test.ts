// Hooks of Fastify that ask the route whether they are meant for it.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { protectsRoute } from './queries.js'

const refuse = "if (!request.headers.authorization) return reply.code(401).send({ error: 'who are you?' })"

/** Answers for a public route, for one that asks for nothing, and for one that wants a role. */
function answers(...body: readonly string[]): string {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    const app = Fastify()
    await app.register(fp(async (all) => {
      all.addHook('onRequest', async (request, reply) => {
        ${body.join('\n        ')}
      })
    }))
    app.get('/public', { config: { public: true, auth: false } }, async () => 1)
    app.get('/plain', async () => 2)
    app.route({ method: 'GET', url: '/roles', config: { roles: ['admin'], auth: 'token' }, handler: async () => 3 })
    await app.listen({ port: 3000 })
  `)
  return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
}

test.each([
  ['a way out for public routes', ['if (request.routeOptions.config.public) return', refuse], 'no yes yes'],
  ['a way out by a comparison', ['const { config } = request.routeOptions', 'if (config.public === true) return', refuse], 'no yes yes'],
  ['only routes that ask for it', ['if (request.routeOptions.config.auth) {', refuse, '}'], 'no no yes'],
  ['all routes that do not say no', ['if (request.routeOptions.config.auth === false) return', refuse], 'no yes yes'],
  [
    'roles of the route',
    [
      'const { roles } = request.context.config',
      "if (roles && !roles.includes(request.headers['x-role'])) return reply.code(403).send({})",
    ],
    'no no yes',
  ],
  ['a token for routes that ask', ["if (request.routeConfig.auth !== 'token') return", 'await request.jwtVerify()'], 'no no yes'],
  ['nothing of the route', [refuse], 'yes yes yes'],
  ['what is not known', ['if (request.routeOptions.config[request.method]) return', refuse], 'yes yes yes'],
])('%s', (_title, body, expected) => {
  expect(answers(...body)).toBe(expected)
})

/** For `GET /login`, `GET /public/a`, `GET /items/:id` and `GET /api/keys`, of which the last stands on a router behind `/api`. */
function byAddress(...body: readonly string[]): string {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const api = express.Router()
    const open = ['/login', '/public/a']
    const openSet = new Set(open)
    const openMap = new Map([['/login', true]])
    const only = ['/login']
    const table = { '/login': true, '/public/a': true }
    const partly = { '/login': true, '/public/a': false }
    const many = ['/q1', '/q2', '/q3', '/q4', '/q5', '/q6', '/q7', '/q8', '/q9', '/login', '/public']
    app.use(async (req, res, next) => {
      ${body.join('\n      ')}
      next()
    })
    const answer = (req, res) => res.json({})
    app.get('/login', answer)
    app.get('/public/a', answer)
    app.get('/items/:id', answer)
    app.use('/api', api)
    api.get('/keys', answer)
    app.listen(3000)
  `)
  return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
}

const strangers = 'if (!req.headers.authorization) return res.status(401).end()'

test.each([
  ["if (req.path === '/login') return next()", 'no yes yes yes'],
  ["if (req.path === '/login' || req.path.startsWith('/public')) return next()", 'no no yes yes'],
  ['if (open.includes(req.path)) return next()', 'no no yes yes'],
  ['if (openSet.has(req.path)) return next()', 'no no yes yes'],
  ["if (open.indexOf(req.originalUrl.split('?')[0]) !== -1) return next()", 'no no yes yes'],
  ['if (open.some((one) => req.path.startsWith(one))) return next()', 'no no yes yes'],
  ['if (many.some((one) => req.path.startsWith(one))) return next()', 'no no yes yes'],
  ['if (/^\\/(login|public)/.test(req.path)) return next()', 'no no yes yes'],
  ['if (/^\\/items/.test(req.url)) return next()', 'yes yes no yes'],
  ["if (req.path.startsWith('/items/7')) return next()", 'yes yes yes yes'],
  ["if (!req.originalUrl.startsWith('/api')) return next()", 'no no no yes'],
  ["if (req.method === 'GET' && !req.path.endsWith('/keys')) return next()", 'no no yes yes'],
  ["if (req.method === 'OPTIONS') return next()", 'yes yes yes yes'],
  ["switch (req.path) { case '/login': case '/public/a': return next() }", 'no no yes yes'],
  ["switch (req.path) { case '/login': return next(); case '/api/keys': next(); return; default: break }", 'no yes yes no'],
  ["switch (true) { case req.path === '/login': return next(); case req.path.startsWith('/public'): return next() }", 'no no yes yes'],
  ["switch (req.method) { case 'OPTIONS': return next() }", 'yes yes yes yes'],
  ["if (req.path === '/login') { return next() } else if (req.path === '/public/a') { return next() }", 'no no yes yes'],
  ['for (const one of open) if (req.path.startsWith(one)) return next()', 'no no yes yes'],
  ['for (let i = 0; i < open.length; i++) { if (req.path === open[i]) { return next() } }', 'no no yes yes'],
  ['for (const one of open) { if (req.path !== one) continue; break }', 'yes yes yes yes'],
  ['for (const one of open) { if (req.query.all && req.path === one) return next() }', 'yes yes yes yes'],
  ['if (open.find((one) => one === req.path)) return next()', 'no no yes yes'],
  ['if (only.find((one) => one === req.path)) return next()', 'no yes yes yes'],
  ['if (only.find((one) => one === req.query.page)) return next()', 'yes yes yes yes'],
  ['if (openMap.has(req.path)) return next()', 'no yes yes yes'],
  ["if (`${req.method} ${req.path}` === 'GET /login') return next()", 'no yes yes yes'],
  ["if (['POST /login', 'GET /public/a'].includes(req.method + ' ' + req.path)) return next()", 'yes no yes yes'],
  ["if (new URL(req.url, 'http://localhost').pathname === '/login') return next()", 'no yes yes yes'],
  ["if (req.path.indexOf('/public') === 0) return next()", 'yes no yes yes'],
  ["if (req.path.slice(0, 7) === '/public') return next()", 'yes no yes yes'],
  ["if (req.path.slice(0, 9) === '/items/77') return next()", 'yes yes yes yes'],
  ["if (req.path.replace(/\\/$/, '') === '/login') return next()", 'no yes yes yes'],
  ["if ((req.path === '/login') === true) return next()", 'no yes yes yes'],
  ["if (req.headers['x-open']) return next()", 'yes yes yes yes'],
  ['if (table[req.path]) return next()', 'no no yes yes'],
  ['if (table[req.path] === true) return next()', 'no no yes yes'],
  ['if (partly[req.path]) return next()', 'no yes yes yes'],
  ['if (partly[req.path] === false) return next()', 'yes no yes yes'],
  ['if (table[req.path] === false) return next()', 'yes yes yes yes'],
  ['if (req.path in table) return next()', 'no no yes yes'],
  ['if (Object.hasOwn(table, req.originalUrl)) return next()', 'no no yes yes'],
  ['if (table.hasOwnProperty(req.path)) return next()', 'no no yes yes'],
  ['if (table[req.query.page]) return next()', 'yes yes yes yes'],
])('%s', (condition, expected) => {
  expect(byAddress(condition, strangers)).toBe(expected)
})

test.each([
  ['open.includes(req.path)', 'await verify(req.headers.authorization)', '', 'no no yes yes'],
  ["req.path === '/login'", "if (!req.headers.authorization) throw new Error('none')", '', 'no yes yes yes'],
  ["req.path === '/login'", "await verify(req.headers.authorization.split(' ')[1])", '', 'no yes yes yes'],
  // What fails before is refused on every route.
  ["req.path === '/login'", 'await verify(token)', "const token = req.headers.authorization.split(' ')[1]", 'yes yes yes yes'],
  ["req.path === '/login'", 'next()', 'await verify(req.headers.authorization)', 'yes yes yes yes'],
])('who leaves early in a try: %s, %s behind %s', (condition, work, before, expected) => {
  const asked = byAddress(
    "const verify = async (token) => require('jsonwebtoken').verify(token, process.env.SECRET)",
    `try { ${before}`,
    `if (${condition}) return next()`,
    `${work}; return next() } catch (error) { return res.status(401).end() }`,
  )
  expect(asked).toBe(expected)
})

/** For `GET /login`, `GET /docs` and `GET /me`, with a list that the environment changes. */
function byList(list: string, asked: string): string {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const listed = (process.env.LISTED ?? '').split(',')
    ${list}
    app.use((req, res, next) => {
      ${asked}
      ${strangers}
      next()
    })
    for (const path of ['/login', '/docs', '/me']) app.get(path, (req, res) => res.json({}))
    app.listen(3000)
  `)
  return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
}

const ways = [
  'if (open.includes(req.path)) return next()',
  'if (open.some((one) => req.path.startsWith(one))) return next()',
  'if (new Set(open).has(req.path)) return next()',
  'for (const one of open) if (req.path === one) return next()',
]

test.each([
  ['what is listed besides', "const open = ['/login', ...listed]", 'no yes yes'],
  ['what is listed in front', "const open = [...(process.env.LISTED?.split(',') ?? []), '/login']", 'no yes yes'],
  ['what is added', "const open = ['/login'].concat(listed)", 'no yes yes'],
  ['what is denied', "const open = ['/login', '/docs'].filter((one) => !listed.includes(one))", 'yes yes yes'],
  ['what is left, and more', "const open = [...['/login'].filter((one) => !listed.includes(one)), '/docs']", 'yes no yes'],
  ['what a variable adds', "const open = ['/login']; if (process.env.DOCS) open.push('/docs')", 'no yes yes'],
  ['what a test keeps', "const open = ['/login', '/docs'].filter((one) => one !== '/docs')", 'no yes yes'],
])('a list with %s', (_title, list, expected) => {
  expect(ways.map((way) => byList(list, way))).toEqual(ways.map(() => expected))
})

test('what hands the request on, and what counts it, spares routes too; other refusals stay', () => {
  expect(
    byAddress("if (req.path === '/login') return next()", "return require('express-jwt').expressjwt({ secret: s })(req, res, next)"),
  ).toBe('no yes yes yes')
  expect(byAddress("if (req.path !== '/login') {", strangers, '}', 'if (!req.user) return res.status(403).end()')).toBe('yes yes yes yes')
})

test('below a mount the path begins behind it', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const api = express.Router()
    api.use((req, res, next) => {
      if (req.path === '/login' || req.originalUrl === '/api/open') return next()
      ${strangers}
      next()
    })
    for (const path of ['/login', '/open', '/api/login', '/me']) api.get(path, (req, res) => res.json({}))
    app.use('/api', api)
    app.listen(3000)
  `)
  expect(model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'auth').answer}`)).toEqual([
    '/api/login no',
    '/api/open no',
    '/api/api/login yes',
    '/api/me yes',
  ])
})

// Run with Express 4.22 and 5.3: a parameter takes its segment off the path, a wildcard all of it.
test('a mount takes off what its parameters and wildcards stand for', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const check = (req, res, next) => {
      if (req.path === '/health') return next()
      ${strangers}
      next()
    }
    const users = express.Router()
    for (const path of ['/health', '/me']) users.get(path, (req, res) => res.json({}))
    app.use('/users/:user', check, users)
    app.use('/:tenant', check)
    app.get('/shop/health', (req, res) => res.json({}))
    app.get('/shop/me', (req, res) => res.json({}))
    app.get('/:tenant/health', (req, res) => res.json({}))
    app.use('/{*rest}', check)
    app.get('/health', (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'auth').answer}`)).toEqual([
    '/users/:user/health no',
    '/users/:user/me yes',
    '/shop/health no',
    '/shop/me yes',
    '/:tenant/health no',
    '/health yes',
  ])
})

test('a route for all methods is behind what spares some of them under a condition', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const unless = (methods) => (req, res, next) => {
      if (methods.includes(req.method)) return next()
      ${strangers}
      next()
    }
    app.all('/reads', unless(['GET', 'HEAD']), (req, res) => res.json({}))
    app.all('/preflights', unless(['OPTIONS']), (req, res) => res.json({}))
    app.all('/none', unless(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']), (req, res) => res.json({}))
    app.post('/writes', unless(['GET', 'HEAD']), (req, res) => res.json({}))
    app.listen(3000)
  `)
  const found = model.routes.map((route) => [route.path, protectsRoute(model, route, 'auth')] as const)
  expect(found.map(([path, { answer, isConditional }]) => `${path} ${answer} ${isConditional}`)).toEqual([
    '/reads yes true',
    '/preflights yes false',
    '/none no false',
    '/writes yes false',
  ])
})

/** With what `unless` of express-unless is given, on middleware of a package and on that of the project. */
function excepted(options: string): readonly string[] {
  return ["require('express-jwt').expressjwt({ secret: s, algorithms: ['HS256'] })", 'own'].map((layer) => {
    const model = modelOf(`
      //- /app.js
      const express = require('express')
      const { unless } = require('express-unless')
      const app = express()
      const own = (req, res, next) => { ${strangers}; next() }
      own.unless = unless
      app.use(${layer}.unless(${options}))
      app.get('/login', (req, res) => res.json({}))
      app.post('/login', (req, res) => res.json({}))
      app.get('/public/:id', (req, res) => res.json({}))
      app.listen(3000)
    `)
    return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
  })
}

test.each([
  ["{ path: ['/login'] }", 'no no yes'],
  ["{ path: '/login' }", 'no no yes'],
  ['{ path: [/^\\/public/] }', 'yes yes no'],
  ["{ path: [{ url: '/login', methods: ['POST'] }] }", 'yes no yes'],
  ["{ method: ['GET'] }", 'no yes no'],
  ['{ custom: (req) => req.local }', 'yes yes yes'],
])('unless(%s)', (options, expected) => {
  expect(excepted(options)).toEqual([expected, expected])
})

test.each([
  ["if (['/login', '/items/:id'].includes(request.routeOptions.url)) return", 'no no yes'],
  ["if (request.routerPath === '/login') return", 'no yes yes'],
  ["if (request.url.startsWith('/items')) return", 'yes no yes'],
  ["if (request.url.split('?')[0] === '/login' && request.method === 'POST') return", 'yes yes yes'],
])('a hook of Fastify: %s', (condition, expected) => {
  const model = modelOf(`
    //- /app.js
    const app = require('fastify')()
    app.addHook('onRequest', async (request, reply) => {
      ${condition}
      if (!request.headers.authorization) return reply.code(401).send({})
    })
    app.get('/login', async () => 1)
    app.get('/items/:id', async () => 2)
    app.get('/me', async () => 3)
    app.listen({ port: 3000 })
  `)
  expect(model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')).toBe(expected)
})

test('a guard of Nest lets the paths pass that it names', () => {
  const model = modelOf(
    nestFixture(`
    //- /app.module.ts
    import { Body, CanActivate, Controller, ExecutionContext, Get, Module, Post, UnauthorizedException } from '@nestjs/common'
    import { APP_GUARD } from '@nestjs/core'
    const OPEN = ['/auth/login']
    class TokenGuard implements CanActivate {
      canActivate(context: ExecutionContext) {
        const request = context.switchToHttp().getRequest()
        if (OPEN.includes(request.path)) return true
        if (!request.headers.authorization) throw new UnauthorizedException()
        return true
      }
    }
    @Controller('auth')
    class AuthController {
      @Post('login') login(@Body() body: unknown) { return body }
      @Get('me') me() { return {} }
    }
    @Module({ controllers: [AuthController], providers: [{ provide: APP_GUARD, useClass: TokenGuard }] })
    export class AppModule {}
  `),
  )
  expect(model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'auth').answer}`)).toEqual([
    '/auth/login no',
    '/auth/me yes',
  ])
})
