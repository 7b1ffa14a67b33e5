import { Authorized, Get } from 'routing-controllers'

export abstract class BaseController {
  @Authorized()
  @Get('/version')
  version() {
    return { version: '1.4.0' }
  }
}
