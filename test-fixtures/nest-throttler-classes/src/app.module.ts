import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common'
import { ConfigModule, ConfigService } from '@nestjs/config'
import { SkipThrottle, ThrottlerModule } from '@nestjs/throttler'
import { ByAddressGuard } from './by-address.guard'

@Controller('auth')
@UseGuards(ByAddressGuard)
class AuthController {
  @Post('login')
  login() {
    return { token: 'x' }
  }

  @Get('session')
  @SkipThrottle({ strict: true })
  session() {
    return { user: null }
  }
}

@Controller('pages')
class PagesController {
  @Get()
  list() {
    return []
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true }),
    ThrottlerModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => [
        { name: 'strict', ttl: 60_000, limit: 10 },
        { name: 'wide', ttl: 60_000, limit: Number(config.get('WIDE_LIMIT', '80')) },
      ],
    }),
  ],
  controllers: [AuthController, PagesController],
})
export class AppModule {}
