// Tokens that are believed unread by any key; and tokens that are read for other reasons, or verified somewhere else.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

test('the user of a request is whoever its token says', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { jwtDecode } from 'jwt-decode'
    import { decodeJwt } from 'jose'
    import { users } from './users.js'
    const app = express()
    app.use((req, res, next) => {
      const user = jwt.decode(req.headers.authorization?.split(' ')[1])
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token is who it says => no fix
      if (!user) return res.status(401).end()
      req.user = user
      ~~~~~~~~ [evidence] It is believed here
      next()
    })
    app.use('/b', async (req, res, next) => {
      const { id } = jwtDecode(req.cookies.token)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token
      res.locals.user = await users.findById(id)
      next()
    })
    app.use('/c', (req, res, next) => {
      req.userId = decodeJwt(req.get('authorization')).sub
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token
      next()
    })
    app.use('/d', (req, res, next) => {
      req.user = JSON.parse(Buffer.from(req.headers.authorization.split('.')[1], 'base64').toString())
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token => no fix
      next()
    })
    app.use('/e', (req, res, next) => {
      req.user = JSON.parse(atob(req.headers.authorization.split('.')[1]))
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token
      next()
    })
    app.listen(3000)
  `,
  )
})

test('what it says decides, through a helper in another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { readToken } from './tokens.js'
    const app = express()
    app.delete('/users/:id', (req, res) => {
      const payload = readToken(req.headers.authorization)
      if (payload.role !== 'admin') return res.status(403).end()
      res.json({ ok: true })
    })
    app.post('/posts', (req, res) => {
      const { permissions } = readToken(req.headers.authorization)
      if (!permissions.includes('write')) return res.status(403).end()
      res.json({ ok: true })
    })
    app.listen(3000)
    //- /tokens.ts
    import jwt from 'jsonwebtoken'
    export const readToken = (token: string) => jwt.decode(token) as any
                                                ^^^^^^^^^^^^^^^^^ [medium] decides what its sender may do
  `,
  )
})

test('a key that is told not to verify', () => {
  check(
    rule,
    `
    import express from 'express'
    import { decode } from 'jwt-simple'
    const app = express()
    app.use((req, res, next) => {
      req.user = decode(req.headers.authorization, process.env.SECRET, true)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] told not to verify => Verify the token
      req.other = decode(req.headers.authorization, process.env.SECRET, false, 'HS256')
      next()
    })
    app.listen(3000)
  `,
  )
})

test('read and verified in one flow, before or after, here or in a helper', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import jwksClient from 'jwks-rsa'
    import { verifyToken } from './tokens.js'
    const client = jwksClient({ jwksUri: 'https://example.com/jwks' })
    const app = express()
    app.use(async (req, res, next) => {
      const token = req.headers.authorization
      const { header, payload } = jwt.decode(token, { complete: true })
      const key = await client.getSigningKey(header.kid)
      jwt.verify(token, key.getPublicKey(), { algorithms: ['RS256'] })
      req.user = payload
      next()
    })
    app.use('/b', (req, res, next) => {
      verifyToken(req.headers.authorization)
      req.user = jwt.decode(req.headers.authorization)
      next()
    })
    app.use('/c', (req, res, next) => {
      jwt.verify(req.headers.authorization, process.env.JWT_SECRET, (error) => {
        if (error) return res.status(401).end()
        req.user = jwt.decode(req.headers.authorization)
        next()
      })
    })
    app.listen(3000)
    //- /tokens.ts
    import jwt from 'jsonwebtoken'
    export const verifyToken = (token: string) => jwt.verify(token, process.env.JWT_SECRET!, { algorithms: ['HS256'] })
  `,
  )
})

test('behind something that verified it, looked up in a store, or sent to its issuer', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import axios from 'axios'
    import passport from 'passport'
    import { expressjwt } from 'express-jwt'
    import { sessions } from './sessions.js'
    const app = express()
    app.use('/a', expressjwt({ secret: process.env.JWT_SECRET, algorithms: ['HS256'] }))
    app.get('/a/me', (req, res) => {
      req.user = jwt.decode(req.headers.authorization)
      res.json(req.user)
    })
    app.get('/b', passport.authenticate('jwt'), (req, res) => {
      if (jwt.decode(req.headers.authorization).role !== 'admin') return res.status(403).end()
      res.end()
    })
    app.use('/c', async (req, res, next) => {
      const session = await sessions.findOne({ token: req.headers.authorization })
      if (!session) return res.status(401).end()
      req.user = jwt.decode(req.headers.authorization)
      next()
    })
    app.use('/d', async (req, res, next) => {
      const token = req.headers.authorization
      const { data } = await axios.post('https://login.example.com/introspect', { token })
      if (!data.active) return res.status(401).end()
      req.user = jwt.decode(token)
      next()
    })
    app.listen(3000)
  `,
  )
})

test('tokens that are read for other reasons', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { provider } from './provider.js'
    const app = express()
    app.post('/login', async (req, res) => {
      const tokens = await provider.exchange(req.body.code)
      const { exp, sub } = jwt.decode(tokens.access_token)
      req.user = { sub }
      res.cookie('token', tokens.access_token, { maxAge: exp * 1000 })
      res.json({ exp })
    })
    app.get('/debug', (req, res) => {
      console.log(jwt.decode(req.headers.authorization))
      res.json(jwt.decode(req.headers.authorization))
    })
    app.post('/ids', (req, res) => {
      const parts = JSON.parse(Buffer.from(req.body.cursor, 'base64').toString())
      req.user = parts
      res.json(JSON.parse(req.body.text.split('.')[1]))
    })
    app.listen(3000)
  `,
  )
})

test('where the same file verifies elsewhere, it is not sure', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.use('/a', (req, res, next) => {
      jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { algorithms: ['HS256'] })
      next()
    })
    app.use('/b', (req, res, next) => {
      req.user = jwt.decode(req.headers.authorization)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Whoever sends a token
      next()
    })
    app.listen(3000)
  `,
  )
})

test('verified in the other case alone, and behind a check of CSRF tokens', () => {
  const server = (claims: string, mark = ''): string => `
    import express from 'express'
    import { peek, readAccess } from './tokens.js'
    const app = express()
    app.use((req, res, next) => {
      if (req.get('x-csrf-token') !== req.session.csrf) return res.status(403).end()
      next()
    })
    app.use((req, res, next) => {
      const token = req.headers.authorization
      ${claims}
      req.session.userId = String(claims.sub)
      next()
    })
    app.get('/', (req, res) => res.json(req.session.userId))
    app.listen(3000)
    //- /tokens.ts
    import jwt from 'jsonwebtoken'
    export const readAccess = (token: string) => jwt.verify(token, process.env.SECRET!, { algorithms: ['HS256'] })
    export const peek = (token: string) => jwt.decode(token)
    ${mark}`
  const mark = '                                       ^^^^^^^^^^^^^^^^^ [low] Whoever sends a token'
  check(rule, server("const claims = req.get('x-gateway') ? peek(token) : readAccess(token)", mark))
  check(rule, server('verifyAccess(token); const claims = peek(token)').replace('readAccess }', 'readAccess as verifyAccess }'))
})

test('whom a connection belongs to', () => {
  check(
    rule,
    `
    import { Server } from 'socket.io'
    import jwt from 'jsonwebtoken'
    const io = new Server(3000)
    io.use((socket, next) => {
      const claims = jwt.decode(socket.handshake.auth.token)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Whoever sends a token
      socket.data.driver = claims.sub
      next()
    })
  `,
  )
})

test('Fastify', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: '1h' } })
    app.addHook('onRequest', async (request) => {
      request.user = await request.jwtDecode()
                           ^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token => Verify the token
    })
    app.get('/', async (request) => request.user)
    app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: '1h' } })
    app.addHook('onRequest', async (request) => {
      await request.jwtVerify()
      request.account = await request.jwtDecode()
    })
    app.get('/', async (request) => request.user)
    app.listen({ port: 3000 })
  `,
  )
})

const nest = (body: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^12.0.0", "@nestjs/common": "^12.0.0", "@nestjs/jwt": "^12.0.0" } }
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
    @Module({ imports: [JwtModule.register({ secret: process.env.S })], controllers: [CatsController], providers: [AuthGuard] })
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

test('Nest: a guard', () => {
  check(
    rule,
    nest(`
        request.user = this.jwt.decode(request.headers.authorization)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token => Verify the token`),
  )
  check(
    rule,
    nest(`
        await this.jwt.verifyAsync(request.headers.authorization)
        request.user = this.jwt.decode(request.headers.authorization)`),
  )
})

test('Nest: a gateway', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/jwt": "^11.0.0", "@nestjs/websockets": "^11.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { Module } from '@nestjs/common'
    import { JwtModule } from '@nestjs/jwt'
    import { LiveGateway } from './live.gateway.js'
    import { OtherGateway } from './other.gateway.js'
    @Module({ imports: [JwtModule.register({ secret: process.env.S })], providers: [LiveGateway, OtherGateway] })
    class AppModule {}
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    //- /live.gateway.ts
    import { JwtService } from '@nestjs/jwt'
    import { WebSocketGateway } from '@nestjs/websockets'
    @WebSocketGateway()
    export class LiveGateway {
      constructor(private readonly jwt: JwtService) {}
      handleConnection(client) {
        const claims = this.jwt.decode(String(client.handshake.auth.token))
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Whoever sends a token
        client.data.driver = claims.sub
      }
    }
    //- /other.gateway.ts
    import { JwtService } from '@nestjs/jwt'
    import { WebSocketGateway } from '@nestjs/websockets'
    @WebSocketGateway()
    export class OtherGateway {
      constructor(private readonly jwt: JwtService) {}
      handleConnection(client) {
        client.data.driver = this.jwt.verify(String(client.handshake.auth.token)).sub
      }
    }
  `,
  )
})

test('fixes: verify in place of decode, with the key of this project', () => {
  checkFix(
    rule,
    nest('        request.user = this.jwt.decode(request.headers.authorization)'),
    nest('        request.user = this.jwt.verify(request.headers.authorization)').replace(/^ *\/\/- \/package\.json\n.*\n/m, ''),
  )
  const app = (read: string): string => `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '1h' })))
    app.use((req, res, next) => {
      res.locals.user = ${read}
      next()
    })
    app.listen(3000)
    `
  checkFix(
    rule,
    app("jwt.decode(String(req.headers.authorization).split(' ')[1])"),
    app("jwt.verify(String(req.headers.authorization).split(' ')[1], process.env.JWT_SECRET!, { algorithms: ['HS256'] })"),
  )
  checkNoFix(rule, app('jwt.decode(String(req.headers.authorization), { json: true })'))
  // Somebody else signed it.
  checkNoFix(rule, app('jwt.decode(req.body.id_token)'))
})

test('a decorator of Fastify is no check because of its name', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET })
    app.register(fp(async (app) => {
      app.decorate('authenticate', async (request, reply) => {
        const payload = await request.jwtDecode()
                              ^^^^^^^^^^^^^^^^^^^ [high error] Whoever sends a token is who it says
        if (!payload) return reply.code(401).send()
        request.user = payload
      })
    }))
    app.register(async (app) => {
      app.get('/me', { onRequest: app.authenticate }, async (request) => request.user)
    })
    app.listen({ port: 3000 })
    `,
  )
  check(
    rule,
    `
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.JWT_SECRET })
    app.register(fp(async (app) => {
      app.decorate('authenticate', async (request, reply) => {
        await request.jwtVerify()
        request.user = await request.jwtDecode()
      })
    }))
    app.register(async (app) => {
      app.get('/me', { onRequest: app.authenticate }, async (request) => request.user)
    })
    app.listen({ port: 3000 })
    `,
  )
})

test('a hook that decodes is not excused by one beside it that verifies, in the plugin that brings both', () => {
  const app = (claims: string): string => `
    //- /app.ts
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    import jwt from '@fastify/jwt'
    const identity = fp(async (app) => {
      await app.register(jwt, { secret: process.env.TOKEN_SECRET, verify: { algorithms: ['HS256'] } })
      app.decorate('signedIn', async (request) => { await request.jwtVerify() })
      app.decorate('adminOnly', async (request, reply) => {
        ${claims}
        if (!claims?.admin) return reply.code(403).send({ error: 'admins only' })
      })
    })
    const app = Fastify()
    await app.register(identity)
    await app.register(async (admin) => {
      admin.addHook('preHandler', app.adminOnly)
      admin.get('/users', async () => [])
    }, { prefix: '/admin' })
    app.get('/me', { onRequest: app.signedIn }, async (request) => request.user)
    await app.listen({ port: 3000 })
  `
  check(
    rule,
    app(`const claims = app.jwt.decode(request.headers.authorization?.slice(7) ?? '')
        //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] decides what its sender may do
    `),
  )
  check(rule, app(`const claims = await request.jwtVerify()`))
})

const guarded = (read: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/common": "^10.0.0", "@nestjs/core": "^10.0.0", "@nestjs/jwt": "^10.0.0", "pg": "^8.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    NestFactory.create(AppModule).then((app) => app.listen(3000))
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { JwtModule } from '@nestjs/jwt'
    import { DesksController } from './desks.controller'
    import { StaffService } from './staff.service'
    @Module({ imports: [JwtModule.register({ secret: process.env.KEY })], controllers: [DesksController], providers: [StaffService] })
    export class AppModule {}
    //- /staff.service.ts
    import { Injectable } from '@nestjs/common'
    import { Pool } from 'pg'
    const pool = new Pool()
    @Injectable()
    export class StaffService {
      async find(id: string) {
        const { rows } = await pool.query('select * from staff where id = $1', [id])
        return rows[0] ?? { id }
      }
    }
    //- /staff.guard.ts
    import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common'
    import { JwtService } from '@nestjs/jwt'
    import { StaffService } from './staff.service'
    @Injectable()
    export class StaffGuard implements CanActivate {
      constructor(private readonly jwt: JwtService, private readonly staff: StaffService) {}
      async canActivate(context: ExecutionContext) {
        const request = context.switchToHttp().getRequest()
${read}
        return Boolean(request.user)
      }
    }
    //- /desks.controller.ts
    import { Controller, Get, UseGuards } from '@nestjs/common'
    import { StaffGuard } from './staff.guard'
    @UseGuards(StaffGuard)
    @Controller('desks')
    export class DesksController {
      @Get()
      all() { return [] }
    }
  `

test('who asks is looked up by a service, by what a token says', () => {
  check(
    rule,
    guarded(`        const claims = this.jwt.decode(request.headers['x-staff-token']) as { sub: string }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token is who it says => Verify the token
        request.user = await this.staff.find(claims.sub)
        ~~~~~~~~~~~~ [evidence] It is believed here`),
  )
})

test('who asks is looked up by a service after the token was verified, or by something else than what was only read', () => {
  check(
    rule,
    guarded(`        const token = request.headers['x-staff-token']
        const { sub } = await this.jwt.verifyAsync(token)
        request.endsAt = (this.jwt.decode(token) as { exp: number }).exp
        request.user = await this.staff.find(sub)`),
  )
  check(
    rule,
    guarded(`        const claims = this.jwt.decode(request.headers['x-staff-token']) as { sub: string }
        console.log(await this.staff.find(claims.sub))
        request.user = await this.staff.find(request.params.id)`),
  )
})

test('whose record is looked up or written is what a token says', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    import knex from 'knex'
    const db = knex({ client: 'pg' })
    const app = Fastify()
    await app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: '1h' } })
    app.get('/me', async (request, reply) => {
      const claims = app.jwt.decode(request.headers.authorization.slice(7))
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Whoever sends a token is who it says => Verify the token
      if (!claims) return reply.code(401).send()
      return db('users').where({ id: claims.sub }).first()
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] What is theirs is looked up here
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('records that are looked up for other reasons, or before the token is verified', () => {
  check(
    rule,
    `
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import knex from 'knex'
    import { provider } from './provider.js'
    const db = knex({ client: 'pg' })
    const app = express()
    app.get('/callback', async (req, res) => {
      const { id_token: given } = await provider.exchange(req.query.code)
      const { email } = jwt.decode(given)
      res.json(await db('users').where({ email }).first('id'))
    })
    app.get('/reset', async (req, res) => {
      const { id } = jwt.decode(req.query.token)
      const user = await db('users').where({ id }).first()
      jwt.verify(req.query.token, process.env.SECRET + user.hash, { algorithms: ['HS256'] })
      res.end()
    })
    app.get('/keys', async (req, res) => {
      const { header } = jwt.decode(req.headers.authorization, { complete: true })
      res.json(await db('keys').where({ kid: header.kid }).first())
    })
    async function upsert(token) {
      const { sub, email } = jwt.decode(token)
      await db('users').insert({ google: sub, email })
    }
    app.post('/google', async (req, res) => {
      const tokens = await provider.exchange(req.body.code)
      await upsert(tokens.id_token)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('fixes: what a gateway throws while somebody connects is caught by nobody', () => {
  const gateway = (lines: string): string =>
    nestFixture(`//- /app.module.ts
import { Module } from '@nestjs/common'
import { JwtModule, JwtService } from '@nestjs/jwt'
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
@WebSocketGateway()
class LiveGateway {
  constructor(private readonly jwt: JwtService) {}
  async handleConnection(client) {
${lines}
  }
  @SubscribeMessage('say') say() { return {} }
}
@Module({ imports: [JwtModule.register({ secret: process.env.S })], providers: [LiveGateway] })
export class AppModule {}
`)
  const caught = (method: string): string =>
    gateway(`    try {
      client.data.driver = this.jwt.${method}(client.handshake.auth.token).sub
    } catch {
      client.disconnect(true)
    }`)
  checkNoFix(rule, gateway('    client.data.driver = this.jwt.decode(client.handshake.auth.token).sub'))
  checkFix(rule, caught('decode'), caught('verify').replace(/\/\/- \/package.json[\s\S]*?(?=\/\/- \/main)/, ''))
})
