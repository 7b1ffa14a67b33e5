import { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { JobsModule } from './jobs.module'
import { StatusController } from './status.controller'

export class Server {
  private app!: INestApplication

  constructor(private readonly port: number) {}

  async start(): Promise<void> {
    const jobs = await NestFactory.createApplicationContext(JobsModule)
    await jobs.close()
    this.app = await NestFactory.create({ module: class RootModule {}, controllers: [StatusController] })
    this.configure()
    await this.app.listen(this.port)
  }

  private configure(): void {
    this.app.setGlobalPrefix('v1')
    this.app.getHttpAdapter().getInstance().disable('x-powered-by')
  }
}
