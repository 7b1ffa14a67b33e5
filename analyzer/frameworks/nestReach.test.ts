// Which routes the middleware of a consumer runs for behind a global prefix, and what it sees as their paths.
import { expect, test } from 'vitest'
import { protectsRoute } from '../model/queries.js'
import { modelOf } from '../../testing/model.js'
import { nestFixture } from '../../testing/nestFixture.js'

interface Setting {
  readonly condition: string
  readonly uses: string
  readonly settings?: string
  readonly adapter?: string
}

/** Whether `asked` refuses strangers on `POST /login` and `GET /health`. */
function answers({ condition, uses, settings = '', adapter = '' }: Setting): string {
  const model = modelOf(
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule${adapter})
  ${settings}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, MiddlewareConsumer, Module, Post, RequestMethod, UnauthorizedException } from '@nestjs/common'
const asked = (req, res, next) => {
  if (${condition} && !req.headers.authorization) throw new UnauthorizedException()
  next()
}
@Controller()
class AppController {
  @Post('login')
  login() { return 1 }
  @Get('health')
  health() { return 2 }
}
@Module({ controllers: [AppController] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) { consumer.apply(asked)${uses} }
}
`),
  )
  return model.routes.map((route) => protectsRoute(model, route, 'auth').answer).join(' ')
}

const always = 'true'
const prefixed = "app.setGlobalPrefix('api')"

test.each<[string, Setting, string]>([
  ['a path gets the prefix', { condition: always, uses: ".forRoutes('login')", settings: prefixed }, 'yes no'],
  ['a path that brings it along gets a second one', { condition: always, uses: ".forRoutes('api/login')", settings: prefixed }, 'no no'],
  [
    'so does one with a method',
    { condition: always, uses: ".forRoutes({ path: 'api/login', method: RequestMethod.POST })", settings: prefixed },
    'no no',
  ],
  ['what is excluded gets it', { condition: always, uses: ".exclude('health').forRoutes('*')", settings: prefixed }, 'yes no'],
  ['and a second one', { condition: always, uses: ".exclude('api/health').forRoutes('*')", settings: prefixed }, 'yes yes'],
  [
    'what stands outside of the prefix gets none',
    { condition: always, uses: ".exclude('health').forRoutes('*')", settings: "app.setGlobalPrefix('api', { exclude: ['health'] })" },
    'yes no',
  ],
  [
    'a prefix that is not known may be any',
    { condition: always, uses: ".forRoutes('login')", settings: 'app.setGlobalPrefix(process.env.PREFIX)' },
    'yes no',
  ],
])('behind a global prefix: %s', (_title, setting, expected) => {
  expect(answers(setting)).toBe(expected)
})

test.each<[string, Setting, string]>([
  ['a star takes all of it', { condition: "req.path === '/login'", uses: ".forRoutes('*')" }, 'no no'],
  ['also where something is excluded', { condition: "req.path === '/login'", uses: ".exclude('x').forRoutes('*')" }, 'no no'],
  ['what is left is a slash', { condition: "req.path === '/'", uses: ".forRoutes('{*splat}')" }, 'yes yes'],
  ['a text takes itself', { condition: "req.path === '/login'", uses: ".forRoutes('login')" }, 'no no'],
  ['a controller takes nothing', { condition: "req.path === '/login'", uses: '.forRoutes(AppController)' }, 'yes no'],
  ['and sees the prefix', { condition: "req.path === '/api/login'", uses: '.forRoutes(AppController)', settings: prefixed }, 'yes no'],
  [
    'a path with a method takes nothing',
    { condition: "req.path === '/login'", uses: ".forRoutes({ path: '*', method: RequestMethod.ALL })" },
    'yes no',
  ],
  ['a slash takes nothing', { condition: "req.path === '/login'", uses: ".forRoutes('/')" }, 'yes no'],
  ['both are one of the two', { condition: "req.path === '/login'", uses: ".forRoutes('*', AppController)" }, 'yes yes'],
  ['the original address is whole', { condition: "req.originalUrl === '/login'", uses: ".forRoutes('*')" }, 'yes no'],
  [
    'on Fastify there is no path',
    { condition: "req.path === '/login'", uses: ".forRoutes('*')", adapter: ', new FastifyAdapter()' },
    'no no',
  ],
  [
    'and no address, whatever it stands on',
    { condition: "req.url === '/login'", uses: '.forRoutes(AppController)', adapter: ', new FastifyAdapter()' },
    'no no',
  ],
  [
    'but the original one',
    { condition: "req.originalUrl === '/login'", uses: ".forRoutes('*')", adapter: ', new FastifyAdapter()' },
    'yes no',
  ],
])('the path that middleware sees: %s', (_title, setting, expected) => {
  expect(answers(setting)).toBe(expected)
})
