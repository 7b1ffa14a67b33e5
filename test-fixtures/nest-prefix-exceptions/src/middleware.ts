import { Injectable, NestMiddleware } from '@nestjs/common'

class NamedMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    const before = response.getHeader('x-middleware')
    response.setHeader('x-middleware', before === undefined ? this.constructor.name : `${before},${this.constructor.name}`)
    next()
  }
}

@Injectable()
export class AllMiddleware extends NamedMiddleware {}

@Injectable()
export class CatsMiddleware extends NamedMiddleware {}

@Injectable()
export class HealthMiddleware extends NamedMiddleware {}

@Injectable()
export class HooksMiddleware extends NamedMiddleware {}

@Injectable()
export class NotHealthMiddleware extends NamedMiddleware {}

@Injectable()
export class NotStatusMiddleware extends NamedMiddleware {}

@Injectable()
export class StatusMiddleware extends NamedMiddleware {}
