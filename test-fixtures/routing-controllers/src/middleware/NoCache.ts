import type { NextFunction, Request, Response } from 'express'
import type { ExpressMiddlewareInterface } from 'routing-controllers'
import { Service } from 'typedi'

@Service()
export class NoCache implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    response.set('Cache-Control', 'no-store')
    next()
  }
}
