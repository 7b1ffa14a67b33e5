export default async function status(fastify) {
  fastify.get('/', async () => ({ up: true }))
}
