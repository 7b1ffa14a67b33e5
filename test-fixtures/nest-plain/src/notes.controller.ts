import { Body, Controller, Delete, Get, HttpCode, InternalServerErrorException, Param, Post } from '@nestjs/common'
import { NotesService } from './notes.service'

@Controller('notes')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get()
  list() {
    return this.notes.all()
  }

  @Get('broken')
  broken() {
    try {
      return this.notes.broken()
    } catch (error) {
      throw new InternalServerErrorException((error as Error).message)
    }
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return this.notes.one(id)
  }

  @Post()
  add(@Body() note: { text: string }) {
    return { id: '2', text: note.text }
  }

  @Delete(':id')
  @HttpCode(204)
  remove() {}
}
