// Tests of no-log-injection.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const app = (lines: string): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/users/:id', (req, res) => {
${lines}
      res.end()
    })
    app.listen(3000)
  `

test('templates and concatenations on console', () => {
  check(
    rule,
    app(`
      console.log(\`user \${req.body.name} asked\`)
      //                  ^^^^^^^^^^^^^ [medium] A value of the request (body)
      console.log('user ' + req.params.id)
      //                    ^^^^^^^^^^^^^ [medium] (params)
      console.warn('search ' + req.query.q.trim() + '!')
      //                       ^^^^^^^^^^^^^^^^^^ [medium] (query)
`),
  )
})

test('through variables and functions', () => {
  check(
    rule,
    app(`
      const { name } = req.body
      const line = \`user \${name}\`
      console.log(line)
      //          ^^^^ [medium] (body)
`),
  )
})

test('what can hold no line break, and what is written as JSON', () => {
  check(
    rule,
    app(`
      console.log(\`\${req.method} \${req.originalUrl} \${req.headers['user-agent']} \${req.ip}\`)
      console.log(\`user \${JSON.stringify(req.body.name)}\`)
      console.log('user ' + encodeURIComponent(req.params.id))
      console.log(\`page \${Number(req.query.page)}\`)
      console.log(\`page \${parseInt(req.query.page, 10)}\`)
      console.log(\`\${req.body.items.length} items\`)
      console.log('user', { name: req.body.name })
      console.log(\`user \${req.body.name.replace(/[\\r\\n]/g, '')}\`)
`),
  )
})

const winston = (format: string, mark: string, transport = ''): string => `
    //- /app.js
    const express = require('express')
    const winston = require('winston')
    const { printf, combine, json, simple } = winston.format
    const logger = winston.createLogger({ ${format} transports: [new winston.transports.Console(${transport})] })
    const app = express()
    app.post('/users/:id', (req, res) => {
      logger.info(\`user \${req.body.name}\`)
${mark}
      res.end()
    })
    app.listen(3000)
  `

test('winston writes JSON unless it is told otherwise', () => {
  check(rule, winston('', ''))
  check(rule, winston('format: json(),', ''))
  check(rule, winston('format: printf((info) => JSON.stringify(info.message)),', ''))
  const mark = '      //                  ^^^^^^^^^^^^^ [medium]'
  check(rule, winston('format: simple(),', mark))
  check(rule, winston('format: combine(printf(({ level, message }) => `${level}: ${message}`)),', mark))
})

test('a transport of winston writes by its own format', () => {
  check(rule, winston('', '      //                  ^^^^^^^^^^^^^ [medium]', '{ format: simple() }'))
  check(rule, winston('format: json(),', '', '{ level: process.env.LEVEL }'))
})

test('pino and the logger of a request', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const logger = require('pino')()
    const app = express()
    app.post('/users/:id', (req, res) => {
      logger.info(\`user \${req.body.name}\`)
      req.log.info(\`user \${req.body.name}\`)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('development, tests and scripts', () => {
  check(
    rule,
    app(`
      if (process.env.NODE_ENV !== 'production') console.log(\`user \${req.body.name}\`)
`),
  )
})

test('fix: the value as JSON', () => {
  checkFix(
    rule,
    app(`      console.log(\`user \${req.body.name} asked for \${req.params.id}\`)
      console.log('search ' + req.query.q.trim())`),
    app(`      console.log(\`user \${JSON.stringify(req.body.name)} asked for \${JSON.stringify(req.params.id)}\`)
      console.log('search ' + JSON.stringify(req.query.q.trim()))`),
  )
})

test('no fix where the text is made elsewhere', () => {
  checkNoFix(
    rule,
    app(`      const line = \`user \${req.body.name}\`
      console.log(line)`),
  )
})

const nest = (lines: string, options = '', start = ''): string =>
  nestFixture(`//- /main.ts
import { ConsoleLogger, Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Logger as PinoLogger } from 'nestjs-pino'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule${options})
  ${start}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Body, Controller, Logger, Module, Post, Query } from '@nestjs/common'
@Controller('orders')
class OrdersController {
  private readonly logger = new Logger(OrdersController.name)
  @Post() create(@Body() body, @Query('q') q: string) {
${lines}
  }
}
@Module({ controllers: [OrdersController] })
export class AppModule {}
`)

test("Nest's Logger writes text as it is", () => {
  const marked = `    this.logger.log(\`order of \${body.name}\`)
    //                          ^^^^^^^^^ [medium] A value of the request (body)
    Logger.warn('search for ' + q, 'Orders')
    //          ^^^^^^^^^^^^^^^^^ [medium] (query)`
  for (const options of ['', ", { logger: ['error', 'warn', 'log'] }", ', { cors: false }', ", { logger: new ConsoleLogger('Shop') }"])
    check(rule, nest(marked, options))
  check(rule, nest("    this.logger.log({ message: 'order', name: body.name })\n    this.logger.log(`order ${JSON.stringify(body.name)}`)"))
})

test('a Nest application whose logger does not write text', () => {
  const line = '    this.logger.log(`order of ${body.name}`)'
  for (const options of [', { logger: new ConsoleLogger({ json: true }) }', ', { logger: WinstonModule.createLogger({}) }', ', settings'])
    check(rule, nest(line, options))
  check(rule, nest(line, ', { bufferLogs: true }', 'app.useLogger(app.get(PinoLogger))'))
  check(rule, nest(line, '', 'Logger.overrideLogger(new PinoLogger())'))
})

const handed = (parameter: string, value: string, mark = '', pipe = ''): string =>
  nest('', '', pipe)
    .replace(
      'import { Body,',
      'import { IsEmail, IsInt, IsUUID } from "class-validator"\nimport { Body, DefaultValuePipe, Get, Param, ParseIntPipe, ParseUUIDPipe,',
    )
    .replace('import { NestFactory }', "import { ValidationPipe } from '@nestjs/common'\nimport { NestFactory }")
    .replace(
      "@Controller('orders')",
      "class Order { @IsUUID() id: string; @IsInt() count: number; @IsEmail() email: string }\n@Controller('orders')",
    )
    .replace(
      '@Post() create(',
      `@Get(':id') show(${parameter}) {
    this.logger.log(\`order \${${value}}\`)
    ${mark}
  }
  @Post() create(`,
    )

test('what pipes and decorators make of a value, or let through of it, breaks no line', () => {
  const transforming = 'app.useGlobalPipes(new ValidationPipe({ transform: true }))'
  const plain = 'app.useGlobalPipes(new ValidationPipe())'
  check(rule, handed("@Param('id', ParseIntPipe) id: number", 'id'))
  check(rule, handed("@Param('id', new ParseUUIDPipe({ version: '4' })) id: string", 'id'))
  check(rule, handed("@Param('id', TrimPipe) id: string", 'id'))
  check(rule, handed("@Param('id') id: string", '+id'))
  check(rule, handed("@Param('id') id: number", 'id', '', transforming))
  check(rule, handed('@Query() query: Order', 'query.id', '', plain))
  check(rule, handed('@Query() query: Order', 'query.count', '', plain))
})

test('a value that pipes leave as it is', () => {
  const line = '//              ^^^^^^^^^^^^^ [medium] A value of the request (params)'
  check(rule, handed("@Param('id') id: string", 'id', line))
  check(rule, handed("@Param('id') id: number", 'id', line, 'app.useGlobalPipes(new ValidationPipe())'))
  check(rule, handed("@Param('id', new DefaultValuePipe('a')) id: string", 'id', line))
  check(rule, handed('@Query() query: Order', 'query.email', '//                       ^^^^^^^^^^^ [medium] (query)'))
})
