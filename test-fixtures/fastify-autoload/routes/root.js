export default async function (fastify) {
  fastify.get('/', async () => ({ page: fastify.settings.page }))
}
