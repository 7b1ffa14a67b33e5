import { Injectable, NestMiddleware } from '@nestjs/common'

class NamedMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    const before = response.getHeader('x-middleware')
    response.setHeader('x-middleware', before === undefined ? this.constructor.name : `${before},${this.constructor.name}`)
    next()
  }
}

@Injectable()
export class AllByStarMiddleware extends NamedMiddleware {}

@Injectable()
export class AllByExpressionMiddleware extends NamedMiddleware {}

@Injectable()
export class AllByNameMiddleware extends NamedMiddleware {}

@Injectable()
export class AllByGroupMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsByStarMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsByExpressionMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsByNameMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsByGroupMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsExactlyMiddleware extends NamedMiddleware {}

@Injectable()
export class OneCatMiddleware extends NamedMiddleware {}

@Injectable()
export class ToysMiddleware extends NamedMiddleware {}

@Injectable()
export class NotDeeperByStarMiddleware extends NamedMiddleware {}

@Injectable()
export class NotDeeperByExpressionMiddleware extends NamedMiddleware {}

@Injectable()
export class NotDeeperByNameMiddleware extends NamedMiddleware {}
