import { Server } from '@overnightjs/core'
import cors from 'cors'
import express, { type NextFunction, type Request, type Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import * as controllers from './controllers'

export class GardenServer extends Server {
  constructor() {
    super(process.env.NODE_ENV === 'development')
    this.app.disable('x-powered-by')
    this.app.use(helmet())
    this.app.use(cors({ origin: 'https://garden.example' }))
    this.app.use(express.json())
    this.setupControllers()
    this.app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
      if (res.headersSent) return next(error)
      console.error(error)
      res.status(500).json({ error: 'Internal Server Error' })
    })
  }

  start(port: number): void {
    this.app.listen(port)
  }

  private setupControllers(): void {
    const instances = Object.values(controllers).map((Controller) => new Controller())
    super.addControllers(instances, undefined, rateLimit({ windowMs: 60_000, limit: 60 }))
  }
}
