import { NestFactory } from '@nestjs/core'
import { MicroserviceOptions, Transport } from '@nestjs/microservices'
import { AppModule } from './app.module'
import { LateGuard, RouteGuard } from './enhancers'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.useGlobalGuards(new RouteGuard())
  app.connectMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options: { host: '127.0.0.1' } }, { inheritAppConfig: true })
  app.useGlobalGuards(new LateGuard())
  await app.startAllMicroservices()
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
