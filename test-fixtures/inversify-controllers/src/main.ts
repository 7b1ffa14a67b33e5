import 'reflect-metadata'
import express, { type Application, type NextFunction, type Request, type Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { InversifyExpressServer } from 'inversify-express-utils'
import { container } from './container'
import './controllers/StatusController'
import './controllers/ToolsController'

const server = new InversifyExpressServer(container, null, { rootPath: '/api' })

server
  .setConfig((app: Application) => {
    app.disable('x-powered-by')
    app.use(helmet())
    app.use(rateLimit({ windowMs: 60_000, limit: 60 }))
    app.use(express.json())
  })
  .setErrorConfig((app: Application) => {
    app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
      if (res.headersSent) return next(error)
      console.error(error)
      res.status(500).json({ error: 'Internal Server Error' })
    })
  })

const app = server.build()
app.listen(process.env.PORT)
