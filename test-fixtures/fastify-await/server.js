import Fastify from 'fastify'
import helmet from '@fastify/helmet'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import { notes } from './notes.js'

const app = Fastify({ logger: { level: 'warn' }, bodyLimit: 100_000 })

await app.register(helmet)
await app.register(cors, { origin: ['https://notes.example.com'] })
await app.register(rateLimit, { max: 60, timeWindow: '1 minute' })

app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500
  if (status >= 500) request.log.error(error)
  reply.code(status).send({ error: status < 500 ? error.message : 'Internal Server Error' })
})

app.get('/health', { config: { rateLimit: false } }, async () => ({ status: 'ok' }))
app.register(notes, { prefix: '/notes' })

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
