import { All, Controller, Get, Head, Options, Put } from '@nestjs/common'

@Controller('status')
export class StatusController {
  @Get()
  read() {
    return { status: 'ok' }
  }

  @Put()
  write() {
    return {}
  }

  @All('any')
  any() {
    return 'any'
  }

  @Head('head')
  head() {}

  @Options('options')
  options() {}
}
