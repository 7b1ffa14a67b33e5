import { Body, Controller, Get, Param, ParseIntPipe, Post, UseInterceptors, UsePipes, ValidationPipe } from '@nestjs/common'
import { BaseController } from './base.controller'
import { Careful, Public } from './decorators'
import { TimingInterceptor } from './interceptors'
import { OrderDto } from './order.dto'

@Controller('orders')
@UseInterceptors(TimingInterceptor)
export class OrdersController extends BaseController {
  @Get()
  @Public()
  list() {
    return []
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number) {
    return { id }
  }

  @Post()
  @Careful('clerk')
  @UsePipes(new ValidationPipe({ transform: true }))
  add(@Body() order: OrderDto) {
    return order
  }
}
