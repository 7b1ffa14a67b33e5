import { CurrentUser, Get, JsonController } from 'routing-controllers'
import { Service } from 'typedi'
import type { User } from '../accounts'
import { BaseController } from './BaseController'

@Service()
@JsonController('/me')
export class MeController extends BaseController {
  @Get()
  me(@CurrentUser({ required: true }) user: User) {
    return { name: user.name }
  }
}
