import {
  CallHandler,
  CanActivate,
  createParamDecorator,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  PipeTransform,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { GqlExecutionContext } from '@nestjs/graphql'

export const Public = () => SetMetadata('isPublic', true)

/** Requests of HTTP and of GraphQL alike. */
function requestOf(context: ExecutionContext): { headers: Record<string, string | undefined> } {
  if (context.getType<string>() === 'http') return context.switchToHttp().getRequest()
  return GqlExecutionContext.create(context).getContext().reply.request
}

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const isPublic = this.reflector.getAllAndOverride<boolean>('isPublic', [context.getHandler(), context.getClass()])
    if (isPublic) return true
    if (requestOf(context).headers.authorization !== `Bearer ${process.env.TOKEN}`) throw new UnauthorizedException()
    return true
  }
}

@Injectable()
export class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return requestOf(context).headers['x-role'] === 'admin'
  }
}

@Injectable()
export class TraceInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle()
  }
}

@Injectable()
export class TimingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle()
  }
}

@Injectable()
export class TrimPipe implements PipeTransform {
  transform(value: unknown) {
    return typeof value === 'string' ? value.trim() : value
  }
}

export const Role = createParamDecorator((_data: unknown, context: ExecutionContext) => requestOf(context).headers['x-role'])
