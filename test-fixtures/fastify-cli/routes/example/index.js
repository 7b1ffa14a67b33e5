'use strict'

module.exports = async function (fastify) {
  fastify.get('/', async function () {
    return 'this is an example'
  })
  fastify.get('/missing', async () => {
    throw fastify.httpErrors.notFound('no such example')
  })
  fastify.get('/broken', async () => {
    throw new Error('column salary of employees')
  })
}
