import { Controller, Get, Param } from '@nestjs/common'

@Controller()
export class RootController {
  @Get()
  hello() {
    return 'hello'
  }

  @Get('dogs')
  dogs() {
    return []
  }

  @Get('catsup')
  catsup() {
    return 'sauce'
  }
}

@Controller('cats')
export class CatsController {
  @Get()
  list() {
    return []
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return { id }
  }

  @Get(':id/toys')
  toys() {
    return []
  }
}
