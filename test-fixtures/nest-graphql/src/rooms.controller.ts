import { Controller, Get } from '@nestjs/common'
import { Public } from './enhancers'

@Public()
@Controller('rooms')
export class RoomsController {
  @Get()
  list() {
    return []
  }
}
