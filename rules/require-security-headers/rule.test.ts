// Tests of require-security-headers.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { beforeUnreadLayer, behindUnreadLayer } from '../../testing/smallServers.js'
import rule from './rule.js'

test('an application with routes and no headers', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ [high error] Nothing sets security headers on the responses of app.
    app.use(express.json())
    app.get('/', (req, res) => res.json({ ok: true }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET / is answered without them
    app.listen(3000)
  `,
  )
})

test('helmet in another file, on an application made in a class', () => {
  check(
    rule,
    `
    //- /server.ts
    import express from 'express'
    import { secure } from './secure.js'
    import { routes } from './routes.js'
    class Server {
      app = express()
      constructor() { secure(this.app); this.app.use('/api', routes) }
      start() { this.app.listen(3000) }
    }
    new Server().start()
    //- /secure.ts
    import helmet from 'helmet'
    export const secure = (app: any) => app.use(helmet())
    //- /routes.ts
    import { Router } from 'express'
    export const routes = Router()
    routes.get('/users', (req, res) => res.json([]))
  `,
  )
})

test('the same application where the class forgets it', () => {
  check(
    rule,
    `
    //- /server.ts
    import express from 'express'
    import { routes } from './routes.js'
    class Server {
      app = express()
    //      ^^^^^^^^^ Nothing sets security headers
      constructor() { this.app.use('/api', routes) }
      start() { this.app.listen(3000) }
    }
    new Server().start()
    //- /routes.ts
    import { Router } from 'express'
    export const routes = Router()
    routes.get('/users', (req, res) => res.json([]))
  `,
  )
})

test('helmet after routes names what it misses', () => {
  const findings = check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.get('/early', (req, res) => res.send('a'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /early is answered without them
    app.use(helmet())
    //      ^^^^^^^^ [high] helmet() comes too late: /early is answered without security headers.
    app.get('/later', (req, res) => res.send('b'))
    app.listen(3000)
  `,
  )
  expect(findings).toHaveLength(1)
})

test('helmet after a static folder and after a router of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import { api } from './api.js'
    const app = express()
    app.use(express.static('public'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /
    app.use('/api', api)
    app.use(helmet())
    //      ^^^^^^^^ 2 routes are answered
    app.get('/later', (req, res) => res.send('b'))
    app.listen(3000)
    //- /api.ts
    import { Router } from 'express'
    export const api = Router()
    api.post('/items', (req, res) => res.json({}))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] POST /api/items
  `,
  )
})

test('helmet after everything, and the fix in front of what answers first', () => {
  const lines = (first: string, last: string, marks: readonly [string, string, string] = ['', '', '']): string => `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    import { shop } from './shop.js'
    const app = express()${marks[0]}
${first}    app.use(express.json())
    app.use('/shop', shop)
${last}${marks[1]}    app.listen(3000)
    //- /shop.ts
    import { Router } from 'express'
    export const shop = Router()
    shop.get('/goods', (req, res) => res.json([]))${marks[2]}
  `
  const helmetLine = '    app.use(helmet())\n'
  const before = lines('', helmetLine)
  check(
    rule,
    lines('', helmetLine, [
      '\n    //          ~~~~~~~~~ [evidence] app is made here',
      '    //      ^^^^^^^^ [high, complete, suggestion] too late: every request is answered without security headers. => Move helmet() in front of the first route\n',
      '\n    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /shop/goods is answered without them',
    ]),
  )
  checkFix(rule, before, lines(helmetLine, ''))
})

test('helmet on one path', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    //          ~~~~~~~~~ [evidence] app is made here
    app.use('/api', helmet())
    //              ^^^^^^^^ [high, complete] helmet() covers a part of app only: 4 routes are answered without it. => Add helmet in front of everything in app
    app.get('/api/a', (req, res) => res.json({}))
    app.get('/page', (req, res) => res.send('<p>'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /page is answered without them
    app.get('/b', (req, res) => res.send('<p>'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /b is answered without them
    app.get('/c', (req, res) => res.send('<p>'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /c is answered without them
    app.get('/d', (req, res) => res.send('<p>'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] GET /d is answered without them
    app.listen(3000)
  `,
  )
})

test('helmet in one router', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use('/a', require('./a'))
    app.use('/b', require('./b'))
    app.listen(3000)
    //- /a.js
    const helmet = require('helmet')
    const router = require('express').Router()
    router.use(helmet())
    //         ^^^^^^^^ covers a part of app only: /b is answered
    router.get('/', (req, res) => res.json({}))
    module.exports = router
    //- /b.js
    const router = require('express').Router()
    router.get('/', (req, res) => res.json({}))
    module.exports = router
  `,
  )
})

test('helmet in development only', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    if (process.env.NODE_ENV === 'development') {
      app.use(helmet())
    //        ^^^^^^^^ [high] helmet() is off in production.
    }
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet in production only is enough', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    if (process.env.NODE_ENV === 'production') app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet behind a feature flag', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    if (process.env.USE_HELMET === 'true' && process.env.SECURE) app.use(helmet())
    //                                                                   ^^^^^^^^ [medium] Security headers depend on a switch: SECURE, USE_HELMET.
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet that can be switched off is of low confidence', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    if (process.env.NO_HELMET !== 'true') app.use(helmet())
    //                                            ^^^^^^^^ [low] NO_HELMET
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('helmet that is not called', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet)
    //      ^^^^^^ [high, suggestion] without being called => Call helmet
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('one header set by hand', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ [medium] Only x-frame-options is set on the responses of app.
    app.use((req, res, next) => {
      res.setHeader('X-Frame-Options', 'SAMEORIGIN')
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a frame policy alone, through a helper', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { frameHeaders } from './frames.js'
    const app = express()
    //          ^^^^^^^^^ [medium] Only frame-ancestors and x-frame-options are set
    app.use((req, res, next) => {
      for (const [name, value] of Object.entries(frameHeaders())) res.setHeader(name, value)
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /frames.ts
    export const frameHeaders = () => ({ 'Content-Security-Policy': "frame-ancestors 'self'", 'X-Frame-Options': 'SAMEORIGIN' })
  `,
  )
})

test('a table of headers that the environment decides about', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { frameHeaders } from './frames.js'
    const app = express()
    //          ^^^^^^^^^ [medium] Only frame-ancestors is set on the responses of app.
    const headers = frameHeaders()
    app.use((req, res, next) => {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /frames.ts
    export function frameHeaders(): Record<string, string> {
      const sites = process.env.FRAME_SITES ?? "'self'"
      if (sites === '*') return { 'Content-Security-Policy': 'frame-ancestors *' }
      return { 'Content-Security-Policy': \`frame-ancestors \${sites}\`, 'X-Frame-Options': 'SAMEORIGIN' }
    }
  `,
  )
})

test('headers of which the names are not known', () => {
  check(
    rule,
    `
    import express from 'express'
    import config from 'config'
    const app = express()
    //          ^^^^^^^^^ [low] Nothing sets security headers
    app.use((req, res, next) => {
      for (const [name, value] of Object.entries(config.get('headers'))) res.setHeader(name, value)
      next()
    })
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('own middleware that sets what counts', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { headers } from './headers.js'
    const app = express()
    app.use(headers)
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /headers.ts
    export function headers(req: any, res: any, next: any) {
      res.set({ 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Strict-Transport-Security': 'max-age=31536000' })
      next()
    }
  `,
  )
})

test('lusca sends what it is told, by texts and objects as well', () => {
  const served = (options: string, mark: string): string => `
    //- /app.js
    const express = require('express')
    const lusca = require('lusca')
    const app = express()
    ${mark}
    app.use(lusca(${options}))
    app.get('/', (req, res) => res.render('home'))
    app.listen(3000)
  `
  check(rule, served("{ xframe: 'SAMEORIGIN', hsts: { maxAge: 31536000 }, nosniff: true }", ''))
  check(rule, served('{ xframe: false, nosniff: true }', '            ^^^^^^^^^ [medium] Only x-content-type-options'))
})

test('several applications of one process, one without headers', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    const setup = express()
    //            ^^^^^^^^^ responses of setup
    setup.post('/install', (req, res) => res.json({}))
    setup.listen(3001)
  `,
  )
})

test('an application for probes alone is worth a note', () => {
  check(
    rule,
    `
    import express from 'express'
    const probes = express()
    //             ^^^^^^^^^ [info] probes
    probes.get('/healthz', (req, res) => res.sendStatus(200))
    probes.listen(9000)
  `,
  )
})

test('a sub-application stands behind the headers of its parent', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    const admin = express()
    admin.get('/', (req, res) => res.json({}))
    app.use('/admin', admin)
    app.listen(3000)
  `,
  )
})

test('an application that answers nothing', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(express.json())
    app.listen(3000)
  `,
  )
})

test('a router that another project mounts', () => {
  check(
    rule,
    `
    import { Router } from 'express'
    export const router = Router()
    router.get('/', (req, res) => res.json({}))
  `,
  )
})

test('preflights before helmet do not count', () => {
  check(
    rule,
    `
    import express from 'express'
    import helmet from 'helmet'
    import cors from 'cors'
    const app = express()
    app.options('/{*splat}', cors())
    app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('a gateway that sets them', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    { gateway: ['security-headers'] },
  )
})

test('a gateway that sets them, by its own file: in front of what it hands on', () => {
  const behind = (nginx: string, mark: string, snippet = ''): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    ${mark}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /nginx/includes/headers.conf
    ${snippet}
    //- /deploy/nginx.conf
    server {
      listen 443 ssl;
      ${nginx}
    }
  `
  const headers = 'add_header X-Content-Type-Options nosniff always; add_header X-Frame-Options "DENY" always;'
  const proxy = 'proxy_pass http://app:3000;'
  const mark = '            ^^^^^^^^^ [high] Nothing sets security headers'
  check(rule, behind(`${headers} location / { ${proxy} }`, ''))
  check(rule, behind(`location / { ${proxy} ${headers} }`, ''))
  check(rule, behind(`location / { ${proxy} } location /static { root /srv; ${headers} }`, mark))
  check(rule, behind(`add_header X-Frame-Options DENY; location / { ${proxy} }`, mark))
  check(rule, behind(`${headers} location / { root /srv; }`, mark))
  check(rule, behind(`location / { ${proxy} } ${headers}`, ''))
  check(
    rule,
    behind(`${headers} location / { ${proxy} } location /ws { ${proxy} proxy_set_header Upgrade $http_upgrade; add_header A b; }`, ''),
  )
  // A directive of its own takes the place of all that stand around.
  check(rule, behind(`${headers} location / { ${proxy} add_header Cache-Control no-store; }`, mark))
  check(rule, behind(`location / { ${proxy} } location /docs { ${proxy} ${headers} }`, mark))
  check(rule, behind(`location / { ${proxy} } } server { listen 80; ${headers} root /srv;`, mark))
  check(rule, behind(`include snippets/headers.conf; location / { ${proxy} }`, '', headers))
  check(rule, behind(`location / { ${proxy} } location /docs { include snippets/headers.conf; }`, mark, headers))
  check(rule, behind(`location / { ${proxy} if ($host) { set $a b; } ${headers} }`, ''))
})

test('of probes behind middleware that could not be understood nothing is said', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(require('./middlewares/' + process.argv[2]))
    app.get('/health', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix imports helmet and registers it first', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'

    const app = express()
    app.use(express.json())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'

    const app = express()
    app.use(helmet())
    app.use(express.json())
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

    // The application.
    const app = express();
    app.get("/early", (req, res) => res.json({}));
    app.listen(3000);
  `,
    `
    //- /app.js
    const express = require("express");
    const helmet = require("helmet");

    // The application.
    const app = express();
    app.use(helmet());
    app.get("/early", (req, res) => res.json({}));
    app.listen(3000);
  `,
  )
})

test('the fix calls what was not called', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet)
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the fix moves what comes too late, options and all', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(express.json())
    app.get('/early', (req, res) => res.json({}))
    // Headers.
    app.use(helmet({ frameguard: { action: 'deny' } }))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    // Headers.
    app.use(helmet({ frameguard: { action: 'deny' } }))
    app.use(express.json())
    app.get('/early', (req, res) => res.json({}))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('what comes too late takes a condition along that guards nothing else, and stays where the condition guards more', () => {
  const app = (...lines: string[]): string =>
    ["import express from 'express'", "import helmet from 'helmet'", 'const app = express()', ...lines, 'app.listen(3000)'].join('\n')
  const early = "app.get('/early', (req, res) => res.json({}))"
  const guarded = ["if (process.env.SECURE !== 'no') {", '  // Headers.', '  app.use(helmet())', '}']
  // That it depends on a switch is told next.
  checkFix(rule, app(early, ...guarded), app(...guarded, early), { leaves: 1 })
  checkNoFix(rule, app(early, ...guarded.slice(0, 3), "  console.log('headers')", '}'))
  checkNoFix(rule, app(early, 'const secure = process.env.SECURE', 'if (secure) app.use(helmet())'))
})

test('the fix of helmet on one path covers the application', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use('/api', helmet())
    app.get('/page', (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    app.use('/api', helmet())
    app.get('/page', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('the evidence names packages that are not known, and at most three routes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [medium] Nothing sets security headers on the responses of app.
    app.use(require('some-unlisted-thing')(), require('another-one')())
    app.get('/a', (req, res) => res.send('a'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /a is answered without them (behind some-unlisted-thing, another-one, which Parapet does not know)
    app.get('/b', (req, res) => res.send('b'))
    app.get('/c', (req, res) => res.send('c'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /c is answered without them
    app.get('/d', (req, res) => res.send('d'))
    app.listen(3000)
  `,
  ).forEach((finding) => {
    expect(finding.related).toHaveLength(3)
  })
})

test('one package that is not known is named as well', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [medium] Nothing sets security headers
    app.get('/', require('some-unlisted-thing')(), (req, res) => res.send('a'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ (behind some-unlisted-thing, which Parapet does not know)
    app.listen(3000)
  `,
  )
})

test('one header by hand: which it is, and that the others are missing', () => {
  const [finding] = check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [medium] Only x-content-type-options is set on the responses of app.
    app.use((req, res, next) => { res.set('X-Content-Type-Options', 'nosniff'); next() })
    app.get('/a', (req, res) => res.send('a'))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET /a is answered without the others
    app.listen(3000)
  `,
  )
  expect(finding?.how).toBe(
    'Register helmet first, or set the missing ones too: content-security-policy, strict-transport-security, x-frame-options.',
  )
})

test('the fix adds helmet to the dependencies', () => {
  checkFix(
    rule,
    `
    //- /package.json
    { "dependencies": { "express": "^5.0.0" }, "main": "app.js" }
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.send('a'))
    app.listen(3000)
  `,
    `
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "helmet": "^8.3.0" }, "main": "app.js" }
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const app = express()
    app.use(helmet())
    app.get('/', (req, res) => res.send('a'))
    app.listen(3000)
  `,
  )
})

const ordered = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    ${lines}
    app.post('/', (req, res) => res.json({}))
    app.listen(3000)
  `

test('what answers by itself in front of helmet, and the fix that puts helmet first', () => {
  check(
    rule,
    ordered(`
    app.use(rateLimit({ limit: 100 }))
    //      ~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] answers 429 by itself
    app.use(express.json())
    //      ~~~~~~~~~~~~~~ [evidence] answers 400 and 413 by itself
    app.use(helmet())
    //      ^^^^^^^^ [low, info, complete, suggestion] Some answers of the limiter and the body parser leave without security headers. => Move helmet() in front
    `),
  )
  checkFix(
    rule,
    ordered('app.use(express.json())\n    app.use(helmet({ frameguard: { action: "deny" } }))'),
    ordered('app.use(helmet({ frameguard: { action: "deny" } }))\n    app.use(express.json())'),
  )
})

test.each([
  'app.use(helmet(), express.json())',
  'app.use(helmet())\napp.use(express.json())',
  'app.use("/webhook", express.raw({ type: "*/*" }))\napp.use(helmet())\napp.use(express.json())',
  'app.use((req, res, next) => { req.id = 1; next() })\napp.use(helmet())',
  'if (process.env.NODE_ENV === "development") app.use(express.json())\napp.use(helmet())\napp.use(express.json())',
])('nothing answers in front of helmet: %s', (lines) => {
  check(rule, ordered(lines))
})

test('a Nest application gets helmet in front of everything', () => {
  checkFix(
    rule,
    nestFixture(),
    `
    //- /package.json
    {
      "name": "fixture",
      "dependencies": {
        "@nestjs/common": "^11.0.0",
        "@nestjs/core": "^11.0.0",
        "@nestjs/platform-express": "^11.0.0",
        "helmet": "^8.3.0"
      }
    }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    import helmet from 'helmet'

    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.use(helmet())
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('from 12.1 on Nest sets the headers itself', () => {
  checkFix(
    rule,
    nestFixture(`//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/common": "^12.1.0", "@nestjs/core": "^12.1.0" } }
`),
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'

    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.useSecurityHeaders()
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('helmet after listen comes too late on Nest', () => {
  check(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import helmet from 'helmet'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
  app.use(helmet())
  //      ^^^^^^^^ helmet() comes too late
}
bootstrap()
`),
  )
})

test('helmet after listen covers Nest on Fastify, which asks middleware before its routes', () => {
  check(
    rule,
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import helmet from 'helmet'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule, new FastifyAdapter())
  await app.listen(3000)
  app.use(helmet())
}
bootstrap()
`),
  )
})

test('helmet that a module applies to every path covers a Nest application', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { Controller, Get, MiddlewareConsumer, Module, NestModule } from '@nestjs/common'
import helmet from 'helmet'
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({ controllers: [AppController] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(helmet()).forRoutes('{*splat}')
  }
}
`),
  )
})

test('an application of Fastify without headers, and one that registers its plugin anywhere in the root', () => {
  const [finding] = check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    //          ^^^^^^^^^ [high error] Nothing sets security headers on the responses of app. => Register @fastify/helmet for all of app
    app.get('/', async () => ({ ok: true }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] GET / is answered without them
    await app.listen({ port: 3000 })
  `,
  )
  expect(finding?.why).toContain('Fastify sets none of these headers itself.')
  expect(finding?.how).toBe('Register @fastify/helmet first: await app.register(helmet).')
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    app.get('/', async () => ({ ok: true }))
    app.register(async (instance) => { instance.get('/inner', async () => 1) })
    app.register(helmet)
    await app.listen({ port: 3000 })
  `,
  )
})

test('a plugin of Fastify within another covers that context alone', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import helmet from '@fastify/helmet'
    const app = Fastify()
    //          ~~~~~~~~~ [evidence] app is made here
    app.register(async (instance) => {
      await instance.register(helmet)
      //    ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] @fastify/helmet covers a part of app only: / is answered without it.
      instance.get('/inner', async () => 1)
    })
    app.get('/', async () => ({ ok: true }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected]
    await app.listen({ port: 3000 })
  `,
  )
})

test('the fix lets a plugin of Fastify that holds helmet alone share the context around it', () => {
  const app = (plugin: string, needed = '', added = ''): string => `
    //- /package.json
    {
      "dependencies": {
        "@fastify/helmet": "^11.1.1",
        "fastify": "^4.29.1"${added}
      }
    }
    //- /app.js
    const helmet = require('@fastify/helmet')
    ${needed}const app = require('fastify')()
    app.register(${plugin})
    app.get('/', async () => ({ ok: true }))
    app.listen({ port: 3000 })
  `
  const plugin = 'async (instance) => {\n      await instance.register(helmet, { frameguard: { action: "deny" } })\n    }'
  checkFix(rule, app(plugin), app(`fp(${plugin})`, "const fp = require('fastify-plugin')\n    ", ',\n        "fastify-plugin": "^4.5.1"'))
})

test('the fix registers the plugin in the version that fits Fastify 4', () => {
  checkFix(
    rule,
    `
    //- /package.json
    {
      "name": "shop",
      "dependencies": {
        "fastify": "^4.29.1"
      }
    }
    //- /app.js
    const fastify = require('fastify')({ logger: true })
    fastify.get('/', async () => ({ ok: true }))
    fastify.listen({ port: 3000 })
  `,
    `
    //- /package.json
    {
      "name": "shop",
      "dependencies": {
        "@fastify/helmet": "^11.1.1",
        "fastify": "^4.29.1"
      }
    }
    //- /app.js
    const helmet = require('@fastify/helmet')

    const fastify = require('fastify')({ logger: true })
    fastify.register(helmet)
    fastify.get('/', async () => ({ ok: true }))
    fastify.listen({ port: 3000 })
  `,
  )
})

test('a function of a platform that leaves out what the server has says where it starts', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "a", "dependencies": { "express": "5", "helmet": "8" }, "scripts": { "start": "node server.js" } }
    //- /serverless.yml
    functions:
      api:
        handler: lambda.handler
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    module.exports = ({ edge = true } = {}) => {
      const app = express()
                  ^^^^^^^^^ [high] Nothing sets security headers on the responses of app. => no fix
      if (edge) app.use(helmet())
      app.get('/users', (req, res) => res.json([]))
      return app
    }
    //- /server.js
    require('./app')().listen(3000)
    //- /lambda.js
    exports.handler = require('serverless-http')(require('./app')({ edge: false }))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] app of the process that starts here
  `,
  )
})

test('who asks a port for probes and metrics is no browser', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet())
    app.get('/', (req, res) => res.send('<p>hello</p>'))
    app.listen(3000)
    const operations = express()
    //                 ^^^^^^^^^ [low info]
    operations.get('/live', (req, res) => res.sendStatus(204))
    operations.get('/metrics', (req, res) => res.send('up 1'))
    operations.listen(9090)
  `,
  )
})

test('headers that one handler sets on its own answer were never meant for the others', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [high] Nothing sets security headers on the responses of app. => Add helmet in front of everything in app
    app.get('/orders', (req, res) => res.json([]))
    app.all('/mocks/:name', (req, res) => {
      res.set('X-Content-Type-Options', 'nosniff')
      res.set('X-Frame-Options', 'DENY')
      res.set('Content-Security-Policy', "default-src 'none'")
      res.json({})
    })
    app.listen(3000)
    `,
  )
})

test('a layer that could not be read may be helmet', () => {
  check(rule, behindUnreadLayer({ app: '[low warning] No security headers were found on app, and a layer => no fix' }))
})

test('behind helmet a layer that could not be read may be what it likes', () => {
  check(
    rule,
    behindUnreadLayer({}).replace(
      'app.use(require(process.env.PLUGIN))\n//      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] a layer that could not be read stands in front',
      "app.use(require('helmet')())\napp.use(require(process.env.PLUGIN))",
    ),
  )
})

test('three of the routes behind a layer that could not be read are shown', () => {
  check(
    rule,
    `
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low warning complete] No security headers were found on app, and a layer
    const page = (req, res) => res.send('<h1>Page</h1>')
    app.use(require(process.env.PLUGIN))
    //      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] a layer that could not be read stands in front
    app.get('/a', page)
    ~~~~~~~~~~~~~~~~~~~ [evidence] GET /a is answered behind it
    app.get('/b', page)
    ~~~~~~~~~~~~~~~~~~~ [evidence] GET /b is answered behind it
    app.get('/c', page)
    ~~~~~~~~~~~~~~~~~~~ [evidence] GET /c is answered behind it
    app.get('/d', page)
    app.listen(3000)
  `,
  )
})

test('a route in front of it certainly has none', () => {
  check(rule, beforeUnreadLayer({ app: '[high] Nothing sets security headers on the responses of app' }))
})

test('what a text brings that vm runs may be helmet; a proxy that looks at members alone is none', () => {
  check(
    rule,
    `
    //- /app.js
    const vm = require('node:vm')
    const fs = require('node:fs')
    const express = require('express')
    const app = express()
    //          ^^^^^^^^^ [low] No security headers were found on app
    app.use(vm.runInThisContext(fs.readFileSync('./policy.js', 'utf8')))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = new Proxy(express(), { get: (target, key) => Reflect.get(target, key) })
    //                    ^^^^^^^^^ [high] Nothing sets security headers on the responses of app
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('what a package makes of a folder of the project may be its middleware', () => {
  const app = (folder: string, mark: string): string => `
    //- /app.js
    const path = require('path')
    const layers = require('acme-folder')(path.join(__dirname, '${folder}'))
    const app = require('express')()
    ${mark}
    app.use(layers.security)
    app.get('/', (req, res) => res.send('<p>'))
    app.listen(3000)
    //- /layers/security.js
    module.exports = (req, res, next) => { res.set('X-Frame-Options', 'DENY'); next() }
  `
  check(rule, app('layers', '//          ^^^^^^^^^^^^^^^^^^^^ [low] could not be read'))
  check(rule, app('locales', '//          ^^^^^^^^^^^^^^^^^^^^ [medium] Nothing sets security headers'))
})

test('fix: what helmet was told to leave out comes back, and no second helmet stands in front of it', () => {
  const app = (options: string): string => `
    //- /app.js
    import express from 'express'
    import helmet from 'helmet'
    const app = express()
    app.use(helmet(${options}))
    app.get('/', (req, res) => res.json([]))
    app.listen(3000)
  `
  checkFix(
    rule,
    app('{ contentSecurityPolicy: false, hsts: false, frameguard: false, referrerPolicy: { policy: "same-origin" } }'),
    app('{ referrerPolicy: { policy: "same-origin" } }'),
  )
})
