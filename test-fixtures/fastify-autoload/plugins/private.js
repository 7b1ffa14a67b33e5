/** Not shared: nobody else sees what it decorates. */
export default async function (fastify) {
  fastify.addHook('onRequest', async () => {})
}
