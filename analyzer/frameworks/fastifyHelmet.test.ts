// Which answers the plugin of helmet for Fastify reaches: by version, by option of the route, by method of the reply.
import { expect, test } from 'vitest'
import { modelOf, modelsOverEdits } from '../../testing/model.js'
import { protectsRoute } from '../model/queries.js'

function answers(name: string, version: string, code: string): string {
  const model = modelOf(`
//- /app.js
const Fastify = require('fastify')
const helmet = require('${name}')
const start = async () => {
  const app = Fastify()
  ${code}
  await app.listen({ port: 3000 })
}
start()
//- /package.json
{ "dependencies": { "fastify": "^3.29.0", "${name}": "${version}" } }
`)
  return model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'security-headers').answer}`).join(', ')
}

const perRoute = `
  await app.register(helmet, { global: false })
  app.get('/bare', async () => 1)
  app.get('/asked', { helmet: { frameguard: { action: 'deny' } } }, async () => 1)
`
const exempt = `
  await app.register(helmet)
  app.get('/bare', async () => 1)
  app.get('/exempt', { helmet: false }, async () => 1)
`

test.each([
  ['fastify-helmet', '3.0.2', '/bare yes, /asked yes', '/bare yes, /exempt yes'],
  ['fastify-helmet', '^4.0.2', '/bare yes, /asked yes', '/bare yes, /exempt yes'],
  ['fastify-helmet', '5.3.2', '/bare yes, /asked yes', '/bare yes, /exempt yes'],
  ['fastify-helmet', '6.0.0', '/bare yes, /asked yes', '/bare yes, /exempt yes'],
  ['fastify-helmet', '7.0.1', '/bare no, /asked yes', '/bare yes, /exempt no'],
  ['@fastify/helmet', '13.0.2', '/bare no, /asked yes', '/bare yes, /exempt no'],
])('%s %s with `global: false`, and what routes say of it', (name, version, asked, exempted) => {
  expect(answers(name, version, perRoute)).toBe(asked)
  expect(answers(name, version, exempt)).toBe(exempted)
})

test.each([
  ["app.get('/a', async (request, reply) => { await reply.helmet(); return 1 })", '/a yes'],
  ["app.get('/a', async (request, reply) => { await reply.helmet({ frameguard: { action: 'deny' } }); return 1 })", '/a yes'],
  [
    "app.get('/a', async (request, reply) => { await reply.helmet({ hsts: false, noSniff: false, contentSecurityPolicy: false }); return 1 })",
    '/a no',
  ],
  ["app.get('/a', { onRequest: async (request, reply) => { await reply.helmet() } }, async () => 1)", '/a yes'],
  ["app.addHook('onRequest', async (request, reply) => { await reply.helmet() })\napp.get('/a', async () => 1)", '/a yes'],
  ["app.get('/a', async (request, reply) => { reply.header('x-a', '1'); return 1 })", '/a no'],
])('`global: false` with %s', (code, expected) => {
  expect(answers('@fastify/helmet', '13.0.2', `await app.register(helmet, { global: false })\n${code}`)).toBe(expected)
})

test('a reply without the plugin has no such method', () => {
  expect(answers('@fastify/helmet', '13.0.2', "app.get('/a', async (request, reply) => { await reply.helmet(); return 1 })")).toBe('/a no')
})

test('the reply of one service has the plugin of that service, also after an edit', () => {
  const service = (options: string, text: string): string => `
    const fastify = require('fastify')()
    fastify.register(require('@fastify/helmet'), { global: false, ${options} })
    fastify.get('/', async (request, reply) => {
      console.log('${text}')
      await reply.helmet()
    })
    fastify.listen({ port: 3000 })`
  const modelAfter = modelsOverEdits()
  for (const text of ['before', 'after']) {
    const { calls } = modelAfter(`
    //- /a/app.js${service('hsts: true', text)}
    //- /b/app.js${service('hsts: false', '')}
    `)
    const made = calls.flatMap(({ at, callee }) => (at.file === 'a/app.js' && callee.kind === 'result' ? [callee.call] : []))
    expect(made.map(({ at }) => at.file)).toEqual(['a/app.js'])
  }
})
