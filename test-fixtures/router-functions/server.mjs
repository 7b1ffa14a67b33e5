import express from 'express'
import helmet from 'helmet'
import cors from 'cors'
import { rateLimit } from 'express-rate-limit'
import { roomRoutes } from './routes/rooms.mjs'
import healthRoutes from './routes/health.mjs'
import { MessageStore } from './store.mjs'

const store = new MessageStore()
const app = express()
const common = [helmet({ frameguard: false }), cors({ origin: [/\.chat\.example$/], methods: ['GET', 'POST'] })]

app.use(...common)
healthRoutes({ store })(app)
app.use('/v1', rateLimit({ windowMs: 1000 * 60, limit: 80 }), versionOne({ store, keys: (process.env.API_KEYS ?? '').split(',') }))
app.use(function onError(err, _req, res, _next) {
  res.status(503).json({ error: 'unavailable' })
})

function versionOne({ store, keys }) {
  const router = express.Router()
  router.use((req, res, next) => (keys.includes(req.get('x-api-key')) ? next() : res.sendStatus(401)))
  router.use(express.json())
  roomRoutes(router, store)
  return router
}

const server = app.listen(process.env.PORT)
process.on('SIGTERM', () => server.close())
