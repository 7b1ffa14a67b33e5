import { Module } from '@nestjs/common'
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { OrdersController } from './orders.controller'
import { OpenController } from './open.controller'
import { RolesGuard, TokenGuard } from './guards'
import { EnvelopeInterceptor } from './interceptors'

const interceptors = [{ provide: APP_INTERCEPTOR, useFactory: () => new EnvelopeInterceptor() }]

@Module({
  controllers: [OrdersController, OpenController],
  providers: [RolesGuard, { provide: APP_GUARD, useClass: TokenGuard }, { provide: 'APP_GUARD', useExisting: RolesGuard }, ...interceptors],
})
export class AppModule {}
