const store = new Map([['1', 'milk']])

/** Notes under the prefix of whoever registers them. */
export async function notes(fastify) {
  fastify.get('/', async () => [...store.values()])
  fastify.get('/broken', async () => {
    throw new Error('SELECT * FROM notes failed')
  })
  fastify.get('/:id', async (request, reply) => {
    const note = store.get(request.params.id)
    if (note === undefined) return reply.code(404).send({ error: 'no such note' })
    return { note }
  })
  fastify.post(
    '/',
    { schema: { body: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } } } },
    async (request, reply) => {
      const id = String(store.size + 1)
      store.set(id, request.body.text)
      reply.code(201)
      return { id }
    },
  )
}
