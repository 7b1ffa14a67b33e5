const tickets = async (fastify) => {
  fastify.get('/', async () => [])
  fastify.post('/', { config: { rateLimit: { max: 5, timeWindow: '15 minutes' } } }, async (request, reply) => reply.code(201).send({}))
}

const login = async (fastify) => {
  fastify.post('/login', { config: { rateLimit: { max: 5, timeWindow: '15 minutes' } } }, async (request, reply) => {
    if (request.body?.password !== 'open sesame') return reply.code(401).send({ error: 'wrong password' })
    return { ok: true }
  })
}

export const routes = [
  { prefix: '/tickets', plugin: tickets },
  { prefix: '/auth', plugin: login },
]
