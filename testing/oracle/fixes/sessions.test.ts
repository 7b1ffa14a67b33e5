// Fixes of the rules about sessions, proven on running servers: what browsers are told about the cookie, behind a proxy that speaks HTTPS.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import requireCsrfProtection from '../../../rules/require-csrf-protection/rule.js'
import requireSecureCookie from '../../../rules/require-secure-cookie/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')
const env = { SESSION_SECRET: 'b1946ac92492d2347c6235b4d2611184cafe' }
const honest = [{ method: 'POST', path: '/login', status: 200 }]
const manifest = (dependencies: Readonly<Record<string, string>>, extra: Readonly<Record<string, unknown>> = {}): string =>
  `//- /package.json\n${JSON.stringify({ name: 'sessions', ...extra, dependencies }, null, 2)}`

/** Whether the cookie of the login lacks one of the attributes. It has to be there: a session that is never sent protects nobody. */
async function isExposed({ send }: ProbedApplication): Promise<boolean> {
  const answer = await send({ method: 'POST', path: '/login', headers: { 'x-forwarded-proto': 'https' } })
  const [cookie] = answer.headers.getSetCookie()
  if (cookie === undefined) throw new Error('no cookie is sent')
  return !['Secure', 'HttpOnly', 'SameSite=Lax'].every((attribute) => cookie.includes(`; ${attribute}`))
}

test('require-secure-cookie: express-session, which has to trust the proxy for it', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: requireSecureCookie,
    env,
    app: `
      //- /server.ts
      import express from 'express'
      import session from 'express-session'

      declare module 'express-session' {
        interface SessionData { user: string }
      }
      const app = express()
      const options = { secret: process.env.SESSION_SECRET ?? '', resave: false, saveUninitialized: false, cookie: { maxAge: 60_000 } }
      app.use(session(options))
      app.post('/login', (req, res) => {
        req.session.user = 'ada'
        res.json({ ok: true })
      })
      app.listen(process.env.PORT)
      ${manifest({ express: '^5.0.0', 'express-session': '^1.19.0' }).replaceAll('\n', '\n      ')}
    `,
    honest,
    weakness: isExposed,
  })
  expect(after.get('server.ts')).toContain("app.set('trust proxy', 1)")
  expect(after.get('server.ts')).toContain("sameSite: 'lax' as const")
})

test('require-secure-cookie: a token that a handler writes', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSecureCookie,
    app: `
      //- /server.js
      const express = require('express')
      const { randomUUID } = require('node:crypto')
      const app = express()
      app.post('/login', (req, res) => {
        res.cookie('token', randomUUID())
        res.json({ ok: true })
      })
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: isExposed,
  }),
)

test('require-secure-cookie: sessions of Fastify', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSecureCookie,
    env,
    app: `
      //- /server.mjs
      import Fastify from 'fastify'
      import cookie from '@fastify/cookie'
      import session from '@fastify/session'

      const app = Fastify()
      await app.register(cookie)
      await app.register(session, { secret: process.env.SESSION_SECRET, cookie: { secure: false } })
      app.post('/login', async (request) => {
        request.session.set('user', 'ada')
        return { ok: true }
      })
      await app.listen({ port: Number(process.env.PORT) })
      ${manifest({ fastify: '^5.0.0', '@fastify/cookie': '^11.0.0', '@fastify/session': '^11.0.0' }).replaceAll('\n', '\n      ')}
    `,
    honest,
    weakness: isExposed,
  }),
)

test('require-secure-cookie: a cookie of a handler of Nest', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSecureCookie,
    app: `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { randomUUID } from 'node:crypto'
import { Controller, HttpCode, Module, Post, Res } from '@nestjs/common'
import type { Response } from 'express'

@Controller()
class AppController {
  @Post('login')
  @HttpCode(200)
  login(@Res({ passthrough: true }) res: Response) {
    res.cookie('sid', randomUUID(), { httpOnly: true })
    return { ok: true }
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
${manifest({ '@nestjs/common': '^12.0.0', '@nestjs/core': '^12.0.0', '@nestjs/platform-express': '^12.0.0', rxjs: '^7.8.2', 'reflect-metadata': '^0.2.2', express: '^5.0.0' })}
//- /tsconfig.json
${tsconfig}`,
    honest,
    weakness: isExposed,
  }),
)

test('require-secure-cookie: a secure session behind a platform that the application did not trust', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSecureCookie,
    env,
    app: `
      //- /server.js
      const express = require('express')
      const session = require('express-session')
      const app = express()
      app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false, cookie: { secure: true, sameSite: 'lax' } }))
      app.post('/login', (req, res) => {
        req.session.user = 'ada'
        res.json({ ok: true })
      })
      app.listen(process.env.PORT)
      //- /render.yaml
      services:
        - type: web
          name: api
      ${manifest({ express: '^5.0.0', 'express-session': '^1.19.0' }).replaceAll('\n', '\n      ')}
    `,
    honest,
    weakness: async ({ send }) => {
      const answer = await send({ method: 'POST', path: '/login', headers: { 'x-forwarded-proto': 'https' } })
      return answer.headers.getSetCookie().length === 0
    },
  }),
)

test('require-csrf-protection: Nest refuses what pages of other sites send, and nothing else', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireCsrfProtection,
    env,
    app: `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import session from 'express-session'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.use(session({ secret: process.env.SESSION_SECRET ?? '', resave: false, saveUninitialized: false, cookie: { httpOnly: true } }))
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { Controller, Module, Post, Req, Session, UnauthorizedException } from '@nestjs/common'

@Controller()
class AppController {
  @Post('login')
  login(@Session() session: { user?: string }) {
    session.user = 'ada'
    return { ok: true }
  }

  @Post('transfer')
  transfer(@Req() request: { session: { user?: string } }) {
    if (request.session.user === undefined) throw new UnauthorizedException()
    return { paid: true }
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
${manifest({ '@nestjs/common': '^12.1.0', '@nestjs/core': '^12.1.0', '@nestjs/platform-express': '^12.1.0', rxjs: '^7.8.2', 'reflect-metadata': '^0.2.2', 'express-session': '^1.19.0' })}
//- /tsconfig.json
${tsconfig}`,
    honest: [
      { method: 'POST', path: '/login', status: 201 },
      { method: 'POST', path: '/transfer', status: 401 },
    ],
    weakness: async ({ send }) => {
      const [cookie] = (await send({ method: 'POST', path: '/login' })).headers.getSetCookie()
      const own = { cookie: cookie?.split(';')[0] ?? '' }
      const pays = async (headers: Readonly<Record<string, string>>) =>
        (await send({ method: 'POST', path: '/transfer', headers: { ...own, ...headers } })).status === 201
      if (!(await pays({ 'sec-fetch-site': 'same-origin' })) || !(await pays({}))) throw new Error('the user is locked out')
      return pays({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })
    },
  }),
)

test('require-csrf-protection: the hook of @fastify/csrf-protection on each route', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireCsrfProtection,
    app: `
      //- /server.ts
      import Fastify from 'fastify'
      import cookie from '@fastify/cookie'
      import csrf from '@fastify/csrf-protection'

      async function start() {
        const app = Fastify()
        await app.register(cookie)
        await app.register(csrf)
        app.get('/token', async (_request, reply) => ({ token: reply.generateCsrf() }))
        app.post('/transfer', async () => ({ paid: true }))
        await app.listen({ port: Number(process.env.PORT) })
      }
      void start()
      ${manifest({ fastify: '^5.0.0', '@fastify/cookie': '^11.0.0', '@fastify/csrf-protection': '^8.0.0' }).replaceAll('\n', '\n      ')}
    `,
    honest: [{ method: 'GET', path: '/token', status: 200 }],
    weakness: async ({ get, send }) => {
      const answer = await get('/token')
      const { token } = (await answer.json()) as { token: string }
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const pays = async (headers: Readonly<Record<string, string>>) =>
        (await send({ method: 'POST', path: '/transfer', headers: { cookie, ...headers } })).status === 200
      if (!(await pays({ 'x-csrf-token': token }))) throw new Error('the page itself is locked out')
      return pays({})
    },
  }),
)
