// Fixes for tokens, run before and after: lifetimes and algorithms.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import noTimingUnsafeComparison from '../../../rules/no-timing-unsafe-comparison/rule.js'
import noUnverifiedJwt from '../../../rules/no-unverified-jwt/rule.js'
import requireJwtAlgorithms from '../../../rules/require-jwt-algorithms/rule.js'
import requireJwtExpiry from '../../../rules/require-jwt-expiry/rule.js'
import { moduleApp } from '../fastifyApplications.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const SECRET = 'c2f1e7a9d04b4b6f9a5be8d1f3a7c6e5'
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')
const nestPackages = {
  '@nestjs/common': '^12.0.0',
  '@nestjs/core': '^12.0.0',
  '@nestjs/platform-express': '^12.0.0',
  '@nestjs/jwt': '^12.0.0',
}
const env = { JWT_SECRET: SECRET }
const honest = [{ method: 'GET', path: '/token', status: 200 }]

/** Whether the token that the application hands out has no end. */
const isEndless = async ({ get }: ProbedApplication): Promise<boolean> => {
  const payload = jwt.decode(await (await get('/token')).text())
  return typeof payload === 'object' && payload?.exp === undefined
}

const express = (route: string): string => `
  //- /server.ts
  import express from 'express'
  import jwt from 'jsonwebtoken'

  const app = express()
  ${route}
  app.listen(Number(process.env.PORT))
`

test('require-jwt-expiry: expiresIn in the call', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireJwtExpiry,
    app: express(`app.get('/token', (req, res) => {
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!))
  })`),
    env,
    honest,
    weakness: isEndless,
  })
})

test('require-jwt-expiry: a number in place of digits in quotes', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireJwtExpiry,
    app: express(`app.get('/token', (req, res) => {
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '900' }))
  })`),
    env,
    honest,
    weakness: async ({ get }) => {
      const payload = jwt.decode(await (await get('/token')).text()) as { iat: number; exp: number }
      return payload.exp - payload.iat < 900
    },
  })
})

test('require-jwt-expiry: expired tokens are refused', { timeout: TIMEOUT }, async () => {
  const expired = jwt.sign({ id: 1, exp: 1_500_000_000 }, SECRET)
  await proveFix({
    rule: requireJwtExpiry,
    app: express(`app.get('/me', (req, res) => {
    try {
      res.json(jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, { algorithms: ['HS256'], ignoreExpiration: true }))
    } catch {
      res.sendStatus(401)
    }
  })`),
    env,
    honest: [{ method: 'GET', path: '/me', status: 200, headers: { authorization: jwt.sign({ id: 1 }, SECRET, { expiresIn: '1h' }) } }],
    weakness: async ({ get }) => (await get('/me', { authorization: expired })).status === 200,
  })
})

test('require-jwt-expiry: settings of Fastify, missing and misplaced', { timeout: TIMEOUT }, async () => {
  for (const settings of ['{ secret: process.env.JWT_SECRET }', "{ secret: process.env.JWT_SECRET, expiresIn: '15m' }"])
    await proveFix({
      rule: requireJwtExpiry,
      app: moduleApp(`await app.register(jwt, ${settings})
app.get('/token', async (request, reply) => reply.jwtSign({ id: 1 }))`).replace(
        "from 'fastify'\n",
        "from 'fastify'\nimport jwt from '@fastify/jwt'\n",
      ),
      env,
      honest,
      weakness: isEndless,
    })
})

const nest = (methods: string): string => `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { Controller, Get, Headers, Inject, Module, UnauthorizedException } from '@nestjs/common'
import { JwtModule, JwtService } from '@nestjs/jwt'

@Controller()
class AppController {
  constructor(@Inject(JwtService) private readonly jwt: JwtService) {}

${methods}
}

@Module({ imports: [JwtModule.register({ secret: process.env.JWT_SECRET })], controllers: [AppController] })
export class AppModule {}
//- /package.json
${JSON.stringify({ name: 'small', dependencies: { ...nestPackages, rxjs: '^7.8.2', 'reflect-metadata': '^0.2.2' }, devDependencies: { '@types/node': '^20.19.0' } }, null, 2)}
//- /tsconfig.json
${tsconfig}`

test('require-jwt-expiry and require-jwt-algorithms: settings of Nest', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireJwtExpiry,
    app: nest(`    @Get('token') token() {
      return this.jwt.sign({ id: 1 })
    }`),
    env,
    honest,
    weakness: isEndless,
  })
  await proveFix({
    rule: requireJwtAlgorithms,
    app: nest(`    @Get('me') async me(@Headers('authorization') token: string) {
      try {
        return await this.jwt.verifyAsync(token)
      } catch {
        throw new UnauthorizedException()
      }
    }`),
    env,
    honest: [{ method: 'GET', path: '/me', status: 200, headers: { authorization: jwt.sign({ id: 1 }, SECRET) } }],
    weakness: async ({ get }) => (await get('/me', { authorization: jwt.sign({ id: 1 }, SECRET, { algorithm: 'HS512' }) })).status === 200,
  })
})

test('require-jwt-algorithms: the algorithm of the signing side', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireJwtAlgorithms,
    app: express(`app.get('/token', (req, res) => {
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '1h' }))
  })
  app.get('/me', (req, res) => {
    jwt.verify(String(req.headers.authorization), process.env.JWT_SECRET!, (error, payload) => {
      if (error) res.sendStatus(401)
      else res.json(payload)
    })
  })`),
    env,
    honest: [...honest, { method: 'GET', path: '/me', status: 200, headers: { authorization: jwt.sign({ id: 1 }, SECRET) } }],
    weakness: async ({ get }) => (await get('/me', { authorization: jwt.sign({ id: 1 }, SECRET, { algorithm: 'HS512' }) })).status === 200,
  })
})

test('require-jwt-algorithms: tokens without a signature', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireJwtAlgorithms,
    app: express(`app.get('/token', (req, res) => {
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '1h' }))
  })
  app.get('/me', (req, res) => {
    try {
      res.json(jwt.verify(String(req.headers.authorization), process.env.OLD_SECRET ?? '', { algorithms: ['none'] }))
    } catch {
      res.sendStatus(401)
    }
  })`),
    env,
    honest,
    weakness: async ({ get }) => (await get('/me', { authorization: jwt.sign({ id: 1 }, '', { algorithm: 'none' }) })).status === 200,
  })
})

/** A token that anybody can write. */
const forged = `${[
  { alg: 'HS256', typ: 'JWT' },
  { id: 1, role: 'admin' },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.')}.x`

test('no-unverified-jwt: verified with the key of this project', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnverifiedJwt,
    app: express(`app.get('/token', (req, res) => {
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '1h' }))
  })
  app.use((req, res, next) => {
    try {
      res.locals.user = jwt.decode(String(req.headers.authorization))
      next()
    } catch {
      res.sendStatus(401)
    }
  })
  app.get('/me', (req, res) => {
    res.json(res.locals.user)
  })`),
    env,
    honest: [...honest, { method: 'GET', path: '/me', status: 200, headers: { authorization: jwt.sign({ id: 1 }, SECRET) } }],
    weakness: async ({ get }) => (await get('/me', { authorization: forged })).status === 200,
  })
})

test('no-unverified-jwt: in the words of Fastify', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnverifiedJwt,
    app: moduleApp(`await app.register(jwt, { secret: process.env.JWT_SECRET })
app.get('/me', async (request) => {
  request.user = await request.jwtDecode()
  return request.user
})`).replace("from 'fastify'\n", "from 'fastify'\nimport jwt from '@fastify/jwt'\n"),
    env,
    honest: [{ method: 'GET', path: '/me', status: 200, headers: { authorization: `Bearer ${jwt.sign({ id: 1 }, SECRET)}` } }],
    weakness: async ({ get }) => (await get('/me', { authorization: `Bearer ${forged}` })).status === 200,
  })
})

test('no-timing-unsafe-comparison: digests are compared, and what is missing equals nothing', { timeout: TIMEOUT }, async () => {
  const key = (value: string) => ({ 'x-api-key': value })
  const { after } = await provenFix({
    rule: noTimingUnsafeComparison,
    app: express(`app.get('/token', (req, res) => {
    if (req.headers['x-api-key'] !== process.env.API_KEY) return void res.sendStatus(401)
    res.send(jwt.sign({ id: 1 }, process.env.JWT_SECRET!, { expiresIn: '1h' }))
  })
  app.post('/retire', (req, res) => {
    delete process.env.API_KEY
    res.end()
  })`),
    env: { ...env, API_KEY: SECRET },
    honest: [
      { method: 'GET', path: '/token', status: 200, headers: key(SECRET) },
      { method: 'GET', path: '/token', status: 401, headers: key(SECRET.slice(1)) },
      { method: 'GET', path: '/token', status: 401 },
    ],
    // How long a comparison takes cannot be asked here; that it compares something else can.
    weakness: async ({ send, get }) => {
      await send({ method: 'POST', path: '/retire' })
      return (await get('/token')).status === 200
    },
  })
  expect(after.get('server.ts')).toContain('timingSafeEqual(digest(given), digest(expected))')
})

test('no-timing-unsafe-comparison: two files need the function, and the fix of one makes the module', { timeout: TIMEOUT }, async () => {
  const key = (value: string) => ({ 'x-api-key': value })
  const router = (variable: string) => `import { Router } from 'express'

  const router = Router()
  router.get('/', (req, res) => {
    if (req.headers['x-api-key'] !== process.env.${variable}) return void res.sendStatus(401)
    res.json({ ok: true })
  })
  export default router
`
  const { after } = await provenFix({
    rule: noTimingUnsafeComparison,
    finding: ({ file }) => file === 'reports.ts',
    app: `
  //- /server.ts
  import express from 'express'
  import reports from './reports.js'
  import stock from './stock.js'

  const app = express()
  app.use('/reports', reports)
  app.use('/stock', stock)
  app.listen(Number(process.env.PORT))
  //- /reports.ts
  ${router('REPORT_KEY')}
  //- /stock.ts
  ${router('STOCK_KEY')}
  //- /package.json
  { "type": "module", "dependencies": { "express": "^5.1.0" } }`,
    env: { STOCK_KEY: SECRET },
    honest: [
      { method: 'GET', path: '/stock', status: 200, headers: key(SECRET) },
      { method: 'GET', path: '/reports', status: 401, headers: key(SECRET) },
    ],
    // While the variable is not set, nothing equals it.
    weakness: async ({ get }) => (await get('/reports')).status === 200,
  })
  expect(after.get('isSameSecret.ts')).toContain('export function isSameSecret(given: unknown, expected: unknown): boolean')
  expect(after.get('reports.ts')).toContain("import { isSameSecret } from './isSameSecret.js'")
})
