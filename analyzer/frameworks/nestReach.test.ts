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

/** Which of `/v1/orders`, `/v2/items` and `/health` middleware reaches; `orders` has the default version. */
function versioned(uses: string, nest: string, prefix = ''): string {
  const model = modelOf(
    nestFixture(`//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/common": "${nest}", "@nestjs/core": "${nest}", "@nestjs/platform-express": "${nest}" } }
//- /main.ts
import { VersioningType } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${prefix}
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, MiddlewareConsumer, Module, RequestMethod, UnauthorizedException, VERSION_NEUTRAL } from '@nestjs/common'
const asked = (req, res, next) => {
  if (!req.headers.authorization) throw new UnauthorizedException()
  next()
}
@Controller('orders')
class OrdersController { @Get() list() { return 1 } }
@Controller({ path: 'items', version: '2' })
class ItemsController { @Get() list() { return 2 } }
@Controller({ path: 'health', version: VERSION_NEUTRAL })
class HealthController { @Get() list() { return 3 } }
@Module({ controllers: [OrdersController, ItemsController, HealthController] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) { consumer.apply(asked)${uses} }
}
`),
  )
  return model.routes
    .filter((route) => protectsRoute(model, route, 'auth').answer === 'yes')
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .sort()
    .join(' ')
}

// Each was run with Nest 10.4.22, 11.2.10 and 12.5.1, with a prefix and without, on both platforms.
test.each([
  ["forRoutes('orders')", '', 'orders'],
  ["forRoutes({ path: 'orders', method: RequestMethod.GET })", '', 'orders'],
  ["forRoutes({ path: 'items', method: RequestMethod.ALL, version: '2' })", 'items', 'items'],
  ["forRoutes({ path: 'items', method: RequestMethod.ALL, version: '3' })", '', ''],
  ["forRoutes({ path: 'items', method: RequestMethod.ALL, version: ['1', '2'] })", 'items', 'items'],
  ["forRoutes('items')", '', ''],
  ["forRoutes('health')", 'health', 'health'],
  ['forRoutes(ItemsController)', 'items', 'items'],
  ["forRoutes('v1/orders')", 'orders', 'orders'],
  ["exclude('orders').forRoutes('*')", 'health items orders', 'health items orders'],
  ["exclude({ path: 'orders', method: RequestMethod.ALL, version: '1' }).forRoutes('*')", 'health items', 'health items'],
  ["exclude('v1/orders').forRoutes('*')", 'health items', 'health items'],
  ["forRoutes({ path: '*', method: RequestMethod.ALL, version: '2' })", 'items', 'items'],
])('versions in the URI: %s', (uses, before, since) => {
  for (const prefix of ['', "app.setGlobalPrefix('api')"]) {
    for (const nest of ['10.4.22', '11.2.7', '12.1.0']) expect([nest, versioned(`.${uses}`, nest, prefix)]).toEqual([nest, before])
    for (const nest of ['11.2.10', '12.5.1']) expect([nest, versioned(`.${uses}`, nest, prefix)]).toEqual([nest, since])
  }
})
