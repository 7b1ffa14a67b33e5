// Secrets that nobody misses at start, and all the ways to miss them.
import { describe, expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

const server = (checks: string): string => `
  //- /app.js
  require('dotenv').config()
  ${checks}
  const express = require('express')
  const jwt = require('jsonwebtoken')
  const app = express()
  app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, process.env.JWT_SECRET) }))
  app.listen(3000)
`

test('a key that is read with the first login', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const session = require('express-session')
    const auth = require('./auth')
    const app = express()
                ~~~~~~~~~ [evidence] made here
    app.use(session({ secret: process.env.SESSION_SECRET }))
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] SESSION_SECRET and 2 more
    app.post('/login', auth.login)
    app.listen(3000)
    //- /auth.js
    const jwt = require('jsonwebtoken')
    const config = require('./config')
    exports.login = (req, res) => res.json(jwt.sign({}, config.jwtSecret))
    //- /config.js
    module.exports = {
      jwtSecret: process.env.JWT_SECRET,
                 ~~~~~~~~~~~~~~~~~~~~~~ [affected] JWT_SECRET is read here
      mailPassword: process.env.MAIL_PASSWORD,
                    ~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] MAIL_PASSWORD
    }
  `,
  )
})

test('by name alone it is less certain', () => {
  check(
    rule,
    `
    import express from 'express'
    import { start } from './start.js'
    const app = express()
    export const secret = process.env.JWT_SECRET
                          ^^^^^^^^^^^^^^^^^^^^^^ [medium] JWT_SECRET
    app.listen(3000)
    //- /start.js
    export const start = 1
  `,
  )
})

test.each([
  `if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')`,
  `if (!process.env.JWT_SECRET || process.env.JWT_SECRET.length < 32) { console.error('no'); process.exit(1) }`,
  `for (const name of ['PORT', 'JWT_SECRET']) if (!process.env[name]) throw new Error(name)`,
  `const missing = ['PORT', 'JWT_SECRET'].filter((name) => !process.env[name]); if (missing.length > 0) throw new Error(missing.join())`,
  `const missing = []; ['JWT_SECRET'].forEach((name) => { if (!process.env[name]) missing.push(name) }); if (missing.length) process.exit(1)`,
  `require('assert')(process.env.JWT_SECRET)`,
  `require('zod').object({ JWT_SECRET: require('zod').string().min(32) }).parse(process.env)`,
  `const Joi = require('joi'); const { error } = Joi.object({ JWT_SECRET: Joi.string().required() }).unknown().validate(process.env); if (error) throw error`,
  `const { cleanEnv, str } = require('envalid'); cleanEnv(process.env, { JWT_SECRET: str() })`,
  // Another rule speaks of the default.
  `require('zod').object({ JWT_SECRET: require('zod').string().default('changeme') }).parse(process.env)`,
  `require('dotenv-safe').config()`,
  `require('./checks').checkEnvironment(process.env)`,
])('checked by: %s', (checks) => {
  check(rule, server(checks.includes('dotenv-safe') || checks.includes('./checks') ? `const loaded = 1; ${checks}` : checks))
})

test.each([
  `console.log(process.env.JWT_SECRET ? 'ok' : 'missing')`,
  `require('zod').object({ PORT: require('zod').string() }).parse(process.env)`,
  `const Joi = require('joi'); Joi.object({ JWT_SECRET: Joi.string() }).unknown().validate(process.env)`,
  `if (!process.env.PORT) throw new Error('PORT')`,
])('not checked by: %s', (checks) => {
  check(rule, server(checks).replace(/(\n\s*app\.post.*)\n/, `$1\n  ${' '.repeat(71)}^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET\n`))
})

test.each(['[process.env.SESSION_SECRET, process.env.SESSION_SECRET_PREVIOUS].filter(Boolean)', 'config.secrets'])(
  'keys of before beside the one of now: %s',
  (secret) => {
    check(
      rule,
      `
    //- /app.js
    const express = require('express')
    const session = require('express-session')
    const config = require('./config')
    const app = express()
    app.use(session({ secret: ${secret} }))
    app.listen(3000)
    //- /config.js
    if (!process.env.SESSION_SECRET) throw new Error('SESSION_SECRET is missing')
    const secrets = [process.env.SESSION_SECRET]
    if (process.env.OLD_SESSION_SECRET) secrets.push(process.env.OLD_SESSION_SECRET)
    module.exports = { secrets }
  `,
    )
  },
)

test('a request that is refused by a key is no start that is refused without it', () => {
  const hooks = (refusal: string): string => `
    //- /app.js
    const express = require('express')
    const { createHmac, timingSafeEqual } = require('node:crypto')
    const app = express()
    app.post('/hooks', express.raw({ type: '*/*' }), (req, res) => {
      const given = Buffer.from(req.get('x-signature') ?? '', 'hex')
      ${refusal}
      res.end()
    })
    app.listen(3000)
  `
  check(
    rule,
    hooks(`const wanted = createHmac('sha256', process.env.HOOK_SECRET).update(req.body).digest()
      //                                  ^^^^^^^^^^^^^^^^^^^^^^^ [high] HOOK_SECRET
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Error('bad signature')`),
  )
  check(
    rule,
    hooks(`if (!process.env.HOOK_SECRET || !given) throw new Error('not configured')
      const wanted = createHmac('sha256', process.env.HOOK_SECRET).update(req.body).digest()
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Error('bad signature')`),
  )
})

test('packages that refuse to start, options, and defaults', () => {
  check(
    rule,
    `
    import express from 'express'
    import passport from 'passport'
    import Stripe from 'stripe'
    import cookieSession from 'cookie-session'
    import { Strategy } from 'passport-jwt'
    const app = express()
    passport.use(new Strategy({ secretOrKey: process.env.JWT_SECRET }, () => {}))
    app.use(cookieSession({ keys: [process.env.COOKIE_SECRET] }))
    if (process.env.STRIPE_KEY) new Stripe(process.env.STRIPE_KEY)
    export const api = process.env.PARTNER_API_KEY
    export const db = { password: process.env.DB_PASSWORD || '' }
    app.listen(3000)
  `,
  )
})

test('a library without a server', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    export const sign = () => jwt.sign({}, process.env.JWT_SECRET)
  `,
  )
})

test('the check stands where the server starts, after the environment is loaded', () => {
  checkFix(
    rule,
    `
    //- /app.js
    require('dotenv').config()

    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({}, process.env.JWT_SECRET)))
    app.listen(3000)
    //- /.env.example
    PORT=3000
    `,
    `
    //- /app.js
    require('dotenv').config()
    for (const name of ['JWT_SECRET']) {
      if (!process.env[name]) throw new Error(\`Missing environment variable \${name}\`)
    }

    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.post('/login', (req, res) => res.json(jwt.sign({}, process.env.JWT_SECRET)))
    app.listen(3000)
    //- /.env.example
    PORT=3000
    # Generate one, for example with: openssl rand -hex 32
    JWT_SECRET=
    `,
  )
})

test('in TypeScript, after the imports', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import session from 'express-session'

    const app = express()
    app.use(session({ secret: process.env.SESSION_SECRET!, resave: false }))
    app.listen(3000)
    `,
    `
    //- /app.ts
    import express from 'express'
    import session from 'express-session'

    for (const name of ['SESSION_SECRET']) {
      if (!process.env[name]) throw new Error(\`Missing environment variable \${name}\`)
    }

    const app = express()
    app.use(session({ secret: process.env.SESSION_SECRET!, resave: false }))
    app.listen(3000)
    `,
  )
})

test('Nest is told where it reads the environment', () => {
  const project = (options: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/config": "^4.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    void NestFactory.create(AppModule).then((app) => app.listen(3000))
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { ConfigModule } from '@nestjs/config'
    import { LoginController } from './login.controller'
    @Module({
      imports: [
        ${options}
      ],
      controllers: [LoginController],
    })
    export class AppModule {}
    //- /login.controller.ts
    import { Controller, Post } from '@nestjs/common'
    import { sign } from 'jsonwebtoken'
    @Controller()
    export class LoginController {
      @Post('login')
      login() {
        return sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '1h' })
        READ
      }
    }
  `
  check(
    rule,
    project(`ConfigModule.forRoot({ isGlobal: true }),
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] has JWT_SECRET.`).replace(
      'READ',
      '                       ~~~~~~~~~~~~~~~~~~~~~~ [affected] JWT_SECRET is read here',
    ),
  )
  check(
    rule,
    project(`ConfigModule.forRoot({ validate: (all) => { if (!all.JWT_SECRET) throw new Error('no key'); return all } }),`).replace(
      'READ',
      '',
    ),
  )
})

const renamed = (rule: string, parsed: string): string => `
  //- /app.ts
  import express from 'express'
  import jwt from 'jsonwebtoken'
  import { config } from './config.js'
  const app = express()
  app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, config.jwt.secret) }))
  app.listen(3000)
  //- /config.ts
  import { z } from 'zod'
  const schema = z.object({ port: z.coerce.number(), jwt: z.object({ secret: ${rule} }) })
  export const config = ${parsed}
`

test.each(['schema.parse({ port: process.env.PORT, jwt })', 'schema.safeParse({ jwt }).data'])(
  'variables that a schema knows under other names: %s',
  (parsed) => {
    const given = parsed.replace('jwt', 'jwt: { secret: process.env.JWT_SECRET }')
    check(rule, renamed('z.string().min(32)', given))
    const marks = `${' '.repeat('  export const config = '.length + given.indexOf('process.env.JWT'))}${'^'.repeat('process.env.JWT_SECRET'.length)}`
    check(rule, renamed('z.string().optional()', `${given}\n${marks} [high] JWT_SECRET`))
  },
)

test('variables that a schema turns into a configuration', () => {
  const config = (rule: string): string => `
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { config } from './config.js'
    const app = express()
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, config.jwt.secret) }))
    app.listen(3000)
    //- /config.ts
    import { z } from 'zod'
    const jwt = z.object({ JWT_SECRET: ${rule} }).strict().transform(toConfig).readonly()
    function toConfig(env: { JWT_SECRET: string }) {
      return { jwt: { secret: env.JWT_SECRET } }
    }
    export const config = jwt.parse(process.env)
  `
  check(rule, config('z.string().min(32)'))
  check(
    rule,
    config('z.string().optional()').replace(
      'return { jwt: { secret: env.JWT_SECRET } }',
      `$&
                              ^^^^^^^^^^^^^^ [high] JWT_SECRET`,
    ),
  )
})

test('a class that class-validator holds the environment against, also with what stands in files', () => {
  const server = (field: string, mark = ''): string => `
    //- /env.ts
    import { readFileSync } from 'node:fs'
    import { plainToInstance } from 'class-transformer'
    import { IsOptional, IsString, MinLength, validateSync } from 'class-validator'
    export class Environment {
      ${field}
    }
    function withFiles(source: NodeJS.ProcessEnv) {
      const merged = { ...source }
      for (const [name, path] of Object.entries(source)) if (name.endsWith('_FILE')) merged[name.slice(0, -5)] = readFileSync(path, 'utf8')
      return merged
    }
    export function loadEnvironment(): Environment {
      const env = plainToInstance(Environment, withFiles(process.env))
      const problems = validateSync(env)
      if (problems.length > 0) throw new Error('The environment is not complete')
      return Object.freeze(env)
    }
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { loadEnvironment } from './env.js'
    const env = loadEnvironment()
    const app = express()
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, env.JWT_SECRET) }))
    ${mark}
    app.listen(3000)
  `
  check(rule, server('@IsString() @MinLength(32) JWT_SECRET: string'))
  check(
    rule,
    server(
      '@IsOptional() @IsString() JWT_SECRET?: string',
      `${' '.repeat("app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, ".length)}^^^^^^^^^^^^^^ [high] JWT_SECRET`,
    ),
  )
})

test('a schema that demands secrets leaves out those of features that not everybody has; a key is none of them', () => {
  check(
    rule,
    `
    //- /env.ts
    import { z } from 'zod'
    export const env = z.object({ JWT_SECRET: z.string().min(32) }).parse(process.env)
    //- /app.ts
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import session from 'express-session'
    import { createTransport } from 'nodemailer'
    import { env } from './env.js'
    const app = express()
    export const mails = createTransport({ host: 'smtp.example.com', auth: { user: 'mail', pass: process.env.SMTP_PASSWORD } })
    app.use(session({ secret: process.env.SESSION_SECRET }))
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] SESSION_SECRET
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, env.JWT_SECRET) }))
    app.listen(3000)
  `,
  )
})

test('env-schema by its name, with a schema of TypeBox', () => {
  check(
    rule,
    `
    //- /settings.ts
    import { envSchema } from 'env-schema'
    import { Type, type Static } from '@sinclair/typebox'
    const schema = Type.Object({ HOOK_SECRET: Type.String() })
    export const settings = envSchema<Static<typeof schema>>({ schema })
    //- /app.ts
    import express from 'express'
    import { createHmac } from 'node:crypto'
    import { settings } from './settings.js'
    const app = express()
    app.post('/hook', (req, res) => res.json(createHmac('sha256', settings.HOOK_SECRET).update(req.body).digest('hex')))
    app.listen(3000)
  `,
  )
})

const services = (admin: string, files = ''): string => `
  //- /package.json
  { "name": "shop", "private": true, "workspaces": ["api", "admin", "tokens"] }
  //- /api/package.json
  { "name": "api", "main": "server.js", "dependencies": { "express": "5", "jsonwebtoken": "9" } }
  //- /api/server.js
  if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
  const express = require('express')
  const { sign } = require('../tokens/sign')
  const app = express()
  app.post('/login', (req, res) => res.json({ token: sign({ id: 1 }) }))
  app.listen(3000)
  //- /tokens/package.json
  { "name": "tokens" }
  //- /tokens/sign.js
  const jwt = require('jsonwebtoken')
  exports.sign = (claims) => jwt.sign(claims, process.env.JWT_SECRET)
  //- /admin/package.json
  { "name": "admin", "main": "server.js", "dependencies": { "express": "5", "jsonwebtoken": "9" } }
  //- /admin/server.js
  const express = require('express')
  ${admin}
  app.listen(3001)
${files}`

const environment = `
  //- /tokens/environment.js
  exports.checkEnvironment = () => {
    if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
  }
`

test('what one service checks at its start, another one does not', () => {
  const route = `const app = express()
  app.post('/login', (req, res) => res.json({ token: require('jsonwebtoken').sign({ id: 1 }, process.env.JWT_SECRET) }))`
  const mark = `\n${' '.repeat(93)}^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET`
  check(rule, services(`${route}${mark}`))
  check(rule, services(`require('../tokens/environment').checkEnvironment()\n  ${route}`, environment))
  check(rule, services(`require('assert')(process.env.JWT_SECRET)\n  ${route}`))
})

test('which of several services come by the code that they load together is not known', () => {
  const route = `const { sign } = require('../tokens/sign')
  const app = express()
  app.post('/login', (req, res) => res.json({ token: 'none' }))`
  check(rule, services(route))
  const marked = `$&\n${' '.repeat(46)}^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET`
  const open = services(route).replace("if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')", '')
  check(rule, open.replace('jwt.sign(claims, process.env.JWT_SECRET)', marked))
})

test('what routes of a service come to within shared code is its own', () => {
  const route = `const { sign } = require('../tokens/sign')
  const app = express()
  app.post('/login', (req, res) => res.json({ token: sign({ id: 2 }) }))`
  const marked = `$&\n${' '.repeat(46)}^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET`
  check(rule, services(route).replace('jwt.sign(claims, process.env.JWT_SECRET)', marked))
  check(rule, services(`require('assert')(process.env.JWT_SECRET)\n  ${route}`))
  const guard = `const { guard } = require('../tokens/guard')
  const app = express()
  app.get('/mine', guard, (req, res) => res.json({}))`
  const file = `
  //- /tokens/guard.js
  const jwt = require('jsonwebtoken')
  const settings = { get secret() { return process.env.JWT_SECRET } }
  //                                       ^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET
  const read = (token) => jwt.verify(token, settings.secret, { algorithms: ['HS256'] })
  exports.guard = (req, res, next) => {
    req.user = read(req.get('authorization'))
    next()
  }
`
  check(rule, services(guard, file).replace("require('../tokens/sign')", "{ ...require('../tokens/guard'), ...require('../tokens/sign') }"))
})

test('what another package offers to those who set it up is optional', () => {
  check(
    rule,
    services(
      `const { store } = require('../tokens/store')
  const app = express()
  app.post('/files', (req, res) => res.json(store(req.body)))`,
      `
  //- /tokens/store.js
  const { S3Client } = require('@aws-sdk/client-s3')
  exports.store = (file) => new S3Client({ credentials: { accessKeyId: 'store', secretAccessKey: process.env.STORE_SECRET_ACCESS_KEY } }).send(file)
`,
    ),
  )
})

test('a configuration that several processes load does not say which of them uses what', () => {
  const processes = (admin: string): string => `
  //- /package.json
  { "name": "shop", "scripts": { "start": "node server.js", "admin": "node admin.js" }, "dependencies": { "express": "5" } }
  //- /config.js
  module.exports = { jwtSecret: process.env.JWT_SECRET, port: process.env.PORT }
  //- /server.js
  if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
  const express = require('express')
  const config = require('./config')
  const app = express()
  app.post('/login', (req, res) => res.json({ token: require('jsonwebtoken').sign({}, config.jwtSecret) }))
  app.listen(config.port)
  //- /admin.js
  const express = require('express')
  const config = require('./config')
  const app = express()
  app.get('/', (req, res) => res.json({ port: config.port }))
  ${admin}
  app.listen(3001)
`
  check(rule, processes(''))
})

test('the other side of a default that refuses', () => {
  for (const refused of [
    `const secret = process.env.JWT_SECRET ?? missing('JWT_SECRET')\n  function missing(name) { throw new Error(name) }`,
    `const secret = process.env.JWT_SECRET ?? (() => { throw new Error('no secret') })()`,
    `const die = (text) => { console.error(text); process.exit(1) }\n  const secret = process.env.JWT_SECRET ?? die('no secret')`,
    `process.env.JWT_SECRET ??= missing('JWT_SECRET')\n  function missing(name) { throw new Error(name) }`,
  ])
    check(rule, server(refused))
  check(
    rule,
    `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const app = require('express')()
    const port = process.env.PORT ?? missing('PORT')
    function missing(name) { throw new Error(name) }
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, process.env.JWT_SECRET) }))
                                                                           ^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET
    app.listen(port)
  `,
  )
})

test('convict takes null for no text, and for anything where any is', () => {
  const convict = (setting: string): string => `
    //- /app.js
    const jwt = require('jsonwebtoken')
    const config = require('convict')({ secret: { ${setting}, env: 'JWT_SECRET' } })
    config.validate({ allowed: 'strict' })
    const app = require('express')()
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, config.get('secret')) }))
    app.listen(3000)
`
  check(rule, convict(`format: String, default: null`))
  for (const open of [`format: '*', default: null`, `default: null`])
    check(
      rule,
      convict(open).replace(
        "config.get('secret')) }))\n",
        "config.get('secret')) }))\n                                                                           ^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET\n",
      ),
    )
})

describe('schemas whose result nobody stops for', () => {
  const server = (library: string, checks: string, secret = 'process.env.JWT_SECRET'): string => `
    //- /app.js
    const { z } = require('${library}')
    const jwt = require('jsonwebtoken')
    ${checks}
    const app = require('express')()
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, ${secret}) }))
    app.listen(3000)
`
  const zod = (failure: string): string =>
    server('zod', `const checked = z.object({ JWT_SECRET: z.string().min(32) }).safeParse(process.env)\n    ${failure}`)
  const joi = (failure: string, secret?: string): string =>
    server(
      'joi',
      `const { error, value } = require('joi').object({ JWT_SECRET: require('joi').string().required() }).unknown().validate(process.env)\n    ${failure}`,
      secret,
    )
  const said = (fixture: string): readonly string[] => findingsOf(rule, parseFixture(fixture).files).map(({ message }) => message)

  test.each([
    zod('if (!checked.success) console.error(checked.error.flatten())'),
    zod('if (checked.error) { for (const one of checked.error.issues) console.warn(one.path.join()) }'),
    zod("const log = require('pino')()\n    if (!checked.success) log.error(checked.error)"),
    joi('if (error) console.error(`Configuration: ${error.message}`)'),
    joi("if (error) console.error('Configuration', error.message)", 'value.JWT_SECRET'),
  ])('a line of the log is all that comes of it: %#', (fixture) => {
    expect(said(fixture)).toEqual([expect.stringContaining('Nothing checks at start that the environment has JWT_SECRET.')])
  })

  test.each([
    zod('if (!checked.success) { console.error(checked.error); process.exit(1) }'),
    zod('if (!checked.success) throw checked.error'),
    zod('if (!checked.success) stop(checked.error)\n    function stop(error) { console.error(error); process.exit(1) }'),
    zod("if (!checked.success) require('./elsewhere').stop(checked.error)"),
    zod('if (checked.success) start()\n    else console.error(checked.error)\n    function start() { require("./other")() }'),
    zod('console.log(Object.keys(checked.data))'),
    zod("if (!checked.success) console.error(checked.error)\n    require('node:assert')(checked.success)"),
    zod(
      'if (checked.error) console.error(checked.error)\n    process.exitCode = checked.success ? 0 : 1\n    require("./elsewhere").start(checked)',
    ),
    joi("if (error) console.error(error)\n    require('tiny-invariant')(!error, 'configuration')"),
    zod(''),
    joi('if (error) throw new Error(error.message)'),
    joi('if (error) { console.error(error); process.exitCode = 1; return }'),
  ])('something stops, or may: %#', (fixture) => {
    expect(said(fixture)).toEqual([])
  })
})
