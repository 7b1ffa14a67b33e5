import { Controller, Get } from '@overnightjs/core'
import type { Request, Response } from 'express'

@Controller('waterings')
export class WateringsController {
  @Get('today')
  today(req: Request, res: Response) {
    res.json([])
  }
}
