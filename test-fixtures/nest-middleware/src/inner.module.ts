import { Controller, Get, MiddlewareConsumer, Module } from '@nestjs/common'
import { deepMiddleware } from './middleware'

@Controller('deep')
class DeepController {
  @Get()
  hello() {
    return 'hello'
  }
}

@Module({ controllers: [DeepController] })
export class InnerModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(deepMiddleware).forRoutes('deep')
  }
}
