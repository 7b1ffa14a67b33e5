// Fixes of the rules about sessions, proven on running servers: what browsers are told about the cookie, behind a proxy that speaks HTTPS.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import requireSecureCookie from '../../../rules/require-secure-cookie/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')
const env = { SESSION_SECRET: 'b1946ac92492d2347c6235b4d2611184cafe' }
const honest = [{ method: 'POST', path: '/login', status: 200 }]
const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  `//- /package.json\n${JSON.stringify({ name: 'sessions', dependencies }, null, 2)}`

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
