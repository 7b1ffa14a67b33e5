import { Controller, DynamicModule, Get, Module } from '@nestjs/common'

@Controller('feed')
class FeedController {
  @Get()
  read() {
    return []
  }
}

@Module({})
export class FeedModule {
  static register(options: { path: string }): DynamicModule {
    return { module: FeedModule, controllers: [FeedController], providers: [{ provide: 'FEED', useValue: options }] }
  }
}
