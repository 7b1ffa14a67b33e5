import express, { type Application, type NextFunction, type Request, type Response } from 'express'
import cors from 'cors'
import routes from '@/api'
import config from '@/config'

export default ({ app }: { app: Application }) => {
  app.get('/status', (req, res) => {
    res.status(200).end()
  })
  app.head('/status', (req, res) => {
    res.status(200).end()
  })
  app.enable('trust proxy')
  app.use(cors())
  app.use(express.json())
  app.use(config.api.prefix, routes())

  app.use((req: Request, res: Response, next: NextFunction) => {
    const err: Error & { status?: number } = new Error('Not Found')
    err.status = 404
    next(err)
  })
  app.use((err: Error & { status?: number }, req: Request, res: Response, next: NextFunction) => {
    res.status(err.status || 500)
    res.json({ errors: { message: err.message } })
  })
}
