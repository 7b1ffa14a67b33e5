import type { NextFunction, Request, Response } from 'express'
import { inject } from 'inversify'
import { BaseHttpController, controller, httpGet, httpPost, requestBody, requestParam, withMiddleware } from 'inversify-express-utils'
import type { ToolStore } from '../ToolStore'
import { types } from '../types'

function timed(req: Request, res: Response, next: NextFunction): void {
  res.locals.startedAt = Date.now()
  next()
}

function named(req: Request, res: Response, next: NextFunction): void {
  if (typeof req.body?.name !== 'string') {
    res.status(400).json({ error: 'name is missing' })
    return
  }
  next()
}

@controller('/tools', timed)
export class ToolsController extends BaseHttpController {
  constructor(@inject(types.ToolStore) private readonly store: ToolStore) {
    super()
  }

  @httpGet('/')
  list(req: Request, res: Response) {
    res.json(this.store.all())
  }

  @httpGet('/:id')
  async one(@requestParam('id') id: string) {
    return this.store.find(id)
  }

  @httpPost('/', types.ApiKey)
  @withMiddleware(named)
  add(@requestBody() body: { name: string }) {
    this.store.add(body.name)
    return this.json({ name: body.name }, 201)
  }
}
