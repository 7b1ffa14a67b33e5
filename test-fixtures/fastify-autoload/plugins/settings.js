import fp from 'fastify-plugin'

export default fp(async (fastify) => void fastify.decorate('settings', { page: 20 }), { name: 'settings' })
