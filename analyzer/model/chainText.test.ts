// The words for what stands in front of a route.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { chainText, inFrontText } from './chainText.js'

test('what is written in place is said by its part, and not by the function around it', () => {
  const model = modelOf(`
//- /package.json
{ "name": "a", "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "fastify": "5" } }
//- /server.js
import Fastify from 'fastify'
import { routes } from './routes.js'
const app = Fastify()
app.register(routes)
app.listen({ port: 3000 })
//- /routes.js
const allow = (role) => async (request, reply) => { if (request.role !== role) reply.code(403).send() }
export async function routes(app) {
  app.addHook('onRequest', async (request) => { request.role = request.headers.role })
  app.get('/a', { preHandler: allow('admin') }, async () => ({}))
  app.get('/b', { preValidation: async () => {} }, named)
  async function named() {
    return {}
  }
}
`)
  expect(model.routes.map(chainText)).toEqual(['onRequest hook → allow(…) → the handler', 'onRequest hook → preValidation → named'])
  expect(model.routes.map(inFrontText)).toEqual(['onRequest hook → allow(…)', 'onRequest hook → preValidation'])
})

test('a route with nothing in front says so', () => {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "dependencies": { "express": "5" } }
//- /a.js
const app = require('express')()
app.get('/a', (req, res) => res.end())
app.listen(1)
`)
  expect(model.routes.map((route) => [chainText(route), inFrontText(route)])).toEqual([['the handler', 'nothing']])
})
