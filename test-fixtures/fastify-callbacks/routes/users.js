module.exports = function users(fastify, options, done) {
  fastify.addHook('preHandler', function stamp(request, reply, next) {
    request.startedAt = Date.now()
    next()
  })
  fastify.get('/', (request, reply) => {
    reply.send([{ name: 'Ada' }])
  })
  fastify.get('/broken', (request, reply) => {
    reply.send(new Error('connect ECONNREFUSED db.internal:5432'))
  })
  done()
}
