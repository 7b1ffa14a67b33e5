import { Controller, Get, Module } from '@nestjs/common'

@Controller('users')
class UsersController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [UsersController] })
export class AdminModule {}
