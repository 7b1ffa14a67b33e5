export default async function (fastify) {
  fastify.get('/posts', async (request) => ({ of: request.params.id }))
}
