// Whom applications may trust to say who their clients are.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

/** An application with one more statement, its mark below. */
function express(statement: string, mark = ''): string {
  return `
const app = require('express')()
${statement}
${mark}
app.get('/', (req, res) => res.json({ ip: req.ip }))
app.listen(3000)
`
}

function under(code: string, text: string): string {
  return `${'^'.repeat(code.length)} ${text}`
}

test.each([`app.set('trust proxy', true)`, `app.enable('trust proxy')`, `app.set('trust proxy', () => true)`])('%s', (statement) => {
  check(rule, express(statement, under(statement, '[high] Clients choose their own address => Trust one proxy')))
})

test.each([
  `app.set('trust proxy', 1)`,
  `app.set('trust proxy', 'loopback')`,
  `app.set('trust proxy', ['loopback', '10.0.0.0/8'])`,
  `app.set('trust proxy', (address) => address === '10.0.0.1')`,
  `app.set('trust proxy', false)`,
  `app.disable('trust proxy')`,
  `app.set('trust proxy', Number(process.env.PROXIES))`,
  `app.set('trust proxy', process.env.PROXY_CIDR)`,
  `app.set('trust proxy', process.env.TRUSTED_IPS)`,
  `if (process.env.NODE_ENV !== 'production') app.enable('trust proxy')`,
  `app.set('trust proxy', require('config').get('proxies'))`,
  `app.set('trust proxy', true); app.set('trust proxy', 1)`,
])('%s says nothing', (statement) => {
  check(rule, express(statement))
})

test('a text of the environment is no number', () => {
  const statement = `app.set('trust proxy', process.env.TRUST_PROXY)`
  check(rule, express(statement, under(statement, '[medium] is a text and no number => Read it as a number')))
  check(rule, express(`app.set('trust proxy', '1')`, under(`app.set('trust proxy', '1')`, '[medium] is a text and no number')))
})

test.each([
  ["const { cleanEnv, num } = require('envalid')", 'cleanEnv(process.env, { HOPS: num({ default: 1 }) }).HOPS'],
  ["const { z } = require('zod')", 'z.object({ HOPS: z.coerce.number().default(1) }).parse(process.env).HOPS'],
  ["const { z } = require('zod')", "z.object({ PROXIES: z.string().default('loopback, uniquelocal') }).parse(process.env).PROXIES"],
  ["const { z } = require('zod')", "z.object({ PROXIES: z.string().transform((text) => text.split(',')) }).parse(process.env).PROXIES"],
  ["const Joi = require('joi')", 'Joi.object({ HOPS: Joi.number() }).validate(process.env).value.HOPS'],
])('%s makes something of the text, or holds addresses', (imports, value) => {
  check(rule, express(`${imports}\napp.set('trust proxy', ${value})`))
})

test('a schema that leaves the text as it is', () => {
  const statement = `app.set('trust proxy', env.HOPS)`
  const schema = `const { z } = require('zod'); const env = z.object({ HOPS: z.string().default('1') }).parse(process.env)`
  check(rule, express(`${schema}\n${statement}`, under(statement, '[medium] is a text and no number')))
})

test("a schema that Nest's configuration runs", () => {
  check(
    rule,
    nestFixture(`//- /main.ts
      import { NestFactory } from '@nestjs/core'
      import { Module } from '@nestjs/common'
      import { ConfigModule, ConfigService } from '@nestjs/config'
      import type { NestExpressApplication } from '@nestjs/platform-express'
      import { z } from 'zod'
      const schema = z.object({ HOPS: z.coerce.number() })
      @Module({ imports: [ConfigModule.forRoot({ validate: (config) => schema.parse(config) })] })
      class AppModule {}
      async function bootstrap() {
        const app = await NestFactory.create<NestExpressApplication>(AppModule)
        app.set('trust proxy', app.get(ConfigService).getOrThrow<number>('HOPS'))
        await app.listen(3000)
      }
      bootstrap()
    `),
  )
})

test('everybody, unless the environment says otherwise', () => {
  const statement = `app.set('trust proxy', process.env.TRUST_PROXY !== 'false')`
  check(rule, express(statement, under(statement, '[medium] Unless TRUST_PROXY is set => no fix')))
  check(
    rule,
    `
    const app = require('express')()
    let trust = process.env.TRUST_PROXY
    if (typeof trust === 'undefined' || trust === 'true') trust = true
                                                                  ^^^^ [medium] Unless TRUST_PROXY is set => no fix
    else if (trust === 'false') trust = false
    else trust = Number(trust)
    app.set('trust proxy', trust)
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the setting
    app.listen(3000)
  `,
  )
})

test('everybody, where the environment asks for it and has no other choice', () => {
  check(
    rule,
    `
    const app = require('express')()
    if (process.env.TRUST_PROXY === 'true') {
      app.set('trust proxy', true)
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Where TRUST_PROXY asks for it => Trust one proxy
    }
    app.listen(3000)
  `,
  )
  const statement = `app.set('trust proxy', process.env.TRUST_PROXY === 'true')`
  check(rule, express(statement, under(statement, '[medium] Where TRUST_PROXY asks for it => no fix')))
})

test('who could also give a number asked for everybody', () => {
  const statement = `app.set('trust proxy', process.env.TRUST_PROXY === 'true' ? true : Number(process.env.TRUST_PROXY))`
  const mark = `${' '.repeat(statement.indexOf('true :'))}^^^^ [low] Where TRUST_PROXY asks for it`
  check(rule, express(statement, mark))
})

test('set in another file, with a limiter as evidence', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    require('./settings')(app)
    app.use(require('express-rate-limit')({ limit: 100 }))
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ counts by address
    app.get('/', (req, res) => res.send('ok'))
    app.listen(3000)
    //- /settings.js
    module.exports = (app) => app.enable('trust proxy')
                              ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Clients choose
  `,
  )
})

/** A Fastify application with these options. */
function fastify(options: string, mark = '', version = '^5.0.0'): string {
  return `
//- /package.json
{ "dependencies": { "fastify": "${version}" } }
//- /app.js
const Fastify = require('fastify')
const app = Fastify({ ${options} })
${mark}
app.get('/', async (request) => request.ip)
app.listen({ port: 3000 })
`
}

function fastifyMark(options: string, text: string): string {
  return `                      ${under(options, text)}`
}

test.each([
  ['trustProxy: true', '[high] Clients choose their own address'],
  ['trustProxy: () => true', '[high] Clients choose their own address'],
  ['trustProxy: 1', '[high] Fastify ignores this number'],
])('Fastify: %s', (options, text) => {
  check(rule, fastify(options, fastifyMark(options, `${text} => Trust proxies in private networks`)))
})

test('Fastify before 5.12.1 believes whoever is counted', () => {
  check(rule, fastify('trustProxy: 1', fastifyMark('trustProxy: 1', '[medium] past the proxy'), '5.11.0'))
})

test.each([`trustProxy: 'loopback'`, `trustProxy: ['10.0.0.0/8']`, 'trustProxy: false', 'trustProxy: process.env.PROXIES', 'logger: true'])(
  'Fastify: %s says nothing',
  (options) => {
    check(rule, fastify(options))
  },
)

/** A Nest application. */
function nest(platform: string, statement: string): string {
  return `
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "fastify": "^5.0.0" } }
//- /main.ts
import { Controller, Get, Ip, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { NestExpressApplication } from '@nestjs/platform-express'
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify'
import fastify from 'fastify'
@Controller()
class RootController {
  @Get()
  root(@Ip() ip: string) {
    return ip
  }
}
@Module({ controllers: [RootController] })
class AppModule {}
async function bootstrap() {
${platform}
${statement}
  await app.listen(3000)
}
bootstrap()
`
}

test('Nest on Express', () => {
  const made = '  const app = await NestFactory.create<NestExpressApplication>(AppModule)'
  const statement = `app.set('trust proxy', true)`
  check(rule, nest(made, `  ${statement}\n  ${under(statement, '[high] Clients choose their own address => Trust one proxy')}`))
  check(rule, nest(made, `  app.set('trust proxy', 'loopback')`))
})

test('Nest on Fastify, by the options of its adapter and by an instance of the project', () => {
  const adapter = '  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter({ trustProxy: true }))'
  const mark = `${' '.repeat(adapter.indexOf('trustProxy'))}${under('trustProxy: true', '[high] Clients choose their own address => Trust proxies in private networks')}`
  check(rule, nest(`${adapter}\n${mark}`, ''))
  const server = '  const server = fastify({ trustProxy: true })'
  const create = '  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(server))'
  const below = `${' '.repeat(server.indexOf('trustProxy'))}${under('trustProxy: true', '[high] Clients choose their own address')}`
  check(rule, nest(`${server}\n${below}\n${create}`, ''))
})

test('the fixes', () => {
  checkFix(rule, express(`app.enable('trust proxy')`), express(`app.set('trust proxy', 1)`))
  checkFix(rule, express(`app.set('trust proxy', true)`), express(`app.set('trust proxy', 1)`))
  checkFix(rule, express(`app.set('trust proxy', process.env.HOPS)`), express(`app.set('trust proxy', Number(process.env.HOPS))`))
  checkFix(rule, fastify('trustProxy: true'), fastify(`trustProxy: ['loopback', 'linklocal', 'uniquelocal']`))
  checkNoFix(rule, express(`app.set('trust proxy', process.env.TRUST_PROXY === 'true')`))
})

test('several applications with one setting are told of once', () => {
  const findings = check(
    rule,
    `
    const express = require('express')
    function make() {
      const app = express()
      app.enable('trust proxy')
      ^^^^^^^^^^^^^^^^^^^^^^^^^ Clients choose
      return app
    }
    make().listen(3000)
    make().listen(3001)
  `,
  )
  expect(findings).toHaveLength(1)
})

test('the fix writes addresses where one application of a factory is given its options', () => {
  const project = (trust: string): string => `
    //- /kernel.js
    import Fastify from 'fastify'
    export const create = (options) => Fastify({ logger: true, ...options })
    //- /app.js
    import { create } from './kernel.js'
    const app = create({ ${trust}, bodyLimit: 1000 })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  checkFix(rule, project('trustProxy: true'), project("trustProxy: ['loopback', 'linklocal', 'uniquelocal']"))
})

test('a schema of ajv makes a number of the variable', () => {
  const project = (name: string): string => `
    //- /settings.js
    import Ajv from 'ajv'
    const ajv = new Ajv({ coerceTypes: true, useDefaults: true })
    const accept = ajv.compile({ type: 'object', required: ['NAME'], properties: { NAME: { type: 'string' }, HOPS: { type: 'integer' } } })
    const raw = { ...process.env }
    if (!accept(raw)) process.exit(78)
    export const settings = Object.freeze({ ...raw })
    //- /app.js
    import express from 'express'
    import { settings } from './settings.js'
    const app = express()
    app.set('trust proxy', settings.${name})
    ${name === 'HOPS' ? '' : '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] is a text and no number'}
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  check(rule, project('HOPS'))
  check(rule, project('NAME'))
})

test('everybody, where a setting that is not known asks for it', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const settings = require('yaml').parse(require('fs').readFileSync('settings.yml', 'utf8'))
    if (settings.behindProxy) app.enable('trust proxy')
    //                        ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] asks for it, every proxy is trusted
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `,
  )
})

test('an application of Express within another says for itself whom it trusts', () => {
  const server = (inner: string, mount = "app.use('/v1', inner)"): string => `
    const express = require('express')
    const app = express()
    app.set('trust proxy', 1)
    const inner = express()
    ${inner}
    inner.get('/', (req, res) => res.json({ ip: req.ip }))
    ${mount}
    app.listen(3000)
`
  const told = `inner.enable('trust proxy')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`
  check(rule, server(told))
  check(rule, server(told, "app.use('/api', express.Router().use('/v1', inner))"))
  for (const inner of [
    '',
    "inner.set('trust proxy', 'loopback')",
    "if (process.env.NODE_ENV === 'development') inner.enable('trust proxy')",
  ])
    check(rule, server(inner))
  checkFix(rule, server("inner.enable('trust proxy')"), server("inner.set('trust proxy', 1)"))
})
