import express from 'express'
import helmet from 'helmet'
import cors from 'cors'
import pinoHttp from 'pino-http'
import { config, logger } from './config/index.js'
import { apiLimiter, errorHandler, notFound } from './middleware/index.js'
import * as routes from './routes/index.js'

const app = express()

app.set('trust proxy', 1)
app.use(helmet())
app.use(cors({ origin: config.origins, credentials: true }))
app.use(pinoHttp({ logger }))
app.use(express.json({ limit: '100kb' }))

app.get('/healthz', (req, res) => res.json({ status: 'ok' }))
app.use('/api', apiLimiter)
app.use('/api/products', routes.products)
app.use('/api/orders', routes.orders)

app.use(notFound)
app.use(errorHandler)

export default app
