// Tests of require-csrf-protection.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const MARK = '//          ^^^^^^^^^'
const express = (mark: string, lines: string, cookie = '{ secure: true }'): string => `
  //- /app.js
  const express = require('express')
  const session = require('express-session')
  const passport = require('passport')
  const app = express()
  ${mark}
  app.use(express.urlencoded({ extended: false }))
  app.use(session({ secret: process.env.SECRET, cookie: ${cookie} }))
  ${lines}
  app.listen(3000)
`

test('routes that ask the session who it is', () => {
  for (const route of [
    `app.post('/transfer', async (req, res) => { await pay(req.session.userId, req.body.to); res.json({}) })`,
    `app.post('/transfer', (req, res) => { if (!req.session.user) return res.sendStatus(401); res.json({}) })`,
    `app.post('/transfer', async (req, res) => { const { user } = req.session; await pay(user.id); res.json({}) })`,
    `const login = (req, res, next) => { if (req.session.loggedIn) next(); else res.redirect('/login') }
  app.post('/transfer', login, async (req, res) => { await pay(req.body.to); res.json({}) })`,
    `app.use(passport.session())
  app.post('/transfer', async (req, res) => { await pay(req.user.id); res.json({}) })`,
    `app.use(passport.session())
  app.post('/transfer', (req, res, next) => { if (!req.isAuthenticated()) return res.sendStatus(401); next() }, (req, res) => res.json({}))`,
    `app.all('/transfer', async (req, res) => { await pay(req.session.user.id); res.json({}) })`,
  ])
    check(rule, express(`${MARK} [medium warning] Other sites can make requests to`, route))
})

test('one finding for the application, with its routes and the cookie', () => {
  const [finding] = check(
    rule,
    express(
      `${MARK} [medium] requests to POST /transfer and 1 more with the cookie of a user. => no fix`,
      `const api = express.Router()
  api.use((req, res, next) => (req.session.user ? next() : res.sendStatus(401)))
  api.post('/notes', (req, res) => res.json({}))
  api.get('/notes', (req, res) => res.json([]))
  app.post('/transfer', (req, res) => res.json(pay(req.session.user)))
  app.use('/api', api)
  app.delete('/account', (req, res) => res.json(remove(req.session.user)))
  app.post('/login', async (req, res) => { req.session.user = await find(req.body); res.json({}) })
  app.post('/logout', (req, res) => { req.session.destroy(() => res.json({})) })`,
    ),
  )
  expect(finding?.related.map(({ message, role }) => `${role} ${message}`)).toEqual([
    'affected POST /transfer',
    'affected POST /api/notes',
    'evidence The session cookie is set here',
  ])
  expect(finding?.why).toContain('it has no SameSite')
})

test('how sure it is: SameSite none is a wish, and browsers ask before they delete', () => {
  const [finding] = check(
    rule,
    express(
      `${MARK} [high] POST /a`,
      `app.post('/a', (req, res) => res.json(pay(req.session.user)))`,
      `{ secure: true, sameSite: 'none' }`,
    ),
  )
  expect(finding?.why).toContain('its SameSite is none')
  check(
    rule,
    express(
      `${MARK} [medium] POST /a`,
      `app.post('/a', (req, res) => res.json(pay(req.session.user)))`,
      `{ secure: true, sameSite: 'none' }`,
    ).replace('express.urlencoded({ extended: false })', 'express.json()'),
  )
  check(
    rule,
    express(
      `${MARK} [low warning] Only the rules of CORS keep other sites from DELETE /a`,
      `app.delete('/a', (req, res) => res.json(remove(req.session.user)))`,
    ),
  )
})

test('what no form sends: JSON where nothing reads forms', () => {
  const json = (mark: string, route: string, parser = 'express.json()'): string =>
    express(mark, route).replace('express.urlencoded({ extended: false })', parser)
  const paying = `app.post('/a', async (req, res) => { await pay(req.session.userId, req.body.to); res.json({}) })`
  const low = `${MARK} [low warning] Only the rules of CORS keep other sites from POST /a with the cookie`
  const [finding] = check(rule, json(low, paying))
  expect(finding?.why).toContain('No form makes such requests')
  check(rule, json(low, paying, `express.json({ type: ['application/json', 'application/vnd.api+json'] })`))
  check(rule, json(`${MARK} [medium] POST /a with`, paying, `express.json({ type: '*/*' })`))
  check(rule, json(`${MARK} [medium] POST /a with`, paying, `express.json({ type: ['application/json', 'text/plain'] })`))
  check(rule, json(`${MARK} [medium] POST /a with`, `app.use(express.urlencoded({ extended: true }))\n  ${paying}`))
  check(
    rule,
    json(
      `${MARK} [medium] Other sites can make requests to POST /close with`,
      `${paying}\n  app.post('/close', async (req, res) => { await close(req.session.userId); res.json({}) })`,
    ),
  )
})

test('what no form sends to Fastify, which answers 415 unless a parser is registered', () => {
  const app = (mark: string, lines: string, read = 'request.body.to'): string => `
  //- /app.js
  import Fastify from 'fastify'
  import cookie from '@fastify/cookie'
  import session from '@fastify/session'
  import formbody from '@fastify/formbody'
  import multipart from '@fastify/multipart'
  const app = Fastify()
  ${mark}
  await app.register(cookie)
  await app.register(session, { secret: process.env.SECRET, cookie: { secure: true, sameSite: 'none' } })
  ${lines}
  app.post('/a', async (request) => pay(request.session.userId, ${read}))
  await app.listen({ port: 3000 })
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/cookie": "^11.0.0", "@fastify/session": "^11.0.0" } }
`
  check(rule, app(`${MARK} [low] Only the rules of CORS keep other sites from POST /a`, ''))
  check(
    rule,
    app(
      `${MARK} [low]`,
      `app.addContentTypeParser('application/csp+json', { parseAs: 'string' }, (request, body, done) => done(null, {}))`,
    ),
  )
  check(rule, app(`${MARK} [high] POST /a`, 'await app.register(formbody)'))
  check(rule, app(`${MARK} [high] POST /a`, 'await app.register(multipart)'))
  check(
    rule,
    app(
      `${MARK} [medium] POST /a`,
      `app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => done(null, JSON.parse(body)))`,
    ),
  )
  check(rule, app(`${MARK} [medium] POST /a`, '', `'me'`))
})

test('a token in a cookie', () => {
  const app = (options: string, mark: string, read = 'req.cookies.token'): string => `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const { protect } = require('./protect')
    const app = express()
    ${mark}
    app.use(require('cookie-parser')())
    app.post('/login', async (req, res) => {
      res.cookie('token', jwt.sign({ id: await check(req.body) }, process.env.JWT_SECRET), ${options})
      res.json({})
    })
    app.post('/transfer', protect, (req, res) => res.json(pay(req.body)))
    app.listen(3000)
    //- /protect.js
    const jwt = require('jsonwebtoken')
    exports.protect = (req, res, next) => {
      const token = ${read}
      if (!token) return res.sendStatus(401)
      req.user = jwt.verify(token, process.env.JWT_SECRET)
      next()
    }
  `
  check(rule, app(`{ httpOnly: true, secure: true }`, `${MARK} [medium] POST /transfer`))
  check(
    rule,
    app(
      `{ httpOnly: true, secure: true }`,
      `${MARK} [medium] POST /transfer`,
      `req.cookies.token || req.headers.authorization?.split(' ')[1]`,
    ),
  )
  check(rule, app(`{ httpOnly: true, secure: true, sameSite: 'strict' }`, ''))
  check(
    rule,
    app(`{ httpOnly: true, secure: true }`, `${MARK} [medium] POST /transfer`)
      .replace('exports.protect = (req, res, next) => {', "exports.protect = require('express-async-handler')(async (req, res, next) => {")
      .replace('next()\n    }', 'next()\n    })'),
  )
  check(rule, app(`{ httpOnly: true, secure: true }`, '', `req.headers.authorization?.split(' ')[1]`))
  check(rule, app(`{ httpOnly: true, secure: true }`, '', `req.cookies.theme`))
  check(rule, app(`require('./options')`, ''))
})

test('bearer tokens, webhooks, reading alone', () => {
  for (const lines of [
    `app.post('/transfer', (req, res, next) => (verify(req.headers.authorization) ? next() : res.sendStatus(401)), (req, res) => res.json({}))`,
    `app.get('/profile', (req, res) => res.json(req.session.user))`,
    `app.post('/login', async (req, res) => { const user = await find(req.body); if (!user) return res.sendStatus(401); req.session.user = user; res.json({}) })`,
    `app.post('/contact', (req, res) => res.json(mail(req.body)))`,
    `app.post('/transfer', passport.authenticate('jwt', { session: false }), (req, res) => res.json(pay(req.user)))`,
    `app.post('/cart', (req, res) => { req.session.cart = [req.body.item]; res.json({}) })`,
  ])
    check(rule, express('', lines))
})

test('SameSite keeps the cookie at home, or may', () => {
  for (const cookie of [
    `{ secure: true, sameSite: 'lax' }`,
    `{ secure: true, sameSite: 'strict' }`,
    `{ secure: true, sameSite: process.env.SAME_SITE }`,
    `{ secure: true, sameSite: process.env.NODE_ENV === 'production' ? 'lax' : 'none' }`,
    `require('./cookie')`,
  ])
    check(rule, express('', `app.post('/transfer', (req, res) => res.json(pay(req.session.user)))`, cookie))
})

test('checks of packages, and of the project', () => {
  const route = `app.post('/transfer', (req, res) => res.json(pay(req.session.user)))`
  for (const lines of [
    `const { doubleCsrf } = require('csrf-csrf')
  const { doubleCsrfProtection } = doubleCsrf({ getSecret: () => process.env.CSRF_SECRET, getSessionIdentifier: (req) => req.session.id })
  app.use(doubleCsrfProtection)
  ${route}`,
    `const { csrfSynchronisedProtection } = require('csrf-sync').csrfSync()
  app.use(csrfSynchronisedProtection)
  ${route}`,
    `app.use(require('lusca')({ csrf: true }))
  ${route}`,
    `app.use(require('lusca').csrf())
  ${route}`,
    `app.use((req, res, next) => {
    if (req.method !== 'GET' && req.get('x-csrf-token') !== req.session.csrfToken) return res.sendStatus(403)
    next()
  })
  ${route}`,
    `app.use((req, res, next) => {
    const site = req.get('Sec-Fetch-Site')
    if (site === 'cross-site' || site === 'same-site') return res.status(403).end()
    next()
  })
  ${route}`,
    `app.use((req, res, next) => (req.headers['x-requested-with'] ? next() : res.sendStatus(403)))
  ${route}`,
    `const sameOrigin = (req, res, next) => {
    if (req.headers.origin !== process.env.ORIGIN) throw Object.assign(new Error('no'), { status: 403 })
    next()
  }
  app.post('/transfer', sameOrigin, (req, res) => res.json(pay(req.session.user)))`,
  ])
    check(rule, express('', lines))
})

test('a check that comes too late', () => {
  check(
    rule,
    express(
      `${MARK} [medium] requests to POST /transfer with`,
      `app.post('/transfer', (req, res) => res.json(pay(req.session.user)))
  app.use(require('lusca').csrf())
  app.post('/notes', (req, res) => res.json(note(req.session.user)))`,
    ),
  )
})

test('csurf is archived, and protects', () => {
  check(
    rule,
    express(
      '',
      `app.use(require('csurf')())
  //      ^^^^^^^^^^^^^^^^^^ [high info] csurf is archived
  app.post('/transfer', (req, res) => res.json(pay(req.session.user)))`,
    ),
  )
})

const fastify = (lines: string): string => `
  //- /app.js
  import Fastify from 'fastify'
  import cookie from '@fastify/cookie'
  import session from '@fastify/session'
  import csrf from '@fastify/csrf-protection'
  const app = Fastify()
  ${lines}
  await app.listen({ port: 3000 })
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/cookie": "^11.0.0", "@fastify/session": "^11.0.0", "@fastify/csrf-protection": "^7.0.0" } }
`

test('@fastify/csrf-protection that no route uses', () => {
  check(
    rule,
    fastify(`await app.register(cookie)
  await app.register(csrf)
  //    ^^^^^^^^^^^^^^^^^^ [high warning] @fastify/csrf-protection is registered and checks no request. => no fix
  app.post('/transfer', async (request) => pay(request.body))`),
  )
  for (const use of [
    `app.post('/transfer', { onRequest: app.csrfProtection }, async (request) => pay(request.body))`,
    `app.addHook('onRequest', app.csrfProtection)
  app.post('/transfer', async (request) => pay(request.body))`,
    `app.addHook('onRequest', (request, reply, done) => (request.method === 'GET' ? done() : app.csrfProtection(request, reply, done)))
  app.post('/transfer', async (request) => pay(request.body))`,
    `app.register(async (api) => {
    api.addHook('preHandler', api.csrfProtection)
    api.post('/transfer', async (request) => pay(request.body))
  })`,
    `app.route({ method: 'POST', url: '/transfer', preValidation: [app.csrfProtection], handler: async (request) => pay(request.body) })`,
    `app.get('/', async () => ({}))`,
  ])
    check(rule, fastify(`await app.register(cookie)\n  await app.register(csrf)\n  ${use}`))
})

test('the fix gives the hook to each route, where tokens are handed out', () => {
  const app = (post: string, put: string, route: string): string =>
    fastify(`await app.register(cookie)
  await app.register(csrf)
  app.get('/token', async (request, reply) => ({ token: reply.generateCsrf() }))
  app.register(async (api) => {
    api.post('/transfer', ${post}async (request) => pay(request.body))
  })
  app.put('/note', { schema: { body: {} }${put} }, async (request) => note(request.body))
  app.route({ method: 'DELETE', url: '/note', handler: async () => ({})${route} })`)
  checkFix(
    rule,
    app('', '', ''),
    app('{ onRequest: api.csrfProtection }, ', ', onRequest: app.csrfProtection', ', onRequest: app.csrfProtection'),
  )
})

test('sessions of Fastify', () => {
  const app = (options: string, route: string, mark = ''): string =>
    fastify(`${mark}
  await app.register(cookie)
  await app.register(session, { secret: process.env.SECRET, cookie: ${options} })
  ${route}`)
  const route = `app.post('/transfer', async (request) => pay(request.session.get('user')))`
  check(rule, app('{}', route, '//          ^^^^^^^^^ [medium] POST /transfer'))
  check(rule, app(`{ sameSite: 'lax' }`, route))
})

const nest = (version: string, main: string): string => `
  //- /main.ts
  import { NestFactory } from '@nestjs/core'
  import session from 'express-session'
  import { AppModule } from './app.module'
  async function bootstrap() {
    const app = await NestFactory.create(AppModule)
    ${main}
    app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }))
    await app.listen(3000)
  }
  bootstrap()
  //- /app.module.ts
  import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, Post, UseGuards } from '@nestjs/common'
  @Injectable()
  class LoggedIn implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      return Boolean(context.switchToHttp().getRequest().session.userId)
    }
  }
  @Controller('transfers')
  @UseGuards(LoggedIn)
  class TransferController {
    @Get() all() { return [] }
    @Post() add() { return {} }
  }
  @Module({ controllers: [TransferController] })
  export class AppModule {}
  //- /package.json
  { "dependencies": { "@nestjs/core": "${version}", "@nestjs/common": "${version}", "@nestjs/platform-express": "${version}", "express-session": "^1.0.0" } }
`

test('Nest has a protection of its own from 12.1 on', () => {
  const place = '//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'
  check(rule, nest('^12.1.0', `${place} [medium] requests to POST /transfers with => Refuse requests of other sites`))
  check(rule, nest('^11.0.0', `${place} [medium] requests to POST /transfers with => no fix`))
  check(rule, nest('^12.1.0', `app.enableCsrfProtection({ trustedOrigins: ['https://app.example.com'] })`))
  check(rule, nest('^12.1.0', `app.enableCsrfProtection({ exclude: (request) => request.path === '/webhook' })`))
  check(
    rule,
    nest(
      '^12.1.0',
      `app.enableCsrfProtection({ exclude: () => true })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] enableCsrfProtection excludes every request. => no fix`,
    ),
  )
})

test('strategies of passport that take the token from a cookie', () => {
  const app = (mark: string, extractor: string, options = '{ httpOnly: true, secure: true }'): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import cookieParser from 'cookie-parser'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      ${mark}
      app.use(cookieParser())
      await app.listen(3000)
    }
    bootstrap()
    //- /jwt.strategy.ts
    import { Injectable } from '@nestjs/common'
    import { PassportStrategy } from '@nestjs/passport'
    import { ExtractJwt, Strategy } from 'passport-jwt'
    import type { Request } from 'express'
    @Injectable()
    export class JwtStrategy extends PassportStrategy(Strategy) {
      constructor() {
        super({ jwtFromRequest: ExtractJwt.fromExtractors([${extractor}]), secretOrKey: process.env.JWT_SECRET })
      }
      validate(payload: { sub: string }) { return { id: payload.sub } }
    }
    //- /app.module.ts
    import { Controller, Module, Post, Res, UseGuards } from '@nestjs/common'
    import { AuthGuard } from '@nestjs/passport'
    import type { Response } from 'express'
    import { JwtStrategy } from './jwt.strategy'
    class JwtGuard extends AuthGuard('jwt') {}
    @Controller()
    class TransferController {
      @Post('transfer') @UseGuards(JwtGuard) add() { return {} }
      @Post('login') async login(@Res({ passthrough: true }) res: Response) { res.cookie('access_token', await sign(), ${options}) }
    }
    @Module({ controllers: [TransferController], providers: [JwtStrategy] })
    export class AppModule {}
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0" } }
  `
  const place = '//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] requests to POST /transfer with'
  check(rule, app(place, '(req: Request) => req?.cookies?.access_token ?? null'))
  check(rule, app(place, "(req: Request) => req.cookies['access_token'], ExtractJwt.fromAuthHeaderAsBearerToken()"))
  check(rule, app('', 'ExtractJwt.fromAuthHeaderAsBearerToken()'))
  check(rule, app('', '(req: Request) => req.cookies.other_token'))
  check(rule, app('', '(req: Request) => req.cookies.access_token', `{ httpOnly: true, secure: true, sameSite: 'lax' }`))
})

test('who asks is known by a token, although passport keeps sessions as well', () => {
  check(
    rule,
    express(
      '',
      `app.use(passport.session())
  const bearer = (req, res, next) => {
    req.user = verify(req.headers.authorization)
    if (!req.headers.authorization) return res.sendStatus(401)
    next()
  }
  app.post('/transfer', bearer, (req, res) => res.json(pay(req.user)))
  app.post('/notes', passport.authenticate('jwt', { session: false }), (req, res) => res.json(note(req.user)))`,
    ),
  )
  check(
    rule,
    express(
      `${MARK} [medium] POST /transfer with`,
      `app.use(passport.session())
  app.post('/transfer', require('connect-ensure-login').ensureLoggedIn(), (req, res) => res.json(pay(req.body)))`,
    ),
  )
})

test('the fix turns it on', () => {
  checkFix(rule, nest('^12.1.0', ''), nest('^12.1.0', 'app.enableCsrfProtection()\n'))
})

test('what is handed to functions of the project is read as well', () => {
  const helpers = `const jwt = require('jsonwebtoken')
  const cookieParser = require('cookie-parser')
  app.use(cookieParser())
  const verify = (token) => jwt.verify(token, process.env.JWT_SECRET)
  const store = { transfer: async (from, to) => ({ from, to }), move: async (order) => order }
  app.post('/login', (req, res) => { res.cookie('token', jwt.sign({ id: 1 }, process.env.JWT_SECRET), { httpOnly: true }); res.json({}) })`
  for (const route of [
    `const guard = (req, res, next) => { try { req.caller = verify(req.cookies.token); next() } catch { res.sendStatus(401) } }
  app.post('/transfer', guard, async (req, res) => res.json({}))`,
    `app.post('/transfer', async (req, res) => res.json(await store.transfer(req.session.userId, req.body.to)))`,
    `app.post('/transfer', async (req, res) => res.json(await store.move({ from: req.session.userId })))`,
  ])
    check(rule, express(`${MARK} [medium warning] Other sites can make requests to POST /transfer`, `${helpers}\n  ${route}`))
  for (const route of [
    `app.post('/enter', async (req, res) => { req.session.userId = (await find(req.body)).id; res.json({}) })`,
    `app.post('/leave', (req, res) => { delete req.session.userId; res.json({}) })`,
    `app.post('/seen', async (req, res) => res.json(await store.move(req.session.views)))`,
    `app.post('/transfer', async (req, res) => res.json(await store.transfer(verify(req.headers.authorization), req.body.to)))`,
  ])
    check(rule, express('', `${helpers}\n  ${route}`))
})

test('the token that @fastify/jwt takes from a cookie says who asks', () => {
  const server = (cookie: string, sameSite: string): string => `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/jwt": "^9.0.0", "@fastify/cookie": "^11.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import cookie from '@fastify/cookie'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    await app.register(cookie)
    await app.register(jwt, { secret: process.env.JWT_SECRET${cookie} })
    app.post('/in', async (request, reply) => {
      const seat = await reply.jwtSign({ sub: request.body.name })
      return reply.setCookie('seat', seat, { httpOnly: true, secure: true, sameSite: '${sameSite}' }).send({ ok: true })
    })
    app.post('/orders', { onRequest: async (request) => { await request.jwtVerify() } }, async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  const named = ", cookie: { cookieName: 'seat' }"
  expect(() => check(rule, server(named, 'none'))).toThrow('Other sites can make requests to POST /orders')
  check(rule, server(named, 'lax'))
  check(rule, server('', 'none'))
})

const graphql = (mark: string, parsers: string, server: string, context = '({ req }) => ({ userId: req.session.userId })'): string => `
  //- /package.json
  { "dependencies": { "express": "^5.1.0", "@apollo/server": "^5.0.0", "@as-integrations/express5": "^1.1.0", "graphql-yoga": "^5.0.0" } }
  //- /app.js
  const express = require('express')
  const session = require('express-session')
  const { ApolloServer } = require('@apollo/server')
  const { expressMiddleware } = require('@as-integrations/express5')
  const { createYoga } = require('graphql-yoga')
  const app = express()
  ${mark}
  app.use(session({ secret: process.env.SECRET, cookie: { secure: true, sameSite: 'none' } }))
  ${parsers}
  ${server.replace('CONTEXT', context)}
  app.listen(3000)
`

test('Apollo Server takes forms where it is told to and a parser reads them', () => {
  const apollo = (options: string): string =>
    `app.use('/graphql', expressMiddleware(new ApolloServer({ typeDefs, resolvers${options} }), { context: CONTEXT }))`
  const open = apollo(', csrfPrevention: false')
  const both = 'app.use(express.json(), express.urlencoded({ extended: true }))'
  const told = `${MARK} [high] Other sites can make requests to POST /graphql`
  check(rule, graphql(told, both, open))
  check(rule, graphql(told, both, open, 'async ({ req }) => { const user = await find(req.session.userId); return { user } }'))
  check(rule, graphql(`${MARK} [medium]`, "app.use(express.json({ type: '*/*' }))", open))
  check(rule, graphql(`${MARK} [low] Only the rules of CORS`, 'app.use(express.json())', open))
  check(rule, graphql('', both, apollo('')))
  check(rule, graphql('', both, apollo(', csrfPrevention: true')))
  check(rule, graphql('', both, apollo(", csrfPrevention: process.env.NODE_ENV === 'production'")))
  check(rule, graphql('', both, open, '({ req }) => ({ token: req.headers.authorization })'))
  // Who asks is known in front of it, and it refuses forms itself.
  const before = 'app.use((req, res, next) => { if (!req.session.userId) return res.sendStatus(401); next() })'
  check(
    rule,
    graphql(
      '',
      `
        ${both}
        ${before}
      `,
      apollo(''),
      '() => ({})',
    ),
  )
})

test('graphql-yoga reads forms by itself, unless a plugin refuses them', () => {
  const yoga = (options: string): string => `app.use('/graphql', createYoga({ schema${options}, context: CONTEXT }))`
  check(rule, graphql(`${MARK} [medium] Other sites can make requests to POST /graphql`, '', yoga('')))
  check(rule, graphql(`${MARK} [medium]`, 'app.use(express.json())', yoga('')))
  const prevention = "require('@graphql-yoga/plugin-csrf-prevention').useCSRFPrevention({ requestHeaders: ['x-graphql-yoga-csrf'] })"
  check(rule, graphql('', '', yoga(`, plugins: [${prevention}]`)))
  check(rule, graphql('', '', yoga(', plugins')))
})

test('tokens that something else compares: a function, a service, a method that throws', () => {
  const helpers = `class Csrf {
    check(given, expected) { return Boolean(given) && given === expected }
    assert(req) { if (!this.check(req.get('x-csrf-token'), req.session.csrf)) throw Object.assign(new Error('refused'), { status: 403 }) }
  }
  const csrf = new Csrf()`
  const act = 'pay(req.session.user.id); res.json({})'
  for (const lines of [
    `app.post('/pay', (req, res) => { if (!csrf.check(req.get('x-csrf-token'), req.session.csrf)) return res.sendStatus(403); ${act} })`,
    `app.post('/pay', (req, res) => { if (!csrf.check(req.body._csrf, req.session.csrf)) return res.sendStatus(403); ${act} })`,
    `app.post('/pay', (req, res) => { csrf.assert(req); ${act} })`,
    `app.post('/pay', (req, res) => { if (req.get('x-csrf-token') !== req.session.csrf) return res.sendStatus(403); ${act} })`,
    `app.use((req, res, next) => (csrf.check(req.get('x-csrf-token'), req.session.csrf) ? next() : res.sendStatus(403)))
  app.post('/pay', (req, res) => { ${act} })`,
  ])
    check(rule, express('', `${helpers}\n  ${lines}`))
  for (const lines of [
    `app.post('/pay', (req, res) => { if (!csrf.check(req.body.pin, req.session.pin)) return res.sendStatus(403); ${act} })`,
    // A field of the body that is called as the header is.
    `app.post('/flights', (req, res) => { if (!req.body.origin) return res.sendStatus(400); ${act} })`,
    `app.post('/checked', (req, res) => { csrf.assert(req); res.json({}) }); app.post('/pay', (req, res) => { ${act} })`,
  ])
    check(rule, express(`${MARK} [medium] Other sites can make requests to POST /`, `${helpers}\n  ${lines}`))
})

test('Nest: a guard that has a service compare the tokens', () => {
  const app = (given: string, mark: string) =>
    nestFixture(`
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function start() {
  const app = await NestFactory.create(AppModule)
${mark}
  await app.listen(3000)
}
start()
//- /app.module.ts
import { Body, CanActivate, Controller, ExecutionContext, ForbiddenException, Injectable, Module, Post, Res } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import jwt from 'jsonwebtoken'
@Injectable()
class CsrfService {
  isValid(given: string, expected: string) {
    return Boolean(given) && given === expected
  }
}
@Injectable()
class CsrfGuard implements CanActivate {
  constructor(private readonly csrf: CsrfService) {}
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    if (!this.csrf.isValid(${given})) throw new ForbiddenException()
    return true
  }
}
@Injectable()
class SessionGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest()
    request.user = jwt.verify(request.cookies.session, process.env.JWT_SECRET!)
    return true
  }
}
@Controller('account')
class AccountController {
  @Post('login')
  login(@Res({ passthrough: true }) res: any) {
    res.cookie('session', jwt.sign({ sub: 1 }, process.env.JWT_SECRET!), { httpOnly: true, secure: true, sameSite: 'none' })
  }
  @Post('email')
  email(@Body() body: any) {
    return save(body.email)
  }
}
@Module({
  controllers: [AccountController],
  providers: [CsrfService, { provide: APP_GUARD, useClass: CsrfGuard }, { provide: APP_GUARD, useClass: SessionGuard }],
})
export class AppModule {}
`)
  check(rule, app("request.headers['x-csrf-token'], request.cookies.csrf", ''))
  const found = check(
    rule,
    app("request.headers['x-request-id'], request.cookies.last", '//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Other sites'),
  )
  expect(found).toHaveLength(1)
})
