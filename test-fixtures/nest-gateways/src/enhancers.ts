import { CallHandler, CanActivate, ExecutionContext, Injectable, NestInterceptor, PipeTransform } from '@nestjs/common'
import { Socket } from 'socket.io'

@Injectable()
export class PresenceGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}

@Injectable()
export class AgeGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}

/** Who talks must have said a token when the connection was made. */
@Injectable()
export class MemberGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const client = context.switchToWs().getClient<Socket>()
    return client.handshake.headers.authorization === `Bearer ${process.env.TOKEN}`
  }
}

@Injectable()
export class StampInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle()
  }
}

@Injectable()
export class EchoInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle()
  }
}

@Injectable()
export class UpperCasePipe implements PipeTransform {
  transform(value: unknown) {
    return typeof value === 'string' ? value.toUpperCase() : value
  }
}

@Injectable()
export class TrimPipe implements PipeTransform {
  transform(value: unknown) {
    return typeof value === 'string' ? value.trim() : value
  }
}
