// Small servers of each framework, to which a test adds the lines that it is about.
import { nestFixture } from './nestFixture.js'

/** One route on Express; `made` is the line that makes the application, with marks where it has some. */
export const expressServer = (lines: string, made = 'const app = express()'): string => `//- /server.js
const express = require('express')
${made}
${lines}
app.get('/users', (req, res) => { res.json([]) })
app.listen(3000)
`

/** One route on Fastify; the lines make the application. */
export const fastifyServer = (lines: string): string => `//- /package.json
{ "type": "module", "dependencies": { "fastify": "^5.0.0" } }
//- /server.js
import Fastify from 'fastify'
${lines}
app.get('/users', async () => [])
await app.listen({ port: 3000 })
`

/** One controller of Nest; `module` stands in front of it, `made` makes the application. */
export const nestServer = (module: string, made = '  const app = await NestFactory.create(AppModule)'): string =>
  nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
${made}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
${module}
@Controller('users')
class UsersController {
  @Get()
  list() { return [] }
}
@Module({ controllers: [UsersController] })
export class AppModule {}
`)
