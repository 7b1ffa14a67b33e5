import { Router } from 'express'
import { StatusServer } from './StatusServer'

const monitors: { id: number; url: string }[] = []

export function registerMonitors(): void {
  const { app } = StatusServer.getInstance()
  const router = Router()
  router.get('/', (_request, response) => void response.json(monitors))
  router.post('/', (request, response) => {
    monitors.push({ id: monitors.length + 1, url: String(request.body.url) })
    response.status(201).json({ id: monitors.length })
  })
  router.get('/crash', (_request, response) => {
    try {
      JSON.parse('{')
    } catch (error) {
      response.status(500).json({ error: (error as Error).stack })
    }
  })
  app.use('/api/monitors', router)
}
