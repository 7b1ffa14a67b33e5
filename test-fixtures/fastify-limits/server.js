import Fastify from 'fastify'
import rateLimit from '@fastify/rate-limit'

const app = Fastify()

app.register(async (limited) => {
  await limited.register(rateLimit, { max: 30, timeWindow: '1 minute' })
  limited.get('/limited', async () => 'limited')
  limited.get('/limited/free', { config: { rateLimit: false } }, async () => 'free')
  limited.register(async (within) => void within.get('/limited/within', async () => 'within'))
})

app.register(async (hooked) => {
  await hooked.register(rateLimit, { global: false })
  hooked.get('/hooked', { preHandler: hooked.rateLimit({ max: 10, timeWindow: '1 minute' }) }, async () => 'hooked')
  hooked.get('/unhooked', async () => 'unhooked')
})

const hits = new Map()
app.register(async (counted) => {
  counted.addHook('onRequest', async (request, reply) => {
    const count = (hits.get(request.ip) ?? 0) + 1
    hits.set(request.ip, count)
    if (count > 10) return reply.code(429).send({ error: 'slow down' })
  })
  counted.get('/counted', async () => 'counted')
})

app.get('/', async () => 'home')

await app.listen({ port: Number(process.env.PORT) })
