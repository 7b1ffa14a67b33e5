import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { PUBLIC, ROLES } from './decorators'

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])
    if (isPublic) return true
    const request = context.switchToHttp().getRequest()
    if (request.headers.authorization !== 'Bearer letmein') throw new UnauthorizedException()
    return true
  }
}

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.get<string[]>(ROLES, context.getHandler())
    return roles === undefined || roles.includes(context.switchToHttp().getRequest().headers['x-role'])
  }
}

@Injectable()
export class HoursGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}
