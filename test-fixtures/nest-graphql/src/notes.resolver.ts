import { UseGuards, UseInterceptors, UsePipes } from '@nestjs/common'
import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { AdminGuard, Public, TimingInterceptor, TrimPipe } from './enhancers'
import { Author, Note } from './models'

@Resolver(() => Note)
@UseInterceptors(TimingInterceptor)
export class NotesResolver {
  @Query(() => [Note])
  notes() {
    return [{ text: 'first' }]
  }

  @Public()
  @Query(() => Note, { name: 'welcome' })
  greeting() {
    return { text: 'welcome' }
  }

  @Mutation(() => Note)
  @UseGuards(AdminGuard)
  @UsePipes(TrimPipe)
  addNote(@Args('text') text: string) {
    return { text }
  }

  @ResolveField(() => Author)
  @UseGuards(AdminGuard)
  author() {
    return { name: 'Ada' }
  }
}
