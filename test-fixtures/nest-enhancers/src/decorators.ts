import { applyDecorators, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common'
import { HoursGuard } from './guards'
import { TimingInterceptor } from './interceptors'

export const PUBLIC = 'public'
export const ROLES = 'roles'
export const Public = () => SetMetadata(PUBLIC, true)
export const Roles = (...roles: string[]) => SetMetadata(ROLES, roles)
export const Careful = (role: string) => applyDecorators(Roles(role), UseGuards(HoursGuard), UseInterceptors(TimingInterceptor))
