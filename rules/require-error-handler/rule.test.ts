// Error middleware: none, too early, or not taken for one.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('an application without error middleware', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [high] app has no error middleware
    app.use(express.json())
    app.get('/users', (req, res) => res.json(req.db.find()))
//  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] errors of GET /users
    app.listen(3000)
  `,
  )
})

test('error middleware that passes on what it does not know', () => {
  check(
    rule,
    `
    //- /named.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] answers only errors that it knows, and none stands behind it
      if (err.name === 'UnauthorizedError') return res.status(401).json({ error: 'invalid token' })
      next(err)
    })
    app.listen(3000)
    //- /classes.js
    const express = require('express')
    const { ValidationError } = require('./failures')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
      if (err instanceof ValidationError) res.status(400).json({ error: 'invalid' })
      else next(err)
    })
    app.use(function failed(err, req, res, next) { res.status(500).json({ error: 'failed' }) })
    app.listen(3001)
    //- /failures.js
    exports.ValidationError = class ValidationError extends Error {}
    //- /sent.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
      if (res.headersSent) return next(err)
      if (err.status === 401) return res.status(401).json({ error: 'login' })
      res.status(500).json({ error: 'failed' })
    })
    app.listen(3002)
    //- /statuses.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
      switch (err.code) {
        case 'ENOENT':
          return res.sendStatus(404)
        default:
          return res.sendStatus(500)
      }
    })
    app.listen(3003)
    //- /thrown.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] answers only errors that it knows, and none stands behind it
      if (err.status === 401) return res.sendStatus(401)
      throw err
    })
    app.listen(3004)
  `,
  )
})

test('middleware for all other errors is added behind it', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => (err.status === 401 ? res.sendStatus(401) : next(err)))
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => (err.status === 401 ? res.sendStatus(401) : next(err)))
    app.use((err, req, res, next) => {
      if (res.headersSent) return next(err)
      const status = Number.isInteger(err?.status) && err.status >= 400 && err.status < 600 ? err.status : 500
      if (status >= 500) console.error(err)
      res.status(status).json({ error: status < 500 && err.expose ? err.message : 'Internal Server Error' })
    })
    app.listen(3000)
  `,
  )
})

test('a file that the request chooses may not be there; a page of its own always is', () => {
  check(
    rule,
    `
    //- /files.js
    const express = require('express')
    const path = require('node:path')
    const app = express()
    //          ^^^^^^^^^ [high] app has no error middleware
    app.get('/files/:name', (req, res) => res.sendFile(path.join(__dirname, 'files', req.params.name)))
//  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] errors of GET /files/:name
    app.listen(3000)
    //- /page.js
    const express = require('express')
    const path = require('node:path')
    const app = express()
    app.get('/', (req, res) => res.sendFile(path.join(__dirname, 'index.html')))
    app.listen(3001)
  `,
  )
})

test('in routers, classes and factories of other files', () => {
  check(
    rule,
    `
    //- /server.ts
    import express, { type Express } from 'express'
    import { users } from './users.js'
    class Server {
      app: Express
      constructor() {
        this.app = express()
        //         ^^^^^^^^^ [high] has no error middleware
        this.app.use('/users', users())
      }
      start() {
        this.app.listen(3000)
      }
    }
    new Server().start()
    //- /users.ts
    import { Router } from 'express'
    export const users = () => {
      const router = Router()
      router.get('/', (req, res) => { res.json(req.app.locals.db.find()) })
      return router
    }
  `,
  )
})

test('a layer with four parameters that only passes on answers nothing', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [high]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => {
      console.error(err)
      next(err)
    })
    app.listen(3000)
  `,
  )
})

test('error middleware, whatever it looks like', () => {
  for (const handler of [
    `app.use((err, req, res, next) => res.status(500).json({ error: 'failed' }))`,
    `app.use(function (err, _req, res, _next) { res.sendStatus(500) })`,
    `app.use((err, req, res, next) => next(err), (err, req, res, next) => { res.sendStatus(500) })`,
    `app.use(require('./errors'))`,
    `require('./configure')(app)`,
    `app.use(require('errorhandler')())`,
  ])
    check(
      rule,
      `
      //- /app.js
      const express = require('express')
      const app = express()
      app.get('/users', (req, res) => res.json(req.db.find()))
      ${handler}
      app.listen(3000)
      //- /errors.js
      module.exports = (error, request, response, next) => {
        if (response.headersSent) return next(error)
        response.status(500).json({ error: 'failed' })
      }
      //- /configure.js
      const errors = require('./errors')
      module.exports = (app) => { app.use(errors) }
    `,
    )
})

test('handlers of routers count for their routes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const api = express.Router()
    api.get('/users', (req, res) => res.json(req.db.find()))
    api.use((err, req, res, next) => { res.sendStatus(500) })
    app.use('/api', api)
    app.get('/health', (req, res) => res.json({ ok: true }))
    app.listen(3000)
  `,
  )
})

test('registered before the routes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use((err, req, res, next) => res.sendStatus(500))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] stands before routes
    app.get('/users', (req, res) => res.json(req.db.find()))
//  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] errors of GET /users
    app.listen(3000)
  `,
  )
})

test('a page that stands behind the error middleware is left alone', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use((err, req, res, next) => res.sendStatus(500))
    app.get('*splat', (req, res) => res.sendFile('/app/index.html'))
    app.listen(3000)
  `,
  )
})

test('routes that cannot fail need none, unless a body is parsed before them', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/healthz', (req, res) => res.status(200).json({ ok: true }))
    app.get('/', (req, res) => { res.set('Content-Type', 'text/html'); res.end('<p>Back soon</p>') })
    app.listen(3000)
  `,
  )
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [high]
    app.use(express.json())
    app.get('/', (req, res) => res.json({ ok: true }))
    app.listen(3000)
  `,
  )
})

test('functions that Express does not take for error middleware', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.get('/users', (req, res) => { res.json(req.app.locals.db.find()) })
    app.use((err, req, res) => {
    //      ^^^^^^^^^^^^^^^^^^^^ [high] it has 3 parameters.
      res.status(500).json({ error: 'failed' })
    })
    app.use((err: any, req: any, res: any, next: any = undefined) => {
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] it has 3 parameters before a default
      res.status(500).json({ error: 'failed' })
    })
    app.listen(3000)
  `,
  )
})

test('where something sets NODE_ENV the page of Express is without stack', () => {
  for (const file of [
    '//- /Dockerfile\n    FROM node:22\n    ENV NODE_ENV=production\n    CMD ["node", "app.js"]',
    '//- /Procfile\n    web: node app.js',
    '//- /docker-compose.yml\n    services:\n      api:\n        environment:\n          NODE_ENV: production',
    "//- /env.js\n    if (!process.env.NODE_ENV) process.env.NODE_ENV = 'production'\n    //- /index.js\n    require('./env')\n    require('./app')",
    '//- /render.yaml\n    services:\n      - type: web\n        startCommand: node app.js',
    '//- /ecosystem.config.json\n    {"apps": [{"script": "app.js", "env": {"NODE_ENV": "production"}}]}',
    "//- /ecosystem.config.js\n    module.exports = { apps: [{ script: 'app.js', env: { NODE_ENV: 'production' } }] }",
  ])
    check(
      rule,
      `
    ${file}
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low, info]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
  `,
    )
})

test('a Procfile says nothing of the processes that it does not start', () => {
  const server = (name: string, mark: string): string => `
    //- /apps/${name}/package.json
    { "name": "${name}", "main": "server.js", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }
    //- /apps/${name}/server.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ ${mark}
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)`
  check(
    rule,
    `
    //- /Procfile
    web: node apps/shop/server.js
    ${server('shop', '[low, info]')}
    ${server('desk', '[high, warning]')}
  `,
  )
})

test('code that was not understood, and routers without application', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    require(process.env.PLUGIN)(app)
    app.listen(3000)
    //- /lib/router.js
    const { Router } = require('express')
    exports.router = Router().get('/', (req, res) => res.json({}))
  `,
  )
})

test('error middleware is added after the last registration', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.get("/users", (req, res) => res.json(req.db.find()));
    app.listen(3000);
  `,
    `
    //- /app.js
    const express = require("express");
    const app = express();
    app.get("/users", (req, res) => res.json(req.db.find()));
    app.use((err, req, res, next) => {
      if (res.headersSent) return next(err);
      const status = Number.isInteger(err?.status) && err.status >= 400 && err.status < 600 ? err.status : 500;
      if (status >= 500) console.error(err);
      res.status(status).json({ error: status < 500 && err.expose ? err.message : "Internal Server Error" });
    });
    app.listen(3000);
  `,
  )
})

test('errors of multer get a status where it reads uploads', () => {
  const server = (handler: string): string => `
    //- /app.js
    const express = require('express')
    const multer = require('multer')
    const upload = multer({ limits: { fileSize: 1000 } })
    const app = express()
    app.post('/files', upload.single('file'), (req, res) => res.json(req.db.save(req.file)))
    ${handler}app.listen(3000)
  `
  checkFix(
    rule,
    server(''),
    server(`app.use((err, req, res, next) => {
      if (res.headersSent) return next(err)
      // Errors of multer have no status.
      if (err?.name === 'MulterError') Object.assign(err, { status: err.code === 'LIMIT_FILE_SIZE' ? 413 : 400, expose: true })
      const status = Number.isInteger(err?.status) && err.status >= 400 && err.status < 600 ? err.status : 500
      if (status >= 500) console.error(err)
      res.status(status).json({ error: status < 500 && err.expose ? err.message : 'Internal Server Error' })
    })
    `),
  )
})

test('before listening where routes are registered elsewhere or in a loop, typed', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { logger } from './logger.js'
    import { routes } from './routes.js'
    export function start() {
      const app = express()
      for (const route of routes) app.get(route, (req, res) => { res.json(req.app.locals.db.find()) })
      return app.listen(3000)
    }
    start()
    //- /logger.ts
    import pino from 'pino'
    export const logger = pino()
    //- /routes.ts
    export const routes = ['/a', '/b']
  `,
    `
    //- /app.ts
    import express from 'express'
    import { logger } from './logger.js'
    import { routes } from './routes.js'
    export function start() {
      const app = express()
      for (const route of routes) app.get(route, (req, res) => { res.json(req.app.locals.db.find()) })
      const errorHandler: import('express').ErrorRequestHandler = (err, req, res, next) => {
        if (res.headersSent) return next(err)
        const status = Number.isInteger(err?.status) && err.status >= 400 && err.status < 600 ? err.status : 500
        if (status >= 500) logger.error(err)
        res.status(status).json({ error: status < 500 && err.expose ? err.message : 'Internal Server Error' })
      }
      app.use(errorHandler)
      return app.listen(3000)
    }
    start()
  `,
  )
})

test('it is moved, and gets its fourth parameter', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const errors = require('./errors')
    const app = express()
    app.use(errors)
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
    //- /errors.js
    module.exports = (err, req, res, next) => res.sendStatus(500)
  `,
    `
    //- /app.js
    const express = require('express')
    const errors = require('./errors')
    const app = express()
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.use(errors)
    app.listen(3000)
  `,
  )
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.get('/users', (req, res) => { res.json(req.app.locals.db.find()) })
    app.use((err: Error, req: express.Request, res: express.Response) => {
      res.status(500).json({ error: 'failed' })
    })
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.get('/users', (req, res) => { res.json(req.app.locals.db.find()) })
    app.use((err: Error, req: express.Request, res: express.Response, next: import('express').NextFunction) => {
      res.status(500).json({ error: 'failed' })
    })
    app.listen(3000)
  `,
  )
})

test('Fastify sends what errors say unless a handler answers them', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    //          ^^^^^^^^^ [high warning] app has no error handler, so messages of errors reach clients. => Set an error handler with a generic answer
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] errors of GET /users meet Fastify's own handler
    await app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.register(async (instance) => {
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
    })
    app.setErrorHandler((err, req, reply) => {
      reply.code(500).send({ error: 'Internal Server Error' })
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('an error handler of Fastify that throws again what it does not know', () => {
  check(
    rule,
    `
    //- /thrown.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] errors of GET /users meet Fastify's own handler
    app.setErrorHandler((error, request, reply) => {
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] hands errors on to Fastify's own
      if (error.statusCode === 401) return reply.code(401).send({ error: 'login' })
      throw error
    })
    app.listen({ port: 3000 })
    //- /inner.js
    const app = require('fastify')()
    app.register(async (instance) => {
      instance.setErrorHandler((error, request, reply) => reply.send(error))
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
    })
    app.setErrorHandler(async (error, request, reply) => {
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] hands errors on to Fastify's own
      if (error.validation) return reply.code(400).send({ error: 'invalid' })
      throw error
    })
    app.listen({ port: 3001 })
    //- /logged.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    app.setErrorHandler((error, request) => {
    //                  ^^^^^^^^^^^^^^^^^^^^^ [high warning] hands errors on to Fastify's own
      request.log.error(error)
      throw error
    })
    app.listen({ port: 3002 })
  `,
  )
})

test('what an error handler of Fastify hands on to one that answers it, and errors that it throws for clients', () => {
  check(
    rule,
    `
    //- /outer.js
    const app = require('fastify')()
    app.register(async (instance) => {
      instance.setErrorHandler((error, request, reply) => {
        if (error.validation) return reply.code(400).send({ error: 'invalid' })
        throw error
      })
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
    })
    app.register(async (instance) => {
      instance.setErrorHandler((error, request, reply) => reply.send(error))
      instance.get('/orders', async (request) => request.server.db.query('SELECT 2'))
    })
    app.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
    app.listen({ port: 3000 })
    //- /client.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    app.setErrorHandler((error, request, reply) => {
      if (!(error.statusCode < 500)) return reply.code(500).send({ error: 'failed' })
      throw error
    })
    app.listen({ port: 3001 })
    //- /other.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    app.setErrorHandler((error, request, reply) => {
      if (error.statusCode === 401) return reply.code(401).send({ error: 'login' })
      throw new Error('Internal Server Error')
    })
    app.listen({ port: 3002 })
    //- /rewritten.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    app.setErrorHandler((error, request, reply) => {
      if (error.statusCode === 401) return reply.code(401).send({ error: 'login' })
      error.message = 'Internal Server Error'
      throw error
    })
    app.listen({ port: 3003 })
    //- /production.js
    const app = require('fastify')()
    app.get('/users', async (request) => request.server.db.query('SELECT 1'))
    app.setErrorHandler((error, request, reply) => {
      if (process.env.NODE_ENV === 'production') return reply.code(500).send({ error: 'failed' })
      throw error
    })
    app.listen({ port: 3004 })
  `,
  )
})

test('an error handler of Fastify that is set when plugins with routes have loaded', () => {
  check(
    rule,
    `
    //- /routes.js
    module.exports = async (instance) => {
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] errors of GET /users meet Fastify's own handler
    }
    //- /awaited.js
    async function main() {
      const app = require('fastify')()
      await app.register(require('./routes'))
      app.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] set when routes have loaded
      await app.listen({ port: 3000 })
    }
    main()
  `,
  )
  check(
    rule,
    `
    //- /plugin.js
    const fp = require('fastify-plugin')
    const app = require('fastify')()
    app.register(async (instance) => {
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
    })
    app.register(fp(async (outer) => {
      outer.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] set when routes have loaded
    }))
    app.listen({ port: 3000 })
  `,
  )
})

test('an error handler of Fastify that is set before plugins with routes load', () => {
  check(
    rule,
    `
    //- /routes.js
    module.exports = async (instance) => {
      instance.get('/users', async (request) => request.server.db.query('SELECT 1'))
    }
    //- /first.js
    async function main() {
      const app = require('fastify')()
      app.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
      await app.register(require('./routes'))
      await app.listen({ port: 3000 })
    }
    main()
    //- /same.js
    async function main() {
      const app = require('fastify')()
      await app.register(require('@fastify/cors'))
      app.register(require('./routes'))
      app.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
      await app.listen({ port: 3001 })
    }
    main()
    //- /plugin.js
    const fp = require('fastify-plugin')
    const app = require('fastify')()
    app.register(fp(async (outer) => {
      outer.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
    }))
    app.register(require('./routes'))
    app.listen({ port: 3002 })
    //- /closed.js
    const app = require('fastify')()
    app.register(async (instance) => {
      instance.get('/orders', async (request) => request.server.db.query('SELECT 2'))
      app.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }))
    })
    app.listen({ port: 3003 })
  `,
  )
})

test('the error handler that the fix sets', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.get('/users', async (request) => request.server.inject('/other'))
    void app.listen({ port: 3000 })
  `,
    `
    //- /app.ts
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const statusCode = error.statusCode ?? (reply.statusCode >= 400 ? reply.statusCode : 500)
      if (statusCode < 500) return reply.send(error)
      request.log.error(error)
      return reply.code(statusCode).send({ statusCode, error: 'Internal Server Error', message: 'Internal Server Error' })
    })
    app.get('/users', async (request) => request.server.inject('/other'))
    void app.listen({ port: 3000 })
  `,
  )
})

test('where one process of a repository is in production, nothing is said of another', () => {
  check(
    rule,
    `
    //- /package.json
    { "private": true, "workspaces": ["apps/*"] }
    //- /apps/desk/package.json
    { "name": "desk", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "NODE_ENV=production node app.js" } }
    //- /apps/desk/app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low, info]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
    //- /apps/door/package.json
    { "name": "door", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }
    //- /apps/door/app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [high, warning]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
    //- /apps/lift/package.json
    { "name": "lift", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "sh start.sh" } }
    //- /apps/lift/start.sh
    export NODE_ENV=production
    exec node app.js
    //- /apps/lift/app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low, info]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
    //- /apps/wing/package.json
    { "name": "wing", "dependencies": { "express": "^5.0.0" } }
    //- /apps/wing/app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low, info]
    app.get('/users', (req, res) => res.json(req.db.find()))
    app.listen(3000)
    //- /Dockerfile
    FROM node:22
    ENV NODE_ENV=production
    COPY . .
    CMD ["node", "apps/wing/app.js"]
  `,
  )
})

test('procedures of tRPC are answered by its adapter, errors and all', () => {
  const express = (more: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const { createExpressMiddleware } = require('@trpc/server/adapters/express')
    const { router } = require('./router')
    const app = express()
    ${mark}
    ${more}
    app.use('/trpc', createExpressMiddleware({ router, createContext: () => ({}) }))
    app.listen(3000)
  `
  const missing = '//          ^^^^^^^^^ [high] app has no error middleware.'
  check(rule, express(''))
  check(rule, express('app.use(express.json())', missing))
  check(rule, express("app.get('/users', async (req, res) => res.json(await load()))", missing))
  const fastify = (more: string, mark = ''): string => `
    //- /app.js
    const Fastify = require('fastify')
    const { fastifyTRPCPlugin } = require('@trpc/server/adapters/fastify')
    const { router } = require('./router')
    const app = Fastify()
    ${mark}
    ${more}
    app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router, createContext: () => ({}) } })
    app.listen({ port: 3000 })
  `
  check(rule, fastify(''))
  check(rule, fastify("app.get('/users', async () => load())", '//          ^^^^^^^^^ [high] app has no error handler'))
})

test('graphql-yoga answers its errors itself', () => {
  const yoga = (more: string, mark = ''): string => `
    //- /app.js
    const express = require('express')
    const { createYoga } = require('graphql-yoga')
    const { schema } = require('./schema')
    const app = express()
    ${mark}
    ${more}
    app.use('/graphql', createYoga({ schema }))
    app.listen(3000)
  `
  check(rule, yoga(''))
  check(
    rule,
    yoga("app.get('/users', async (req, res) => res.json(await load()))", '//          ^^^^^^^^^ [high] app has no error middleware.'),
  )
})
