import { Body, Controller, Get, Module, Post } from '@nestjs/common'

@Controller()
class AppController {
  @Get()
  hello() {
    return 'hello'
  }

  @Post('notes')
  add(@Body() body: { text: string }) {
    return body
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
