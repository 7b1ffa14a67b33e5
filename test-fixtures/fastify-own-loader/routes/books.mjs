export default async (fastify) => {
  fastify.get('/', async () => [])
  fastify.get('/raw', { helmet: false }, async () => 'raw')
}
