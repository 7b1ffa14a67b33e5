// Who is protected by what, and how sure that is.
import { expect, test } from 'vitest'
import { modelOf, type TestConfiguration } from '../../testing/model.js'
import { chainText } from './chainText.js'
import type { App, Capability, ProjectModel, Route } from './model.js'
import { appsOf, linksWith, middlewareOf, protectsApp, protectsRoute, routesOf } from './queries.js'
import { registrationsOf, scopesOf } from './registrations.js'

const packageFile = `
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
`

interface Booted {
  readonly model: ProjectModel
  readonly app: App
  readonly route: (path: string, method?: string) => Route
}

function boot(code: string, configuration: TestConfiguration = {}): Booted {
  const model = modelOf(
    `${packageFile}//- /a.js
const express = require('express')
const helmet = require('helmet')
const cors = require('cors')
const rateLimit = require('express-rate-limit')
const app = express()
const ok = (req, res) => res.json({ ok: true })
${code}
app.listen(1)
`,
    configuration,
  )
  const app = model.apps[0]
  if (app === undefined) throw new Error('no application')
  const route = (path: string, method = 'GET'): Route => {
    const found = model.routes.find((one) => one.path === path && one.method === method)
    if (found === undefined)
      throw new Error(`no route ${method} ${path} among ${model.routes.map((one) => `${one.method} ${one.path}`).join()}`)
    return found
  }
  return { model, app, route }
}

/** The answer for a route, with `?` where it is conditional. */
function answer({ model, route }: Booted, path: string, capability: Capability): string {
  const protection = protectsRoute(model, route(path), capability)
  return protection.answer + (protection.isConditional ? '?' : '')
}

test('order and paths decide', () => {
  const booted = boot(`
app.get('/early', ok)
app.use('/api', rateLimit())
app.use(helmet())
app.get('/api/x', ok)
app.get('/other', cors(), ok)`)
  expect(['/early', '/api/x', '/other'].map((path) => answer(booted, path, 'security-headers'))).toEqual(['no', 'yes', 'yes'])
  expect(['/early', '/api/x', '/other'].map((path) => answer(booted, path, 'rate-limit'))).toEqual(['no', 'yes', 'no'])
  expect(['/api/x', '/other'].map((path) => answer(booted, path, 'cors'))).toEqual(['no', 'yes'])
})

test('what stands in front of a route, and as one line', () => {
  const { route } = boot(
    "const guard = (req, res, next) => next()\nif (process.env.NODE_ENV === 'development') app.use(cors())\napp.use(helmet())\napp.get('/x', guard, ok)",
  )
  expect(middlewareOf(route('/x')).length).toBe(2)
  expect(chainText(route('/x'))).toBe('helmet() → guard → ok')
})

test('what only development has protects nothing', () => {
  const booted = boot("if (process.env.NODE_ENV !== 'production') app.use(rateLimit())\napp.get('/x', ok)")
  expect(answer(booted, '/x', 'rate-limit')).toBe('no')
  expect(registrationsOf(booted.model, booted.app, 'rate-limit').map(({ isOff }) => isOff)).toEqual([true])
})

test('a flag makes a protection conditional, and is named', () => {
  const booted = boot("if (process.env.ENABLE_LIMITS) app.use(rateLimit())\napp.get('/x', ok)")
  const protection = protectsRoute(booted.model, booted.route('/x'), 'rate-limit')
  expect(protection).toMatchObject({ answer: 'yes', isConditional: true, flags: ['ENABLE_LIMITS'], by: 'code' })
  expect(protectsApp(booted.model, booted.app, 'rate-limit')).toMatchObject({
    answer: 'yes',
    isConditional: true,
    flags: ['ENABLE_LIMITS'],
  })
})

test('a flag that brings the route too is no condition', () => {
  const booted = boot("if (process.env.ADMIN) { app.use('/admin', rateLimit()); app.get('/admin/x', ok) }\napp.get('/y', ok)")
  expect(answer(booted, '/admin/x', 'rate-limit')).toBe('yes')
  const mounted = boot(
    "const router = express.Router()\nrouter.use(rateLimit())\nrouter.get('/x', ok)\nif (process.env.ADMIN) app.use('/admin', router)",
  )
  expect(answer(mounted, '/admin/x', 'rate-limit')).toBe('yes')
})

test('an unconditional link wins over a conditional one', () => {
  const booted = boot("if (process.env.FLAG) app.use(rateLimit())\napp.use(rateLimit({ max: 3 }))\napp.get('/x', ok)")
  const protection = protectsRoute(booted.model, booted.route('/x'), 'rate-limit')
  expect(protection).toMatchObject({ answer: 'yes', isConditional: false, flags: [] })
  expect(protection.links.length).toBe(1)
  expect(linksWith(booted.model, booted.route('/x'), 'rate-limit').length).toBe(2)
})

test('one security header is none, two protections are', () => {
  const one = boot("app.use(helmet.frameguard())\napp.get('/x', ok)")
  expect(protectsRoute(one.model, one.route('/x'), 'security-headers')).toMatchObject({ answer: 'no', headers: ['x-frame-options'] })
  expect(answer(boot("app.use(helmet.frameguard())\napp.use(helmet.noSniff())\napp.get('/x', ok)"), '/x', 'security-headers')).toBe('yes')
  expect(
    answer(
      boot(
        "app.use((req, res, next) => { res.set('X-Frame-Options', 'DENY'); next() })\napp.get('/x', (req, res) => { res.set('X-Content-Type-Options', 'nosniff'); res.end() })",
      ),
      '/x',
      'security-headers',
    ),
  ).toBe('yes')
})

test('code in the way that is not understood makes it unknown, unlisted packages only less sure', () => {
  const blind = boot("app.use(require(process.env.PLUGIN))\napp.get('/x', ok)")
  expect(protectsRoute(blind.model, blind.route('/x'), 'rate-limit')).toMatchObject({ answer: 'unknown', confidence: 'medium' })
  const unlisted = boot("app.use(require('some-unlisted-thing')())\napp.get('/x', ok)")
  expect(protectsRoute(unlisted.model, unlisted.route('/x'), 'rate-limit')).toMatchObject({
    answer: 'no',
    confidence: 'medium',
    unlistedPackages: ['some-unlisted-thing'],
  })
  const clear = boot("app.use(require('morgan')('dev'))\napp.get('/x', ok)")
  expect(protectsRoute(clear.model, clear.route('/x'), 'rate-limit')).toMatchObject({
    answer: 'no',
    confidence: 'high',
    unlistedPackages: [],
  })
  const found = boot("app.use(require(process.env.PLUGIN))\napp.use(rateLimit())\napp.get('/x', ok)")
  expect(answer(found, '/x', 'rate-limit')).toBe('yes')
})

test('a method of something injected as last handler does not blind', () => {
  const booted = boot(
    "module.exports = (controller) => controller\nfunction routes(controller) { app.get('/x', controller.show) }\nroutes(globalThis.controller)",
  )
  expect(answer(booted, '/x', 'rate-limit')).toBe('no')
})

test('the gateway counts', () => {
  const booted = boot("app.get('/x', ok)", { gateway: ['rate-limit'] })
  expect(protectsRoute(booted.model, booted.route('/x'), 'rate-limit')).toMatchObject({ answer: 'yes', by: 'gateway', confidence: 'high' })
  expect(answer(booted, '/x', 'cors')).toBe('no')
  expect(protectsApp(booted.model, booted.app, 'rate-limit')).toMatchObject({ answer: 'yes', by: 'gateway' })
})

test("what a gateway's own file says counts for that alone: a limit sets no headers, and headers limit nothing", () => {
  const behind = (lines: string): readonly string[] => {
    const booted = boot(`app.get('/', ok)
app.listen(1)
//- /nginx.conf
server {
  location / {
    ${lines}
    proxy_pass http://app:3000;
  }
}
//- /end.js
const app = { listen() {} }`)
    return (['rate-limit', 'security-headers', 'hide-powered-by', 'cors'] as const).map((one) => answer(booted, '/', one))
  }
  expect(behind('')).toEqual(['no', 'no', 'no', 'no'])
  expect(behind('limit_req zone=one;')).toEqual(['yes', 'no', 'no', 'no'])
  expect(behind('add_header X-Content-Type-Options nosniff;\n    add_header X-Frame-Options DENY;')).toEqual(['no', 'yes', 'no', 'no'])
  expect(behind('proxy_hide_header X-Powered-By;')).toEqual(['no', 'no', 'yes', 'no'])
})

test('applications: covered, uncovered and unknown routes', () => {
  const { model, app } = boot("app.get('/early', ok)\napp.use(helmet())\napp.get('/late', ok)\napp.options('*splat', cors())")
  const protection = protectsApp(model, app, 'security-headers')
  expect(protection.answer).toBe('no')
  expect(protection.covered.map((one) => one.path)).toEqual(['/late'])
  expect(protection.uncovered.map((one) => one.path)).toEqual(['/early'])
  expect(protection.unknown).toEqual([])
  expect(appsOf(model, 'express')).toEqual([app])
  expect(appsOf(model, 'fastify')).toEqual([])
  expect(routesOf(model, app).length).toBe(3)
})

test('an application with unknown routes only is unknown', () => {
  const { model, app } = boot("app.use(require(process.env.PLUGIN))\napp.get('/x', ok)")
  expect(protectsApp(model, app, 'cors')).toMatchObject({ answer: 'unknown', isConditional: false })
})

test('an application without routes is judged by its layers', () => {
  const served = boot("app.use(helmet())\napp.use(express.static('public'))")
  expect(protectsApp(served.model, served.app, 'security-headers').answer).toBe('yes')
  expect(protectsApp(served.model, served.app, 'rate-limit').answer).toBe('no')
  const scoped = boot("app.use('/api', helmet())")
  expect(protectsApp(scoped.model, scoped.app, 'security-headers').answer).toBe('no')
  const flagged = boot('if (process.env.FLAG) app.use(helmet())')
  expect(protectsApp(flagged.model, flagged.app, 'security-headers')).toMatchObject({ answer: 'yes', isConditional: true, flags: ['FLAG'] })
})

test('handlers of earlier routes protect only where they pass the request on', () => {
  const passing = boot("app.all('/x', rateLimit())\napp.get('/x', ok)")
  expect(answer(passing, '/x', 'rate-limit')).toBe('yes')
  const ending = boot(
    "app.get('/x', (req, res) => { res.set('Access-Control-Allow-Origin', '*'); res.end() })\napp.post('/y', ok)\napp.get('/*splat', ok)",
  )
  expect(answer(ending, '/*splat', 'cors')).toBe('no')
})

test('registrations are found wherever they stand', () => {
  const { model, app } = boot(
    "const router = express.Router()\napp.get('/x', ok)\napp.use('/api', router)\nrouter.post('/login', rateLimit({ max: 5 }), ok)\napp.use(rateLimit())",
  )
  expect(registrationsOf(model, app, 'rate-limit').map(({ path, isOff }) => [path, isOff])).toEqual([
    ['/', false],
    ['/api/login', false],
  ])
  expect(scopesOf(app).map(({ path }) => path)).toEqual(['', '/api'])
})

test('what an earlier handler of all requests to a path sets is no protection when it answers them', () => {
  const ending = boot("app.all('/x', (req, res) => { res.set('Access-Control-Allow-Origin', '*'); res.end() })\napp.get('/x', ok)")
  expect(answer(ending, '/x', 'cors')).toBe('no')
  const own = boot("app.get('/x', (req, res) => { res.set('Access-Control-Allow-Origin', '*'); res.end() })")
  expect(answer(own, '/x', 'cors')).toBe('yes')
})

test('an earlier handler that was not understood does not blind the routes beside it', () => {
  const booted = boot("app.all('/x', require(process.env.PLUGIN))\napp.get('/x', ok)")
  const [, second] = booted.model.routes.filter(({ path }) => path === '/x')
  expect(protectsRoute(booted.model, second ?? booted.route('/x'), 'rate-limit').answer).toBe('no')
})

test('an application without routes: layers on its root count, the gateway counts, paths and switches do not', () => {
  const root = boot("app.use('/', helmet())")
  expect(protectsApp(root.model, root.app, 'security-headers')).toMatchObject({ answer: 'yes', isConditional: false })
  const gateway = boot('app.use(helmet())', { gateway: ['rate-limit'] })
  expect(protectsApp(gateway.model, gateway.app, 'rate-limit')).toMatchObject({ answer: 'yes', by: 'gateway' })
  const plain = boot('app.use(helmet())')
  expect(protectsApp(plain.model, plain.app, 'security-headers').isConditional).toBe(false)
})

test('an application is looked at along the chain of its first route', () => {
  const { model, app, route } = boot("app.use(helmet())\napp.get('/x', ok)\napp.use(cors())\napp.get('/y', ok)")
  expect(protectsApp(model, app, 'rate-limit').looked).toEqual(route('/x').chain.map(({ at }) => at))
})

test('an application is as sure as its surest gap, or as its least sure protection', () => {
  const gaps = boot("app.get('/sure', ok)\napp.use(require('some-unlisted-thing')())\napp.get('/behind', ok)")
  expect(protectsApp(gaps.model, gaps.app, 'rate-limit')).toMatchObject({ answer: 'no', confidence: 'high' })
  const behind = boot("app.use(require('some-unlisted-thing')())\napp.get('/behind', ok)")
  expect(protectsApp(behind.model, behind.app, 'rate-limit')).toMatchObject({ answer: 'no', confidence: 'medium' })
  const mixed = boot("app.get('/limited', rateLimit(), ok)\napp.use(require(process.env.PLUGIN))\napp.get('/x', ok)")
  expect(protectsApp(mixed.model, mixed.app, 'rate-limit')).toMatchObject({ answer: 'unknown', confidence: 'medium' })
  const one = boot(
    "app.get('/early', ok)\napp.use(rateLimit())\napp.get('/x', ok)\nif (process.env.CORS) app.use(cors())\napp.get('/y', ok)",
  )
  expect(protectsApp(one.model, one.app, 'rate-limit').conditional).toEqual([])
  expect(protectsApp(one.model, one.app, 'cors').conditional.map(({ path }) => path)).toEqual(['/y'])
})

test('one uncovered route is as sure as itself, whatever covers the others', () => {
  const { model, app } = boot("app.get('/limited', rateLimit(), ok)\napp.use(require('some-unlisted-thing')())\napp.get('/x', ok)")
  expect(protectsApp(model, app, 'rate-limit')).toMatchObject({ answer: 'no', confidence: 'medium' })
})

test('a last handler from a file that is not there may limit by itself', () => {
  expect(answer(boot("app.get('/x', require('./generated-handler'))"), '/x', 'rate-limit')).toBe('unknown')
})

test('a handler that takes a part of the requests only stands beside a route, not in front', () => {
  const { route } = boot("app.get(/^\\/r/, cors(), (req, res, next) => next())\napp.get('/:id', helmet(), ok)")
  expect(chainText(route('/:id'))).toBe('helmet() → ok')
})
