exports.guarded = {
  async check(request, reply) {
    if (request.headers['x-blocked']) return reply.code(403).send({ error: 'blocked' })
  },
}

exports.listing = { method: 'GET', schema: { querystring: { type: 'object', properties: { page: { type: 'string' } } } } }

exports.creation = { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } }
