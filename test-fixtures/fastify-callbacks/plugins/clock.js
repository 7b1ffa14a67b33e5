const fp = require('fastify-plugin')

module.exports = fp(function clock(fastify, options, done) {
  fastify.decorate('clock', () => Date.now())
  fastify.addHook('onRequest', (request, reply, next) => {
    reply.header('x-clock', String(fastify.clock()))
    next()
  })
  done()
})
