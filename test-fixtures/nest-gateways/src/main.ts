import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
import { AgeGuard, StampInterceptor, UpperCasePipe } from './enhancers'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.useGlobalGuards(new AgeGuard())
  app.useGlobalPipes(new UpperCasePipe())
  app.useGlobalInterceptors(new StampInterceptor())
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
