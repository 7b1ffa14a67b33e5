import express, { type Express } from 'express'
import cors from 'cors'
import helmet from 'helmet'
import { sendProblem } from './problems'

export interface ServiceOptions {
  origins: string[]
  routes: (app: Express) => void
}

export function createService({ origins, routes }: ServiceOptions): Express {
  const app = express()
  app.use(helmet())
  app.use(cors({ origin: origins }))
  app.get('/health', (_req, res) => void res.json({ ok: true }))
  routes(app)
  app.use(sendProblem)
  return app
}
