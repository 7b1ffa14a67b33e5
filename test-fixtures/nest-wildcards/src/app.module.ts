import { MiddlewareConsumer, Module, NestModule, RequestMethod } from '@nestjs/common'
import { CatsController, RootController } from './controllers'
import {
  AllByExpressionMiddleware,
  AllByGroupMiddleware,
  AllByNameMiddleware,
  AllByStarMiddleware,
  CatsByExpressionMiddleware,
  CatsByGroupMiddleware,
  CatsByNameMiddleware,
  CatsByStarMiddleware,
  CatsExactlyMiddleware,
  CatsMiddleware,
  OneCatMiddleware,
  NotDeeperByExpressionMiddleware,
  NotDeeperByNameMiddleware,
  NotDeeperByStarMiddleware,
  ToysMiddleware,
} from './middleware'

@Module({ controllers: [RootController, CatsController] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(AllByStarMiddleware).forRoutes('*')
    consumer.apply(AllByExpressionMiddleware).forRoutes('(.*)')
    consumer.apply(AllByGroupMiddleware).forRoutes('{*splat}')
    consumer.apply(AllByNameMiddleware).forRoutes('*splat')
    consumer.apply(CatsMiddleware).forRoutes('cats')
    consumer.apply(CatsByStarMiddleware).forRoutes('cats/*')
    consumer.apply(CatsByExpressionMiddleware).forRoutes('cats/(.*)')
    consumer.apply(CatsByNameMiddleware).forRoutes('cats/*rest')
    consumer.apply(CatsByGroupMiddleware).forRoutes('cats{/*rest}')
    consumer.apply(CatsExactlyMiddleware).forRoutes({ path: 'cats', method: RequestMethod.ALL })
    consumer.apply(OneCatMiddleware).forRoutes({ path: 'cats/:id', method: RequestMethod.GET })
    consumer.apply(ToysMiddleware).forRoutes('*/toys')
    consumer.apply(NotDeeperByStarMiddleware).exclude('cats/*').forRoutes(CatsController)
    consumer.apply(NotDeeperByExpressionMiddleware).exclude('cats/(.*)').forRoutes(CatsController)
    consumer.apply(NotDeeperByNameMiddleware).exclude('cats/*rest').forRoutes('*')
  }
}
