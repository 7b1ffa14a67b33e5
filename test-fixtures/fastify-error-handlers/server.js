const Fastify = require('fastify')

class DriverError extends Error {
  constructor() {
    super("Unknown column 'pin_hash' in 'accounts'")
    this.code = 'ER_BAD_FIELD_ERROR'
  }
}

const fail = async () => {
  throw new DriverError()
}

const app = Fastify()

app.register(async (safe) => {
  safe.setErrorHandler((error, request, reply) => {
    reply.code(500).send({ error: 'Something went wrong' })
  })
  safe.get('/safe', fail)
  safe.register(async (within) => void within.get('/safe/within', fail))
  safe.setNotFoundHandler((request, reply) => reply.code(404).send({ error: 'not here' }))
})
app.register(async (open) => {
  open.setErrorHandler(async (error, request, reply) => {
    reply.status(500)
    return { error: error.message }
  })
  open.get('/open', fail)
})
app.get('/plain', fail)
app.get('/', async () => ({ ok: true }))

app.listen({ port: process.env.PORT })
