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

const LOGIN = "app.post('/login', (req, res) => res.json({ token: sign(check(req.body.password)) }))"

/** What a test expects of the application and of its login, behind the marks that point at them. */
interface Said {
  readonly app?: string
  readonly login?: string
}

const withLogin = ({ app, login }: Said, before: string, behind: string): string => `
const express = require('express')
const app = express()
${app === undefined ? '' : `//          ^^^^^^^^^ ${app}`}
${before}
app.use(express.json())
${LOGIN}
${login === undefined ? '' : `${'^'.repeat(LOGIN.length)} ${login}`}
${behind}
app.listen(3000)
`

/** A login behind a layer that could not be read, which is evidence of what is found. */
export const behindUnreadLayer = (said: Said): string =>
  withLogin(
    said,
    `app.use(require(process.env.PLUGIN))
//      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] a layer that could not be read stands in front`,
    '',
  )

/** A login in front of a layer that could not be read, and a route behind it. */
export const beforeUnreadLayer = (said: Said): string =>
  withLogin(said, '', "app.use(require(process.env.PLUGIN))\napp.get('/after', (req, res) => res.json({}))")
