import type { NextFunction, Request, Response } from 'express'
import { HttpError, Middleware, type ExpressErrorMiddlewareInterface } from 'routing-controllers'
import { Service } from 'typedi'

@Service()
@Middleware({ type: 'after' })
export class Errors implements ExpressErrorMiddlewareInterface {
  error(error: unknown, request: Request, response: Response, next: NextFunction): void {
    if (response.headersSent) return next(error)
    const status = error instanceof HttpError ? error.httpCode : 500
    if (status >= 500) console.error(error)
    response.status(status).json({ error: status >= 500 ? 'Internal Server Error' : 'Refused' })
  }
}
