import { MiddlewareConsumer, Module, NestModule, RequestMethod } from '@nestjs/common'
import { CatsController, HealthController, HooksController, StatusController } from './controllers'
import {
  AllMiddleware,
  CatsMiddleware,
  HealthMiddleware,
  HooksMiddleware,
  NotHealthMiddleware,
  NotStatusMiddleware,
  StatusMiddleware,
} from './middleware'

@Module({ controllers: [CatsController, HealthController, HooksController, StatusController] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(AllMiddleware).forRoutes('*')
    consumer.apply(CatsMiddleware).forRoutes('cats')
    consumer.apply(HealthMiddleware).forRoutes('health')
    consumer.apply(HooksMiddleware).forRoutes({ path: 'hooks/:name', method: RequestMethod.POST })
    consumer.apply(StatusMiddleware).forRoutes(StatusController)
    consumer.apply(NotHealthMiddleware).exclude('health').forRoutes('*')
    consumer.apply(NotStatusMiddleware).exclude('status/(.*)').forRoutes('*')
  }
}
