import helmet from '@fastify/helmet'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter({ trustProxy: 'loopback' }))
  await app.register(helmet)
  app.enableCors({ origin: ['https://shop.example'] })
  await app.listen(Number(process.env.PORT), '0.0.0.0')
}
void bootstrap()
