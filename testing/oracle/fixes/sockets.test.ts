// Fixes of the rules about CORS where socket.io answers, proven on running servers: by polling, and by gateways of Nest.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { expect, test } from 'vitest'
import noCredentialedAnyOrigin from '../../../rules/no-credentialed-any-origin/rule.js'
import noDevelopmentOrigin from '../../../rules/no-development-origin/rule.js'
import noPermissiveCors from '../../../rules/no-permissive-cors/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [{ method: 'GET', path: '/', status: 200 }]
const env = { ALLOWED_ORIGINS: 'https://app.example.com,https://www.example.com' }
const HANDSHAKE = '/socket.io/?EIO=4&transport=polling'

/** Whether pages of that site may read what socket.io answers. */
async function lets({ get }: ProbedApplication, origin: string): Promise<boolean> {
  const allowed = (await get(HANDSHAKE, { origin })).headers.get('access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** Open to a foreign site; once it is not, the site that is named, and a client that is no browser, have to get in still. */
async function isOpen(application: ProbedApplication): Promise<boolean> {
  if (await lets(application, 'https://evil.example')) return true
  if (!(await lets(application, 'https://www.example.com'))) throw new Error('the named site is locked out')
  if (!(await answers(application.url))) throw new Error('nobody gets in')
  return false
}

/** A client that connects over a socket and gets its message acknowledged. */
function answers(url: string): Promise<boolean> {
  const socket = io(url, { transports: ['websocket'], reconnection: false })
  return new Promise<boolean>((resolve) => {
    socket.once('connect_error', () => resolve(false))
    socket.emit('say', 'hello', () => resolve(true))
  }).finally(() => socket.close())
}

const server = (options: string): string => `
  //- /server.ts
  import { createServer } from 'node:http'
  import express from 'express'
  import { Server } from 'socket.io'

  const app = express()
  app.get('/', (_req, res) => {
    res.json({ ok: true })
  })
  const server = createServer(app)
  const io = new Server(server, ${options})
  io.on('connection', (socket) => {
    socket.on('say', (text: string, acknowledge: (text: string) => void) => acknowledge(text))
  })
  server.listen(process.env.PORT)
`

test('no-permissive-cors: every site', { timeout: TIMEOUT }, () =>
  proveFix({ rule: noPermissiveCors, env, app: server("{ cors: { origin: '*' } }"), honest, weakness: isOpen }),
)

test('no-permissive-cors: a fallback to every site, whose variable says the sites from then on', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: noPermissiveCors,
    app: server("{ cors: { origin: process.env.WEB_ORIGIN ?? '*', methods: ['GET', 'POST'] } }"),
    honest,
    weakness: (application) => lets(application, 'https://evil.example'),
  })
  expect(after.get('server.ts')).toContain('process.env.WEB_ORIGIN')
})

test('no-credentialed-any-origin: whoever asks is reflected', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noCredentialedAnyOrigin,
    env,
    app: server('{ cors: { origin: true, credentials: true } }'),
    honest,
    weakness: isOpen,
  }),
)

test('no-development-origin: the address of a machine leaves the list', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noDevelopmentOrigin,
    env,
    app: server("{ cors: { origin: ['https://www.example.com', 'http://localhost:5173'] } }"),
    honest,
    weakness: async (application) => {
      if (!(await lets(application, 'https://www.example.com'))) throw new Error('the named site is locked out')
      return lets(application, 'http://localhost:5173')
    },
  }),
)

/** ConfigModule reads the file when the modules have been loaded: a constant of the gateway's module would find nothing. */
const filled = {
  module: 'ConfigModule.forRoot()',
  imports: "import { ConfigModule } from '@nestjs/config'\n",
  file: `//- /.env\nALLOWED_ORIGINS=${env.ALLOWED_ORIGINS}\n`,
}

test.each([
  ['the environment', { module: '', imports: '', file: '' }, env],
  ['a file that ConfigModule reads', filled, {}],
])('no-permissive-cors: a gateway of Nest, with origins from %s', { timeout: TIMEOUT }, async (_, config, given) => {
  const folder = join(fixturesRoot, 'nest-gateways')
  const { after } = await provenFix({
    rule: noPermissiveCors,
    env: given,
    app: `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
${config.imports}import { ChatGateway } from './chat.gateway'

@Controller()
class AppController {
  @Get()
  hello() {
    return { ok: true }
  }
}

@Module({ imports: [${config.module}], controllers: [AppController], providers: [ChatGateway] })
export class AppModule {}
//- /src/chat.gateway.ts
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'

@WebSocketGateway({ cors: { origin: '*' } })
export class ChatGateway {
  @SubscribeMessage('say')
  say() {
    return { ok: true }
  }
}
${config.file}//- /package.json
${readFileSync(join(folder, 'package.json'), 'utf8').replace('"@nestjs/core"', '"@nestjs/config": "^4.0.0",\n    "@nestjs/core"')}
//- /tsconfig.json
${readFileSync(join(folder, 'tsconfig.json'), 'utf8')}`,
    honest,
    weakness: isOpen,
  })
  expect(after.get('src/chat.gateway.ts')).not.toContain("'*'")
})
