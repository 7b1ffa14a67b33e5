import { MiddlewareConsumer, Module, NestModule, RequestMethod } from '@nestjs/common'
import { CatsController, DogsController } from './controllers'
import { CatsMiddleware, TenantMiddleware, TraceMiddleware, WriteMiddleware } from './middleware'
import { OuterModule } from './outer.module'

@Module({ imports: [OuterModule], controllers: [CatsController, DogsController] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(TraceMiddleware).forRoutes('{*splat}')
    consumer
      .apply(CatsMiddleware)
      .exclude({ path: 'cats/count', method: RequestMethod.GET })
      .forRoutes(CatsController)
      .apply(WriteMiddleware)
      .forRoutes({ path: 'dogs', method: RequestMethod.POST })
    consumer.apply(TenantMiddleware).exclude('dogs/public').forRoutes('dogs')
  }
}
