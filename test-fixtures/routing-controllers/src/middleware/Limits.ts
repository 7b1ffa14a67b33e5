import type { NextFunction, Request, Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import { Middleware, type ExpressMiddlewareInterface } from 'routing-controllers'
import { Service } from 'typedi'

@Service()
@Middleware({ type: 'before' })
export class Limits implements ExpressMiddlewareInterface {
  private readonly limiter = rateLimit({ windowMs: 60_000, limit: 60 })

  use(request: Request, response: Response, next: NextFunction): void {
    void this.limiter(request, response, next)
  }
}
