import { Authorized, Controller, Get, Res } from 'routing-controllers'
import type { Response } from 'express'
import { Service } from 'typedi'

@Authorized()
@Controller('/reports')
@Service()
export class ReportsController {
  @Get('/daily')
  daily(@Res() response: Response) {
    return response.type('text').send('nothing today')
  }
}
