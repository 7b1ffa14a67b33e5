import { forwardRef, Module } from '@nestjs/common'
import { AuditModule } from './audit/audit.module'
import { CLOCK, ClockService, clockFactory } from './clock'
import { FeedModule } from './feed/feed.module'
import { ReportsController } from './reports.controller'

@Module({
  imports: [
    FeedModule.register({ path: 'feed' }),
    AuditModule.forRootAsync({ useFactory: async () => ({ isStrict: true }) }),
    forwardRef(() => LateModule),
  ],
  controllers: [ReportsController],
  providers: [ClockService, { provide: CLOCK, useFactory: clockFactory, inject: [ClockService] }, { provide: 'NAME', useValue: 'reports' }],
})
export class AppModule {}

@Module({})
class LateModule {}
