import type { NextFunction, Request, Response } from 'express'
import { injectable } from 'inversify'
import { BaseMiddleware } from 'inversify-express-utils'

@injectable()
export class ApiKey extends BaseMiddleware {
  handler(req: Request, res: Response, next: NextFunction): void {
    if (req.get('x-api-key') !== (process.env.API_KEY ?? 'open')) {
      res.status(401).json({ error: 'Unauthorized' })
      return
    }
    next()
  }
}
