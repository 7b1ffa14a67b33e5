import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import fastify from 'fastify'
import { AppModule } from './app.module'

async function bootstrap() {
  const server = fastify()
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('x-frame-options', 'DENY')
    reply.header('strict-transport-security', 'max-age=31536000')
    reply.header('content-security-policy', "default-src 'self'")
  })
  const app = await NestFactory.create(AppModule, new FastifyAdapter(server))
  app.enableCors()
  await app.listen(Number(process.env.PORT), '0.0.0.0')
}
void bootstrap()
