import Fastify from 'fastify'
import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'

const app = Fastify()

if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is not set')
await app.register(cookie)
await app.register(formbody)
await app.register(jwt, { secret: process.env.JWT_SECRET, sign: { expiresIn: '15m' } })
await app.register(csrf, { cookieOpts: { signed: false } })

app.decorate('authenticate', async (request, reply) => {
  try {
    await request.jwtVerify()
  } catch {
    return reply.code(401).send({ error: 'sign in' })
  }
})

app.get('/token', async (request, reply) => ({ csrf: reply.generateCsrf() }))
app.post('/form', { onRequest: app.csrfProtection }, async () => ({ ok: true }))
app.get('/me', { preHandler: [app.authenticate] }, async (request) => ({ name: request.user.name }))
app.register(async (admin) => {
  admin.addHook('onRequest', admin.authenticate)
  admin.get('/admin/users', async () => [])
})

await app.listen({ port: Number(process.env.PORT) })
