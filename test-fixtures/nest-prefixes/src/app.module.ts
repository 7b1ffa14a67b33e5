import { Module } from '@nestjs/common'
import { RouterModule } from '@nestjs/core'
import { AdminModule } from './admin.module'
import { CatsController, CatsV2Controller } from './cats.controller'
import { HealthController } from './health.controller'

@Module({
  imports: [AdminModule, RouterModule.register([{ path: 'admin', module: AdminModule }])],
  controllers: [CatsController, CatsV2Controller, HealthController],
})
export class AppModule {}
