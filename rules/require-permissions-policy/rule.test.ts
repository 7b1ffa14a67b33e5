// Tests of require-permissions-policy.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('an application without the header, helmet or not', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    //          ^^^^^^^^^ [high info] app sends no Permissions-Policy.
    app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an option that helmet ignores', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet({ permissionsPolicy: { features: { camera: [] } } }))
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] helmet ignores the option permissionsPolicy.
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('own middleware in another file, and a table of headers', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { headers } from './headers.js'
    const app = express()
    app.use((req, res, next) => {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /headers.ts
    export const headers = { 'Permissions-Policy': 'camera=()' }
  `,
  )
})

test('a package that sets it', () => {
  check(
    rule,
    `
    import express from 'express'
    import permissionsPolicy from 'permissions-policy'
    const app = express()
    app.use(permissionsPolicy({ features: { camera: [] } }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a handler that sets it for its pages', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => { res.set('Permissions-Policy', 'camera=()'); res.send('<p>') })
    app.get('/data', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('only in development', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ no Permissions-Policy
    if (process.env.NODE_ENV === 'development')
      app.use((req, res, next) => { res.set('Permissions-Policy', 'camera=()'); next() })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('probes, routers and applications that answer nothing', () => {
  check(
    rule,
    `
    import express from 'express'
    const probes = express()
    probes.get('/healthz', (req, res) => res.sendStatus(200))
    probes.listen(9000)
    const idle = express()
    idle.listen(9001)
    export const router = express.Router()
    router.get('/', (req, res) => res.json({}))
  `,
  )
})

test('a gateway that sets it', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    { gateway: ['permissions-policy'] },
  )
})

test('the fix sets it in a middleware', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'

    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'

    const app = express()
    app.use((_req, res, next) => {
      res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix in CommonJS with semicolons', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.get("/", (req, res) => res.json({}));
    app.listen(3000);
  `,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.use((_req, res, next) => {
      res.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
      next();
    });
    app.get("/", (req, res) => res.json({}));
    app.listen(3000);
  `,
  )
})

test('a hook of Fastify', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    const app = require('fastify')()
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
    })
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `,
  )
})

test('Nest, on either platform', () => {
  const main = (lines: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-fastify": "^11.0.0" } }
    //- /main.ts
    import { Controller, Get, Module } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter } from '@nestjs/platform-fastify'
    import helmet from 'helmet'
    @Controller()
    class AppController {
      @Get() hello() {
        return { ok: true }
      }
    }
    @Module({ controllers: [AppController] })
    class AppModule {}
    async function bootstrap() {
      ${lines}
      await app.listen(3000)
    }
    void bootstrap()
`
  const header = "res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')"
  const added = `app.use((_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void) => {
        ${header}
        next()
      })`
  check(
    rule,
    main(`const app = await NestFactory.create(AppModule)
      //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] app sends no Permissions-Policy
      app.use(helmet())`),
  )
  check(rule, main(`const app = await NestFactory.create(AppModule)\n      app.use((req, res, next) => { ${header}; next() })`))
  for (const made of ['await NestFactory.create(AppModule)', 'await NestFactory.create(AppModule, new FastifyAdapter())'])
    checkFix(rule, main(`const app = ${made}`), main(`const app = ${made}\n      ${added}`))
})
