// Which pipes of Nest check what a handler declares, told by the routes that store what nothing checked.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { nestFixture } from '../../../testing/nestFixture.js'
import { unvalidatedRoutes } from './unvalidatedInput.js'

const uncheckedBehind = (pipe: string, parameters: string, given = 'user', head = ''): readonly string[] => {
  const model = modelOf(
    nestFixture(`//- /app.module.ts
import { Body, Controller, Module, Post, Req, ValidationPipe } from '@nestjs/common'
import { APP_PIPE } from '@nestjs/core'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { createZodDto, ZodValidationPipe } from 'nestjs-zod'
import { z } from 'zod'
import { CreateUserDto } from './create-user.dto'
${head}
const schema = z.object({ name: z.string() })
const accept = (type: unknown) => new ValidationPipe({ expectedType: type, whitelist: true })
class UserInput extends createZodDto(schema) {}
class User {}
@Controller('users')
class UsersController {
  constructor(@InjectRepository(User) private repository: Repository<User>) {}
  @Post()
  create(${parameters}) {
    return this.repository.save({ name: ${given}.name })
  }
}
@Module({ controllers: [UsersController], providers: [{ provide: APP_PIPE, useFactory: () => ${pipe} }] })
export class AppModule {}
//- /create-user.dto.ts
import { IsString } from 'class-validator'
export class CreateUserDto {
  @IsString()
  name: string
}
`),
  )
  return model.apps.flatMap((app) => unvalidatedRoutes(model, app).flat()).map(({ route, confidence }) => `${route.path} ${confidence}`)
}

test('a pipe that is told the class checks what a generic type leaves open', () => {
  const pipe = 'new ValidationPipe({ whitelist: true })'
  expect(uncheckedBehind(pipe, '@Body() user: Partial<User>')).toEqual(['/users medium'])
  expect(uncheckedBehind(pipe, '@Body(accept(CreateUserDto)) user: Partial<User>')).toEqual([])
})

test('a pipe for classes of zod checks by the class alone, one with a schema whatever comes', () => {
  expect(uncheckedBehind('new ZodValidationPipe()', '@Body() user: Partial<User>')).toEqual(['/users medium'])
  expect(uncheckedBehind('new ZodValidationPipe()', '@Body() user: UserInput')).toEqual([])
  expect(uncheckedBehind('new ZodValidationPipe(schema)', '@Body() user: Partial<User>')).toEqual([])
})

test('what a handler takes of the request itself passes no pipe', () => {
  const pipe = 'new ValidationPipe({ whitelist: true })'
  expect(uncheckedBehind(pipe, '@Req() req', 'req.body')).toEqual(['/users medium'])
  expect(uncheckedBehind(pipe, '@Req() req, @Body() user: CreateUserDto')).toEqual([])
})
