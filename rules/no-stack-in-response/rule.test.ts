// Stack traces in responses.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const around = (body: string): string => `
  //- /app.js
  const express = require('express')
  const util = require('util')
  const app = express()
  app.get('/users', (req, res) => res.json(req.db.find()))
  app.use((err, req, res, next) => {
    ${body}
  })
  app.listen(3000)
`

test('the stack, in each of its forms', () => {
  for (const body of [
    `
    res.status(500).send(err.stack)
    //                   ^^^^^^^^^ [high] stack trace of an error`,
    `
    res.status(500).json({ error: { stack: err.stack } })
    //                              ^^^^^^^^^^^^^^^^ [high]`,
    `
    res.status(500).json({ message: 'failed', trace: err.stack.split('\\n') })
    //                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
    res.end(util.inspect(err))
    //      ^^^^^^^^^^^^^^^^^ [high]`,
    `
    res.send(JSON.stringify(err, Object.getOwnPropertyNames(err)))
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
    const { stack } = err
    res.status(404).json({ stack })
    //                     ^^^^^ [high]`,
    `
    res.status(500).json({ ...(err.isOperational ? {} : { stack: err.stack }) })
    //                                                    ^^^^^^^^^^^^^^^^ [high]`,
    `
    res.status(500).json({ stack: process.env.DEBUG ? err.stack : undefined })
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low]`,
    `
    if (process.env.QUIET !== 'yes') return res.status(500).send(err.stack)
    //                                                           ^^^^^^^^^ [high]
    res.sendStatus(500)`,
    `
    if (process.env.QUIET) return res.sendStatus(500)
    res.status(500).send(err.stack)
    //                   ^^^^^^^^^ [high]`,
    `
    res.render('error', { error: err })
    //                    ^^^^^^^^^^ [medium] A view gets the error`,
  ])
    check(rule, around(body))
})

test('only in development', () => {
  for (const body of [
    `res.status(500).json({ stack: process.env.NODE_ENV === 'production' ? undefined : err.stack })`,
    `res.status(500).json({ ...(process.env.NODE_ENV === 'development' && { stack: err.stack }) })`,
    `if (process.env.NODE_ENV !== 'production') return res.send(err.stack)
    res.sendStatus(500)`,
    `const body = { message: 'failed' }
    if (app.get('env') === 'development') body.stack = err.stack
    res.status(500).json(body)`,
    `res.locals.error = req.app.get('env') === 'development' ? err : {}
    res.render('error')`,
    `res.render('error', { error: req.app.get('env') === 'development' ? err : {} })`,
    `res.json({ stack: process.env.APP_ENV === 'local' ? err.stack : null })`,
    `res.json({ stack: process.env.FUNCTIONS_EMULATOR ? err.stack : undefined })`,
    `if (process.env.IS_OFFLINE === 'true') return res.send(err.stack)
    res.sendStatus(500)`,
    `console.error(err.stack)
    res.sendStatus(500)`,
  ])
    check(rule, around(body))
})

test('a table of handlers by environment', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const handlers = {
      development: (err, req, res, next) => res.status(500).send(err.stack),
      production: (err, req, res, next) => res.status(500).send({ trace: err.stack }),
                                                                  ^^^^^^^^^^^^^^^^ [high]
    }
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use(handlers[process.env.NODE_ENV || 'development'])
    app.listen(3000)
  `,
  )
})

test('what configuration says of the environment', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const config = require('./config')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      const body = { message: 'failed', ...(config.env === 'development' && { stack: err.stack }) }
      if (!config.isProduction) body.trace = err.stack
      res.status(500).send(body)
    })
    app.listen(3000)
    //- /config.js
    exports.env = process.env.NODE_ENV
    exports.isProduction = process.env.NODE_ENV === 'production'
  `,
  )
})

test('locals of a view', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.render('index'))
    app.use((err, req, res, next) => {
      res.locals.error = err
    //^^^^^^^^^^^^^^^^ [medium] A view gets the error
      res.render('error')
    })
    app.listen(3000)
  `
      .replace('    //^^^', '      ^^^')
      .replace('^^^^^^^^^^^^^^^^ [', '^^^^^^^^^^^^^^^^ ['),
  )
})

test('through a helper, with the message beside it', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { reply } from './reply.js'
    const app = express()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (error) {
        reply(res, error)
    //  ^^^^^^^^^^^^^^^^^ [high]
      }
    })
    app.listen(3000)
    //- /reply.ts
    import type { Response } from 'express'
    export function reply(res: Response, error: any) {
      res.status(500).json({ message: error.message, stack: error.stack })
    }
  `,
  )
})

test('packages and options that send stacks', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const errorhandler = require('errorhandler')
    const { ApolloServer } = require('@apollo/server')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    new ApolloServer({ schema, includeStacktraceInErrorResponses: true })
    //                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] GraphQL
    app.use(errorhandler())
    //      ^^^^^^^^^^^^^^ [high] errorhandler sends stack traces
    app.listen(3000)
  `,
  )
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { ApolloServer } = require('@apollo/server')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    new ApolloServer({ schema, includeStacktraceInErrorResponses: process.env.NODE_ENV !== 'production' })
    if (process.env.NODE_ENV === 'development') app.use(require('errorhandler')())
    app.listen(3000)
  `,
  )
})

test('GraphQL within Nest, by options or by a factory, unless errors are written anew', () => {
  const module = (call: string, more = ''): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    NestFactory.create(AppModule).then((app) => app.listen(3000))
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    import { GraphQLModule } from '@nestjs/graphql'
    import { ApolloDriver } from '@nestjs/apollo'
    ${more}
    @Module({
      imports: [
        ${call}
      ],
    })
    export class AppModule {}
  `
  const root = (options: string): string => `GraphQLModule.forRoot({ driver: ApolloDriver, ${options} }),`
  const marked = (code: string, part: string, confidence: string): string =>
    `${code}\n        //${' '.repeat(code.indexOf(part) - 2)}${'^'.repeat(part.length)} [${confidence}] GraphQL`
  const on = 'includeStacktraceInErrorResponses: true'
  const handsOn = 'const format = (formatted) => { report(formatted); return formatted }'
  const writesAnew = 'const format = ({ message }) => ({ message })'
  check(rule, module(marked(root(on), on, 'high')))
  check(rule, module(marked(root(`${on}, formatError: format`), on, 'high'), handsOn))
  check(rule, module(marked(root(`${on}, formatError: format`), on, 'low'), writesAnew))
  check(rule, module(marked('GraphQLModule.forRootAsync({ useFactory: async () => ({ debug: true }) }),', 'debug: true', 'high')))
  check(rule, module(root("includeStacktraceInErrorResponses: process.env.NODE_ENV !== 'production'")))
  check(rule, module(root('debug: false')))
})

test('the stack is taken out, the message made generic, the error logged', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      res.status(500).json({
        message: err.message,
        stack: err.stack,
      })
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      console.error(err)
      res.status(500).json({
        message: 'Internal Server Error',
      })
    })
    app.listen(3000)
  `,
  )
})

test('a text, and a view', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => {
      try {
        req.run()
      } catch (e) {
        res.status(500).send(e.stack)
      }
    })
    app.use((err, req, res, next) => {
      res.status(500).render('error', { title: 'Failed', error: err })
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => {
      try {
        req.run()
      } catch (e) {
        console.error(e)
        res.status(500).send('Internal Server Error')
      }
    })
    app.use((err, req, res, next) => {
      console.error(err)
      res.status(500).render('error', { title: 'Failed', error: {} })
    })
    app.listen(3000)
  `,
  )
})

test('a client that asks for the stack gets it: what a request says is no setting', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      const payload = { message: 'failed' }
      if (req.query.debug) payload.stack = err.stack
      //                   ^^^^^^^^^^^^^ [high]
      res.status(500).json(payload)
    })
    app.listen(3000)
  `,
  )
})

test('NODE_ENV out of a schema that is given the environment as an option', () => {
  check(
    rule,
    `
    import express from 'express'
    import { createEnv } from '@t3-oss/env-core'
    import { z } from 'zod'
    const env = createEnv({ server: { NODE_ENV: z.enum(['development', 'production']) }, runtimeEnv: process.env })
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      res.status(500).json({ code: 'internal', ...(env.NODE_ENV === 'production' ? {} : { detail: err.stack }) })
    })
    app.listen(3000)
  `,
  )
})

test('views of Fastify get what they are handed', () => {
  check(
    rule,
    `
    import Fastify from 'fastify'
    import view from '@fastify/view'
    import ejs from 'ejs'
    const app = Fastify()
    app.register(view, { engine: { ejs } })
    app.get('/', (request, reply) => reply.view('home.ejs', { title: 'Home' }))
    app.setErrorHandler((error, request, reply) => reply.code(500).view('error.ejs', { error }))
    //                                                                                 ^^^^^ [medium] A view gets
    app.listen({ port: 3000 })
  `,
  )
})

test('stacks that go over sockets', () => {
  check(
    rule,
    `
    //- /server.js
    import { createServer } from 'node:http'
    import { EventEmitter } from 'node:events'
    import express from 'express'
    import { Server } from 'socket.io'
    import { WebSocketServer } from 'ws'
    import { find } from './store.js'
    const server = createServer(express())
    const io = new Server(server)
    const bus = new EventEmitter()
    io.on('connection', (socket) => {
      socket.on('get', async (id, done) => {
        try {
          done({ found: await find(id) })
        } catch (err) {
          done({ error: 'failed', stack: err.stack })
          //                      ^^^^^^^^^^^^^^^^ The stack trace of an error reaches the client.
        }
      })
      socket.on('put', async (id) => {
        try {
          await find(id)
        } catch (err) {
          socket.to('room').emit('failed', { stack: err.stack })
          //                                 ^^^^^^^^^^^^^^^^ The stack trace
          io.emit('failed', err.stack)
          //                ^^^^^^^^^ The stack trace
          bus.emit('failed', err.stack)
          socket.emit('failed', { message: 'Try again' })
          // The error as JSON, which has no stack.
          socket.emit('failed', err)
        }
      })
    })
    new WebSocketServer({ server }).on('connection', (ws) => {
      ws.on('message', async (id) => {
        try {
          ws.send(JSON.stringify(await find(id)))
        } catch (err) {
          ws.send(JSON.stringify({ error: err.stack }))
          //                       ^^^^^^^^^^^^^^^^ The stack trace
        }
      })
    })
    server.listen(3000)
    //- /store.js
    export const find = async (id) => (await fetch('http://store/' + id)).json()
    //- /chat.gateway.ts
    import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
    import type { Socket } from 'socket.io'
    import { find } from './store.js'
    @WebSocketGateway()
    export class ChatGateway {
      @SubscribeMessage('say')
      async say(@MessageBody() id: string, @ConnectedSocket() client: Socket) {
        try {
          client.emit('said', await find(id))
        } catch (err) {
          client.emit('exception', { stack: err.stack })
          //                         ^^^^^^^^^^^^^^^^ The stack trace
        }
      }
    }
  `,
  )
})

test('formatters of GraphQL errors that leave the stack in', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import mercurius from 'mercurius'
    const app = Fastify()
    await app.register(mercurius, {
      schema: 'type Query { a: String }',
      errorFormatter: (execution) => ({
        statusCode: 200,
        response: { errors: execution.errors.map((e) => ({ message: e.message, stack: e.originalError?.stack })) },
        //                                                                            ^^^^^^^^^^^^^^^^^^^^^^ The stack trace
      }),
    })
    await app.listen({ port: 3000 })
    //- /apollo.js
    import { createHash } from 'node:crypto'
    import { captureException } from '@sentry/node'
    import { ApolloServer } from '@apollo/server'
    export const loud = new ApolloServer({ typeDefs: '', formatError: (formatted, error) => ({ ...formatted, trace: error.stack }) })
    //                                                                                                              ^^^^^^^^^^^ The stack trace
    export const listed = new ApolloServer({ formatError: (formatted, error) => ({ lines: error.stack ? error.stack.split('\\n') : [] }) })
    //                                                                                                  ^^^^^^^^^^^ The stack trace
    export const quiet = new ApolloServer({
      typeDefs: '',
      formatError: (formatted, error) => {
        console.error(error.stack)
        return { message: formatted.message, stack: process.env.NODE_ENV === 'development' ? error.stack : undefined }
      },
    })
    export const digested = new ApolloServer({
      typeDefs: '',
      formatError: (formatted, error) => ({
        message: formatted.message,
        extensions: {
          id: createHash('sha1').update(error.stack).digest('hex').slice(0, 8),
          event: captureException(error.stack),
          depth: error.stack.split('\\n').length,
          isTraced: Boolean(error.stack),
        },
      }),
    })
    export const cut = new ApolloServer({
      typeDefs: '',
      formatError: (formatted, error) => ({ message: formatted.message + error.stack.split('\\n').slice(1).join(' ') }),
      //                                                                 ^^^^^^^^^^^ The stack trace
    })
  `,
  )
})

test('fixes: a stack leaves the body that a helper makes, and the rest of it stays', () => {
  const app = (body: string): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    function render(err) {
      ${body}
      return body
    }
    app.use((err, req, res, next) => {
      console.error(err)
      res.status(err.status || 500).json(render(err))
    })
    app.listen(3000)
  `
  checkFix(
    rule,
    app("const body = { error: { code: err.code } }\n      if (process.env.NODE_ENV !== 'test') body.error.trace = err.stack"),
    app('const body = { error: { code: err.code } }'),
  )
  checkFix(rule, app('const body = { code: err.code, stack: err.stack }'), app('const body = { code: err.code }'))
})

test('routing-controllers sends stacks where it is told to be in development', () => {
  const app = (option: string): string => `
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "routing-controllers": "^0.11.0" } }
    //- /src/app.ts
    import { createExpressServer, Get, JsonController } from 'routing-controllers'
    @JsonController('/files')
    class Files {
      @Get()
      list() {
        return []
      }
    }
    createExpressServer({ controllers: [Files], ${option} }).listen(3000)
  `
  check(
    rule,
    app('development: true').replace(
      'listen(3000)',
      `listen(3000)
    //                                          ^^^^^^^^^^^^^^^^^ [high] told to be in development`,
    ),
  )
  check(rule, app("development: process.env.NODE_ENV !== 'production'"))
  check(rule, app('development: true, defaultErrorHandler: false'))
})

test('a stack that becomes the text or an extension of a GraphQL error', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import mercurius from 'mercurius'
    import { GraphQLError } from 'graphql'
    const app = Fastify()
    await app.register(mercurius, {
      schema: 'type Query { a: String }',
      errorFormatter: ({ errors }) => ({
        statusCode: 200,
        response: {
          errors: errors.map((e) => new GraphQLError(e.originalError?.stack ?? e.message, { originalError: { stack: e.stack } })),
          //                                         ^^^^^^^^^^^^^^^^^^^^^^ The stack trace
        },
      }),
    })
    await app.register(mercurius, {
      schema: 'type Query { b: String }',
      errorFormatter: ({ errors }) => ({
        statusCode: 200,
        response: { errors: errors.map((e) => new GraphQLError(e.message, { extensions: { trace: e.stack } })) },
        //                                                                                       ^^^^^^^ The stack trace
      }),
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('formatters of tRPC that add the stack', () => {
  check(
    rule,
    `
    import { initTRPC } from '@trpc/server'
    export const loud = initTRPC.create({
      errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, trace: error.cause?.stack } }),
      //                                                                               ^^^^^^^^^^^^^^^^^^ The stack trace
    })
    export const withContext = initTRPC.context().create({
      errorFormatter({ shape, error }) {
        return { ...shape, data: { ...shape.data, stack: error.stack } }
        //                                               ^^^^^^^^^^^ The stack trace
      },
    })
    export const quiet = initTRPC.create({
      errorFormatter: ({ shape, error }) => ({
        ...shape,
        data: { ...shape.data, stack: shape.data.stack, zod: error.cause?.name === 'ZodError' ? error.cause.flatten() : null },
      }),
    })
  `,
  )
})

test('graphql-yoga is told to be in development', () => {
  const app = (options: string, mark = ''): string => `
    //- /app.js
    const app = require('express')()
    const { createYoga } = require('graphql-yoga')
    app.use(createYoga({ schema, maskedErrors: ${options} }))
    ${mark}
    app.listen(3000)
  `
  check(rule, app('{ isDev: true }', '//                                           ^^^^^^^^^^^ GraphQL errors carry stack traces.'))
  for (const options of ['true', "{ errorMessage: 'Oops' }", "{ isDev: process.env.NODE_ENV !== 'production' }", '{ isDev: false }'])
    check(rule, app(options))
})

test('the template says what is printed of an error', () => {
  const app = (template: string): string => `
    //- /app.js
    const app = require('express')()
    app.use((err, req, res, next) => {
      res.status(500).render('error', { error: err })
    })
    app.listen(3000)
    //- /views/error.hbs
    ${template}
  `
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.use((err, req, res, next) => {
      res.status(500).render('error', { error: err })
      //                                ^^^^^^^^^^ [medium] A view gets the error object
    })
    app.listen(3000)
    //- /views/error.hbs
    {{#if error}}<pre>{{error.stack}}</pre>{{/if}}
  `,
  )
  for (const template of ['<h1>{{error.status}}</h1>', '{{error.message}}', '{{error}}', '<h1>Sorry</h1>{{!-- {{error.stack}} --}}'])
    check(rule, app(template))
})

test('fix: the error of a filter of Nest is logged by the name that it has there', () => {
  checkFix(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/platform-express": "11" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { Module, Controller, Get } from '@nestjs/common'
    import { ProblemFilter } from './problem.filter.js'
    @Controller('vehicles')
    class VehiclesController {
      @Get() list() { return query('SELECT') }
    }
    @Module({ controllers: [VehiclesController] })
    class AppModule {}
    async function main() {
      const app = await NestFactory.create(AppModule)
      app.useGlobalFilters(new ProblemFilter())
      await app.listen(3000)
    }
    void main()
    //- /problem.filter.ts
    import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common'
    @Catch()
    export class ProblemFilter implements ExceptionFilter {
      catch(error: any, host: ArgumentsHost) {
        const reply = host.switchToHttp().getResponse()
        const code = error instanceof HttpException ? error.getStatus() : 500
        reply.status(code).send({ status: code, title: error.message, trace: error.stack })
      }
    }
  `,
    `
    //- /problem.filter.ts
    import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common'

    const logger = new Logger('ProblemFilter')

    @Catch()
    export class ProblemFilter implements ExceptionFilter {
      catch(error: any, host: ArgumentsHost) {
        const reply = host.switchToHttp().getResponse()
        const code = error instanceof HttpException ? error.getStatus() : 500
        if (code >= 500) logger.error(error)
        reply.status(code).send({ status: code, title: code < 500 ? error.message : 'Internal Server Error' })
      }
    }
  `,
  )
})

test('a helper that is handed a text reads no stack of it', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { load } from 'somewhere'
    const app = express()
    const fail = (res, problem) => {
      if (problem instanceof Error) return res.status(500).json({ error: problem.message, trace: problem.stack })
      res.status(500).json({ error: 'failed' })
    }
    app.get('/notes', async (req, res) => {
      try { res.json(await load()) } catch (error) { fail(res, error.message) }
    })
    app.listen(3000)
  `,
  )
})

test.each([
  [
    "res.locals.error = err\n      res.status(500).render('error')",
    "res.locals.error = {}\n      res.status(500).render('error')",
    'pre= error.stack',
  ],
  [
    "res.locals.stack = err.stack\n      res.status(500).render('error')",
    "res.locals.stack = ''\n      res.status(500).render('error')",
    'pre= stack',
  ],
  ["res.status(500).render('error', { stack: err.stack })", "res.status(500).render('error', { stack: '' })", 'pre= stack'],
])('fix: what a view gets of an error, which may not lack a name: %s', (leak, fixed, template) => {
  const app = (lines: string): string => `
    //- /app.js
    const app = require('express')()
    app.use((err, req, res, next) => {
      ${lines}
    })
    app.listen(3000)
    //- /views/error.pug
    ${template}
  `
  checkFix(rule, app(leak), app(`console.error(err)\n      ${fixed}`))
})

test('fix: an object that is called a logger logs the error where it has a method for that', () => {
  const app = (logger: string, body: string): string => `
//- /app.js
const express = require('express')
const logger = ${logger}
const app = express()
app.get('/', (req, res) => res.end())
app.use((err, req, res, next) => {
${body}
})
app.listen(3000)
`
  const sent = "  res.status(500).json({ error: 'failed', stack: err.stack })"
  const mended = "res.status(500).json({ error: 'failed' })"
  const whole = '{ log: (text) => process.stdout.write(text), error: (error) => process.stderr.write(String(error)) }'
  checkFix(rule, app(whole, sent), app(whole, `  logger.error(err)\n  ${mended}`))
  const part = '{ log: (text) => process.stdout.write(text) }'
  checkFix(rule, app(part, sent), app(part, `  console.error(err)\n  ${mended}`))
})
