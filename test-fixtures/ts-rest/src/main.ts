import { createExpressEndpoints, initServer } from '@ts-rest/express'
import cors from 'cors'
import express, { type NextFunction, type Request, type Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { contract, internal } from './contract'
import { recipesRouter } from './recipes'

const s = initServer()
const app = express()
app.disable('x-powered-by')
app.use(helmet())
app.use(cors({ origin: 'https://recipes.example' }))
app.use(express.json())

function traced(req: Request, res: Response, next: NextFunction): void {
  res.locals.startedAt = Date.now()
  next()
}

const router = s.router(contract, {
  recipes: recipesRouter,
  meta: { version: async () => ({ status: 200, body: { version: '1.0.0' } }) },
})
const globalMiddleware = [rateLimit({ windowMs: 60_000, limit: 60 }), traced] as never[]
createExpressEndpoints(contract, router, app, { globalMiddleware })

const ops = express.Router()
createExpressEndpoints(internal, s.router(internal, { ping: async () => ({ status: 200, body: { ok: true } }) }), ops)
app.use('/internal', rateLimit({ windowMs: 60_000, limit: 600 }), ops)

app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) return next(error)
  console.error(error)
  res.status(500).json({ error: 'Internal Server Error' })
})
app.listen(process.env.PORT)
