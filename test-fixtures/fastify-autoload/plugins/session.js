import fp from 'fastify-plugin'

export default fp(
  async (fastify) => {
    fastify.decorate('requireUser', async (request, reply) => {
      if (request.headers.authorization !== 'Bearer tea') return reply.code(401).send({ error: 'sign in' })
    })
  },
  { name: 'session', dependencies: ['settings'] },
)
