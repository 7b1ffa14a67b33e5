import { Controller, Get } from '@nestjs/common'
import { Public } from './decorators'

@Public()
@Controller('open')
export class OpenController {
  @Get()
  hello() {
    return 'hello'
  }
}
