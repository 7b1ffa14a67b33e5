import { Controller, Get, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'

@Controller('auth')
class AuthController {
  @Post('login')
  @Throttle({ default: { limit: 5, ttl: 60_000 } })
  login() {
    return { token: 'x' }
  }
}

@Controller()
class AppController {
  @Get()
  hello() {
    return 'hello'
  }

  @Get('health')
  @SkipThrottle()
  health() {
    return { status: 'ok' }
  }
}

@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 50 }])],
  controllers: [AuthController, AppController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
