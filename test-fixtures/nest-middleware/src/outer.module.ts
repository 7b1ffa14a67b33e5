import { Module } from '@nestjs/common'
import { InnerModule } from './inner.module'

@Module({ imports: [InnerModule] })
export class OuterModule {}
