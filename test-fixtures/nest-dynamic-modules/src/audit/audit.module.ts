import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AuditController } from './audit.controller'
import { AuditGuard } from './audit.guard'
import { ConfigurableModuleClass } from './audit.options'

@Module({ controllers: [AuditController], providers: [{ provide: APP_GUARD, useClass: AuditGuard }] })
export class AuditModule extends ConfigurableModuleClass {}
