import type { INestApplication, NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

export async function createServer(options: NestApplicationOptions): Promise<INestApplication> {
  return NestFactory.create(AppModule, options)
}
