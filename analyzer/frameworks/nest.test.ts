// Nest: what its decorators, containers and contexts come to in the model, where no running application is asked.
import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { analyze } from '../analyze.js'
import { DEFAULT_CONFIGURATION } from '../check/configuration.js'
import type { ProjectModel, Route } from '../model/model.js'
import { limitersOf } from '../model/limits/limiters.js'
import { chainText } from '../model/chainText.js'
import { protectsRoute } from '../model/queries.js'
import { parseFixture } from '../../testing/fixture.js'
import { modelOf } from '../../testing/model.js'
import { nestFixture } from '../../testing/nestFixture.js'
import { loadTexts } from '../../testing/project.js'

const nest = (files: string): ProjectModel => modelOf(nestFixture(`//- /app.module.ts\n${files}`))
const named = (model: ProjectModel): string[] => model.routes.map(({ method, path }) => `${method} ${path}`)
const chains = (model: ProjectModel): string[] => model.routes.map((route) => `${route.method} ${route.path}: ${chainText(route)}`)
const answer = (model: ProjectModel, capability: Parameters<typeof protectsRoute>[2]): string[] =>
  model.routes.map((route: Route) => `${route.path} ${protectsRoute(model, route, capability).answer}`)

test('resolvers and gateways are entry points with their guards', () => {
  const model = nest(`
import { CanActivate, ExecutionContext, Module, UnauthorizedException, UseGuards } from '@nestjs/common'
import { Args, GqlExecutionContext, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { SubscribeMessage, WebSocketGateway, MessageBody } from '@nestjs/websockets'
class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const { req } = GqlExecutionContext.create(context).getContext()
    if (!req.headers.authorization) throw new UnauthorizedException()
    return true
  }
}
@Resolver()
class NotesResolver {
  @Query(() => String)
  notes() { return [] }
  @Mutation(() => String, { name: 'addNote' })
  @UseGuards(UserGuard)
  add(@Args('text') text: string) { return text }
  @ResolveField()
  author() { return null }
}
@WebSocketGateway()
class ChatGateway {
  @SubscribeMessage('say')
  say(@MessageBody() text: string) { return text }
}
@Module({ providers: [NotesResolver, ChatGateway] })
export class AppModule {}
`)
  expect(chains(model)).toEqual([
    'QUERY /graphql#notes: notes',
    'MUTATION /graphql#addNote: UserGuard → add',
    'RESOLVEFIELD /graphql#author: author',
    'MESSAGE /say: say',
  ])
  expect(answer(model, 'auth')).toEqual(['/graphql#notes no', '/graphql#addNote yes', '/graphql#author no', '/say no'])
})

test('hooks of a gateway run when connections come and go', () => {
  const model = modelOf(
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Module } from '@nestjs/common'
import { WebSocketGateway } from '@nestjs/websockets'
@WebSocketGateway()
class ChatGateway {
  handleConnection(client) { client.emit('hello') }
  handleDisconnect(client) { client.removeAllListeners() }
  handleOther(client) { client.leave() }
}
@Module({ providers: [ChatGateway] })
export class AppModule {}
`),
  )
  const seen = model.calls.flatMap(({ callee, phase }) =>
    callee.kind === 'member' && callee.object.kind === 'parameter' ? [`${callee.name} ${callee.object.role} ${phase}`] : [],
  )
  expect(seen).toEqual(['removeAllListeners socket callback', 'emit socket handler', 'leave unknown unreached'])
})

test('message handlers see what is global only where that is asked for', () => {
  const messages = (options: string): string[] =>
    chains(
      modelOf(
        nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.connectMicroservice({}${options})
  await app.startAllMicroservices()
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { MessagePattern } from '@nestjs/microservices'
class AllGuard { canActivate() { return true } }
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
  @MessagePattern('sum')
  sum() { return 0 }
}
@Module({ controllers: [AppController], providers: [{ provide: APP_GUARD, useClass: AllGuard }] })
export class AppModule {}
`),
      ),
    )
  expect(messages('')).toEqual(['GET /: AllGuard → hello', 'MESSAGE /sum: sum'])
  expect(messages(', { inheritAppConfig: true }')).toEqual(['GET /: AllGuard → hello', 'MESSAGE /sum: AllGuard → sum'])
})

test('metadata decides for each route whether a guard lets everybody in', () => {
  const model = nest(`
import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, SetMetadata } from '@nestjs/common'
import { APP_GUARD, Reflector } from '@nestjs/core'
import { AuthGuard } from '@nestjs/passport'
const Public = () => SetMetadata('isPublic', true)
@Injectable()
class JwtGuard extends AuthGuard('jwt') {
  constructor(private reflector: Reflector) { super() }
  canActivate(context: ExecutionContext) {
    const isPublic = this.reflector.getAllAndOverride('isPublic', [context.getHandler(), context.getClass()])
    if (isPublic) return true
    return super.canActivate(context)
  }
}
@Controller()
class AppController {
  @Get('mine')
  mine() { return [] }
  @Get('open')
  @Public()
  open() { return [] }
}
@Module({ controllers: [AppController], providers: [{ provide: APP_GUARD, useClass: JwtGuard }] })
export class AppModule {}
`)
  expect(answer(model, 'auth')).toEqual(['/mine yes', '/open no'])
})

test('a guard that is only provided, middleware that is not applied, and enhancers after listen do nothing', () => {
  const model = modelOf(
    nestFixture(`//- /main.ts
import { ValidationPipe } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
  app.useGlobalPipes(new ValidationPipe())
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
class AllGuard { canActivate() { return true } }
class TraceMiddleware { use(req, res, next) { next() } }
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({ controllers: [AppController], providers: [AllGuard] })
export class AppModule {
  configure(consumer) { consumer.apply(TraceMiddleware) }
}
`),
  )
  expect(chains(model)).toEqual(['GET /: hello'])
})

test('services that need each other, and handlers of them', () => {
  const model = nest(`
import { Controller, forwardRef, Get, Inject, Injectable, Module } from '@nestjs/common'
@Injectable()
class FirstService {
  constructor(@Inject(forwardRef(() => SecondService)) private second) {}
  name() { return this.second.name() }
}
@Injectable()
class SecondService {
  constructor(@Inject(forwardRef(() => FirstService)) private first) {}
  name() { return 'second' }
}
@Controller()
class AppController {
  constructor(private readonly first: FirstService) {}
  @Get()
  hello() { return this.first.name() }
}
@Module({ controllers: [AppController], providers: [FirstService, SecondService] })
export class AppModule {}
`)
  const handler = model.routes[0]?.handler
  expect(handler?.kind).toBe('function')
  if (handler?.kind !== 'function') return
  expect(model.summaryOf(handler).returns.map(({ value }) => (value.kind === 'literal' ? value.value : value.kind))).toEqual(['second'])
})

test('controllers that no module names are unreached, and modules behind a switch are not', () => {
  const model = nest(`
import { Controller, Get, Module } from '@nestjs/common'
@Controller('on')
class OnController { @Get() list() { return [] } }
@Controller('maybe')
class MaybeController { @Get() list() { return [] } }
@Controller('off')
class OffController { @Get() list() { return [] } }
@Module({ controllers: [OnController, ...(process.env.MAYBE ? [MaybeController] : [])] })
export class AppModule {}
`)
  expect(named(model)).toEqual(['GET /on', 'GET /maybe'])
  expect(model.unreached.map(({ why }) => why)).toEqual(['no application mounts the controller OffController'])
})

test('a platform that is not known is neither', () => {
  const model = modelOf(
    nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { NodeAdapter } from '@nestjs/platform-node'
import { AppModule } from './app.module'
NestFactory.create(AppModule, new NodeAdapter()).then((app) => app.listen(3000))
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
@Controller()
class AppController { @Get() hello() { return 'hello' } }
@Module({ controllers: [AppController] })
export class AppModule {}
`),
  )
  expect(named(model)).toEqual(['GET /'])
  expect(model.apps[0]?.scope.settings.find(({ name }) => name === 'platform')?.value).toMatchObject({ value: 'unknown' })
})

test('a microservice answers messages alone: no rule about HTTP speaks of it, and the others do', () => {
  const files = nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.createMicroservice(AppModule, {})
  await app.listen()
}
bootstrap()
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { MessagePattern } from '@nestjs/microservices'
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
  @MessagePattern({ cmd: 'sum' })
  sum() { console.log('asked'); return 0 }
}
@Module({ controllers: [AppController] })
export class AppModule {}
`)
  const { findings, model } = analyze(loadTexts(parseFixture(files).files).input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  expect(chains(model)).toEqual(['MESSAGE /{cmd=sum}: sum'])
  expect(model.unreached).toHaveLength(1)
  expect(findings.map(({ ruleId }) => ruleId)).toContain('no-console')
  expect(findings.filter(({ ruleId }) => /headers|rate-limit|powered|cors/.test(ruleId))).toEqual([])
})

test('what answers a field of a type is guarded only where the module of GraphQL asks for that', () => {
  const fields = (options: string): string[] =>
    chains(
      nest(`
import { CanActivate, Module, UseGuards } from '@nestjs/common'
import { GraphQLModule, ResolveField, Resolver } from '@nestjs/graphql'
class UserGuard implements CanActivate { canActivate() { return true } }
@Resolver()
@UseGuards(UserGuard)
class NotesResolver {
  @ResolveField()
  author() { return null }
}
@Module({ imports: [GraphQLModule.forRoot({ ${options} })], providers: [NotesResolver] })
export class AppModule {}
`),
    )
  expect(fields('')).toEqual(['RESOLVEFIELD /graphql#author: author'])
  expect(fields("fieldResolverEnhancers: ['guards']")).toEqual(['RESOLVEFIELD /graphql#author: UserGuard → author'])
})

test('fields of GraphQL stand where their module says', () => {
  const field = (modules: string, prefix = ''): string[] =>
    chains(
      modelOf(
        nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${prefix}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { MiddlewareConsumer, Module } from '@nestjs/common'
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql'
const asked = (req, res, next) => next()
@Resolver()
class NotesResolver {
  @Query()
  notes() { return [] }
}
@Module({ imports: [${modules}], providers: [NotesResolver] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) { consumer.apply(asked).forRoutes('query') }
}
`),
      ),
    )
  expect(field('GraphQLModule.forRoot({})')).toEqual(['QUERY /graphql#notes: notes'])
  expect(field("GraphQLModule.forRoot({ path: 'query/' })")).toEqual(['QUERY /query#notes: asked → notes'])
  expect(field("GraphQLModule.forRootAsync({ useFactory: () => ({ path: '/query' }) })")).toEqual(['QUERY /query#notes: asked → notes'])
  expect(field('GraphQLModule.forRoot({ path: process.env.GRAPH })')).toEqual(['QUERY /graphql#notes: notes'])
  const prefix = "app.setGlobalPrefix('api')"
  expect(field("GraphQLModule.forRoot({ path: '/ask' })", prefix)).toEqual(['QUERY /ask#notes: notes'])
  expect(field('GraphQLModule.forRoot({ useGlobalPrefix: true })', prefix)).toEqual(['QUERY /api/graphql#notes: notes'])
  expect(field("GraphQLModule.forRoot({ path: '/a' }), GraphQLModule.forRoot({ path: '/b' })")).toEqual(['QUERY /graphql#notes: notes'])
})

test('the headers that Nest sets itself are there from version 12.1 on', () => {
  const headers = (version: string): string[] =>
    answer(
      modelOf(
        nestFixture(`//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.useSecurityHeaders()
  await app.listen(3000)
}
bootstrap()
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/core": "${version}" } }
`),
      ),
      'security-headers',
    )
  expect(headers('^12.1.0')).toEqual(['/ yes'])
  expect(headers('~12.0.3')).toEqual(['/ no'])
  expect(headers('^11.1.0')).toEqual(['/ no'])
})

test('what stands for a guard under another token guards the application, also by a token that is no class', () => {
  const model = nest(`
import { CanActivate, Controller, ExecutionContext, Get, Module, UnauthorizedException } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (!context.switchToHttp().getRequest().headers.authorization) throw new UnauthorizedException()
    return true
  }
}
class LooseGuard implements CanActivate {
  canActivate() { return true }
}
@Controller('notes')
class NotesController {
  @Get() list() { return [] }
}
@Module({
  controllers: [NotesController],
  providers: [
    { provide: 'AUTH_GUARD', useClass: TokenGuard },
    { provide: 'GUARD', useExisting: 'AUTH_GUARD' },
    { provide: APP_GUARD, useExisting: 'GUARD' },
    { provide: LooseGuard, useClass: TokenGuard },
    { provide: APP_GUARD, useExisting: LooseGuard },
    { provide: 'ITSELF', useExisting: 'ITSELF' },
    { provide: APP_GUARD, useExisting: 'ITSELF' },
  ],
})
export class AppModule {}
`)
  expect(chains(model)).toEqual(['GET /notes: TokenGuard → TokenGuard → list'])
  expect(answer(model, 'auth')).toEqual(['/notes yes'])
})

test('a route of the same path stands in front only where its handler passes on', () => {
  const versions = (parameter: string): ProjectModel =>
    modelOf(
      nestFixture(`//- /main.ts
import { VersioningType } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version', defaultVersion: '1' })
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { CanActivate, Controller, ExecutionContext, Get, Module, Next, UseGuards, Version } from '@nestjs/common'
class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext) { return Boolean(context.switchToHttp().getRequest().user) }
}
@Controller('carts')
class CartsController {
  @UseGuards(UserGuard) @Get(':id') one(${parameter}) { return {} }
  @Version('2') @Get(':id') second() { return {} }
}
@Module({ controllers: [CartsController] })
export class AppModule {}
`),
    )
  expect(chains(versions(''))).toEqual(['GET /carts/:id: UserGuard → one', 'GET /carts/:id: second'])
  expect(answer(versions(''), 'auth')).toEqual(['/carts/:id yes', '/carts/:id no'])
  expect(chains(versions('@Next() next: () => void'))[1]).toBe('GET /carts/:id: UserGuard → one → second')
})

test.each([
  {
    version: '^4.2.1',
    decorator: '@Throttle(5, 60)',
    expected: [
      [5, 60_000],
      [10, 3_600_000],
    ],
  },
  {
    version: '^6.0.0',
    decorator: '@Throttle({ default: { limit: 5, ttl: 60_000 } })',
    expected: [
      [5, 60_000],
      [10, 3600],
    ],
  },
])('the window of @nestjs/throttler $version counts in its unit', ({ version, decorator, expected }) => {
  const model = nest(`
import { Controller, Get, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller('notes')
class NotesController {
  ${decorator} @Get() list() { return [] }
  @Get('all') all() { return [] }
}
@Module({
  imports: [ThrottlerModule.forRoot(${version === '^4.2.1' ? '{ ttl: 3600, limit: 10 }' : '[{ ttl: 3600, limit: 10 }]'})],
  controllers: [NotesController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/core": "^10.0.0", "@nestjs/throttler": "${version}" } }
`)
  expect(limitersOf(model).map(({ limit }) => [limit.most, limit.window])).toEqual(expected)
})

test('a guard of messages asks who sends them where it throws for a token or its absence, and not where it throws for a payload', () => {
  const model = nest(`
import { CanActivate, ExecutionContext, Module, UseGuards } from '@nestjs/common'
import { JwtService } from '@nestjs/jwt'
import { SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets'
class TokenGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}
  async canActivate(context: ExecutionContext) {
    const client = context.switchToWs().getClient()
    try {
      client.data.user = await this.jwt.verifyAsync(client.handshake.auth.token)
      return true
    } catch {
      throw new WsException('unauthorized')
    }
  }
}
class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (!context.switchToWs().getClient().data.user) throw new WsException('unauthorized')
    return true
  }
}
class SizeGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (context.switchToWs().getData().length > 100) throw new WsException('too long')
    return true
  }
}
@WebSocketGateway()
class ChatGateway {
  @UseGuards(TokenGuard) @SubscribeMessage('token') token() {}
  @UseGuards(UserGuard) @SubscribeMessage('user') user() {}
  @UseGuards(SizeGuard) @SubscribeMessage('size') size() {}
}
@Module({ providers: [ChatGateway] })
export class AppModule {}
`)
  expect(answer(model, 'auth')).toEqual(['/token yes', '/user yes', '/size no'])
})

test.each([
  ['private isOpen(context: ExecutionContext)', 'this.isOpen(context)'],
  ['#isOpen(context: ExecutionContext)', 'this.#isOpen(context)'],
])('a method of a guard that is given the context knows the metadata of the route: %s', (method, call) => {
  const model = nest(`
import { CanActivate, Controller, ExecutionContext, Get, Module, SetMetadata, UnauthorizedException } from '@nestjs/common'
import { APP_GUARD, Reflector } from '@nestjs/core'
class SessionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext) {
    if (${call}) return true
    if (!context.switchToHttp().getRequest().session?.user) throw new UnauthorizedException()
    return true
  }
  ${method} {
    const isOpen = this.reflector.getAllAndOverride('open', [context.getHandler(), context.getClass()])
    return isOpen ?? false
  }
}
@Controller()
class AppController {
  @SetMetadata('open', true) @Get('live') live() { return 'ok' }
  @Get('notes') notes() { return [] }
}
@Module({ controllers: [AppController], providers: [{ provide: APP_GUARD, useClass: SessionGuard }] })
export class AppModule {}
`)
  expect(answer(model, 'auth')).toEqual(['/live no', '/notes yes'])
})

test('a guard of passport whose handleRequest refuses nobody asks nobody, and inherited guards go by the name of their class', () => {
  const model = nest(`
import { CanActivate, Controller, ExecutionContext, Get, Module, UnauthorizedException, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
class OptionalGuard extends AuthGuard('jwt') {
  handleRequest(error, user) { return user || null }
}
class CarefulGuard extends AuthGuard('jwt') {
  handleRequest(error, user) {
    if (error) throw error
    return user ?? null
  }
}
class StepwiseGuard extends AuthGuard('jwt') {
  handleRequest(error, user) {
    if (error) throw error
    if (!user) throw new UnauthorizedException()
    return user
  }
}
class StrictGuard extends AuthGuard('jwt') {
  handleRequest(error, user) {
    if (error || !user) throw error || new UnauthorizedException()
    return user
  }
}
class SameGuard extends AuthGuard('jwt') {
  handleRequest(...args) { return super.handleRequest(...args) }
}
abstract class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (!context.switchToHttp().getRequest().headers.authorization) throw new UnauthorizedException()
    return true
  }
}
class UserGuard extends TokenGuard {}
@Controller()
class AppController {
  @UseGuards(OptionalGuard) @Get('optional') optional() {}
  @UseGuards(StrictGuard) @Get('strict') strict() {}
  @UseGuards(SameGuard) @Get('same') same() {}
  @UseGuards(UserGuard) @Get('inherited') inherited() {}
  @UseGuards(CarefulGuard) @Get('careful') careful() {}
  @UseGuards(StepwiseGuard) @Get('stepwise') stepwise() {}
}
@Module({ controllers: [AppController] })
export class AppModule {}
`)
  expect(answer(model, 'auth')).toEqual(['/optional no', '/strict yes', '/same yes', '/inherited yes', '/careful no', '/stepwise yes'])
  expect(chains(model)[0]).toBe('GET /optional: OptionalGuard → optional')
  expect(chains(model)[3]).toBe('GET /inherited: UserGuard → inherited')
})

test.each([
  [
    "skipIf: (context: ExecutionContext) => context.getType<string>() === 'graphql'",
    'ThrottlerGuard',
    ['/notes yes', '/graphql#signIn no'],
  ],
  [
    "skipIf: (context: ExecutionContext) => context.switchToHttp().getRequest()?.url === '/live'",
    'ThrottlerGuard',
    ['/notes yes', '/graphql#signIn yes'],
  ],
  ['', 'HttpThrottlerGuard', ['/notes yes', '/graphql#signIn no']],
])('a throttler that spares a kind of request stands in front of the others alone: %s %s', (skip, guard, expected) => {
  const model = nest(`
import { Controller, ExecutionContext, Get, Injectable, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Injectable()
class HttpThrottlerGuard extends ThrottlerGuard {
  protected async shouldSkip(context: ExecutionContext): Promise<boolean> {
    return context.getType() !== 'http'
  }
}
@Controller('notes')
class NotesController {
  @Get() list() { return [] }
}
@Resolver()
class SessionResolver {
  @Mutation(() => Boolean) signIn(@Args('email') email: string) { return true }
}
@Module({
  imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 60_000, limit: 100 }], ${skip} })],
  controllers: [NotesController],
  providers: [SessionResolver, { provide: APP_GUARD, useClass: ${guard} }],
})
export class AppModule {}
`)
  expect(answer(model, 'rate-limit')).toEqual(expected)
})

test('a guard that the application takes out of its container limits, whatever package its class is of', () => {
  const model = nest(`
import { Controller, Module, Post } from '@nestjs/common'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller('login')
class LoginController {
  @Post() login() { return {} }
}
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 5 }])], controllers: [LoginController], providers: [ThrottlerGuard] })
export class AppModule {}
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { ThrottlerGuard } from '@nestjs/throttler'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  const guard = app.get(ThrottlerGuard)
  app.useGlobalGuards(guard)
  await app.listen(3000)
}
bootstrap()
`)
  expect(answer(model, 'rate-limit')).toEqual(['/login yes'])
  expect(limitersOf(model)).toHaveLength(1)
})

test.each([
  ['forRoot()', 'no'],
  ['forRoot([])', 'no'],
  ['forRoot({ throttlers: [] })', 'no'],
  ['forRoot([{ ttl: 60000, limit: 5 }])', 'yes'],
  ['forRoot({ throttlers: [{ ttl: 60000, limit: 5 }] })', 'yes'],
  ['forRoot([limits])', 'yes'],
  ['forRoot(limits)', 'yes'],
])('a guard limits by the throttlers of its module, and by a decorator alone nothing: %s', (call, expected) => {
  const model = nest(`
import { Controller, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
import { limits } from '@company/limits'
@Controller('login')
class LoginController {
  @Throttle({ default: { ttl: 60000, limit: 2 } })
  @Post() login() { return {} }
}
@Module({ imports: [ThrottlerModule.${call}], controllers: [LoginController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })
export class AppModule {}
`)
  expect(answer(model, 'rate-limit')).toEqual([`/login ${expected}`])
})

test('before version 5 the guard has one limit, and a decorator sets it where the module has none', () => {
  const model = nest(`
import { Controller, Module, Post } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
@Controller('login')
class LoginController {
  @Throttle(2, 60)
  @Post() login() { return {} }
}
@Module({ imports: [ThrottlerModule.forRoot()], controllers: [LoginController], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })
export class AppModule {}
//- /package.json
{ "name": "fixture", "dependencies": { "@nestjs/core": "^9.0.0", "@nestjs/platform-express": "^9.0.0", "@nestjs/throttler": "^4.2.1" } }
`)
  expect(answer(model, 'rate-limit')).toEqual(['/login yes'])
})
