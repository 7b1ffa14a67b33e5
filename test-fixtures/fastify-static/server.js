import path from 'node:path'
import Fastify from 'fastify'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import underPressure from '@fastify/under-pressure'
import files from './files.js'

const app = Fastify()

await app.register(swagger, { openapi: { info: { title: 'Shop', version: '1.0.0' } } })
app.register(fastifyStatic, { root: path.join(import.meta.dirname, 'public'), prefix: '/assets' })
await app.register(underPressure, { exposeStatusRoute: { url: '/alive', routeOpts: { onRequest: async (request, reply) => void reply.header('cache-control', 'no-store') } } })

await app.register(helmet)
await app.register(rateLimit, { max: 40, timeWindow: '1 minute' })

app.register(async (documented) => {
  documented.addHook('onRequest', async (request, reply) => {
    if (request.headers['x-api-key'] !== process.env.DOCS_KEY) return reply.code(401).send({ error: 'Unauthorized' })
  })
  await documented.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { css: [{ filename: 'shop.css', content: 'body { margin: 0 }' }] },
    uiHooks: { preHandler: async (request, reply) => void reply.header('x-robots-tag', 'noindex') },
  })
})
app.register(files, { prefix: '/files' })

app.get('/products', async () => [])

await app.listen({ port: Number(process.env.PORT) })
