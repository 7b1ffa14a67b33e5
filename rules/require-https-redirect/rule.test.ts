// Which applications with sessions have nothing that keeps their clients on HTTPS.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

/** An application with a session; `more` is registered before it. */
function withSession(mark: string, more = '', listen = 'app.listen(3000)', cookie = ''): string {
  return `
const express = require('express')
const session = require('express-session')
const app = express()
            ${mark}
${more}
app.use(session({ secret: process.env.SECRET, resave: false, saveUninitialized: false${cookie} }))
app.get('/', (req, res) => res.send('hello'))
${listen}
`
}

test('a session over port 80', () => {
  check(rule, withSession('^^^^^^^^^ [medium info] Nothing keeps the clients', '', 'app.listen(80)'))
})

test('port 80 of a compose file', () => {
  check(
    rule,
    `
//- /app.js
${withSession('^^^^^^^^^ [medium] Nothing keeps the clients')}
//- /docker-compose.yml
services:
  web:
    build: .
    ports:
      - '80:3000'
#       ~~~~~~~~~ port 80 is open
`,
  )
})

test('a port of which nothing is known', () => {
  check(rule, withSession('^^^^^^^^^ [low] Nothing keeps the clients'))
})

test.each([
  ['helmet', `app.use(require('helmet')())`],
  ['a redirect', `app.use((req, res, next) => (req.secure ? next() : res.redirect('https://' + req.headers.host + req.url)))`],
  ['a server with TLS', `require('https').createServer({ key, cert }, app).listen(443)`],
  ['HSTS of its own', `app.use((req, res, next) => { res.setHeader('Strict-Transport-Security', 'max-age=31536000'); next() })`],
])('%s', (_what, more) => {
  check(rule, withSession('', more, 'app.listen(80)'))
})

test('a cookie that stays on HTTPS, and no cookie', () => {
  check(rule, withSession('', '', 'app.listen(80)', ', cookie: { secure: true }'))
  check(
    rule,
    `
    const app = require('express')()
    app.get('/', (req, res) => res.send('hello'))
    app.listen(80)
  `,
  )
})

test('a platform that ends TLS', () => {
  check(
    rule,
    `
//- /app.js
${withSession('')}
//- /render.yaml
services:
  - type: web
    name: api
`,
  )
})

test('Fastify, with and without TLS', () => {
  const app = (options: string, mark = ''): string => `
//- /package.json
{ "dependencies": { "fastify": "^5.0.0", "@fastify/cookie": "^11.0.0" } }
//- /app.js
const app = require('fastify')(${options})
${mark}
app.register(require('@fastify/cookie'))
app.post('/login', async (request, reply) => reply.setCookie('session', issue(request), { httpOnly: true }).send('ok'))
app.listen({ port: 80 })
`
  check(rule, app('', '            ^^^^^^^^^^^^^^^^^^^^ [medium] Nothing keeps the clients'))
  check(rule, app('{ https: { key, cert } }'))
})

test('Nest, with and without TLS', () => {
  const app = (options: string, mark = ''): string => `
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "express-session": "^1.18.0" } }
//- /main.ts
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import session from 'express-session'
@Module({})
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule${options})
${mark}
  app.use(session({ secret: process.env.SECRET, resave: false, saveUninitialized: false }))
  await app.listen(80)
}
bootstrap()
`
  check(rule, app('', `                    ${'^'.repeat('NestFactory.create(AppModule)'.length)} [medium] Nothing keeps the clients`))
  check(rule, app(', { httpsOptions: { key, cert } }'))
})
