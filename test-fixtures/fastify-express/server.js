import Fastify from 'fastify'
import expressPlugin from '@fastify/express'
import helmet from 'helmet'

const app = Fastify()

await app.register(expressPlugin)
app.use((req, res, next) => {
  res.setHeader('x-served-by', 'express')
  next()
})
app.use('/secure', helmet())

app.get('/', async () => ({ ok: true }))
app.get('/secure/data', async () => ({ data: 1 }))

await app.listen({ port: Number(process.env.PORT) })
