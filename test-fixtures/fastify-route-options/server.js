const fastify = require('fastify')
const { creation, guarded, listing } = require('./options')

const app = fastify({ ajv: { customOptions: { coerceTypes: false } } })
const seen = []

app.addHook('onRoute', (route) => {
  seen.push(route.url)
})

app.route({
  method: ['GET', 'POST'],
  url: '/both',
  onRequest: [guarded.check, guarded.check],
  preHandler: guarded.check,
  handler: async (request) => ({ method: request.method }),
})
app.route({ ...listing, url: '/listing', handler: (request, reply) => reply.send(seen.length) })
app.get('/short', { handler: async () => 'short' })
app.all('/any', async () => 'any')
app.post('/validated', { schema: creation, preValidation: [guarded.check] }, function create(request, reply) {
  reply.code(201).send({ made: request.body.name })
})
for (const name of ['one', 'two']) app.get(`/number/${name}`, async () => name)

app.listen({ port: process.env.PORT })
