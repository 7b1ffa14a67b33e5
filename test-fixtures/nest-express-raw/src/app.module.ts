import { Controller, Get, Module } from '@nestjs/common'

@Controller('notes')
class NotesController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [NotesController] })
export class AppModule {}
