// What stands in front of the messages of gateways and microservices, and what asks who connects.
import { expect, test } from 'vitest'
import { nestFixture } from '../../testing/nestFixture.js'
import { modelOf } from '../../testing/model.js'
import { describe } from '../model/describe.js'
import { protectsRoute } from '../model/queries.js'
import type { ProjectModel } from '../model/model.js'

const main = `//- /main.ts
import { NestFactory } from '@nestjs/core'
import helmet from 'helmet'
import { AppModule } from './app.module'
import { AllFilter } from './all.filter'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.use(helmet())
  app.useGlobalFilters(new AllFilter())
  app.connectMicroservice({}OPTIONS)
  await app.startAllMicroservices()
  await app.listen(3000)
}
bootstrap()
//- /all.filter.ts
import { Catch } from '@nestjs/common'
@Catch()
export class AllFilter {
  catch(exception, host) { host.switchToHttp().getResponse().status(500).json({ message: 'failed' }) }
}
`

/** Gateways, of which each has one message, and a controller with a route and a message. */
function model(gateways: Readonly<Record<string, string>>, options = ''): ProjectModel {
  const classes = Object.entries(gateways).map(
    ([name, body]) => `@WebSocketGateway()
class ${name} {
  constructor(private readonly jwt: JwtService, private readonly users: Users) {}
  ${body}
  @SubscribeMessage('${name}') hear(@MessageBody() body) { return body }
}`,
  )
  return modelOf(
    nestFixture(`${main.replace('OPTIONS', options)}//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
import { JwtModule, JwtService } from '@nestjs/jwt'
import { MessagePattern } from '@nestjs/microservices'
import { MessageBody, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets'
class Users { async of(client) { return fetch('https://users.example.com/me', { headers: { cookie: client.handshake.headers.cookie } }) } }
${classes.join('\n')}
@Controller()
class Sums {
  @Get('sums') all() { return [] }
  @MessagePattern('sum') sum() { return 1 }
}
@Module({
  imports: [JwtModule.register({ secret: process.env.JWT_SECRET })],
  controllers: [Sums],
  providers: [Users, ${Object.keys(gateways).join(', ')}],
})
export class AppModule {}
`),
  )
}

function fronts(of: ProjectModel): readonly string[] {
  return of.routes.map(({ method, path, chain }) => `${method} ${path}: ${chain.map(({ value }) => describe(value)).join(' → ')}`)
}

test('middleware stands in front of requests, and what looks at connections in front of the messages of its gateway', () => {
  const both = model({ open: '', asking: 'handleConnection(client) { client.emit("hello") }' })
  expect(fronts(both)).toEqual([
    'GET /sums: helmet() → all',
    'MESSAGE /sum: sum',
    'MESSAGE /open: hear',
    'MESSAGE /asking: handleConnection → hear',
  ])
  expect(both.routes.map((route) => protectsRoute(both, route, 'security-headers').answer)).toEqual(['yes', 'no', 'no', 'no'])
})

test('global filters answer for microservices that inherit them, and for no gateway', () => {
  const filtering = (options: string): readonly (string | undefined)[] => {
    const found = model({ open: '' }, options)
    return found.routes.map((route) => protectsRoute(found, route, 'error-handler').links.map(({ link }) => describe(link.value))[0])
  }
  expect(filtering('')).toEqual(['AllFilter', undefined, undefined])
  expect(filtering(', { inheritAppConfig: true }')).toEqual(['AllFilter', 'AllFilter', undefined])
})

test('a gateway asks who connects where it closes connections that bring no good token', () => {
  const bodies = {
    verified:
      'async handleConnection(client) { try { client.data = await this.jwt.verifyAsync(client.handshake.auth.token) } catch { client.disconnect() } }',
    handed: 'async handleConnection(client, request) { const user = await this.users.of(client); if (!user) client.close(4401) }',
    missing: 'handleConnection(client) { if (!client.handshake.headers.authorization) throw new Error("who") }',
    greeting: 'handleConnection(client) { client.emit("hello") }',
    lenient: 'handleConnection(client) { try { this.jwt.verify(client.handshake.auth.token) } catch { client.emit("guest") } }',
    crowded: 'private count = 0; handleConnection(client) { if (this.count++ > 100) client.disconnect() }',
  }
  const found = model(bodies)
  const asking = found.routes.filter((route) => protectsRoute(found, route, 'auth').answer === 'yes').map(({ path }) => path)
  expect(asking).toEqual(['/verified', '/handed', '/missing'])
})

test('a gateway asks who connects where the server that it is handed runs middleware that refuses connections', () => {
  const check = '(socket, next) => { try { this.jwt.verify(socket.handshake.auth.token); next() } catch (error) { next(error) } }'
  const bodies = {
    handed: `afterInit(server) { server.use(${check}) }`,
    typed: `afterInit(server: Server) { this.setUp(server) } private setUp(io) { io.use(${check}) }`,
    field: `@WebSocketServer() private readonly server: Server; afterInit() { this.server.use(${check}) }`,
    absent:
      'afterInit(server) { server.use((socket, next) => { if (!socket.handshake.auth.token) return next(new Error("who")); next() }) }',
    lenient:
      'afterInit(server) { server.use((socket, next) => { try { socket.data = this.jwt.verify(socket.handshake.auth.token) } catch {} next() }) }',
    counting: 'afterInit(server) { server.use((socket, next) => { console.log(socket.id); next() }) }',
    silent: 'afterInit(server) { server.emit("ready") }',
    elsewhere: `afterInit(server) { const app = express(); app.use(${check}) }`,
  }
  const found = model(bodies)
  const asking = found.routes.filter((route) => protectsRoute(found, route, 'auth').answer === 'yes').map(({ path }) => path)
  expect(asking).toEqual(['/handed', '/typed', '/field', '/absent'])
})

test('middleware of one gateway stands in front of its own messages alone', () => {
  const found = model({ open: '', asking: 'afterInit(server) { server.use(function check(socket, next) { next() }) }' })
  expect(fronts(found)).toContain('MESSAGE /open: hear')
  expect(fronts(found)).toContain('MESSAGE /asking: check → hear')
})
