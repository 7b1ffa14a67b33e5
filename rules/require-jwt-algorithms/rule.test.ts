// Algorithms that are missing, too many or none; and verifications that name the right one.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const old = `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "jsonwebtoken": "^8.5.1", "passport-jwt": "^3.0.0", "express-jwt": "^5.3.0" } }
`

test('advice with jsonwebtoken 9, also promisified and with a callback', () => {
  check(
    rule,
    `
    import express from 'express'
    import { promisify } from 'node:util'
    import jwt from 'jsonwebtoken'
    import passport from 'passport'
    import { Strategy, ExtractJwt } from 'passport-jwt'
    const verifyLater = promisify(jwt.verify)
    passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.JWT_SECRET }, check))
                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low info] without naming the algorithm => Take tokens that are signed with HS256 alone
    const app = express()
    app.use(async (req, res, next) => {
      req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low info] without naming the algorithm => Take tokens that are signed with HS256 alone
      req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { issuer: 'me' })
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] without naming the algorithm
      await verifyLater(req.headers.authorization, process.env.JWT_SECRET)
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] without naming the algorithm
      jwt.verify(req.headers.authorization, process.env.JWT_SECRET, (error, user) => next(error))
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] without naming the algorithm
    })
    app.listen(3000)
  `,
  )
})

test('versions with a bypass', () => {
  check(
    rule,
    `${old}
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const passport = require('passport')
    const { Strategy, ExtractJwt } = require('passport-jwt')
    const expressJwt = require('express-jwt')
    const app = express()
    app.use(expressJwt({ secret: process.env.JWT_SECRET }))
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] by an old express-jwt
    passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.JWT_SECRET }, check))
                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] by an old passport-jwt
    app.use((req, res, next) => {
      req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium warning] by an old jsonwebtoken => Take tokens that are signed with HS256 alone
      req.claims = jwt.verify(req.headers.authorization, process.env.JWT_PUBLIC_KEY, { algorithms: ['RS256', 'HS256'] })
                                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] may check HMACs and signatures: RS256, HS256
      next()
    })
    app.listen(3000)
  `,
  )
})

test('none, by itself and in a list', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { decode, encode } from 'jwt-simple'
    import { key } from './key.js'
    const app = express()
    app.post('/login', (req, res) => {
      const own = jwt.sign({ id: 1, exp: 1 }, '', { algorithm: 'none' })
                                                               ^^^^^^ [high] made without a signature => no fix
      const a = jwt.verify(req.body.token, '', { algorithms: ['none'] })
                                                              ^^^^^^ [high] without a signature are accepted
      const b = jwt.verify(req.body.token, process.env.JWT_SECRET, { algorithms: ['HS256', 'none'] })
                                                                                           ^^^^^^ [high] without a signature are accepted
      const c = jwt.verify(req.body.token, key, { algorithms: ['none', 'HS256'] })
                                                               ^^^^^^ [medium] without a signature are accepted
      res.json([own, a, b, c])
    })
    app.listen(3000)
    //- /key.ts
    import { readFileSync } from 'node:fs'
    export const key = readFileSync('key.txt')
  `,
  )
})

test('public keys as secrets, and tokens that say how they are checked', () => {
  check(
    rule,
    `
    import express from 'express'
    import { readFileSync } from 'node:fs'
    import jwt from 'jsonwebtoken'
    import { decode } from 'jwt-simple'
    const publicKey = readFileSync(process.env.JWT_PUBLIC_KEY_FILE)
    const app = express()
    app.use((req, res, next) => {
      const a = decode(req.headers.authorization, publicKey, false, 'HS256')
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A public key checks an HMAC => no fix
      const b = decode(req.headers.authorization, publicKey)
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The token itself says
      const c = decode(req.headers.authorization, process.env.SECRET)
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] The token itself says
      const d = jwt.verify(req.headers.authorization, process.env.PUBLIC_KEY, { algorithms: ['HS256'] })
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] A public key checks an HMAC
      const e = jwt.verify(req.headers.authorization, publicKey, { algorithms: ['HS256', 'RS256'] })
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] HS256, RS256
      req.all = [a, b, c, d, e]
      next()
    })
    app.listen(3000)
  `,
  )
})

test('algorithms that are named, wherever they come from', () => {
  check(
    rule,
    `${old}
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const passport = require('passport')
    const { Strategy, ExtractJwt } = require('passport-jwt')
    const expressJwt = require('express-jwt')
    const { decode } = require('jwt-simple')
    const { jwtVerify, createRemoteJWKSet } = require('jose')
    const config = require('./config')
    const app = express()
    app.use(expressJwt({ secret: config.secret, algorithms: [config.algorithm] }))
    passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: config.secret, algorithms: ['HS256'] }, check))
    passport.use(new Strategy(config.strategy, check))
    app.use(async (req, res, next) => {
      const token = req.headers.authorization
      jwt.verify(token, config.secret, { algorithms: ['HS256'] })
      jwt.verify(token, config.secret, { algorithms: ['HS256', 'HS512'] })
      jwt.verify(token, config.publicKey, { algorithms: ['RS256', 'ES256'] })
      jwt.verify(token, config.secret, { algorithms: [process.env.ALGORITHM] })
      jwt.verify(token, config.secret, config.verification)
      jwt.verify(token, config.secret, { ...config.loaded, issuer: 'me' })
      decode(token, config.secret, false, 'HS256')
      await jwtVerify(token, createRemoteJWKSet(new URL('https://example.com/jwks')))
      next()
    })
    app.listen(3000)
    //- /config.js
    const load = require('./unseen')
    module.exports = {
      secret: process.env.JWT_SECRET, publicKey: process.env.JWT_PUBLIC_KEY, algorithm: process.env.ALGORITHM || 'HS256',
      verification: { algorithms: ['HS256'] }, loaded: load('tokens'), strategy: load('strategy'),
    }
  `,
  )
})

test('express-jwt from version 6 on refuses to start, and tests are none of it', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "express-jwt": "^8.5.1", "jsonwebtoken": "^8.5.1" } }
    //- /app.js
    const express = require('express')
    const { expressjwt } = require('express-jwt')
    const app = express()
    app.use(expressjwt({ secret: process.env.JWT_SECRET }))
    app.listen(3000)
    //- /app.test.js
    require('jsonwebtoken').verify('x', 'y')
  `,
  )
})

test('Fastify goes by the key; what is written is looked at', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: '1h' } })
    app.get('/me', async (request) => request.jwtVerify())
    app.get('/you', async (request) => request.jwtVerify({ verify: { algorithms: ['HS256', 'none'] } }))
                                                                                           ^^^^^^ without a signature are accepted
    app.listen({ port: 3000 })
  `,
  )
})

const nest = (version: string, settings: string, body: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/jwt": "${version}", "@nestjs/passport": "^11.0.0", "passport-jwt": "^4.0.1" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module.js'
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { JwtModule } from '@nestjs/jwt'
    import { AuthGuard } from './auth.guard.js'
    import { CatsController } from './cats.controller.js'
    @Module({
      imports: [
${settings}
      ],
      controllers: [CatsController],
      providers: [AuthGuard],
    })
    export class AppModule {}
    //- /cats.controller.ts
    import { Controller, Get, UseGuards } from '@nestjs/common'
    import { AuthGuard } from './auth.guard.js'
    @UseGuards(AuthGuard)
    @Controller('cats')
    export class CatsController {
      @Get() all() { return [] }
    }
    //- /auth.guard.ts
    import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common'
    import { JwtService } from '@nestjs/jwt'
    @Injectable()
    export class AuthGuard implements CanActivate {
      constructor(private readonly jwt: JwtService) {}
      async canActivate(context: ExecutionContext) {
        const request = context.switchToHttp().getRequest()
${body}
        return true
      }
    }
`

test('Nest: by the module, by its version, by the call', () => {
  const verifies = `
        await this.jwt.verifyAsync(request.headers.authorization)
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] names none`
  const quiet = '        await this.jwt.verifyAsync(request.headers.authorization)'
  const register = 'JwtModule.register({ secret: process.env.S })'
  const marked = (mark: string): string => `        ${register},\n        ${'^'.repeat(register.length)} ${mark}`
  check(rule, nest('^11.0.0', marked('[low info] without naming => Take tokens that are signed with HS256 alone'), verifies))
  check(rule, nest('^9.0.0', marked('[medium warning] by an old @nestjs/jwt'), verifies))
  check(rule, nest('^9.0.0', "        JwtModule.register({ secret: process.env.S, verifyOptions: { algorithms: ['HS256'] } }),", quiet))
  check(rule, nest('^9.0.0', '        JwtModule.registerAsync({ useClass: CatsController }),', quiet))
  check(
    rule,
    nest(
      '^9.0.0',
      '        JwtModule.register({ secret: process.env.S }),',
      "        await this.jwt.verifyAsync(request.headers.authorization, { algorithms: ['HS256'] })",
    ),
  )
})

test('Nest: strategies of passport', () => {
  check(
    rule,
    `
    import { Injectable } from '@nestjs/common'
    import { PassportStrategy } from '@nestjs/passport'
    import { ExtractJwt, Strategy } from 'passport-jwt'
    @Injectable()
    export class JwtStrategy extends PassportStrategy(Strategy) {
      constructor() {
        super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.JWT_SECRET })
                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low info] without naming the algorithm
      }
      validate(payload: { sub: string }) { return { id: payload.sub } }
    }
  `,
  )
})

test('fixes: the algorithm of the signing side', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { algorithm: 'HS512', expiresIn: '1h' })))
    app.use((req, res, next) => {
      res.locals.a = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!)
      res.locals.b = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { issuer: 'me' }) // kept
      res.locals.c = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { algorithms: ['none', 'HS512'] })
      jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, (error, payload) => next(error))
    })
    app.listen(3000)
    `,
    `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { algorithm: 'HS512', expiresIn: '1h' })))
    app.use((req, res, next) => {
      res.locals.a = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { algorithms: ['HS512'] })
      res.locals.b = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { issuer: 'me', algorithms: ['HS512'] }) // kept
      res.locals.c = jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { algorithms: ['HS512'] })
      jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { algorithms: ['HS512'] }, (error, payload) => next(error))
    })
    app.listen(3000)
    `,
  )
})

test('fixes: by the key where nothing is signed, and none where several algorithms are', () => {
  const app = (verify: string, sign = ''): string => `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const { decode } = require('jwt-simple')
    exports.check = (token) => ${verify}
    ${sign}
    `
  checkFix(
    rule,
    app('jwt.verify(token, process.env.JWT_PUBLIC_KEY)'),
    app("jwt.verify(token, process.env.JWT_PUBLIC_KEY, { algorithms: ['RS256'] })"),
  )
  checkFix(rule, app('decode(token, process.env.JWT_SECRET)'), app("decode(token, process.env.JWT_SECRET, false, 'HS256')"))
  checkNoFix(rule, app('jwt.verify(token, process.env.JWT_KEY)'))
  checkNoFix(
    rule,
    app(
      'jwt.verify(token, process.env.JWT_SECRET)',
      "exports.all = () => [jwt.sign({ exp: 1 }, 'a', { algorithm: 'HS512' }), jwt.sign({ exp: 1 }, 'a', { algorithm: 'HS384' })]",
    ),
  )
})

test('fixes: settings of Nest', () => {
  const quiet = '        await this.jwt.verifyAsync(request.headers.authorization)'
  checkFix(
    rule,
    nest('^11.0.0', '        JwtModule.register({ secret: process.env.S }),', quiet),
    nest('^11.0.0', "        JwtModule.register({ secret: process.env.S, verifyOptions: { algorithms: ['HS256'] } }),", quiet).replace(
      /^ *\/\/- \/package\.json\n.*\n/m,
      '',
    ),
  )
})
