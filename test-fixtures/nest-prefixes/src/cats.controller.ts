import { Controller, Get, Post, Version } from '@nestjs/common'

@Controller(['cats', 'felines'])
export class CatsController {
  @Get()
  list() {
    return ['tom']
  }

  @Get(['names', 'titles'])
  names() {
    return ['tom']
  }

  @Post()
  @Version('3')
  add() {
    return {}
  }
}

@Controller({ path: 'cats', version: '2' })
export class CatsV2Controller {
  @Get()
  list() {
    return [{ name: 'tom' }]
  }
}
