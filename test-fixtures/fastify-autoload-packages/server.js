import path from 'node:path'
import Fastify from 'fastify'
import autoload from '@fastify/autoload'

const app = Fastify()

await app.register(autoload, { dir: path.join(import.meta.dirname, 'plugins'), options: {} })
app.register(autoload, { dir: path.join(import.meta.dirname, 'routes') })

app.setErrorHandler((error, request, reply) => {
  const statusCode = error.statusCode ?? 500
  reply.code(statusCode).send({ error: statusCode < 500 ? error.message : 'Internal Server Error' })
})

await app.ready()
await app.listen({ port: app.config.PORT })
