// Limiters of packages that ask a function whether a request goes past them: `skip`, `allowList`, `skipIf`, `shouldSkip`.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { nestFixture } from '../../testing/nestFixture.js'
import type { ProjectModel } from './model.js'
import { protectsRoute } from './queries.js'

const limits = (model: ProjectModel): string => model.routes.map((route) => protectsRoute(model, route, 'rate-limit').answer).join(' ')

/** For `GET /health`, `POST /login` and `GET /items/:id` behind express-rate-limit. */
function express(skip: string): string {
  return limits(
    modelOf(`
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    const open = new Set(['/health', '/metrics'])
    app.use(rateLimit({ windowMs: 60_000, limit: 100, skip: ${skip} }))
    const answer = (req, res) => res.json({})
    app.get('/health', answer)
    app.post('/login', answer)
    app.get('/items/:id', answer)
    app.listen(3000)
  `),
  )
}

test.each([
  ["(req) => req.path === '/health'", 'no yes yes'],
  ["async (req) => req.path === '/health'", 'no yes yes'],
  ["(req) => { if (req.path === '/health') return true; return false }", 'no yes yes'],
  ["(req) => { if (req.path === '/health') return true }", 'no yes yes'],
  ['(req) => open.has(req.path)', 'no yes yes'],
  ["(req) => req.method === 'GET'", 'no yes no'],
  ["(req) => (req.method === 'POST' ? false : true)", 'no yes no'],
  ["({ method, path }) => ['GET', 'HEAD'].includes(method) && path.startsWith('/items')", 'yes yes no'],
  ["(req) => { switch (req.path) { case '/health': case '/metrics': return true; default: return false } }", 'no yes yes'],
  ["(req) => req.ip === '127.0.0.1' || req.path === '/health'", 'no yes yes'],
  ["(req) => { if (req.ip === '127.0.0.1') return true; return req.path === '/health' }", 'no yes yes'],
  // What else is asked may keep the request in.
  ["(req) => req.path === '/health' && req.ip === '127.0.0.1'", 'yes yes yes'],
  ["(req) => { if (req.path === '/health') { if (req.query.all) return true } }", 'yes yes yes'],
  ["(req) => { if (req.headers['x-inner']) return true }", 'yes yes yes'],
  ["(req) => req.path !== '/health' && req.path !== '/login' && !req.path.startsWith('/items')", 'yes yes yes'],
  ['(req) => whoKnows(req)', 'yes yes yes'],
])('express-rate-limit, skip: %s', (skip, expected) => {
  expect(express(skip)).toBe(expected)
})

test('behind a mount the path that skip sees begins there', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use('/api', rateLimit({ limit: 5, skip: (req) => req.path === '/keys' || req.path === '/api/open' }))
    app.get('/api/keys', (req, res) => res.json({}))
    app.get('/api/open', (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(limits(model)).toBe('no yes')
})

/** For `GET /own` with a limit of its own, `GET /closed` that leaves nobody out, `POST /login`, and `GET /health` that says that it is open. */
test.each([
  ["(request) => request.url === '/health'", 'yes yes yes no'],
  ["async (request) => ['/own', '/closed'].includes(request.routeOptions.url)", 'no yes yes yes'],
  ['(request) => request.routeOptions.config.open', 'yes yes yes no'],
  ["(request, key) => key === '127.0.0.1'", 'yes yes yes yes'],
  ["['127.0.0.1']", 'yes yes yes yes'],
])('@fastify/rate-limit, allowList: %s', (allowList, expected) => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import limit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(limit, { max: 100, allowList: ${allowList} })
    app.get('/own', { config: { rateLimit: { max: 3 } } }, async () => 1)
    app.get('/closed', { config: { rateLimit: { max: 3, allowList: () => false } } }, async () => 1)
    app.post('/login', async () => 1)
    app.get('/health', { config: { open: true } }, async () => 1)
    await app.listen({ port: 3000 })
  `)
  expect(limits(model)).toBe(expected)
})

/** For `POST /auth/login` and `GET /auth/me`. */
function nest(module: string, guard: string, main = ''): string {
  return limits(
    modelOf(
      nestFixture(`
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { rateLimit } from 'express-rate-limit'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      ${main}
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Body, Controller, ExecutionContext, Get, Injectable, Module, Post } from '@nestjs/common'
    import { APP_GUARD } from '@nestjs/core'
    import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
    @Injectable()
    class OwnGuard extends ThrottlerGuard {
      protected async shouldSkip(context: ExecutionContext): Promise<boolean> {
        const request = context.switchToHttp().getRequest()
        return request.url === '/auth/me'
      }
    }
    @Controller('auth')
    class AuthController {
      @Post('login') login(@Body() body: unknown) { return body }
      @Get('me') me() { return {} }
    }
    @Module({ imports: [${module}], controllers: [AuthController], providers: [${guard}] })
    export class AppModule {}
  `),
    ),
  )
}

const guardOf = (name: string): string => `{ provide: APP_GUARD, useClass: ${name} }`
const throttlers = 'throttlers: [{ ttl: 60_000, limit: 10 }]'

test.each([
  ["(context) => context.switchToHttp().getRequest().url.startsWith('/auth/me')", 'yes no'],
  ["(context) => context.switchToHttp().getRequest().method === 'POST'", 'no yes'],
  ["(context) => context.switchToHttp().getRequest().ip === '10.0.0.1'", 'yes yes'],
])('@nestjs/throttler, skipIf: %s', (skipIf, expected) => {
  expect(nest(`ThrottlerModule.forRoot({ ${throttlers}, skipIf: ${skipIf} })`, guardOf('ThrottlerGuard'))).toBe(expected)
})

test('a guard of throttler that overrides shouldSkip', () => {
  expect(nest(`ThrottlerModule.forRoot({ ${throttlers} })`, guardOf('OwnGuard'))).toBe('yes no')
})

test('what a Nest application uses directly sees the path as Express has it', () => {
  expect(nest('', '', "app.use(rateLimit({ limit: 5, skip: (req) => req.path === '/auth/me' }))")).toBe('yes no')
  expect(nest('', '', "app.use('/auth', rateLimit({ limit: 5, skip: (req) => req.path === '/login' }))")).toBe('no yes')
})
