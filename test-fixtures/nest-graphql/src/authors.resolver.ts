import { UseGuards } from '@nestjs/common'
import { Query, Resolver } from '@nestjs/graphql'
import { AdminGuard, Public, Role } from './enhancers'
import { Author } from './models'

@Public()
@UseGuards(AdminGuard)
@Resolver(() => Author)
export class AuthorsResolver {
  @Query(() => [Author])
  authors(@Role() role: string) {
    return [{ name: role }]
  }
}
