import { StatusServer } from './StatusServer'

const started = Date.now()

StatusServer.getInstance().app.get('/metrics', (_request, response) => {
  response.type('text/plain').send(`uptime_seconds ${Math.round((Date.now() - started) / 1000)}\n`)
})
