import { Body, Controller, Get, Module, Post } from '@nestjs/common'

@Controller('notes')
class NotesController {
  @Get()
  list() {
    return []
  }

  @Post()
  add(@Body() body: { text: string }) {
    return body
  }
}

@Module({ controllers: [NotesController] })
export class AppModule {}
