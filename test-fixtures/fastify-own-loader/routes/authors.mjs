export const prefix = '/people'

export default (fastify, options, done) => {
  fastify.get('/', (request, reply) => void reply.send([]))
  done()
}
