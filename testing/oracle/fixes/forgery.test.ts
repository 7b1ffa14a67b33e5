// Fixes against forged requests, proven on running servers: other sites are refused, the page itself is not.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import requireCsrfProtection from '../../../rules/require-csrf-protection/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')
const env = { SESSION_SECRET: 'b1946ac92492d2347c6235b4d2611184cafe' }
const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  `//- /package.json\n${JSON.stringify({ name: 'forgery', dependencies }, null, 2)}`

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
