import env from '@fastify/env'

const schema = {
  type: 'object',
  required: ['MOST_REQUESTS'],
  properties: {
    PORT: { type: 'number', default: 3000 },
    MOST_REQUESTS: { type: 'integer' },
  },
}

export const autoConfig = { schema }

export default env
