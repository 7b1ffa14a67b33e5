import { createServer } from 'node:http'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import express from 'express'
import helmet from 'helmet'
import { AppModule } from './app.module'

async function bootstrap() {
  const server = express()
  server.use(helmet())
  const app = await NestFactory.create(AppModule, new ExpressAdapter(server))
  await app.init()
  createServer(server).listen(Number(process.env.PORT))
}
void bootstrap()
