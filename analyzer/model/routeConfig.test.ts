// Hooks of Fastify that ask the route whether they are meant for it.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from './queries.js'

const refuse = "if (!request.headers.authorization) return reply.code(401).send({ error: 'who are you?' })"

/** Answers for a public route, for one that asks for nothing, and for one that wants a role. */
function answers(...body: readonly string[]): string {
  const model = modelOf(`
    //- /app.js
    import Fastify from 'fastify'
    import fp from 'fastify-plugin'
    const app = Fastify()
    await app.register(fp(async (all) => {
      all.addHook('onRequest', async (request, reply) => {
        ${body.join('\n        ')}
      })
    }))
    app.get('/public', { config: { public: true, auth: false } }, async () => 1)
    app.get('/plain', async () => 2)
    app.route({ method: 'GET', url: '/roles', config: { roles: ['admin'], auth: 'token' }, handler: async () => 3 })
    await app.listen({ port: 3000 })
  `)
  return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
}

test.each([
  ['a way out for public routes', ['if (request.routeOptions.config.public) return', refuse], 'no yes yes'],
  ['a way out by a comparison', ['const { config } = request.routeOptions', 'if (config.public === true) return', refuse], 'no yes yes'],
  ['only routes that ask for it', ['if (request.routeOptions.config.auth) {', refuse, '}'], 'no no yes'],
  ['all routes that do not say no', ['if (request.routeOptions.config.auth === false) return', refuse], 'no yes yes'],
  [
    'roles of the route',
    [
      'const { roles } = request.context.config',
      "if (roles && !roles.includes(request.headers['x-role'])) return reply.code(403).send({})",
    ],
    'no no yes',
  ],
  ['a token for routes that ask', ["if (request.routeConfig.auth !== 'token') return", 'await request.jwtVerify()'], 'no no yes'],
  ['nothing of the route', [refuse], 'yes yes yes'],
  ['what is not known', ['if (request.routeOptions.config[request.method]) return', refuse], 'yes yes yes'],
])('%s', (_title, body, expected) => {
  expect(answers(...body)).toBe(expected)
})
