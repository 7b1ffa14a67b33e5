import type { NextFunction, Request, Response } from 'express'
import { Middleware, type ExpressMiddlewareInterface } from 'routing-controllers'

@Middleware({ type: 'before' })
export class Trace implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    response.locals.startedAt = Date.now()
    next()
  }
}

export class NotRegistered {
  use(request: Request, response: Response, next: NextFunction): void {
    next()
  }
}
