export const autoPrefix = '/monthly-reports'

export default async function (fastify, options) {
  fastify.get('/', async () => ({ title: options.title }))
}

export const autoConfig = { title: 'Reports' }
