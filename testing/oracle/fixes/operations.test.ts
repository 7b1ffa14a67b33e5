// Fixes of how servers are run, before and after: open requests and SIGTERM, health routes, timeouts, pages of documentation.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import noExposedApiDocs from '../../../rules/no-exposed-api-docs/rule.js'
import requireGracefulShutdown from '../../../rules/require-graceful-shutdown/rule.js'
import requireHealthCheck from '../../../rules/require-health-check/rule.js'
import requireServerTimeouts from '../../../rules/require-server-timeouts/rule.js'
import { moduleApp } from '../fastifyApplications.js'
import { fixturesRoot } from '../fixture.js'
import { provenFix, proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 120_000
const honest = [{ method: 'GET', path: '/', status: 200 }]

/** A request that is open when SIGTERM comes, and gets no answer. */
async function isCut({ get, signal }: ProbedApplication): Promise<boolean> {
  const open = get('/slow').then(
    ({ status }) => status !== 200,
    () => true,
  )
  await new Promise((resolve) => setTimeout(resolve, 150))
  signal('SIGTERM')
  return open
}

const nest = (main: string): string => `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${main}}
void bootstrap()
//- /src/app.module.ts
import { Controller, Get, Module } from '@nestjs/common'

@Controller()
class AppController {
  @Get()
  hello() {
    return { ok: true }
  }

  @Get('slow')
  async slow() {
    await new Promise((resolve) => setTimeout(resolve, 600))
    return { ok: true }
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
//- /package.json
${JSON.stringify(
  {
    name: 'small',
    dependencies: {
      '@nestjs/common': '^12.0.0',
      '@nestjs/core': '^12.0.0',
      '@nestjs/platform-express': '^12.0.0',
      rxjs: '^7.8.2',
      'reflect-metadata': '^0.2.2',
    },
    devDependencies: { '@types/node': '^20.19.0' },
  },
  null,
  2,
)}
//- /tsconfig.json
${readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')}`

const express = (listens: string): string => `//- /server.ts
import express from 'express'

const app = express()
app.get('/', (_req, res) => {
  res.json({ ok: true })
})
app.get('/slow', (_req, res) => {
  setTimeout(() => res.json({ ok: true }), 600)
})
${listens}
`

test.each([
  ['a server without a name', 'app.listen(Number(process.env.PORT))'],
  ['a server that is exported', 'export default app.listen(Number(process.env.PORT))'],
  ['a server that an arrow function answers', 'void Promise.resolve().then(() => app.listen(Number(process.env.PORT)))'],
  ['a listener that ends the process', `const server = app.listen(Number(process.env.PORT))\nprocess.on('SIGTERM', () => process.exit(0))`],
])('require-graceful-shutdown: an open request is answered after SIGTERM: Express, %s', { timeout: TIMEOUT }, async (_name, listens) => {
  await proveFix({ rule: requireGracefulShutdown, app: express(listens), honest, weakness: isCut })
})

test('require-graceful-shutdown: Fastify', { timeout: TIMEOUT }, async () => {
  const slow = `app.get('/slow', async () => { await new Promise((resolve) => setTimeout(resolve, 600)); return { ok: true } })`
  const { after } = await provenFix({ rule: requireGracefulShutdown, app: moduleApp(slow), honest, weakness: isCut })
  expect(after.get('package.json')).toContain('close-with-grace')
})

test('require-graceful-shutdown: Nest', { timeout: TIMEOUT }, async () => {
  for (const main of ['', `  app.enableShutdownHooks(['SIGINT'])\n`])
    await proveFix({
      rule: requireGracefulShutdown,
      app: nest(`${main}  await app.listen(Number(process.env.PORT))\n`),
      honest,
      weakness: isCut,
    })
})

test('require-health-check: asked more often than the limit allows, and without signing in', { timeout: TIMEOUT }, async () => {
  const limited = `
    //- /server.ts
    import express from 'express'
    import helmet from 'helmet'
    import { rateLimit } from 'express-rate-limit'

    const app = express()
    app.use(helmet())
    app.use(rateLimit({ windowMs: 60_000, limit: 5 }))
    app.get('/', (_req, res) => {
      res.send('Hello')
    })
    app.listen(Number(process.env.PORT))
  `
  const isUnanswered = async ({ get }: ProbedApplication): Promise<boolean> => {
    const answers = []
    for (let number = 0; number < 8; number++) answers.push(await get('/health'))
    return answers.some(({ status, headers }) => status !== 200 || !headers.has('x-content-type-options'))
  }
  await proveFix({ rule: requireHealthCheck, app: limited, honest, weakness: isUnanswered })
  await proveFix({
    rule: requireHealthCheck,
    app: moduleApp('').replace('({ ok: true })', '({ notes: [] })'),
    honest,
    weakness: async ({ get }) => (await get('/health')).status !== 200,
  })
  await proveFix({
    rule: requireHealthCheck,
    app: nest('  await app.listen(Number(process.env.PORT))\n').replaceAll('{ ok: true }', '{ notes: [] }'),
    honest,
    weakness: async ({ get }) => (await get('/health')).status !== 200,
  })
})

test('require-server-timeouts: the time that the server really has', { timeout: TIMEOUT }, async () => {
  const isEndless = async ({ get }: ProbedApplication): Promise<boolean> => (await (await get('/time')).text()) === '0'
  await proveFix({
    rule: requireServerTimeouts,
    app: moduleApp(`app.get('/time', async () => String(app.server.requestTimeout))`),
    honest,
    weakness: isEndless,
  })
  await proveFix({
    rule: requireServerTimeouts,
    app: express(`const server = app.listen(Number(process.env.PORT))
server.requestTimeout = 0
app.get('/time', (_req, res) => {
  res.send(String(server.requestTimeout))
})`),
    honest,
    weakness: isEndless,
  })
})

test('no-exposed-api-docs: pages and consoles that production no longer serves', { timeout: TIMEOUT }, async () => {
  const isServed =
    (path: string) =>
    async ({ get }: ProbedApplication): Promise<boolean> =>
      (await get(path)).status === 200
  const page = `
    //- /server.js
    const express = require('express')
    const swaggerUi = require('swagger-ui-express')

    const app = express()
    app.use('/docs', swaggerUi.serve, swaggerUi.setup({ openapi: '3.0.0', info: { title: 'Notes', version: '1' }, paths: {} }))
    app.get('/', (req, res) => res.json([]))
    app.listen(process.env.PORT)
  `
  await proveFix({ rule: noExposedApiDocs, app: page, honest, weakness: isServed('/docs/') })
  await proveFix({
    rule: noExposedApiDocs,
    app: moduleApp(`await app.register(mercurius, { schema: 'type Query { add(x: Int): Int }', graphiql: true })`).replace(
      "from 'fastify'\n",
      "from 'fastify'\nimport mercurius from 'mercurius'\n",
    ),
    honest: [...honest, { method: 'GET', path: '/graphql?query=%7B__typename%7D', status: 200 }],
    weakness: isServed('/graphiql'),
  })
  await proveFix({
    rule: noExposedApiDocs,
    app: nest(`  const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Notes').build())
  SwaggerModule.setup('docs', app, document)
  await app.listen(Number(process.env.PORT))
`)
      .replace("from '@nestjs/core'", "from '@nestjs/core'\nimport { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'")
      .replace('"@nestjs/core"', '"@nestjs/swagger": "^12.0.0",\n    "@nestjs/core"'),
    honest,
    weakness: isServed('/docs'),
  })
})
