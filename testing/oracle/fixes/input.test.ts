// Fixes of the rules about what requests bring, proven on running servers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import requireBodyLimit from '../../../rules/require-body-limit/rule.js'
import requireInputValidation from '../../../rules/require-input-validation/rule.js'
import requireValidationWhitelist from '../../../rules/require-validation-whitelist/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const TWELVE_MEGABYTES = 12 * 1024 * 1024

/** An application of Nest on Express around a module. */
function nest(module: string, pipes = ''): string {
  return `
//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${pipes}
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
${module}
//- /package.json
${JSON.stringify({ name: 'small', dependencies: nestDependencies, devDependencies: { '@types/node': '^20.19.0' } }, null, 2)}
//- /tsconfig.json
${readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')}`
}

const nestDependencies = {
  '@nestjs/common': '^12.0.0',
  '@nestjs/core': '^12.0.0',
  '@nestjs/platform-express': '^12.0.0',
  'class-transformer': '^0.5.1',
  'class-validator': '^0.14.2',
  'reflect-metadata': '^0.2.2',
  rxjs: '^7.8.2',
}

/** Whether 12 MB of JSON are taken. A server that refuses them may close the connection before it has read all. */
async function takesLargeBody({ url }: ProbedApplication): Promise<boolean> {
  const body = JSON.stringify({ text: 'x'.repeat(TWELVE_MEGABYTES) })
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/notes`, { method: 'POST', headers, body }).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function upload(url: string, bytes: number): Promise<boolean> {
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(bytes)]), 'file.bin')
  return fetch(`${url}/files`, { method: 'POST', body }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Files of 6 MB come through; small ones have to, before and after. */
async function takesLargeFile({ url }: ProbedApplication): Promise<boolean> {
  if (!(await upload(url, 1000))) throw new Error('small files are refused')
  return upload(url, TWELVE_MEGABYTES / 2)
}

const honest = [{ method: 'POST', path: '/notes', status: 201, body: { text: 'tea' } }]

test('require-body-limit: parsers of Express', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireBodyLimit,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      const limit = process.env.BODY_LIMIT || '50mb'
      app.use(express.json({ limit }))
      app.use(express.urlencoded({ limit, extended: true }))
      app.post('/notes', (req, res) => res.status(201).json({ length: req.body.text.length }))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: takesLargeBody,
  }),
)

test('require-body-limit: Fastify', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireBodyLimit,
    app: `
      //- /server.js
      const fastify = require('fastify')
      const app = fastify({ bodyLimit: 50 * 1024 * 1024 })
      app.post('/notes', async (request, reply) => reply.code(201).send({ length: request.body.text.length }))
      app.listen({ port: Number(process.env.PORT) })
    `,
    honest,
    weakness: takesLargeBody,
  }),
)

test('require-body-limit: multer', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireBodyLimit,
    app: `
      //- /server.js
      const express = require('express')
      const multer = require('multer')
      const app = express()
      const upload = multer({ storage: multer.memoryStorage() })
      app.post('/files', upload.single('file'), (req, res) => res.json({ size: req.file.size }))
      app.get('/', (req, res) => res.json({}))
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'GET', path: '/', status: 200 }],
    weakness: takesLargeFile,
  }),
)

test('require-body-limit: an interceptor of Nest', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireBodyLimit,
    app: nest(`
      import { Controller, Get, Module, Post, UseInterceptors } from '@nestjs/common'
      import { FileInterceptor } from '@nestjs/platform-express'

      @Controller()
      class FilesController {
        @Get()
        hello() {
          return {}
        }

        @Post('files')
        @UseInterceptors(FileInterceptor('file'))
        add() {
          return {}
        }
      }

      @Module({ controllers: [FilesController] })
      export class AppModule {}
    `),
    honest: [{ method: 'GET', path: '/', status: 200 }],
    weakness: takesLargeFile,
  }),
)

// tsx writes no metadata of types, so what TypeScript would write stands there as a decorator.
test('require-validation-whitelist: what no class names is taken away', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireValidationWhitelist,
    app: nest(
      `
      import { Body, Controller, Module, Post } from '@nestjs/common'
      import { IsString } from 'class-validator'
      import 'reflect-metadata'

      class CreateNoteDto {
        @IsString()
        text!: string
      }

      @Controller('notes')
      class NotesController {
        @Post()
        @Reflect.metadata('design:paramtypes', [CreateNoteDto])
        add(@Body() note: CreateNoteDto) {
          return { ...note }
        }
      }

      @Module({ controllers: [NotesController] })
      export class AppModule {}
    `,
      'app.useGlobalPipes(new ValidationPipe())',
    ),
    honest,
    weakness: async ({ send }) => {
      const answer = await send({ method: 'POST', path: '/notes', body: { text: 'tea', role: 'admin' } })
      return 'role' in ((await answer.json()) as object)
    },
  }),
)

test('require-input-validation: decorators of classes that nothing asked', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireInputValidation,
    app: nest(`
      import { Body, Controller, Module, Post } from '@nestjs/common'
      import { IsString } from 'class-validator'
      import 'reflect-metadata'

      class CreateNoteDto {
        @IsString()
        text!: string
      }

      @Controller('notes')
      class NotesController {
        @Post()
        @Reflect.metadata('design:paramtypes', [CreateNoteDto])
        add(@Body() note: CreateNoteDto) {
          return { ...note }
        }
      }

      @Module({ controllers: [NotesController] })
      export class AppModule {}
    `),
    honest,
    weakness: async ({ send }) => (await send({ method: 'POST', path: '/notes', body: { text: { $ne: null } } })).status === 201,
  }),
)
