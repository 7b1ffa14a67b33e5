import { CanActivate, Controller, Get, Injectable, Module, Post, UseGuards } from '@nestjs/common'

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(): boolean {
    return true
  }
}

@Controller('notes')
@UseGuards(KeyGuard)
class NotesController {
  @Get()
  list() {
    return []
  }

  @Post()
  add() {
    return {}
  }
}

@Module({ controllers: [NotesController] })
export class AppModule {}
