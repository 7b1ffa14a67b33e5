// Tests of no-deprecated-hardening-package.
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { check, findingsOf } from '../../testing/check.js'
import { parseFixture } from '../../testing/fixture.js'
import { configurationOf } from '../../testing/model.js'
import { loadTexts } from '../../testing/project.js'
import { rules } from '../index.js'
import rule from './rule.js'

const said = (dependencies: Readonly<Record<string, string>>, load: string, more = ''): readonly string[] =>
  findingsOf(
    rule,
    parseFixture(`
    //- /package.json
    ${JSON.stringify({ name: 'shop', dependencies: { express: '^5.0.0', ...dependencies } })}
    //- /app.js
    const express = require('express')
    ${load}
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    ${more}`).files,
  ).map((one) => `${one.confidence} ${one.file}:${one.range.start.line} ${one.message}`)

test('loaded by the server, once for the project', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "express": "5", "csurf": "^1.11.0" } }
    //- /app.js
    const express = require('express')
    const csrf = require('csurf')
    //           ^^^^^^^^^^^^^^^^ [high, warning] csurf is deprecated. => no fix
    const app = express()
    app.use(require('./admin'))
    app.use(csrf())
    //      ~~~~~~ [affected] It is used here
    app.listen(3000)
    //- /admin.js
    const router = require('express').Router()
    router.use(require('csurf')())
    //         ~~~~~~~~~~~~~~~~ [affected] csurf is loaded here
    module.exports = router
  `,
  )
})

test('imports, in Fastify and Nest', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "3.29.0", "fastify-helmet": "^5.0.0", "fastify-plugin": "^3.0.0" } }
    //- /app.ts
    import Fastify from 'fastify'
    import helmet from 'fastify-helmet'
    //     ^^^^^^ [high] fastify-helmet is deprecated. It was renamed to @fastify/helmet
    import fp from 'fastify-plugin'
    const app = Fastify()
    app.register(fp(helmet))
    app.listen({ port: 3000 })
  `,
  )
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "11", "@nestjs/common": "11", "helmet": "^3.21.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { Module } from '@nestjs/common'
    import * as helmet from 'helmet'
    //     ^^^^^^^^^^^ [high] This version of helmet is known to be weak
    @Module({})
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.use(helmet())
      await app.listen(3000)
    }
    bootstrap()
  `,
  )
})

test('by version', () => {
  const load = `const p = require('PACKAGE')`
  for (const [name, old, fine] of [
    ['helmet', '^3.23.3', '^4.0.0'],
    ['jsonwebtoken', '8.5.1', '^9.0.0'],
    ['express-jwt', '~5.3.3', '6.0.0'],
  ] as const) {
    expect(said({ [name]: old }, load.replace('PACKAGE', name))).toEqual([expect.stringMatching(/^high app\.js:2 This version of /)])
    expect(said({ [name]: fine }, load.replace('PACKAGE', name))).toEqual([])
    expect(said({ [name]: '>=1.0.0' }, load.replace('PACKAGE', name))).toEqual([])
    expect(said({ [name]: '*' }, load.replace('PACKAGE', name))).toEqual([])
    expect(said({}, load.replace('PACKAGE', name))).toEqual([])
  }
})

test('broken with Express 5 alone', () => {
  expect(said({ hpp: '0.2.3' }, `const hpp = require('hpp')`)).toEqual([
    expect.stringMatching(/hpp does not work with Express 5\. .* does nothing/),
  ])
  expect(said({ 'express-mongo-sanitize': '2' }, `const s = require('express-mongo-sanitize')`)).toEqual([
    expect.stringMatching(/fails with 500/),
  ])
  expect(said({ hpp: '0.2.3', express: '^4.18.0' }, `const hpp = require('hpp')`)).toEqual([])
})

test('what the server does not load', () => {
  expect(said({ csurf: '1', request: '2' }, '')).toEqual([])
  expect(said({ request: '2' }, '', `//- /scripts/seed.js\n    const request = require('request')`)).toEqual([])
  expect(said({ request: '2' }, '', `//- /test/app.test.js\n    const request = require('request')`)).toEqual([])
  expect(said({ supertest: '6' }, `const request = require('supertest')`)).toEqual([])
  check(rule, `//- /index.ts\n    import type { Request } from 'request'\n    export const a = (request: Request): string => request.path`)
})

test('csurf is one finding, whichever rules run', () => {
  const { input } = loadTexts(
    parseFixture(`
    //- /package.json
    { "dependencies": { "express": "5", "csurf": "^1.11.0", "express-session": "1" } }
    //- /app.js
    const express = require('express')
    const app = express()
    app.use(require('express-session')({ secret: process.env.SECRET }))
    app.use(require('csurf')())
    app.post('/', (req, res) => res.json(req.session))
    app.listen(3000)
    `).files,
  )
  const only = ['no-deprecated-hardening-package', 'require-csrf-protection']
  expect(analyze(input, rules, { configuration: configurationOf({}), only }).findings.map(({ ruleId }) => ruleId)).toEqual([
    'no-deprecated-hardening-package',
  ])
})

test.each(['request', 'request-promise', 'express-brute', 'xss-clean', 'csurf'])('%s', (name) => {
  expect(said({ [name]: '1.0.0' }, `const p = require('${name}')`)).toEqual([expect.stringMatching(/^high app\.js:2 \S+ is deprecated\. /)])
})
