import { CallHandler, CanActivate, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common'

/** Requests say a token in a header, messages in their data. */
function tokenOf(context: ExecutionContext): string | undefined {
  if (context.getType() === 'rpc') return context.switchToRpc().getData<{ token?: string }>().token
  return context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>().headers.authorization
}

@Injectable()
export class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return tokenOf(context) === `Bearer ${process.env.TOKEN}`
  }
}

@Injectable()
export class RouteGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}

@Injectable()
export class LateGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}

@Injectable()
export class TimingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle()
  }
}
