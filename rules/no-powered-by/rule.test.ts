// Tests of no-powered-by.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { beforeUnreadLayer, behindUnreadLayer } from '../../testing/smallServers.js'
import rule from './rule.js'

test('an application that neither disables nor removes it', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ [high warning] app sends X-Powered-By: Express.
    app.get('/', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /
    app.listen(3000)
  `,
  )
})

test.each([
  ["app.disable('x-powered-by')"],
  ["app.set('x-powered-by', false)"],
  ['app.use(helmet())'],
  ['app.use(helmet.hidePoweredBy())'],
  ["app.use((req, res, next) => { res.removeHeader('X-Powered-By'); next() })"],
])('%s keeps it away', (line) => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    ${line}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet that is told to keep it', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    //          ^^^^^^^^^ app sends
    app.use(helmet({ hidePoweredBy: false }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test.each([
  ['3.23.3', 'hidePoweredBy', true],
  ['3.23.3', 'xPoweredBy', false],
  ['4.6.0', 'hidePoweredBy', true],
  ['4.6.0', 'xPoweredBy', false],
  ['5.1.1', 'hidePoweredBy', true],
  ['5.1.1', 'xPoweredBy', false],
  ['6.1.5', 'xPoweredBy', false],
  ['6.2.0', 'xPoweredBy', true],
  ['8.1.0', 'hidePoweredBy', true],
  ['8.1.0', 'xPoweredBy', true],
])('helmet %s with `%s: false` keeps it: %s', (version, option, isKept) => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const app = express()
    ${isKept ? '//          ^^^^^^^^^ [high] app sends' : ''}
    app.use(helmet({ ${option}: false }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "helmet": "${version}" } }
  `,
  )
})

test('disabled in another file, on a field of a class', () => {
  check(
    rule,
    `
    //- /server.ts
    import express from 'express'
    import { configure } from './configure.js'
    class Server {
      app = express()
      constructor() { configure(this.app); this.app.get('/', (req, res) => res.json({})) }
    }
    new Server().app.listen(3000)
    //- /configure.ts
    export function configure(app: any) { app.disable('x-powered-by') }
  `,
  )
})

test('disabled in development only', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ app sends
    if (process.env.NODE_ENV !== 'production') app.disable('x-powered-by')
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('disabled and enabled again', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ app sends
    app.disable('x-powered-by')
    app.enable('x-powered-by')
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a mounted application brings it back', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import { admin } from './admin.js'
    const app = express()
    app.use(helmet())
    app.use('/admin', admin)
    ~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] admin is mounted here
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /admin.ts
    import express from 'express'
    export const admin = express()
    //                   ^^^^^^^^^ [high] admin brings X-Powered-By back.
    admin.get('/', (req, res) => res.json({}))
  `,
  )
})

test('a mounted router does not', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.disable('x-powered-by')
    const admin = express.Router()
    admin.get('/', (req, res) => res.json({}))
    app.use('/admin', admin)
    app.listen(3000)
  `,
  )
})

test('both applications send it: one finding', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ app sends
    const admin = express()
    //            ~~~~~~~~~ [affected] admin sends it as well
    admin.get('/', (req, res) => res.json({}))
    app.use('/admin', admin)
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet that comes late is a matter of its place', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.get('/early', (req, res) => res.json({}))
    app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('an application that answers nothing, and a library of routes', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.listen(3000)
    //- /router.ts
    import { Router } from 'express'
    export const router = Router()
    router.get('/', (req, res) => res.json({}))
  `,
  )
})

test('the fix disables it where the application is made', () => {
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
    app.disable('x-powered-by')
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix in CommonJS, in a class, with a sub-application', () => {
  checkFix(
    rule,
    `
    //- /server.js
    const express = require("express");
    const admin = require("./admin");
    class Server {
      constructor() {
        this.app = express(); // the application
        this.app.use("/admin", admin);
        this.app.get("/", (req, res) => res.json({}));
      }
    }
    new Server().app.listen(3000);
    //- /admin.js
    const express = require("express");
    const admin = express();
    admin.get("/", (req, res) => res.json({}));
    module.exports = admin;
  `,
    `
    //- /server.js
    const express = require("express");
    const admin = require("./admin");
    class Server {
      constructor() {
        this.app = express(); // the application
        this.app.disable("x-powered-by");
        this.app.use("/admin", admin);
        this.app.get("/", (req, res) => res.json({}));
      }
    }
    new Server().app.listen(3000);
    //- /admin.js
    const express = require("express");
    const admin = express();
    admin.disable("x-powered-by");
    admin.get("/", (req, res) => res.json({}));
    module.exports = admin;
  `,
  )
})

test('an application without a name has no fix', () => {
  checkNoFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    export default express().get('/', (req, res) => res.json({}))
  `,
  )
})

test('a Nest application sends it on Express, and its adapter takes it away', () => {
  checkFix(
    rule,
    nestFixture(),
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'

    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.getHttpAdapter().getInstance().disable('x-powered-by')
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('a Nest application on Fastify sends none, nor does one behind helmet', () => {
  check(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import helmet from 'helmet'
import { AppModule } from './app.module'
async function bootstrap() {
  const onFastify = await NestFactory.create(AppModule, new FastifyAdapter())
  await onFastify.listen(3000)
  const onExpress = await NestFactory.create(AppModule)
  onExpress.use(helmet())
  await onExpress.listen(3001)
}
bootstrap()
`),
  )
})

test('nginx in front hides it from what it hands on', () => {
  const behind = (directive: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    ${mark}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /deploy/nginx.conf
    server { location / { proxy_pass http://app:3000; ${directive} } }
  `
  check(rule, behind('proxy_hide_header X-Powered-By;', ''))
  check(rule, behind('proxy_hide_header Server;', '            ^^^^^^^^^ [high] sends X-Powered-By'))
})

test('a layer that could not be read may be helmet', () => {
  check(rule, behindUnreadLayer({ app: '[low] app sends X-Powered-By: Express.' }))
})

test('a route in front of it certainly has none', () => {
  check(rule, beforeUnreadLayer({ app: '[high] app sends X-Powered-By: Express.' }))
})

test('a layer may disable it for the application that it runs in', () => {
  const app = (layer: string, mark: string): string => `
    //- /app.js
    const app = require('express')()
    ${mark}
    app.use((req, res, next) => { ${layer}; next() })
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `
  const told = '//          ^^^^^^^^^^^^^^^^^^^^ X-Powered-By'
  check(rule, app("req.app.disable('x-powered-by')", ''))
  check(rule, app("res.app.set('x-powered-by', false)", ''))
  check(rule, app("req.app.enable('x-powered-by')", told))
  check(rule, app("req.app.disable('etag')", told))
  check(rule, app("req.other.disable('x-powered-by')", told))
})
