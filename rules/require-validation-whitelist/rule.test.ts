// What require-validation-whitelist reports, and what it leaves alone.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const manifest = `
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0" } }
`

const dto = `
//- /create-note.dto.ts
import { IsString } from 'class-validator'
export class CreateNoteDto {
  @IsString()
  text: string
}
`

const main = (pipe: string): string => `
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${pipe}
  await app.listen(3000)
}
bootstrap()
`

const controller = (parameter: string, imports = '', more = ''): string => `
//- /app.module.ts
import { Body, Controller, Module, Post, Put, Query, UsePipes, ValidationPipe, type PipeTransform } from '@nestjs/common'
import { APP_PIPE } from '@nestjs/core'
${imports}
@Controller('notes')
class NotesController {
  @Post()
  add(${parameter}) {
    return note
  }
${more}
}
@Module({ controllers: [NotesController] })
export class AppModule {}
`
const byClass = controller('@Body() note: CreateNoteDto', `import { CreateNoteDto } from './create-note.dto'`)

test('a global pipe that only converts', () => {
  check(
    rule,
    main(`  app.useGlobalPipes(new ValidationPipe({ transform: true }))
  //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] lets properties through that no class names. => Take away what no class names`) +
      byClass +
      dto +
      manifest,
  )
})

test('forbidding without the list that says what to forbid', () => {
  check(
    rule,
    main(`  app.useGlobalPipes(new ValidationPipe({ forbidNonWhitelisted: true, whitelist: false }))
  //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] forbidNonWhitelisted does nothing without whitelist.`) +
      byClass +
      dto +
      manifest,
  )
})

test('pipes of a route, of a parameter, and of a provider', () => {
  check(
    rule,
    main('') +
      `
//- /app.module.ts
import { Body, Controller, Module, Post, Put, UsePipes, ValidationPipe } from '@nestjs/common'
import { CreateNoteDto } from './create-note.dto'
@Controller('notes')
class NotesController {
  @Post()
  @UsePipes(ValidationPipe)
  //        ^^^^^^^^^^^^^^ [medium] lets properties through => no fix
  add(@Body() note: CreateNoteDto) {
    return note
  }
  @Put()
  change(@Body(new ValidationPipe()) note: CreateNoteDto) {
    //         ^^^^^^^^^^^^^^^^^^^^ [medium] lets properties through => Take away what no class names
    return note
  }
}
@Module({ controllers: [NotesController] })
export class AppModule {}
` +
      dto +
      manifest,
  )
  check(
    rule,
    main('') +
      `
//- /app.module.ts
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common'
import { APP_PIPE } from '@nestjs/core'
import { CreateNoteDto } from './create-note.dto'
@Controller('notes')
class NotesController {
  @Post()
  add(@Body() note: CreateNoteDto) {
    return note
  }
}
@Module({ controllers: [NotesController], providers: [{ provide: APP_PIPE, useValue: new ValidationPipe({}) }] })
//                                                                                   ^^^^^^^^^^^^^^^^^^^^^^ lets properties through
export class AppModule {}
` +
      dto +
      manifest,
  )
})

test('pipes that strip, and options that nobody can know', () => {
  for (const options of [
    '{ whitelist: true }',
    '{ whitelist: true, forbidNonWhitelisted: true, transform: true }',
    'options',
    '{ ...options }',
    '{ whitelist: process.env.LAX !== "1" }',
  ])
    check(rule, main(`  app.useGlobalPipes(new ValidationPipe(${options}))`) + byClass + dto + manifest)
})

test('a pipe of the project that sets it for its class', () => {
  check(
    rule,
    main('') +
      `
//- /app.module.ts
import { Body, Controller, Module, Post, UsePipes } from '@nestjs/common'
import { StrictPipe } from './strict.pipe'
import { CreateNoteDto } from './create-note.dto'
@Controller('notes')
@UsePipes(StrictPipe)
class NotesController {
  @Post()
  add(@Body() note: CreateNoteDto) {
    return note
  }
}
@Module({ controllers: [NotesController] })
export class AppModule {}
//- /strict.pipe.ts
import { Injectable, ValidationPipe } from '@nestjs/common'
@Injectable()
export class StrictPipe extends ValidationPipe {
  constructor() {
    super({ whitelist: true })
  }
}
` +
      dto +
      manifest,
  )
})

test('nothing to strip: single values, parameters of paths, other pipes', () => {
  check(
    rule,
    main('  app.useGlobalPipes(new ValidationPipe({ transform: true }))') +
      controller(`@Query('page') page: number, @Body('text') text: string`) +
      manifest,
  )
})

test('a strict pipe in front of the lenient one', () => {
  check(
    rule,
    main('  app.useGlobalPipes(new ValidationPipe({ transform: true }))') +
      controller(
        '@Body(new ValidationPipe({ whitelist: true })) note: CreateNoteDto',
        `import { CreateNoteDto } from './create-note.dto'`,
      ) +
      dto +
      manifest,
  )
})

const strict = main('  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))')

test('a class without decorators, once for all of its routes', () => {
  check(
    rule,
    strict +
      `
//- /app.module.ts
import { Body, Controller, Module, Post, Put } from '@nestjs/common'
import { NoteDto } from './dto'
@Controller('notes')
class NotesController {
  @Post()
  add(@Body() note: NoteDto) {
  //          ^^^^^^^^^^^^^ [high] No decorator says what NoteDto must hold => no fix
    return note
  }
  @Put()
  change(@Body() note: NoteDto) {
  //             ~~~~~~~~~~~~~ [affected] PUT /notes takes one too
    return note
  }
}
@Module({ controllers: [NotesController] })
export class AppModule {}
//- /dto/index.ts
export * from './note.dto'
//- /dto/note.dto.ts
import { ApiProperty } from '@nestjs/swagger'
export class NoteDto {
  @ApiProperty()
  text: string
  title: string
}
` +
      manifest,
  )
})

test('a class that is imported as a type', () => {
  check(
    rule,
    strict +
      `
//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
import type { CreateNoteDto } from './create-note.dto'
@Controller('notes')
class NotesController {
  @Post()
  add(@Body() note: CreateNoteDto) {
  //          ^^^^^^^^^^^^^^^^^^^ [high] CreateNoteDto is imported as a type
    return note
  }
}
@Module({ controllers: [NotesController] })
export class AppModule {}
` +
      dto +
      manifest,
  )
})

test('classes that something may check', () => {
  for (const source of [
    `import { PartialType } from '@nestjs/mapped-types'\nclass Base {}\nexport class NoteDto extends PartialType(Base) {}`,
    `import { createZodDto } from 'nestjs-zod'\nexport class NoteDto extends createZodDto(schema) {}`,
    `import { IsString } from 'class-validator'\nclass Base {\n  @IsString()\n  text: string\n}\nexport class NoteDto extends Base {\n  title: string\n}`,
    `import { IsNote } from './decorators'\nexport class NoteDto {\n  @IsNote()\n  text: string\n}`,
    `import { z } from 'zod'\nexport class NoteDto {\n  static schema = z.object({})\n  text: string\n}`,
    `export class NoteDto {}`,
  ])
    check(
      rule,
      strict + controller('@Body() note: NoteDto', `import { NoteDto } from './note.dto'`) + `\n//- /note.dto.ts\n${source}\n` + manifest,
    )
  check(rule, strict + controller('@Body() note: NoteDto', `import { NoteDto } from '@notes/contracts'`) + manifest)
})

test('a bare class that a schema checks in front', () => {
  check(
    rule,
    strict +
      controller(
        '@Body(new SchemaPipe()) note: NoteDto',
        `import { NoteDto } from './note.dto'\nimport { SchemaPipe } from './schema.pipe'`,
      ) +
      `
//- /note.dto.ts
export class NoteDto {
  text: string
}
//- /schema.pipe.ts
import { z } from 'zod'
const schema = z.object({ text: z.string() })
export class SchemaPipe {
  transform(value: unknown) {
    return schema.parse(value)
  }
}
` +
      manifest,
  )
})

test('the fix adds the option', () => {
  checkFix(
    rule,
    main('  app.useGlobalPipes(new ValidationPipe({ transform: true }))') + byClass + dto + manifest,
    main('  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }))') + byClass + dto + manifest,
  )
  checkFix(
    rule,
    main('  app.useGlobalPipes(new ValidationPipe())') + byClass + dto + manifest,
    main('  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))') + byClass + dto + manifest,
  )
})

test('no fix where it would empty what a bare class holds', () => {
  checkNoFix(
    rule,
    main('  app.useGlobalPipes(new ValidationPipe())') +
      controller(
        '@Body() note: CreateNoteDto, @Query() page: PageDto',
        `import { CreateNoteDto } from './create-note.dto'\nclass PageDto {\n  page: number\n}`,
      ) +
      dto +
      manifest,
  )
})
