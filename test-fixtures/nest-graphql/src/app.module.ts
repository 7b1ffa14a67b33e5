import { Module } from '@nestjs/common'
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { GraphQLModule } from '@nestjs/graphql'
import { MercuriusDriver, MercuriusDriverConfig } from '@nestjs/mercurius'
import { TokenGuard, TraceInterceptor } from './enhancers'
import { AuthorsResolver } from './authors.resolver'
import { RoomsController } from './rooms.controller'
import { NotesResolver } from './notes.resolver'

@Module({
  imports: [GraphQLModule.forRoot<MercuriusDriverConfig>({ driver: MercuriusDriver, autoSchemaFile: true })],
  controllers: [RoomsController],
  providers: [
    NotesResolver,
    AuthorsResolver,
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_INTERCEPTOR, useClass: TraceInterceptor },
  ],
})
export class AppModule {}
