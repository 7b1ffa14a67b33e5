const Fastify = require('fastify')
const helmet = require('helmet')
const middie = require('@fastify/middie')

async function main() {
  const app = Fastify()
  app.get('/early', async () => 'early')
  await app.register(middie)
  app.use(helmet())
  app.use('/api', count)
  app.get('/', async () => 'home')
  app.get('/api/things', async () => [])
  await app.listen({ port: process.env.PORT })
}

const hits = new Map()

function count(req, res, next) {
  const key = req.socket.remoteAddress
  hits.set(key, (hits.get(key) ?? 0) + 1)
  if (hits.get(key) > 60) {
    res.statusCode = 429
    res.end('slow down')
    return
  }
  next()
}

main()
