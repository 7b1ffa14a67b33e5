// What guards of Nest read of decorators, what guards that extend the throttler's limit, and what filters on methods answer.
import { expect, test } from 'vitest'
import type { Capability, ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'
import { modelOf } from '../../testing/model.js'
import { nestFixture } from '../../testing/nestFixture.js'

function answers(capability: Capability, files: string): Readonly<Record<string, string>> {
  const model: ProjectModel = modelOf(nestFixture(`//- /app.module.ts\n${files}`))
  return Object.fromEntries(model.routes.map((route) => [route.path, protectsRoute(model, route, capability).answer]))
}

test('of several values of one key the upper decorator counts, and within applyDecorators the last', () => {
  const found = answers(
    'auth',
    `
import { applyDecorators, CanActivate, Controller, ExecutionContext, Get, Injectable, Module, SetMetadata, UseGuards } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
const Roles = Reflector.createDecorator<string[]>()
@Injectable()
class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext) {
    const wanted = this.reflector.getAllAndOverride(Roles, [context.getHandler(), context.getClass()])
    if (!wanted || wanted.length === 0) return true
    return wanted.includes(context.switchToHttp().getRequest().headers['x-role'])
  }
}
const Auth = (...names: string[]) => applyDecorators(Roles(names), UseGuards(RolesGuard))
const Twice = (first: string[], last: string[]) => applyDecorators(Roles(first), Roles(last), UseGuards(RolesGuard))
@Roles(['admin'])
class Base {}
@Roles([])
@Controller('own')
class OwnController extends Base {
  @UseGuards(RolesGuard) @Get('class') ofClass() {}
}
@Controller()
class AppController {
  @Auth() @Get('anybody') anybody() {}
  @Auth('admin') @Get('admin') admin() {}
  @Roles(['admin']) @Auth() @Get('upper') upper() {}
  @Auth() @Roles(['admin']) @Get('lower') lower() {}
  @Twice(['admin'], []) @Get('last-open') lastOpen() {}
  @Twice([], ['admin']) @Get('last-closed') lastClosed() {}
}
@Module({ controllers: [AppController, OwnController] })
export class AppModule {}
`,
  )
  expect(found).toEqual({
    '/anybody': 'no',
    '/admin': 'yes',
    '/upper': 'yes',
    '/lower': 'no',
    '/last-open': 'no',
    '/last-closed': 'yes',
    '/own/class': 'no',
  })
})

test('guards of one applyDecorators run in its order, after those of lower decorators', () => {
  const model = modelOf(
    nestFixture(`//- /app.module.ts
import { applyDecorators, Controller, Get, Module, UseGuards } from '@nestjs/common'
class A { canActivate() { return true } }
class B { canActivate() { return true } }
class C { canActivate() { return true } }
@Controller()
class AppController {
  @UseGuards(A) @Get() list() {}
  @UseGuards(C)
  @(() => applyDecorators(UseGuards(A), UseGuards(B)))()
  @Get('composed') composed() {}
}
@Module({ controllers: [AppController] })
export class AppModule {}
`),
  )
  const names = model.routes.map(({ chain }) =>
    chain.flatMap(({ value }) => (value.kind === 'function' && value.facts.name === 'canActivate' ? [value.owner?.facts.name] : [])),
  )
  expect(names).toEqual([['A'], ['A', 'B', 'C']])
})

test('Reflect.getMetadata asks the same as a reflector', () => {
  const found = answers(
    'auth',
    `
import { CanActivate, Controller, ExecutionContext, Get, Module, SetMetadata, UseGuards } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
const Open = Reflector.createDecorator<boolean>()
class TextGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (Reflect.getMetadata('open', context.getHandler())) return true
    return context.switchToHttp().getRequest().headers.authorization === process.env.TOKEN
  }
}
class MadeGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (Reflect.getMetadata(Open.KEY, context.getHandler())) return true
    return context.switchToHttp().getRequest().headers.authorization === process.env.TOKEN
  }
}
@Controller()
class AppController {
  @SetMetadata('open', true) @UseGuards(TextGuard) @Get('open') open() {}
  @UseGuards(TextGuard) @Get('closed') closed() {}
  @Open(true) @UseGuards(MadeGuard) @Get('made-open') madeOpen() {}
  @UseGuards(MadeGuard) @Get('made-closed') madeClosed() {}
}
@Module({ controllers: [AppController] })
export class AppModule {}
`,
  )
  expect(found).toEqual({ '/open': 'no', '/closed': 'yes', '/made-open': 'no', '/made-closed': 'yes' })
})

const THROTTLED = `
import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, Post, SetMetadata, UnauthorizedException, UseGuards } from '@nestjs/common'
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Injectable()
class OwnGuard extends ThrottlerGuard {
  OWN
}
@Controller() @UseGuards(OwnGuard)
class AppController {
  @SetMetadata('free', true) @Get('free') free() {}
  @Get('read') read() {}
  @Post('write') write() {}
  @SkipThrottle() @Get('skipped') skipped() {}
  @SkipThrottle({ default: true, pushed: true }) @Get('skips-all') skipsAll() {}
}
@Controller('other') @UseGuards(ThrottlerGuard)
class OtherController {
  @Get('read') read() {}
}
@Module({ imports: [ThrottlerModule.forRoot(OPTIONS)], controllers: [AppController, OtherController] })
export class AppModule {}
`
const limited = (own: string, options = '[{ ttl: 60000, limit: 10 }]'): string[] =>
  Object.entries(answers('rate-limit', THROTTLED.replace('OWN', own).replace('OPTIONS', options))).flatMap(([path, answer]) =>
    answer === 'yes' ? [path] : [],
  )

test('a guard that lets requests pass once the throttler has counted them limits, and so does one that replaces the limits', () => {
  const all = limited('async canActivate(context: ExecutionContext) { return super.canActivate(context) }')
  expect(limited('async canActivate(context: ExecutionContext) { await super.canActivate(context); return true }')).toEqual(all)
  expect(all).toContain('/write')
  const replacing = `async onModuleInit() {
    await super.onModuleInit()
    this.throttlers = this.throttlers.map((one) => ({ ...one, limit: 5 }))
  }`
  expect(limited(replacing)).toEqual(all)
})

test('a guard that asks the throttler for some requests limits these, and leaves plain guards beside it as they are', () => {
  expect(
    limited(`async canActivate(context: ExecutionContext) {
    if (this.reflector.getAllAndOverride('free', [context.getHandler(), context.getClass()])) return true
    return super.canActivate(context)
  }`),
  ).toEqual(['/read', '/write', '/other/read'])
  expect(
    limited(`async canActivate(context: ExecutionContext) {
    if (context.switchToHttp().getRequest().method === 'GET') return true
    return super.canActivate(context)
  }`),
  ).toEqual(['/write', '/other/read'])
  expect(limited('async canActivate() { return true }')).toEqual(['/other/read'])
})

test('a throttler that a guard adds at its start limits what skips the others', () => {
  const own = `async onModuleInit() {
    await super.onModuleInit()
    this.throttlers.push({ name: 'pushed', ttl: 60000, limit: 5 })
  }`
  expect(limited(own)).toEqual(['/free', '/read', '/write', '/skipped', '/other/read'])
})

test('skipIf may ask for the names of the class and its method', () => {
  const options = (test: string): string => `{ throttlers: [{ ttl: 60000, limit: 10 }], skipIf: (context) => ${test} }`
  expect(limited('', options("context.getClass().name === 'AppController'"))).toEqual(['/other/read'])
  expect(limited('', options("context.getHandler().name === 'read'"))).toEqual(['/free', '/write'])
})

test('a filter on a method answers for no other', () => {
  const model = modelOf(
    nestFixture(`//- /app.module.ts
import { ArgumentsHost, Catch, Controller, Get, Module, UseFilters } from '@nestjs/common'
@Catch()
class QuietFilter {
  catch(exception: unknown, host: ArgumentsHost) { host.switchToHttp().getResponse().status(500).json({ message: 'failed' }) }
}
@Controller()
class AppController {
  @UseFilters(QuietFilter) @Get('quiet') quiet() {}
  @Get('plain') plain() {}
}
@Module({ controllers: [AppController] })
export class AppModule {}
`),
  )
  expect(model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'error-handler').by ?? ''}`)).toEqual([
    '/quiet code',
    '/plain settings',
  ])
})

test('middleware for several paths that comes after the start of Fastify stands in front of all of them', () => {
  const model = modelOf(
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import helmet from 'helmet'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule, new FastifyAdapter())
  await app.listen(3000)
  app.use(['/a', '/b'], helmet())
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
@Controller()
class AppController {
  @Get('a') a() {}
  @Get('b') b() {}
  @Get('c') c() {}
}
@Module({ controllers: [AppController] })
export class AppModule {}
`),
  )
  const found = model.routes.map((route) => `${route.path} ${protectsRoute(model, route, 'security-headers').answer}`)
  expect(found).toEqual(['/a yes', '/b yes', '/c no'])
})
