// What clients bring along as a whole, where it gets into a log.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { sensitiveLogs } from './sensitiveLogs.js'

const logged = (fixture: string): readonly string[] =>
  sensitiveLogs(modelOf(fixture)).flatMap(({ parts }) => parts.map(({ what, extent }) => `${extent}: ${what}`))

test('what clients of socket.io connect with', () => {
  const server = (line: string): string => `
    //- /server.js
    const { Server } = require('socket.io')
    const app = require('express')()
    const log = require('pino')()
    const io = new Server(app.listen(3000))
    io.use((socket, next) => {
      ${line}
      next()
    })
  `
  expect(logged(server("log.warn({ auth: socket.handshake.auth }, 'refused')"))).toEqual(['whole: the credentials of the handshake'])
  expect(logged(server("console.error('refused', socket.handshake.headers)"))).toEqual(['whole: all request headers'])
  expect(logged(server('log.debug(socket.handshake)'))).toEqual(['whole: the whole handshake'])
  expect(logged(server('log.info({ at: socket.handshake.time, from: socket.handshake.address, id: socket.id })'))).toEqual([])
})

test('headers, by a logger that Nest injects by a token of its package', () => {
  expect(
    logged(`
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { Controller, Headers, Inject, LoggerService, Module, Post } from '@nestjs/common'
    import { WINSTON_MODULE_NEST_PROVIDER } from 'nest-winston'
    @Controller('hooks')
    class Hooks {
      constructor(@Inject(WINSTON_MODULE_NEST_PROVIDER) private readonly logger: LoggerService) {}
      @Post()
      hook(@Headers() headers: Record<string, string>) {
        this.logger.log({ message: 'hook', headers }, 'Hooks')
      }
    }
    @Module({ controllers: [Hooks] })
    class AppModule {}
    NestFactory.create(AppModule).then((app) => app.listen(3000))
  `),
  ).toEqual(['whole: all request headers'])
})
