import { CanActivate, ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common'
import { MODULE_OPTIONS_TOKEN } from './audit.options'

@Injectable()
export class AuditGuard implements CanActivate {
  constructor(@Inject(MODULE_OPTIONS_TOKEN) private readonly options: { isStrict: boolean }) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest()
    if (this.options.isStrict && headers['x-user'] === 'nobody') throw new ForbiddenException()
    return true
  }
}
