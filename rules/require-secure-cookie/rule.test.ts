// Tests of require-secure-cookie.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const session = (options: string): string => `
  //- /app.js
  const express = require('express')
  const session = require('express-session')
  const app = express()
  ${options}
  app.get('/', (req, res) => res.json({}))
  app.listen(3000)
`
const handler = (lines: string): string => `
  //- /app.js
  const express = require('express')
  const jwt = require('jsonwebtoken')
  const app = express()
  app.post('/login', (req, res) => {
    const token = jwt.sign({ id: req.body.id }, process.env.JWT_SECRET, { expiresIn: '1h' })
    ${lines}
    res.json({})
  })
  app.listen(3000)
`
const fastify = (lines: string, cookie = '^11.0.0'): string => `
  //- /app.js
  import Fastify from 'fastify'
  import cookie from '@fastify/cookie'
  import session from '@fastify/session'
  import secureSession from '@fastify/secure-session'
  const app = Fastify()
  ${lines}
  await app.listen({ port: 3000 })
  //- /package.json
  { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/cookie": "${cookie}", "@fastify/session": "^11.0.0" } }
`

test('express-session without options of its cookie, or with some', () => {
  check(
    rule,
    session(`app.use(session({ secret: process.env.SECRET }))
  //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] The session cookie is sent without secure and sameSite. => Set secure, sameSite`),
  )
  check(
    rule,
    session(`app.use(session({ secret: process.env.SECRET, cookie: { httpOnly: true, maxAge: 60000 } }))
  //                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] without secure and sameSite.`),
  )
})

test('attributes that are switched off, each at its place', () => {
  check(
    rule,
    session(`app.use(session({ secret: process.env.SECRET, cookie: { secure: false, httpOnly: false, sameSite: 'lax' } }))
  //                                                      ^^^^^^^^^^^^^ [high] without secure and httpOnly.
  //                                                                     ~~~~~~~~~~~~~~~ [affected] httpOnly is off here`),
  )
})

test('SameSite alone is less sure', () => {
  check(
    rule,
    session(`app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }))
  //                                            ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] without sameSite.`),
  )
  check(
    rule,
    session(`app.use(session({ secret: process.env.SECRET, cookie: { secure: true, sameSite: false } }))
  //                                                                    ^^^^^^^^^^^^^^^ [medium] without sameSite.`),
  )
})

test('SameSite none is a wish, for which the cookie has to be secure', () => {
  check(rule, session(`app.use(session({ cookie: { secure: true, sameSite: 'none' } }))`))
  check(
    rule,
    session(`app.use(session({ cookie: { sameSite: 'none' } }))
  //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] without secure.`),
  )
})

test('all is set, by production, by a switch, or where nobody can see', () => {
  for (const cookie of [
    `{ secure: true, sameSite: 'lax' }`,
    `{ secure: 'auto', sameSite: 'strict' }`,
    `{ secure: process.env.NODE_ENV === 'production', httpOnly: true, sameSite: true }`,
    `{ secure: process.env.NODE_ENV !== 'development', sameSite: 'Lax' }`,
    `{ secure: process.env.NODE_ENV === 'production' ? true : false, sameSite: process.env.NODE_ENV === 'production' ? 'none' : 'lax' }`,
    `{ secure: process.env.COOKIE_SECURE === 'true', sameSite: process.env.SAME_SITE || 'lax' }`,
    `{ secure: process.env.COOKIE_SECURE, sameSite: 'lax' }`,
    `require('./cookie')`,
    `{ ...require('./cookie') }`,
    `cookieOptions()`,
    `(req) => ({ secure: req.secure })`,
  ])
    check(rule, session(`app.use(session({ secret: process.env.SECRET, cookie: ${cookie} }))`))
  check(rule, session(`app.use(session(require('config').get('session')))`))
  check(rule, session(`app.use(session({ ...require('config').get('session'), secret: process.env.SECRET }))`))
})

test('options that production completes', () => {
  check(
    rule,
    session(`const options = { secret: process.env.SECRET, cookie: { sameSite: 'lax' } }
  if (process.env.NODE_ENV === 'production') { app.set('trust proxy', 1); options.cookie.secure = true }
  app.use(session(options))`),
  )
  check(
    rule,
    session(`const options = { secret: process.env.SECRET, cookie: { sameSite: 'lax' } }
  if (app.get('env') === 'production') options.cookie.secure = true
  app.use(session(options))`),
  )
  check(
    rule,
    session(`const options = { secret: process.env.SECRET, cookie: { sameSite: 'lax' } }
  if (process.env.USE_TLS) options.cookie.secure = true
  app.use(session(options))`),
  )
  check(rule, session(`if (process.env.NODE_ENV !== 'production') app.use(session({ secret: 'x' }))`))
})

test('options of another file', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import session from 'express-session'
    import { options } from './options.js'
    const app = express()
    app.use(session(options))
            ~~~~~~~~~~~~~~~~ [evidence] the cookie is set here
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /options.js
    const base = { sameSite: 'strict' }
    export const options = { secret: process.env.SECRET, cookie: { ...base, secure: false } }
    //                                                                      ^^^^^^^^^^^^^ [high] without secure.
    //- /package.json
    { "type": "module", "dependencies": { "express": "^5.0.0", "express-session": "^1.0.0" } }
  `,
  )
})

test('cookie-session has its cookie in its own options, and follows a proxy that is trusted', () => {
  const app = (trust: string, options: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const cookieSession = require('cookie-session')
    const app = express()
    ${trust}
    app.use(cookieSession(${options}))
    ${mark}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(
    rule,
    app(
      '',
      `{ name: 's', keys: [process.env.KEY] }`,
      `//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] without secure and sameSite.`,
    ),
  )
  check(rule, app('', `{ keys: [process.env.KEY], secure: true, sameSite: 'lax' }`))
  check(rule, app(`app.set('trust proxy', 1)`, `{ keys: [process.env.KEY], sameSite: 'lax' }`))
})

test('cookies of tokens that Express writes', () => {
  check(
    rule,
    handler(`res.cookie('token', token)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] The cookie token is sent without secure, httpOnly and sameSite. => Set secure, httpOnly, sameSite`),
  )
  check(
    rule,
    handler(`res.status(200).cookie('refresh_token', token, { httpOnly: true, secure: true })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] without sameSite.`),
  )
  check(
    rule,
    handler(`res.cookie(process.env.COOKIE_NAME, token, { httpOnly: true, sameSite: 'lax' })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie with the token is sent without secure.`),
  )
})

test('a signed token tells who asks, whatever its cookie is called', () => {
  check(
    rule,
    handler(`res.cookie('jid', token, { httpOnly: true, sameSite: 'lax' })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie jid is sent without secure.`),
  )
  check(rule, handler(`res.cookie('csrf', token)`))
  check(rule, handler(`res.cookie('jid', req.body.value)`))
})

test('cookies that hold nobody, or go', () => {
  for (const line of [
    `res.cookie('token', token, { httpOnly: true, secure: process.env.NODE_ENV === 'production', sameSite: 'lax' })`,
    `res.cookie('theme', req.body.theme)`,
    `res.cookie('XSRF-TOKEN', req.csrfToken())`,
    `res.cookie('csrfToken', token, { secure: true, sameSite: 'strict' })`,
    `res.cookie('cookie_consent', req.body.consent)`,
    `res.cookie('token', 'none', { expires: new Date(Date.now() + 1000), httpOnly: true })`,
    `res.cookie('token', '', { maxAge: 0 })`,
    `res.cookie('token', null)`,
    `res.cookie('token', req.cookies.token, { maxAge: 0 })`,
    `res.cookie('oauth_state', req.query.state)`,
    `res.cookie('token_expires_at', Date.now() + 1000)`,
    `res.cookie('author', req.body.author)`,
    `res.cookie('considered', req.body.value)`,
    `res.cookie(process.env.COOKIE_NAME, req.body.value)`,
    `res.clearCookie('token')`,
    `if (process.env.NODE_ENV === 'development') res.cookie('token', token)`,
    `res.cookie('token', token, req.app.get('cookieOptions'))`,
  ])
    check(rule, handler(line))
})

test('cookies as text, and those of the package cookie', () => {
  check(
    rule,
    handler(`res.setHeader('Set-Cookie', \`token=\${token}; Path=/; HttpOnly\`)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie token is sent without secure and sameSite. => no fix`),
  )
  check(
    rule,
    handler(`res.setHeader('Set-Cookie', require('cookie').serialize('token', token, { httpOnly: true, sameSite: 'lax' }))
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie token is sent without secure. => Set secure`),
  )
  for (const line of [
    "res.setHeader('Set-Cookie', `token=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`)",
    "res.setHeader('Set-Cookie', `token=${token}; ${process.env.COOKIE_ATTRIBUTES}`)",
    "res.setHeader('Set-Cookie', `token=${token}; HttpOnly; SameSite=Strict${process.env.PLAIN ? '' : '; Secure'}`)",
    "res.setHeader('Set-Cookie', 'token=; Max-Age=0')",
    "res.setHeader('Set-Cookie', [`theme=${req.body.theme}`, `token=${token}; HttpOnly; Secure; SameSite=Lax`])",
    "res.setHeader('Set-Cookie', serialize(token))",
  ])
    check(rule, handler(line))
})

test('names and options of other files, and a helper that sets the cookie', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { login } from './login'
    const app = express()
    app.post('/login', login)
    app.listen(3000)
    //- /login.ts
    import type { Request, Response } from 'express'
    import { cookies, options } from './cookies'
    import { sendToken } from './send'
    export const login = async (req: Request, res: Response) => {
      sendToken(res, cookies.access, await sign(req.body), options)
    }
    //- /cookies.ts
    export const cookies = { access: 'access_token' } as const
    export const options = { httpOnly: true, secure: process.env.NODE_ENV === 'production' }
    //- /send.ts
    import type { CookieOptions, Response } from 'express'
    export function sendToken(res: Response, name: string, value: string, options: CookieOptions) {
      res.cookie(name, value, { ...options, maxAge: 1000 }).json({})
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The cookie access_token is sent without sameSite.
    }
  `,
  )
})

test('a helper with everything in it is quiet for all of its callers', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const options = (extra) => ({ httpOnly: true, sameSite: 'lax', secure: process.env.NODE_ENV === 'production', ...extra })
    const send = (res, name, value) => res.cookie(name, value, options({ path: '/' }))
    app.post('/login', async (req, res) => { send(res, 'token', await issue(req.body)); send(res, 'refreshToken', await issue(req.body)); res.json({}) })
    app.listen(3000)
  `,
  )
})

test('@fastify/session is secure by itself; @fastify/secure-session is lax by itself', () => {
  check(
    rule,
    fastify(`app.register(session, { secret: process.env.SECRET, cookie: { secure: false, httpOnly: false } })
  //                                                            ^^^^^^^^^^^^^ [high] The session cookie is sent without secure, httpOnly and sameSite.
  //                                                                           ~~~~~~~~~~~~~~~ [affected] httpOnly`),
  )
  check(
    rule,
    fastify(`app.register(session, { secret: process.env.SECRET })
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] without sameSite. => Set sameSite`),
  )
  check(
    rule,
    fastify(`app.register(secureSession, { key: process.env.KEY, cookie: { path: '/' } })
  //                                                  ^^^^^^^^^^^^^^^^^^^^^ [high] without secure.`),
  )
  check(rule, fastify(`app.register(session, { secret: process.env.SECRET, cookie: { sameSite: 'lax' } })`))
  check(rule, fastify(`app.register(secureSession, { key: process.env.KEY, cookie: { secure: true } })`))
  check(rule, fastify(`app.register(session, process.env.SESSIONS ? { cookie: { sameSite: 'lax' } } : require('./options'))`))
})

test('cookies of @fastify/cookie are lax from version 10 on, and have defaults of the project', () => {
  const post = (options: string): string => `app.post('/login', async (request, reply) => {
    reply.setCookie('sessionId', await open(request.body), ${options})
    return {}
  })`
  check(rule, fastify(`app.register(cookie)\n  ${post(`{ httpOnly: true, secure: true }`)}`))
  check(
    rule,
    fastify(`app.post('/login', async (request, reply) => {
    reply.setCookie('sessionId', await open(request.body), { httpOnly: true })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie sessionId is sent without secure.
    return {}
  })`),
  )
  check(
    rule,
    fastify(
      `app.post('/login', async (request, reply) => {
    reply.setCookie('sessionId', await open(request.body), { httpOnly: true, secure: true })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] without sameSite.
    return {}
  })`,
      '^8.0.0',
    ),
  )
  check(rule, fastify(`app.register(cookie, { parseOptions: { httpOnly: true, secure: true } })\n  ${post(`{ path: '/' }`)}`))
  check(
    rule,
    fastify(`app.post('/login', async (request, reply) => {
    reply.setCookie('sid', await open(request.body), { httpOnly: true, secure: true, maxAge: 86400000 })
    //                                                                               ^^^^^^^^^^^^^^^^ [high] lasts a thousand times longer => no fix
    return {}
  })`),
  )
})

test('Nest on Express, by decorator and by its adapter', () => {
  const nest = (body: string): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Body, Controller, Module, Post, Res } from '@nestjs/common'
    import { HttpAdapterHost } from '@nestjs/core'
    import type { Response } from 'express'
    import { AuthService } from './auth.service'
    @Controller('auth')
    export class AuthController {
      constructor(private readonly auth: AuthService, private readonly host: HttpAdapterHost) {}
      @Post('login')
      async login(@Body() body: unknown, @Res({ passthrough: true }) res: Response) {
        ${body}
      }
    }
    @Module({ controllers: [AuthController], providers: [AuthService] })
    export class AppModule {}
    //- /auth.service.ts
    import { Injectable } from '@nestjs/common'
    @Injectable()
    export class AuthService { issue(body: unknown): Promise<string> { return import('./issue').then((m) => m.issue(body)) } }
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.1.0", "@nestjs/common": "^12.1.0", "@nestjs/platform-express": "^12.1.0", "express": "^5.0.0" } }
  `
  check(
    rule,
    nest(`res.cookie('jwt', await this.auth.issue(body), { httpOnly: true })
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie jwt is sent without secure and sameSite.`),
  )
  check(
    rule,
    nest(`this.host.httpAdapter.setCookie(res, 'sid', await this.auth.issue(body), { httpOnly: true, secure: true })
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] without sameSite.`),
  )
  check(rule, nest(`res.cookie('jwt', await this.auth.issue(body), { httpOnly: true, secure: true, sameSite: 'strict' })`))
})

test('a secure session behind a proxy that the application does not trust is never sent', () => {
  const app = (trust: string, options: string): string => `
    //- /app.js
    const express = require('express')
    const session = require('express-session')
    const app = express()
    ${trust}
    app.use(session({ secret: process.env.SECRET, ${options} }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /render.yaml
    services:
      - type: web
        name: api
        env: node
  `
  const [finding] = check(
    rule,
    app(
      '',
      `cookie: { secure: true, sameSite: 'lax' } }))\n    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] never sent behind Render. => Trust one proxy\n    void (({`,
    ),
  )
  expect(finding?.related.map(({ file }) => file)).toEqual(['render.yaml'])
  check(rule, app(`app.set('trust proxy', 1)`, `cookie: { secure: true, sameSite: 'lax' }`))
  check(rule, app('', `proxy: true, cookie: { secure: true, sameSite: 'lax' }`))
  check(rule, app('', `cookie: { secure: 'auto', sameSite: 'lax' }`))
})

test('@fastify/session asks for a secure cookie by itself, so it needs the proxy too', () => {
  const app = (options: string, mark = ''): string => `
    //- /app.js
    import Fastify from 'fastify'
    import session from '@fastify/session'
    const app = Fastify(${options})
    app.register(session, { secret: process.env.SECRET, cookie: { sameSite: 'lax' } })
    ${mark}
    await app.listen({ port: 3000 })
    //- /fly.toml
    app = 'api'
    [http_service]
    internal_port = 3000
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/session": "^11.0.0" } }
  `
  const call = `app.register(session, { secret: process.env.SECRET, cookie: { sameSite: 'lax' } })`
  check(rule, app('', `${'^'.repeat(call.length)} [medium] never sent behind Fly.io. => Trust proxies in private networks`))
  check(rule, app(`{ trustProxy: ['loopback'] }`))
})

test('tests and scripts set what they like', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    express().listen(3000)
    //- /test/app.test.js
    const session = require('express-session')
    require('express')().use(session({ secret: 'x' }))
  `,
  )
})

test('the fix completes options where they stand', () => {
  checkFix(
    rule,
    session(`app.use(session({ secret: process.env.SECRET, cookie: { secure: false, maxAge: 1000 } }))`),
    session(`// One proxy stands in front: without it clients could choose their address, behind several all would share one.
  app.set('trust proxy', 1)
  app.use(session({ secret: process.env.SECRET, cookie: { secure: process.env.NODE_ENV === 'production', maxAge: 1000, sameSite: 'lax' } }))`),
  )
  checkFix(
    rule,
    session(`app.set('trust proxy', 1)
  app.use(session({ secret: process.env.SECRET }))`),
    session(`app.set('trust proxy', 1)
  app.use(session({ secret: process.env.SECRET, cookie: { secure: process.env.NODE_ENV === 'production', sameSite: 'lax' } }))`),
  )
  checkFix(
    rule,
    handler(`res.cookie('token', token)`),
    handler(`res.cookie('token', token, { secure: process.env.NODE_ENV === 'production', httpOnly: true, sameSite: 'lax' })`),
  )
  checkFix(
    rule,
    handler(`res.cookie('token', token, { httpOnly: true, sameSite: 'none' })`),
    handler(`res.cookie('token', token, { httpOnly: true, sameSite: 'none', secure: true })`),
  )
})

test('a text in an object with a name is kept a constant in TypeScript', () => {
  const app = (options: string): string => `
    //- /app.ts
    import express from 'express'
    const app = express()
    const options = ${options}
    app.post('/login', async (req, res) => {
      res.cookie('sid', await open(req.body), options)
      res.json({})
    })
    app.listen(3000)
  `
  checkFix(rule, app(`{ httpOnly: true, secure: true }`), app(`{ httpOnly: true, secure: true, sameSite: 'lax' as const }`))
})

test('options that come from somewhere get no fix', () => {
  checkNoFix(rule, handler(`const at = (path) => ({ path }); res.cookie('token', token, process.env.ROOT ? at('/') : at('/api'))`))
})

test('the cookie that @fastify/jwt is told to look for, and what it signed, whatever they are called', () => {
  check(
    rule,
    `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/jwt": "^9.0.0", "@fastify/cookie": "^11.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import cookie from '@fastify/cookie'
    import jwt from '@fastify/jwt'
    import { issue } from './issue.js'
    const app = Fastify()
    await app.register(cookie)
    await app.register(jwt, { secret: process.env.JWT_SECRET, cookie: { cookieName: 'desk' } })
    app.post('/in', async (request, reply) => {
      reply.setCookie('desk', await issue(request.body.name), { path: '/' })
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie desk is sent without secure and httpOnly
      reply.setCookie('colour', await issue('blue'), { path: '/' })
      return { ok: true }
    })
    app.post('/seat', async (request, reply) => {
      const seat = await reply.jwtSign({ sub: request.body.name })
      return reply.setCookie('seat', seat, { httpOnly: true, secure: true }).send({ ok: true })
    })
    app.post('/chair', async (request, reply) => {
      const chair = await reply.jwtSign({ sub: request.body.name })
      return reply.setCookie('chair', chair, { httpOnly: true }).send({ ok: true })
      //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The cookie chair is sent without secure
    })
    await app.listen({ port: 3000 })
    //- /issue.js
    export const issue = async (name) => (await fetch('http://issuer.internal/' + name)).text()
  `,
  )
})

const iron = (options: string): string => `
  //- /app.ts
  import express from 'express'
  import { getIronSession } from 'iron-session'
  import { sessionOptions } from './session.js'
  const app = express()
  app.post('/login', async (req, res) => {
    const session = await getIronSession<{ user?: string }>(req, res, sessionOptions)
    session.user = 'x'
    await session.save()
    res.end()
  })
  app.get('/me', async (req, res) => res.json((await getIronSession<{ user?: string }>(req, res, sessionOptions)).user))
  app.listen(3000)
  //- /session.ts
  export const sessionOptions = {
    cookieName: 'session',
    password: process.env.SESSION_PASSWORD!,
    ${options}
  }
`

test('iron-session is safe unless it is told otherwise, once for all who ask for the session', () => {
  check(
    rule,
    iron(`cookieOptions: { secure: false },
                     ^^^^^^^^^^^^^ [high] The session cookie is sent without secure.`),
  )
  check(
    rule,
    iron(`cookieOptions: { httpOnly: false, sameSite: 'lax' },
                     ^^^^^^^^^^^^^^^ [high] The session cookie is sent without httpOnly.`),
  )
  for (const options of [
    '',
    'cookieOptions: { maxAge: 600 },',
    "cookieOptions: { secure: process.env.NODE_ENV === 'production' },",
    "cookieOptions: { sameSite: 'none' },",
  ])
    check(rule, iron(options))
})

test('a service that gives a token or nothing gives a token to the cookie', () => {
  const login = (found: string): string => `
    //- /app.js
    const express = require('express')
    const { signIn } = require('./sessions')
    const app = express()
    app.post('/login', async (req, res) => {
      const token = await signIn(req.body)
      if (!token) return res.sendStatus(401)
      res.cookie('sid', token, { httpOnly: true, sameSite: 'lax' })
      ${found}
      res.json({})
    })
    app.listen(3000)
    //- /sessions.js
    const { randomBytes } = require('node:crypto')
    const { find } = require('./users')
    exports.signIn = async (given) => {
      const user = await find(given)
      if (!user) return null
      const token = randomBytes(32).toString('hex')
      await user.keep(token)
      return token
    }
  `
  check(rule, login('^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] sid is sent without secure'))
})

test('a cookie that renews tokens is one of who asks, and one that says how often a page is loaded is none', () => {
  check(
    rule,
    handler(`res.cookie('atelier_refresh', req.body.next, { secure: true, sameSite: 'strict' })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] without httpOnly`),
  )
  check(rule, handler("res.cookie('refresh_timeout', req.body.seconds, { secure: true, sameSite: 'strict' })"))
  for (const name of ['refreshInterval', 'auto-refresh', 'lastRefresh'])
    check(rule, handler(`res.cookie('${name}', req.body.seconds, { secure: true, sameSite: 'strict' })`))
})

test('a header with a token that a package signed is a cookie of who asks, whatever its name', () => {
  check(
    rule,
    handler(`res.append('Set-Cookie', \`desk_rt=\${token}; Path=/; HttpOnly\`)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] without secure`),
  )
  check(rule, handler("res.append('Set-Cookie', `desk_rt=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`)"))
  check(rule, handler("res.append('Set-Cookie', `csrf_rt=${token}; Path=/`)"))
  check(rule, handler("res.append('Set-Cookie', `desk_rt=${req.query.tab}; Path=/; HttpOnly`); res.json({ token })"))
})
