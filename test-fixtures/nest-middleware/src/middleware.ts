import { Injectable, NestMiddleware } from '@nestjs/common'

function note(response: any, name: string): void {
  const before = response.getHeader('x-middleware')
  response.setHeader('x-middleware', before === undefined ? name : `${before},${name}`)
}

export function firstMiddleware(_request: unknown, response: any, next: () => void): void {
  note(response, 'firstMiddleware')
  next()
}

export function deepMiddleware(_request: unknown, response: any, next: () => void): void {
  note(response, 'deepMiddleware')
  next()
}

@Injectable()
export class TraceMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    note(response, 'TraceMiddleware')
    next()
  }
}

@Injectable()
export class CatsMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    note(response, 'CatsMiddleware')
    next()
  }
}

@Injectable()
export class WriteMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    note(response, 'WriteMiddleware')
    next()
  }
}

@Injectable()
export class TenantMiddleware implements NestMiddleware {
  use(_request: unknown, response: any, next: () => void): void {
    note(response, 'TenantMiddleware')
    next()
  }
}
