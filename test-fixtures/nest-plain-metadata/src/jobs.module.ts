import { Controller, Get, Module } from '@nestjs/common'

@Controller('jobs')
class JobsController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [JobsController] })
export class JobsModule {}
