import { RequestMethod, VersioningType } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.setGlobalPrefix('api', { exclude: ['health', { path: 'ready', method: RequestMethod.GET }] })
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
