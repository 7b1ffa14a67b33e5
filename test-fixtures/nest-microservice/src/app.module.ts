import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { TokenGuard } from './enhancers'
import { SumsController } from './sums.controller'

@Module({ controllers: [SumsController], providers: [{ provide: APP_GUARD, useClass: TokenGuard }] })
export class AppModule {}
