import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ChatGateway } from './chat.gateway'
import { NewsGateway } from './news.gateway'
import { RoomsController } from './rooms.controller'
import { PresenceGuard } from './enhancers'

@Module({
  controllers: [RoomsController],
  providers: [ChatGateway, NewsGateway, { provide: APP_GUARD, useClass: PresenceGuard }],
})
export class AppModule {}
