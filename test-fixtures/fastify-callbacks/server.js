const fastify = require('fastify')({ logger: false })

fastify.register(require('@fastify/rate-limit'), { max: 20, timeWindow: 60000 })
fastify.register(require('./plugins/clock'))
fastify.register(require('./routes/users'), { prefix: '/users' })

fastify.get('/', (request, reply) => {
  reply.send({ hello: 'world' })
})

fastify.after(() => {
  fastify.get('/time', (request, reply) => reply.send({ now: fastify.clock() }))
})

fastify.listen({ port: process.env.PORT }, (error) => {
  if (error) process.exit(1)
})
