// Plugins of packages that only decorate the instance where their options say so.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from '../model/queries.js'

test.each([
  ['keys for everybody', '{ keys }', 'yes yes'],
  ['keys for whoever asks for the hook', '{ keys, addHook: false }', 'no yes'],
  ['keys for everybody at another hook', "{ keys, addHook: 'preParsing' }", 'yes yes'],
])('bearer tokens: %s', (_title, options, expected) => {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import bearer from '@fastify/bearer-auth'
    const app = Fastify()
    const keys = new Set([process.env.KEY])
    await app.register(bearer, ${options})
    app.get('/', async () => 1)
    app.get('/inner', { onRequest: app.verifyBearerAuth }, async () => 2)
    await app.listen({ port: 3000 })
  `)
  expect(model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')).toBe(expected)
})
