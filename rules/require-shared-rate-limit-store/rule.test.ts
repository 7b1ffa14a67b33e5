// Tests of require-shared-rate-limit-store.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const app = (mark: string, more: string, options = '{ limit: 100 }'): string => `
    //- /app.js
    const express = require('express')
    const { rateLimit, MemoryStore } = require('express-rate-limit')
    const { RedisStore } = require('rate-limit-redis')
    const app = express()
    app.use(rateLimit(${options}))
    ${mark}
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${more}
`
const mark = '//      ^^^^^^^^^^^^^^^^^^^^^^^^^ '

test.each([
  ['PM2 starts', `//- /ecosystem.config.js\n    module.exports = { apps: [{ script: 'app.js', instances: 'max', exec_mode: 'cluster' }] }`],
  ['PM2 starts', `//- /ecosystem.config.json\n    { "apps": [{ "script": "app.js", "instances": 4 }] }`],
  ['PM2 starts', `//- /ecosystem.config.cjs\n    module.exports = { apps: [{ script: 'app.js', instances: -1 }] }`],
  ['PM2 starts', `//- /package.json\n    { "dependencies": { "express": "5" }, "scripts": { "start": "pm2 start app.js -i max" } }`],
  ['PM2 starts', `//- /Dockerfile\n    FROM node:22\n    CMD ["pm2-runtime", "app.js", "-i", "4"]`],
  [
    'the compose file starts',
    `//- /docker-compose.yml\n    services:\n      app:\n        build: .\n        deploy:\n          replicas: 3`,
  ],
  ['Kubernetes starts', `//- /k8s/app.yaml\n    kind: Deployment\n    spec:\n      replicas: 2`],
  ['Render starts', `//- /render.yaml\n    services:\n      - type: web\n        numInstances: 2`],
  ['Fly.io starts', `//- /fly.toml\n    [http_service]\n    min_machines_running = 2`],
  ['Heroku starts', `//- /app.json\n    { "formation": { "web": { "quantity": 2 } } }`],
])('%s several processes', (what, file) => {
  check(rule, app(`${mark}[high, info] counts in memory, and ${what} several processes`, file))
})

test('one process, or nothing said', () => {
  check(rule, app('', ''))
  check(rule, app('', `//- /ecosystem.config.js\n    module.exports = { apps: [{ script: 'app.js', instances: 1 }] }`))
  check(rule, app('', `//- /docker-compose.yml\n    services:\n      app:\n        build: .`))
})

test('copies of something else', () => {
  check(
    rule,
    app('', `//- /docker-compose.yml\n    services:\n      worker:\n        image: redis\n        deploy:\n          replicas: 3`),
  )
})

test('copies in development, tests and examples', () => {
  check(rule, app('', `//- /docker-compose.dev.yml\n    services:\n      app:\n        build: .\n        scale: 3`))
  check(rule, app('', `//- /examples/k8s.yaml\n    kind: Deployment\n    spec:\n      replicas: 2`))
})

const several = `//- /ecosystem.config.js\n    module.exports = { apps: [{ script: 'app.js', instances: 'max' }] }`

test('a shared store', () => {
  check(rule, app('', several, '{ store: new RedisStore({ sendCommand: () => null }) }'))
  check(rule, app('', several, '{ store: process.env.REDIS_URL ? new RedisStore({}) : undefined }'))
})

test('a memory store by name', () => {
  check(rule, app('//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts in memory', several, '{ store: new MemoryStore() }'))
})

test('options that could not be read', () => {
  check(rule, app('', several, `require(process.env.OPTIONS)`))
})

test('cluster.fork', () => {
  check(
    rule,
    `
    //- /server.js
    const cluster = require('node:cluster')
    if (cluster.isPrimary) {
      cluster.fork()
      cluster.fork()
    } else {
      require('./app')
    }
    //- /app.js
    const { rateLimit } = require('express-rate-limit')
    const app = require('express')()
    app.use(rateLimit({ limit: 100 }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] \`cluster\` forks several processes
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('serverless functions', () => {
  check(
    rule,
    `
    //- /handler.js
    const serverless = require('serverless-http')
    const { rateLimit } = require('express-rate-limit')
    const app = require('express')()
    app.use(rateLimit({ limit: 100 }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] as many as it likes
    app.get('/a', (req, res) => res.json({}))
    module.exports.handler = serverless(app)
  `,
  )
})

test('rate-limiter-flexible: the class says where it counts', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { RateLimiterMemory, RateLimiterRedis } = require('rate-limiter-flexible')
    const by = (limiter) => (req, res, next) => limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).end())
    const memory = new RateLimiterMemory({ points: 5, duration: 900 })
    //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts in memory
    const shared = new RateLimiterRedis({ storeClient: {}, points: 5, insuranceLimiter: new RateLimiterMemory({ points: 1 }) })
    app.post('/login', by(memory), (req, res) => res.json({}))
    app.post('/signup', by(shared), (req, res) => res.json({}))
    app.listen(3000)
    ${several}
  `,
  )
})

test('a store in one mode and memory in the other', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const { rateLimit } = require('express-rate-limit')
    const { RedisStore } = require('rate-limit-redis')
    if (process.env.REDIS_URL) app.use(rateLimit({ limit: 100, store: new RedisStore({}) }))
    else app.use(rateLimit({ limit: 100 }))
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
    ${several}
  `,
  )
})

test('the plugin of Fastify counts in memory unless it is given a store', () => {
  const app = (options: string) => `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    import { redis } from './redis.js'
    const app = Fastify()
    await app.register(rateLimit, ${options})
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
    //- /redis.js
    export const redis = globalThis.redis
    //- /ecosystem.config.js
    module.exports = { apps: [{ script: 'app.js', instances: 4 }] }
  `
  expect(() => check(rule, app('{ max: 100 }'))).toThrow('This limiter counts in memory')
  check(rule, app('{ max: 100, redis }'))
})

test('limits of routes count in the store of their plugin, which is one cause', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    await app.register(rateLimit, { global: false })
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts in memory
    app.get('/', { config: { rateLimit: { max: 10 } } }, async () => ({ ok: true }))
    app.post('/', { config: { rateLimit: { max: 5 } } }, async () => ({ ok: true }))
    await app.listen({ port: 3000 })
    //- /ecosystem.config.js
    module.exports = { apps: [{ script: 'app.js', instances: 4 }] }
  `,
  )
})

test("Nest's throttlers count in the memory of the process, once for all of them, unless their module has a storage", () => {
  const throttled = (module: string, more = ''): string =>
    nestFixture(`//- /app.module.ts
import { Controller, Get, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Throttle, ThrottlerGuard, ThrottlerModule, ThrottlerStorage } from '@nestjs/throttler'
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis'
@Controller()
class AppController {
  @Throttle({ long: { ttl: 60_000, limit: 5 } })
  @Post('login')
  login() { return {} }
  @Get('a')
  a() { return {} }
  @Get('b')
  b() { return {} }
}
@Module({
  imports: [
    ${module}
  ],
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }${more}],
})
export class AppModule {}
//- /docker-compose.yml
services:
  app:
    build: .
    deploy:
      replicas: 3
`)
  const limits = `{ name: 'short', ttl: 1_000, limit: 20 }, { name: 'long', ttl: 60_000, limit: 100 }`
  const unshared = throttled(`ThrottlerModule.forRoot([${limits}])
    //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, info] This limiter counts in memory, and the compose file starts several processes`)
  check(rule, unshared.replace(', ThrottlerStorage }', ' }'))
  check(rule, throttled(`ThrottlerModule.forRoot({ throttlers: [${limits}], storage: new ThrottlerStorageRedisService() })`))
  check(rule, throttled(`ThrottlerModule.forRoot([${limits}])`, ', { provide: ThrottlerStorage, useClass: ThrottlerStorageRedisService }'))
})

test('limiters of the project that count in a Map', () => {
  const server = (limiter: string): string => `
    //- /package.json
    { "name": "a", "scripts": { "start": "pm2-runtime server.js -i 4" }, "dependencies": { "express": "5", "ioredis": "5" } }
    //- /server.js
    const express = require('express')
    const Redis = require('ioredis')
    const redis = new Redis(process.env.REDIS_URL)
    const hits = new Map()
    const app = express()
    ${limiter}
    app.get('/notes', (req, res) => res.json([]))
    app.listen(3000)`
  check(
    rule,
    server(`app.use((req, res, next) => {
      const hit = hits.get(req.ip) ?? { count: 0, until: Date.now() + 60000 }
      hits.set(req.ip, { count: hit.count + 1, until: hit.until })
      if (hit.count > 100) return res.status(429).end()
                                  ^^^^^^^^^^^^^^^^^^^^^ [medium] counts in memory, and PM2 starts several processes
      next()
    })`),
  )
  check(
    rule,
    server(`app.use(async (req, res, next) => {
      const count = await redis.incr(req.ip)
      hits.set(req.ip, count)
      if (count > 100) return res.status(429).end()
      next()
    })`),
  )
  check(
    rule,
    server(`app.use((req, res, next) => {
      const count = (hits.get(req.ip) ?? 0) + 1
      hits.set(req.ip, count)
      if (count > 100) return res.status(429).end()
      next()
    })`).replace(' -i 4', ''),
  )
})

test('several processes of one service say nothing of another', () => {
  const files = (name: string): string => `
    //- /package.json
    { "private": true, "workspaces": ["services/*"] }
    //- /services/desk/package.json
    { "name": "desk", "dependencies": { "express": "^5.0.0", "express-rate-limit": "^7.0.0" } }
    //- /services/desk/server.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.use(rateLimit({ windowMs: 1000, limit: 100 }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /services/door/package.json
    { "name": "door", "dependencies": { "express": "^5.0.0" } }
    //- /services/door/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /ecosystem.config.js
    module.exports = { apps: [
      { name: 'desk', script: 'services/desk/server.js', instances: ${name === 'desk' ? 4 : 1} },
      { name: 'door', script: 'services/door/server.js', instances: ${name === 'door' ? 4 : 1} },
    ] }
`
  check(rule, files('door'))
  expect(() => check(rule, files('desk'))).toThrow('PM2 starts several processes')
})
