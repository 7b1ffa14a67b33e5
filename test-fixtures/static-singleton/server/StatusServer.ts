import http from 'http'
import express, { type Express } from 'express'
import session from 'express-session'

export class StatusServer {
  private static instance: StatusServer | null = null

  readonly app: Express
  private readonly httpServer: http.Server

  static getInstance(): StatusServer {
    if (StatusServer.instance == null) {
      StatusServer.instance = new StatusServer()
    }
    return StatusServer.instance
  }

  private constructor() {
    this.app = express()
    this.httpServer = http.createServer(this.app)
    this.app.use(express.json({ limit: '20mb' }))
    this.app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
    this.app.get('/', (_request, response) => {
      response.send('<title>Status</title>')
    })
  }

  open(port: number): void {
    this.httpServer.listen(port, () => console.log('status page on', port))
  }
}
