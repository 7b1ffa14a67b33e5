import { Router, type Request, type Response } from 'express'
import type { Controller } from './Controller.js'

export class AuthController implements Controller {
  public readonly path = '/auth'
  public readonly router: Router

  constructor() {
    this.router = Router()
    this.initialize()
  }

  private initialize(): void {
    this.router.post('/login', (req, res) => this.login(req, res))
  }

  private login(req: Request, res: Response): void {
    const { email, password } = req.body as { email: string; password: string }
    if (!email || password.length < 12) {
      res.status(401).json({ error: 'Wrong email or password' })
      return
    }
    res.json({ token: Buffer.from(`${email}:${Date.now()}`).toString('base64') })
  }
}
