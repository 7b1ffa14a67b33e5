// Tokens without an end, written in every way that the packages allow; and those whose end stands somewhere else.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

test('sign of jsonwebtoken, with and without options, with a callback, promisified', () => {
  check(
    rule,
    `
    import express from 'express'
    import { promisify } from 'node:util'
    import jwt from 'jsonwebtoken'
    const signLater = promisify(jwt.sign)
    const app = express()
    app.post('/login', async (req, res) => {
      const a = jwt.sign({ id: 1 }, process.env.JWT_SECRET)
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] signed that never expires => Let the token expire after 15 minutes
      const b = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { algorithm: 'HS256', subject: 'me' })
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never expires
      const c = await signLater({ id: 1 }, process.env.JWT_SECRET)
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never expires
      jwt.sign({ id: 1 }, process.env.JWT_SECRET, (error, token) => res.json({ a, b, c, token }))
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never expires
    })
    app.listen(3000)
  `,
  )
})

test('a helper in another file, by what each caller hands to it', () => {
  check(
    rule,
    `
    //- /tokens.ts
    import jwt from 'jsonwebtoken'
    export const issue = (payload: object, options = {}) => jwt.sign(payload, process.env.JWT_SECRET!, options)
    //                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] never expires
    export const issueShort = (payload: object, options: object) => jwt.sign(payload, process.env.JWT_SECRET!, options)
    //- /app.ts
    import express from 'express'
    import { issue, issueShort } from './tokens.js'
    const app = express()
    app.post('/login', (req, res) => {
      res.json({ a: issue({ id: 1 }), b: issue({ id: 1 }, { expiresIn: '1h' }), c: issueShort({ id: 1 }, { expiresIn: '1h' }) })
    })
    app.listen(3000)
  `,
  )
})

test('jose, fast-jwt and jwt-simple', () => {
  check(
    rule,
    `
    import express from 'express'
    import { SignJWT } from 'jose'
    import { createSigner } from 'fast-jwt'
    import { encode } from 'jwt-simple'
    const key = new TextEncoder().encode(process.env.JWT_SECRET)
    const sign = createSigner({ key: process.env.JWT_SECRET })
    const app = express()
    app.post('/login', async (req, res) => {
      const a = await new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().sign(key)
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] never expires => Let the token expire after 15 minutes
      const b = sign({ id: 1 })
                ^^^^^^^^^^^^^^^ never expires => no fix
      const c = encode({ id: 1 }, process.env.JWT_SECRET)
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never expires => no fix
      res.json({ a, b, c })
    })
    app.listen(3000)
  `,
  )
})

test('an end that stands in the options, in the payload, in the chain or in a statement of its own', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { SignJWT } from 'jose'
    import { createSigner } from 'fast-jwt'
    import { encode } from 'jwt-simple'
    import { config } from './config.js'
    const sign = createSigner({ key: 'k', expiresIn: 900_000 })
    const key = new TextEncoder().encode(process.env.JWT_SECRET)
    const app = express()
    app.post('/login', async (req, res) => {
      const exp = Math.floor(Date.now() / 1000) + 900
      const builder = new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' })
      builder.setExpirationTime('15m')
      const optional = new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' })
      if (req.body.short) optional.setExpirationTime('15m')
      res.json([
        jwt.sign({ id: 1 }, config.secret, { expiresIn: config.lifetime }),
        jwt.sign({ id: 1 }, config.secret, { expiresIn: process.env.JWT_EXPIRE }),
        jwt.sign({ id: 1 }, config.secret, { expiresIn: Number(process.env.JWT_SECONDS) }),
        jwt.sign({ id: 1, exp }, config.secret),
        jwt.sign({ id: 1 }, config.secret, { ...config.signing, expiresIn: 900 }),
        jwt.sign({ id: 1 }, config.secret, config.signing),
        await builder.sign(key),
        await optional.sign(key),
        await new SignJWT({ id: 1, exp }).setProtectedHeader({ alg: 'HS256' }).sign(key),
        await new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('2h').sign(key),
        sign({ id: 1 }),
        encode({ id: 1, exp }, config.secret),
      ])
    })
    app.listen(3000)
    //- /config.ts
    import { loadSigning } from './unseen.js'
    export const config = { secret: process.env.JWT_SECRET, lifetime: process.env.JWT_LIFETIME ?? '15m', signing: loadSigning() }
  `,
  )
})

test('a payload that nothing is known of, and what is no payload of a session', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { users } from './users.js'
    const app = express()
    app.post('/login', async (req, res) => {
      const user = await users.find(req.body.name)
      res.json({ token: jwt.sign(user.toJSON(), process.env.JWT_SECRET), page: jwt.sign('page-1', process.env.JWT_SECRET) })
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] never expires => no fix
    })
    app.listen(3000)
  `,
  )
})

test('outside production', () => {
  check(
    rule,
    `
    //- /token.test.js
    const jwt = require('jsonwebtoken')
    jwt.sign({ id: 1 }, 'test')
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    if (process.env.NODE_ENV !== 'production') app.post('/fake-login', (req, res) => res.json(jwt.sign({ id: 1 }, process.env.S)))
    app.listen(3000)
  `,
  )
})

test('expiresIn in the payload, where it is data', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1, expiresIn: '1h' }, process.env.JWT_SECRET)))
                                                                ^^^^^^^^^^^^^^^ [high] stands in the payload => no fix
    app.listen(3000)
  `,
  )
})

test('expired tokens that are let in', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import passport from 'passport'
    import { Strategy, ExtractJwt } from 'passport-jwt'
    const app = express()
    passport.use(new Strategy({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: process.env.JWT_SECRET,
      ignoreExpiration: true,
      ^^^^^^^^^^^^^^^^^^^^^^ [high] Expired tokens are let in => Refuse tokens that have expired
    }, (payload, done) => done(null, payload)))
    const checked = (token) => jwt.verify(token, process.env.JWT_SECRET, { ignoreExpiration: true })
                                                                           ^^^^^^^^^^^^^^^^^^^^^^ [high] let in
    app.use((req, res, next) => { req.user = checked(req.headers.authorization); next() })
    app.post('/refresh', (req, res) => res.json(renewToken(req.body.token)))
    const renewToken = (token) => jwt.verify(token, process.env.JWT_SECRET, { ignoreExpiration: true })
                                                                              ^^^^^^^^^^^^^^^^^^^^^^ [low] let in
    app.get('/strict', (req, res) => res.json(jwt.verify(req.body.token, process.env.JWT_SECRET, { ignoreExpiration: false })))
    app.listen(3000)
  `,
  )
})

test('where the time is looked at afterwards', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.use((req, res, next) => {
      const payload = jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { ignoreExpiration: true })
      if (payload.exp < Date.now() / 1000) return res.status(401).json({ error: 'expired' })
      next()
    })
    app.listen(3000)
  `,
  )
})

test('lengths: digits in quotes, and what lives too long', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    const signAccess = () => jwt.sign({ id: 1 }, process.env.ACCESS_SECRET, { expiresIn: '60d' })
                                                                                         ^^^^^ [medium info] good for 60 days => no fix
    app.post('/login', (req, res) => {
      const refreshToken = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '365d' })
                                                                                    ^^^^^^ [medium info] good for 365 days
      const apiKey = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '10y' })
                                                                              ^^^^^ [low info] good for 10 years
      const soon = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '3600' })
                                                                            ^^^^^^ [high warning] 3600 in quotes is milliseconds => Make it a number of seconds
      const week = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '604800' })
                                                                            ^^^^^^^^ [high] 604800 in quotes
      const forApple = jwt.sign({}, process.env.APPLE_KEY, { algorithm: 'ES256', audience: 'https://appleid.apple.com', expiresIn: '180d' })
                                                                                                                                   ^^^^^^ [low info] 180 days
      const perhaps = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: process.env.LIFETIME || '3600' })
                                                                                                       ^^^^^^ [medium] in quotes
      res.json([signAccess(), refreshToken, apiKey, soon, week, forApple, perhaps])
    })
    app.post('/renew', (req, res) => {
      const token = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: 3600 })
      const month = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '30d' })
      const refresh = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '90 days' })
      const configured = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: process.env.LIFETIME || '1y' })
      const milliseconds = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '900000' })
      const day = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '86400000' })
      res.json([token, month, refresh, configured, milliseconds, day])
    })
    app.listen(3000)
  `,
  )
})

test('Fastify: one plugin for all tokens', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    import { routes } from './routes.js'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high complete] @fastify/jwt signs by these settings => Let tokens expire after 15 minutes
    app.register(routes)
    app.listen({ port: 3000 })
    //- /routes.js
    export async function routes(fastify) {
      fastify.post('/login', async (request, reply) => {
        const a = fastify.jwt.sign({ id: 1 })
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] never expires
        const b = await reply.jwtSign({ id: 1 })
                        ~~~~~~~~~~~~~~~~~~~~~~~~ [affected] never expires
        const c = await reply.jwtSign({ id: 1 }, { expiresIn: '5m' })
        const d = await reply.jwtSign({ id: 1 }, { sign: { expiresIn: '5m' } })
        return { a, b, c, d }
      })
    }
  `,
  )
})

test('Fastify: one token without a time among others that say their own', () => {
  const app = (refresh: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    await app.register(jwt, { secret: process.env.JWT_SECRET })
    const issue = (user) => ({
      accessToken: app.jwt.sign({ sub: user.id }, { expiresIn: '15m' }),
      refreshToken: ${refresh},
    })
    app.post('/login', async (request) => issue(request.user))
    await app.listen({ port: 3000 })
  `
  const [found, ...others] = findingsOf(rule, parseFixture(app('app.jwt.sign({ sub: user.id })')).files)
  expect(others).toEqual([])
  expect(found?.message).toBe('A token is signed that never expires.')
  checkFix(rule, app('app.jwt.sign({ sub: user.id })'), app("app.jwt.sign({ sub: user.id }, { expiresIn: '7d' })"))
})

test('Fastify: settings that count, that nobody needs, and that stand where nobody reads them', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: process.env.LIFETIME } })
    app.post('/login', async (request, reply) => reply.jwtSign({ id: 1 }))
    app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET })
    app.get('/me', async (request) => request.jwtVerify())
    app.post('/login', async (request, reply) => reply.jwtSign({ id: 1 }, { expiresIn: '5m' }))
    app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET, expiresIn: '1h' })
                                                        ^^^^^^^^^^^^^^^ [high] beside the options for signing => Move it into sign
    app.post('/login', async (request, reply) => reply.jwtSign({ id: 1 }))
    app.get('/me', async (request) => request.jwtVerify({ verify: { ignoreExpiration: true } }))
                                                                    ^^^^^^^^^^^^^^^^^^^^^^ [high] let in
    app.listen({ port: 3000 })
  `,
  )
})

const nest = (module: string, service: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.0.0", "@nestjs/common": "^12.0.0", "@nestjs/jwt": "^12.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module.js'
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { ConfigService } from '@nestjs/config'
    import { JwtModule } from '@nestjs/jwt'
    import { AuthController } from './auth.controller.js'
    import { AuthService } from './auth.service.js'
    @Module({
      imports: [
${module}
      ],
      controllers: [AuthController],
      providers: [AuthService],
    })
    export class AppModule {}
    //- /auth.controller.ts
    import { Body, Controller, Post } from '@nestjs/common'
    import { AuthService } from './auth.service.js'
    @Controller('auth')
    export class AuthController {
      constructor(private readonly auth: AuthService) {}
      @Post('login') login(@Body() body: { name: string }) { return this.auth.login(body.name) }
    }
    //- /auth.service.ts
    import { Injectable } from '@nestjs/common'
    import { JwtService } from '@nestjs/jwt'
    @Injectable()
    export class AuthService {
      constructor(private readonly jwt: JwtService) {}
      async login(name: string) {
        const payload = { sub: name }
${service}
      }
    }
`

test('Nest: a module without a lifetime', () => {
  check(
    rule,
    nest(
      `        JwtModule.register({ secret: process.env.JWT_SECRET }),
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high complete] @nestjs/jwt signs by these settings => Let tokens expire after 15 minutes`,
      `        return { token: this.jwt.sign(payload), other: await this.jwt.signAsync(payload, { expiresIn: '1h' }) }
                        ~~~~~~~~~~~~~~~~~~~~~~ [affected] never expires`,
    ),
  )
})

test('Nest: a factory without one', () => {
  check(
    rule,
    nest(
      `        JwtModule.registerAsync({
          inject: [ConfigService],
          useFactory: (config: ConfigService) => ({ secret: config.get('JWT_SECRET') }),
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] by these settings => Let tokens expire after 15 minutes
        }),`,
      `        return { token: await this.jwt.signAsync(payload) }
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] never expires`,
    ),
  )
})

test('Nest: lifetimes in the module, in a factory, in each call, and in a class that cannot be seen', () => {
  const signs = '        return { token: this.jwt.sign(payload) }'
  check(rule, nest("        JwtModule.register({ secret: process.env.S, signOptions: { expiresIn: '15m' } }),", signs))
  check(
    rule,
    nest(
      "        JwtModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ secret: config.get('S'), signOptions: { expiresIn: config.get('LIFETIME') } }) }),",
      signs,
    ),
  )
  check(rule, nest('        JwtModule.registerAsync({ useClass: ConfigService }),', signs))
  check(
    rule,
    nest(
      '        JwtModule.register({ secret: process.env.S }),',
      "        return { token: this.jwt.sign(payload, { expiresIn: '15m' }) }",
    ),
  )
  check(rule, nest('        JwtModule.register({ secret: process.env.S }),', '        return { name }'))
})

test('fixes: options are added, filled, or go before a callback', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const options = { algorithm: 'HS256' }
    const app = express()
    app.post('/login', (req, res) => {
      const access = jwt.sign({ id: 1 }, process.env.JWT_SECRET);
      const refreshToken = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { algorithm: 'HS256' }); // kept
      const other = jwt.sign({ id: 1 }, process.env.JWT_SECRET, options);
      jwt.sign({ id: 1 }, process.env.JWT_SECRET, (error, token) => res.json({ token, access, refreshToken, other }));
    });
    app.listen(3000);
    `,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const options = { algorithm: 'HS256' }
    const app = express()
    app.post('/login', (req, res) => {
      const access = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '15m' });
      const refreshToken = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { algorithm: 'HS256', expiresIn: '7d' }); // kept
      const other = jwt.sign({ id: 1 }, process.env.JWT_SECRET, { ...options, expiresIn: '15m' });
      jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '15m' }, (error, token) => res.json({ token, access, refreshToken, other }));
    });
    app.listen(3000);
    `,
  )
})

test('fixes: jose, numbers, and what was ignored', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { SignJWT } from 'jose'
    const app = express()
    app.use((req, res, next) => {
      req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { algorithms: ['HS256'], ignoreExpiration: true })
      next()
    })
    app.post('/login', async (req, res) => {
      const a = await new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(process.env.JWT_SECRET))
      res.json([a, jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '3600' })])
    })
    app.listen(3000)
    `,
    `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { SignJWT } from 'jose'
    const app = express()
    app.use((req, res, next) => {
      req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { algorithms: ['HS256'] })
      next()
    })
    app.post('/login', async (req, res) => {
      const a = await new SignJWT({ id: 1 }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('15m').sign(new TextEncoder().encode(process.env.JWT_SECRET))
      res.json([a, jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: 3600 })])
    })
    app.listen(3000)
    `,
  )
})

test('fixes: Fastify keeps what was written, and puts it where it counts', () => {
  const app = (settings: string): string => `
    //- /app.ts
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, ${settings})
    app.post('/login', async (request, reply) => reply.jwtSign({ id: 1 }))
    app.listen({ port: 3000 })
    `
  checkFix(
    rule,
    app('{ secret: process.env.S, expiresIn: process.env.TIME }'),
    app('{ secret: process.env.S, sign: { expiresIn: process.env.TIME } }'),
  )
  checkFix(
    rule,
    app("{ secret: process.env.S, sign: { algorithm: 'HS512' } }"),
    app("{ secret: process.env.S, sign: { algorithm: 'HS512', expiresIn: '15m' } }"),
  )
  checkNoFix(rule, app("{ secret: process.env.S, expiresIn: '1h', sign: { algorithm: 'HS512' } }"))
})

test('what it says names the settings', () => {
  const [finding] = check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET })
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never expire
    app.post('/login', async (request, reply) => reply.jwtSign({ id: 1 }))
    app.listen({ port: 3000 })
  `,
  )
  expect(finding?.how).toContain('sign.expiresIn')
})

test('fixes: a lifetime that callers hand over counts', () => {
  const tokens = (options: string): string => `
    //- /tokens.js
    const jwt = require('jsonwebtoken')
    const sign = (payload, secret, options) => jwt.sign({ ...payload }, secret, ${options})
    exports.access = (user) => sign({ sub: user.id }, process.env.ACCESS_SECRET, { expiresIn: '15m' })
    exports.refresh = (user) => sign({ sub: user.id }, process.env.REFRESH_SECRET)
    //- /server.js
    const app = require('express')()
    const tokens = require('./tokens')
    app.post('/login', (req, res) => res.json({ access: tokens.access(find(req)), refresh: tokens.refresh(find(req)) }))
    app.listen(3000)
  `
  checkFix(rule, tokens('options'), tokens("{ expiresIn: '7d', ...options }"))
})

test('what is no number is no length of time', () => {
  check(
    rule,
    `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const app = require('express')()
    app.post('/', (req, res) => res.json(jwt.sign({ sub: 1 }, process.env.KEY, { expiresIn: Number('a year') })))
    app.listen(3000)
  `,
  )
})
