import express, { type Application, type ErrorRequestHandler } from 'express'

export abstract class BaseServer {
  protected readonly app: Application
  readonly #port: number

  constructor(port: number) {
    this.app = express()
    this.#port = port
    this.configure()
    this.routes()
    this.errors()
  }

  protected abstract routes(): void

  protected configure(): void {
    this.app.use(express.json())
    this.app.get('/status', (_req, res) => {
      res.json({ up: true })
    })
  }

  private errors(): void {
    const handler: ErrorRequestHandler = (err, _req, res, _next) => {
      res.status(err.status || 500).send(err.message)
    }
    this.app.use(handler)
  }

  start(): void {
    this.app.listen(this.#port, () => {
      console.log(`tickets on ${this.#port}`)
    })
  }
}
