import { Controller, Get, Module } from '@nestjs/common'
import { ConfigModule } from '@nestjs/config'
import { APP_GUARD } from '@nestjs/core'
import { minutes, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'

@Controller()
class AppController {
  @Get()
  hello() {
    return 'hello'
  }

  @Get('broken')
  broken() {
    throw new Error('table notes is missing')
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({
      ignoreEnvFile: true,
      validate: (env: Record<string, unknown>) => {
        if (!env['ALLOWED_ORIGINS']) throw new Error('ALLOWED_ORIGINS is missing')
        return env
      },
    }),
    ThrottlerModule.forRoot({ throttlers: [{ ttl: minutes(1), limit: 60 }] }),
  ],
  controllers: [AppController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
