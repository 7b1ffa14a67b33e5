import { Logger, ValidationPipe } from '@nestjs/common'
import { ConfigService } from '@nestjs/config'
import { NestFactory } from '@nestjs/core'
import { NestExpressApplication } from '@nestjs/platform-express'
import helmet from 'helmet'
import { AppModule } from './app.module'

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule)
  const config = app.get(ConfigService)
  app.use(helmet())
  app.enableCors({ origin: config.getOrThrow<string>('ALLOWED_ORIGINS').split(',') })
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))
  app.set('trust proxy', 'loopback')
  app.enableShutdownHooks()
  await app.listen(config.getOrThrow<number>('PORT'))
  new Logger('Bootstrap').log('started')
}
void bootstrap()
