import { ChildControllers, ClassErrorMiddleware, ClassMiddleware, ClassWrapper, Controller, Get, Middleware, Post, Put } from '@overnightjs/core'
import type { NextFunction, Request, Response } from 'express'
import asyncHandler from 'express-async-handler'
import { WateringsController } from './WateringsController'

function timed(req: Request, res: Response, next: NextFunction): void {
  res.locals.startedAt = Date.now()
  next()
}

function authenticated(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.authorization !== 'Bearer open') {
    res.status(401).json({ error: 'Unauthorized' })
    return
  }
  next()
}

function noted(error: Error, req: Request, res: Response, next: NextFunction): void {
  res.locals.failed = true
  next(error)
}

@Controller('api/plants')
@ClassMiddleware([timed])
@ClassMiddleware((req: Request, res: Response, next: NextFunction) => next())
@ClassErrorMiddleware(noted)
@ClassWrapper(asyncHandler)
@ChildControllers([new WateringsController()])
export class PlantsController {
  private readonly plants = new Map([['1', 'oak']])

  @Get()
  async list(req: Request, res: Response) {
    res.json([...this.plants.values()])
  }

  @Get(':id')
  async one(req: Request, res: Response) {
    const plant = this.plants.get(String(req.params.id))
    if (plant === undefined) throw new Error(`nothing in bed ${req.params.id}`)
    res.json({ plant })
  }

  @Post()
  @Middleware([authenticated])
  add(req: Request, res: Response) {
    const { name } = req.body as { name?: unknown }
    if (typeof name !== 'string') {
      res.status(400).json({ error: 'name is missing' })
      return
    }
    this.plants.set(String(this.plants.size + 1), name)
    res.status(201).json({ name })
  }

  @Middleware(authenticated)
  @Put(':id')
  private update = (req: Request, res: Response): void => {
    res.json({ id: req.params.id })
  }
}
