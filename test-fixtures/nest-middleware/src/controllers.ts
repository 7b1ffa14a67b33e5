import { Controller, Get, Post } from '@nestjs/common'

@Controller('cats')
export class CatsController {
  @Get()
  list() {
    return []
  }

  @Get('count')
  count() {
    return 0
  }
}

@Controller('dogs')
export class DogsController {
  @Get()
  list() {
    return []
  }

  @Get('public')
  open() {
    return []
  }

  @Post()
  add() {
    return {}
  }
}
