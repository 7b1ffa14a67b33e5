import type { NextFunction, Request, Response } from 'express'
import { IsString } from 'class-validator'
import { All, Body, BodyParam, Controller, Get, JsonController, Method, Param, Post, QueryParam, UploadedFile, UseBefore } from 'routing-controllers'
import { query } from '../database'

export class Review {
  @IsString()
  text!: string
}

function slow(req: Request, res: Response, next: NextFunction): void {
  setTimeout(next, 1)
}

@JsonController('/books')
@UseBefore(slow)
@UseBefore((req: Request, res: Response, next: NextFunction) => next())
export class Books {
  @Get()
  list(@QueryParam('author') author?: string) {
    return [{ title: 'A', author }]
  }

  @Get('/:id(\\d+)')
  async one(@Param('id') id: number) {
    return query(`SELECT title FROM books WHERE id = ${id}`)
  }

  @Get('/old/list')
  @Get('/older/list')
  old() {
    return 'none'
  }

  @Post()
  add(@BodyParam('title', { required: true }) title: string) {
    return { title }
  }

  @Post('/reviews')
  @UseBefore(slow)
  review(@Body() review: Review) {
    return { text: review.text }
  }

  @Post('/covers')
  cover(@UploadedFile('cover', { required: true, options: { limits: { fileSize: 1_000_000 } } }) cover: { size: number }) {
    return { size: cover.size }
  }

  @Method('propfind' as 'get', '/properties')
  properties() {
    return []
  }
}

@Controller('/pages')
export class Pages {
  @All('/any')
  any() {
    return 'page'
  }
}
