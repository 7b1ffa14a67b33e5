import { Controller, Get, Module, UseFilters } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { EverythingFilter, QuietFilter } from './filters'

@Controller('loud')
class LoudController {
  @Get()
  fail() {
    throw new Error('connect ECONNREFUSED 10.0.0.7')
  }
}

@Controller('quiet')
@UseFilters(QuietFilter)
class QuietController {
  @Get()
  hello() {
    return 'hello'
  }
}

@Module({ controllers: [LoudController, QuietController], providers: [{ provide: APP_FILTER, useClass: EverythingFilter }] })
export class AppModule {}
