import { Injectable, NotFoundException } from '@nestjs/common'

@Injectable()
export class NotesService {
  private readonly notes = [{ id: '1', text: 'milk' }]

  all() {
    return this.notes
  }

  one(id: string) {
    const found = this.notes.find((note) => note.id === id)
    if (found === undefined) throw new NotFoundException()
    return found
  }

  broken(): never {
    throw new Error('SELECT * FROM notes failed')
  }
}
