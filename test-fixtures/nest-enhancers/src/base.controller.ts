import { Get, UseGuards } from '@nestjs/common'
import { HoursGuard } from './guards'

@UseGuards(HoursGuard)
export abstract class BaseController {
  @Get('all/count')
  count() {
    return 1
  }
}
