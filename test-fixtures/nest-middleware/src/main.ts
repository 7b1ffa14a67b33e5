import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
import { firstMiddleware } from './middleware'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.use(firstMiddleware)
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
