// Tests of require-proxy-aware-rate-limit.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const limited = (setting: string, mark: string, more = ''): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    ${setting}
    ${mark}
    app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${more}
`

const files = {
  render: `//- /render.yaml
    services:
      - type: web
        env: node`,
  fly: `//- /fly.toml
    [http_service]
    internal_port = 3000`,
  procfile: `//- /Procfile
    web: node app.js`,
  nginx: `//- /deploy/nginx.conf
    server { location / { proxy_pass http://app:3000; } }`,
  ingress: `//- /k8s/ingress.yaml
    kind: Ingress
    metadata: { name: app }`,
  heroku: `//- /app.json
    { "name": "app", "buildpacks": [{ "url": "heroku/nodejs" }] }`,
  vercel: `//- /vercel.json
    { "version": 2 }`,
  compose: `//- /docker-compose.yml
    services:
      proxy:
        image: traefik:v3`,
}

const plain = (file: string, mark: string): string => limited('', '', file).replace(/(const app = express\(\)\n)\s*/, `$1    ${mark}\n    `)

test.each([
  ['Render', files.render, 'high'],
  ['Fly.io', files.fly, 'high'],
  ['Heroku', files.heroku, 'high'],
  ['an ingress', files.ingress, 'high'],
  ['the platform of the Procfile', files.procfile, 'medium'],
  ['nginx', files.nginx, 'medium'],
  ['Vercel', files.vercel, 'medium'],
  ['a proxy of the compose file', files.compose, 'medium'],
])('behind %s without trust proxy', (name, file, confidence) => {
  check(rule, plain(file, `//          ^^^^^^^^^ [${confidence}, warning] Behind ${name}, the rate limit counts all clients as one.`))
})

test('no proxy that the project speaks of', () => {
  check(rule, plain('', ''))
})

test('an app.json of a mobile application is no platform', () => {
  check(
    rule,
    plain(
      `//- /app.json
    { "expo": { "name": "app" } }`,
      '',
    ),
  )
})

test('a static site of Render is no proxy of the server', () => {
  check(
    rule,
    plain(
      `//- /render.yaml
    services:
      - type: worker
        env: node`,
      '',
    ),
  )
})

test('trust of a number, of addresses, or of something unknown', () => {
  check(rule, limited(`app.set('trust proxy', 1)`, '', files.render))
  check(rule, limited(`app.set('trust proxy', 'loopback')`, '', files.render))
  check(rule, limited(`app.set('trust proxy', Number(process.env.PROXIES))`, '', files.render))
})

test('trust that is switched off', () => {
  check(rule, limited(`app.disable('trust proxy')`, '^^^^^^^^^^^^^^^^^^^^^^^^^^ Behind Render', files.render))
  check(rule, limited(`app.set('trust proxy', 0)`, '^^^^^^^^^^^^^^^^^^^^^^^^^ Behind Render', files.render))
})

test('trust in everybody is spoofable, with or without a proxy', () => {
  check(rule, limited(`app.set('trust proxy', true)`, '^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Clients choose the address'))
  check(rule, limited(`app.enable('trust proxy')`, '^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Clients choose the address'))
  check(rule, limited(`app.set('trust proxy', () => true)`, '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Clients choose the address'))
})

test('a text from the environment', () => {
  check(
    rule,
    limited(
      `app.set('trust proxy', process.env.TRUST_PROXY)`,
      '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] is a text and no number',
    ),
  )
  check(rule, limited(`app.set('trust proxy', '1')`, '^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a text and no number'))
})

test('trust set in another file', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    require('./configure')(app)
    app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    //- /configure.js
    module.exports = (app) => app.set('trust proxy', 1)
    ${files.render}
  `,
  )
})

test('trust in production only is trust', () => {
  check(rule, limited(`if (process.env.NODE_ENV === 'production') app.set('trust proxy', 1)`, '', files.render))
})

test('limiters by account do not ask for addresses', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({ limit: 100, keyGenerator: (req) => req.user.id }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${files.render}
  `,
  )
})

test('own limiters by address do', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ Behind Render
    const hits = new Map()
    app.use((req, res, next) => {
      const count = (hits.get(req.ip) || 0) + 1
      hits.set(req.ip, count)
      return count > 100 ? res.status(429).end() : next()
    })
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${files.render}
  `,
  )
})

test('without a limiter there is nothing to count', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.enable('trust proxy')
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${files.render}
  `,
  )
})

test('files of another package of a monorepo', () => {
  check(
    rule,
    `
    //- /package.json
    { "workspaces": ["packages/*"] }
    //- /packages/api/package.json
    { "name": "api", "dependencies": { "express": "5" } }
    //- /packages/api/app.js
    const app = require('express')()
    app.use(require('express-rate-limit')({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    //- /packages/web/package.json
    { "name": "web" }
    //- /packages/web/fly.toml
    [http_service]
    internal_port = 3000
  `,
  )
})

test('the fix sets a number of proxies', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express');
    const { rateLimit } = require('express-rate-limit');
    const app = express();
    app.use(rateLimit({ limit: 100 }));
    app.get('/a', (req, res) => res.json({}));
    app.listen(3000);
    ${files.procfile}
  `,
    `
    //- /app.js
    const express = require('express');
    const { rateLimit } = require('express-rate-limit');
    const app = express();
    // One proxy stands in front: without it clients could choose their address, behind several all would share one.
    app.set('trust proxy', 1);
    app.use(rateLimit({ limit: 100 }));
    app.get('/a', (req, res) => res.json({}));
    app.listen(3000);
  `,
  )
})

test('the fix of trust in everybody and of a text', () => {
  const start = `
    //- /app.ts
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    const app = express()
    TRUST
    app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => { res.json({}) })
    app.listen(3000)
  `
  const cases = [
    [`app.enable('trust proxy')`, `app.set('trust proxy', 1)`],
    [`app.set('trust proxy', true)`, `app.set('trust proxy', 1)`],
    [`app.set('trust proxy', process.env.PROXIES)`, `app.set('trust proxy', Number(process.env.PROXIES))`],
  ] as const
  for (const [before, after] of cases) checkFix(rule, start.replace('TRUST', before), start.replace('TRUST', after))
})

test('trustProxy of Fastify', () => {
  const app = (options: string) => `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify(${options})
    await app.register(rateLimit, { max: 100 })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
    //- /render.yaml
    services: [{ type: web, name: shop, runtime: node }]
  `
  const trusted = `{ trustProxy: ['loopback', 'linklocal', 'uniquelocal'] }`
  checkFix(rule, app(''), app(trusted))
  checkFix(rule, app('{ trustProxy: true }'), app(trusted))
  check(rule, app(`{ trustProxy: '10.0.0.0/8' }`))
})

test('what Fastify makes of numbers, functions and texts, by version', () => {
  const app = (options: string, mark = '') => `
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.12.8" } }
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify(${options})
    ${mark}
    await app.register(rateLimit, { max: 100 })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  const marked = (value: string, message: string): string =>
    app(`{ trustProxy: ${value} }`, `//                    ${'^'.repeat('trustProxy: '.length + value.length)} ${message}`)
  for (const value of ['1', "'1'", 'Number(process.env.HOPS)']) {
    check(rule, marked(value, '[high] Fastify ignores this number'))
    check(rule, marked(value, '[high] Fastify ignores this number').replace('^5.12.8', '^5.0.0'))
  }
  for (const version of ['5.12.0', '~5.11.2', '^4.28.0'])
    check(rule, marked('1', '[medium] Clients that reach Fastify past the proxy choose').replace('^5.12.8', version))
  check(rule, marked('(address, hop) => hop < 2', '[medium] Clients that reach Fastify past the proxy choose'))
  check(rule, marked('() => true', '[high] Clients choose the address'))
  for (const quiet of [
    `(address) => address.startsWith('10.')`,
    `['10.0.0.0/8', 'loopback']`,
    `'127.0.0.1,10.0.0.0/8'`,
    'process.env.TRUSTED_PROXIES',
    `process.env.TRUST_PROXY === 'true'`,
    'false',
    '0',
  ])
    check(rule, app(`{ trustProxy: ${quiet} }`))
})

test('Nest on Fastify hands the options of its adapter on', () => {
  const app = (options: string, mark = ''): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter } from '@nestjs/platform-fastify'
    import rateLimit from '@fastify/rate-limit'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const adapter = new FastifyAdapter(${options})
      ${mark}
      const app = await NestFactory.create(AppModule, adapter)
      await app.register(rateLimit, { max: 100 })
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Controller, Get, Module } from '@nestjs/common'
    @Controller()
    class Notes { @Get() list() { return [] } }
    @Module({ controllers: [Notes] })
    export class AppModule {}
    ${files.render}
  `
  check(rule, app('{ trustProxy: true }', '//                                   ^^^^^^^^^^^^^^^^ [high] Clients choose the address'))
  check(rule, app('{ trustProxy: 1 }', '//                                   ^^^^^^^^^^^^^ [high] Fastify ignores this number'))
  check(rule, app(`{ trustProxy: 'loopback' }`))
  checkFix(rule, app('{ trustProxy: true }'), app(`{ trustProxy: ['loopback', 'linklocal', 'uniquelocal'] }`))
})

test('fix: Nest on Express, where only a declared type has the setting', () => {
  const app = (type: string, trusted: string): string => `
    //- /Procfile
    web: node dist/main.js
    //- /package.json
    { "name": "a", "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/throttler": "^6.0.0", "@nestjs/platform-express": "^11.0.0" } }
    //- /src/main.ts
    import { Controller, Get, Module } from '@nestjs/common'
    import { APP_GUARD, NestFactory } from '@nestjs/core'
    import type { NestExpressApplication } from '@nestjs/platform-express'
    import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
    @Controller()
    class Cats {
      @Get()
      all() {}
    }
    @Module({
      imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])],
      controllers: [Cats],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    })
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create${type}(AppModule)
${trusted}      await app.listen(3000)
    }
    bootstrap()
  `
  const declared = '<NestExpressApplication>'
  checkFix(
    rule,
    app('', ''),
    app(
      '',
      `      // One proxy stands in front: without it clients could choose their address, behind several all would share one.\n      app.getHttpAdapter().getInstance().set('trust proxy', 1)\n`,
    ),
  )
  checkFix(
    rule,
    app(declared, ''),
    app(
      declared,
      `      // One proxy stands in front: without it clients could choose their address, behind several all would share one.\n      app.set('trust proxy', 1)\n`,
    ),
  )
})

test('a proxy of one service says nothing of another', () => {
  const files = (address: string): string => `
    //- /package.json
    { "private": true, "workspaces": ["services/*"] }
    //- /services/desk/package.json
    { "name": "@shop/desk", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^7.0.0" } }
    //- /services/desk/server.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({ windowMs: 1000, limit: 100 }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /services/door/package.json
    { "name": "@shop/door", "dependencies": { "express": "^5.0.0" } }
    //- /services/door/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /Procfile.dev
    desk: node services/desk/server.js
    door: node services/door/server.js
    //- /infra/nginx/default.conf
    server { listen 80; location / { proxy_pass ${address}; } }
`
  check(rule, files('http://door:3000'))
  expect(() => check(rule, files('http://desk:3000'))).toThrow('Behind nginx')
  expect(() => check(rule, files('http://upstream'))).toThrow('Behind nginx')
})
