import path from 'node:path'
import fastifyStatic from '@fastify/static'

const root = path.join(import.meta.dirname, 'public')

export default async function files(instance) {
  instance.register(fastifyStatic, { root, decorateReply: false })
  // Only `sendFile` is wanted here.
  instance.register(fastifyStatic, { root, serve: false, decorateReply: false })
  instance.register(async (nested) => {
    nested.register(fastifyStatic, { root, prefix: '/more', redirect: true, decorateReply: false })
  })
}
