import type { NextFunction, Request, Response } from 'express'
import { Middleware, type ExpressMiddlewareInterface } from 'routing-controllers'
import { Service } from 'typedi'

@Service()
@Middleware({ type: 'before', priority: 20 })
export class Audit implements ExpressMiddlewareInterface {
  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    await Promise.resolve()
    response.set('X-Audit', request.method)
    next()
  }
}
