import { Router, type Request, type Response } from 'express'
import type { Controller } from './Controller.js'

interface Ticket {
  id: number
  title: string
}

export class TicketController implements Controller {
  public readonly path = '/tickets'
  public readonly router = Router()
  private tickets: Ticket[] = []

  constructor() {
    this.router.get('/', this.list)
    this.router.get('/broken', this.broken)
    this.router.post('/', this.create.bind(this))
  }

  private list = (_req: Request, res: Response): void => {
    res.json(this.tickets)
  }

  private broken = (): void => {
    throw new Error('SELECT * FROM tickets failed')
  }

  private create(req: Request, res: Response): void {
    const ticket = { id: this.tickets.length + 1, title: String(req.body.title) }
    this.tickets.push(ticket)
    res.status(201).json(ticket)
  }
}
