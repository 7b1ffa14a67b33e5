import { Controller, Get, UseGuards, UseInterceptors } from '@nestjs/common'
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices'
import { TimingInterceptor, TokenGuard } from './enhancers'

interface Numbers {
  readonly values: readonly number[]
}

@Controller('sums')
@UseInterceptors(TimingInterceptor)
export class SumsController {
  @Get()
  list() {
    return []
  }

  @MessagePattern('sum')
  sum(@Payload() { values }: Numbers) {
    return values.reduce((total, value) => total + value, 0)
  }

  @UseGuards(TokenGuard)
  @MessagePattern({ cmd: 'product' })
  product(@Payload() { values }: Numbers) {
    return values.reduce((total, value) => total * value, 1)
  }

  @EventPattern('forget')
  forget(@Payload() _name: string) {
    return undefined
  }
}
