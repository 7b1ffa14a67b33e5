import { Controller, Get, Inject } from '@nestjs/common'
import { CLOCK } from './clock'

@Controller('reports')
export class ReportsController {
  @Inject('NAME')
  private readonly name!: string

  constructor(@Inject(CLOCK) private readonly clock: () => number) {}

  @Get()
  list() {
    return { name: this.name, at: this.clock() }
  }
}
