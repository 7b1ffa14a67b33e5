// What require-body-limit reports, and what it leaves alone.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('a large limit on the parser for every route', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(express.json({ limit: '50mb' }))
    //                            ^^^^^^ [high] json() takes bodies of 50 MB on every route. => Take bodies of 1 MB at most
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('a switch that decides whether the server listens at all says nothing of its parsers', () => {
  check(
    rule,
    `
    import express from 'express'
    function start() {
      const app = express()
      app.use(express.json({ limit: '50mb' }))
      //                            ^^^^^^ [high]
      app.post('/notes', (req, res) => res.json(req.body))
      app.listen(3000)
    }
    if (!process.env.PRINT_SCHEMA) start()
  `,
  )
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    if (process.env.IMPORTS) app.use(express.json({ limit: '50mb' }))
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('one size for several parsers is one finding, at the size', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { readers } from './readers.js'
    const app = express()
    const limit = process.env.BODY_LIMIT || '50mb'
    //                                      ^^^^^^ [high] takes bodies of 50 MB
    app.use(express.json({ limit }))
    app.use(express.urlencoded({ limit, extended: true }))
    //                           ~~~~~ [affected] urlencoded() has the same limit
    app.use('/', readers)
    app.listen(3000)
    //- /readers.ts
    import { Router } from 'express'
    export const readers = Router()
    readers.post('/notes', (req, res) => res.json(req.body))
  `,
  )
})

test('no limit at all, and a body-parser behind a function', () => {
  check(
    rule,
    `
    import express from 'express'
    import bodyParser from 'body-parser'
    const app = express()
    app.use(bodyParser.json({ limit: Infinity }))
    //                               ^^^^^^^^ json() takes bodies of any size on every route.
    const raw = express.raw({ limit: 200 * 1024 * 1024 })
    //                               ^^^^^^^^^^^^^^^^^ raw() takes bodies of 200 MB
    app.use((req, res, next) => raw(req, res, next))
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('a router in front of most routes', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    const api = express.Router()
    api.use(express.json({ limit: '100mb' }))
    //                            ^^^^^^^ takes bodies of 100 MB
    api.get('/a', (req, res) => res.json([]))
    api.post('/a', (req, res) => res.json(req.body))
    api.put('/a', (req, res) => res.json(req.body))
    api.patch('/a', (req, res) => res.json(req.body))
    app.use('/api', api)
    app.listen(3000)
  `,
  )
})

test('limits near the default, and large ones where uploads come', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use('/imports', express.json({ limit: '50mb' }))
    app.use(express.json())
    app.use(express.urlencoded({ limit: '10mb', extended: true }))
    app.post('/files', express.raw({ limit: '80mb' }), (req, res) => res.json({ bytes: req.body.length }))
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('a parser for some paths, picked by middleware', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    const small = express.json()
    const large = express.json({ limit: '50mb' })
    app.use((req, res, next) => (req.path.startsWith('/images') ? large(req, res, next) : small(req, res, next)))
    app.post('/notes', (req, res) => res.json(req.body))
    app.post('/images', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('a parser that comes second reads nothing', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(express.json({ limit: '1mb' }))
    app.use(express.json({ limit: '50mb' }))
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('limits that only a deployment knows, and those of development', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    if (process.env.NODE_ENV !== 'production') app.use(express.json({ limit: '500mb' }))
    app.use(express.json({ limit: process.env.BODY_LIMIT }))
    app.post('/notes', (req, res) => res.json(req.body))
    app.listen(3000)
  `,
  )
})

test('the fix says what becomes of larger files', () => {
  const server = (mark: string, handler: string): string => `
    import express from 'express'
    import multer from 'multer'
    const app = express()
    const upload = multer({ dest: 'uploads/' })
    //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] => Take files of 5 MB at most${mark}
    app.post('/files', upload.single('file'), (req, res) => res.sendStatus(201))
    ${handler}
    app.listen(3000)
  `
  const open = ' (larger ones fail with a MulterError: answer it with 413)'
  check(rule, server(open, ''))
  check(rule, server(open, 'app.use((err, req, res, next) => { res.status(err.status ?? 500).json({ error: "failed" }) })'))
  check(rule, server('', 'app.use((err, req, res, next) => res.sendStatus(err instanceof multer.MulterError ? 413 : 500))'))
  check(rule, server('', "app.use((err, req, res, next) => { res.status(err.code === 'LIMIT_FILE_SIZE' ? 413 : 500).end() })"))
  check(
    rule,
    `
    import express from 'express'
    import busboy from 'busboy'
    const app = express()
    app.post('/files', (req, res) => {
      const parser = busboy({ headers: req.headers })
      //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] => Take files of 5 MB at most (larger ones are cut off: refuse what is truncated)
      req.pipe(parser)
    })
    app.listen(3000)
  `,
  )
})

const fastify = `//- /package.json
    { "dependencies": { "fastify": "^5.0.0", "@fastify/multipart": "^9.0.0" } }`

test('Fastify: the limit of the instance, and none of single routes', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import multipart from '@fastify/multipart'
    const app = Fastify({ bodyLimit: 100 * 1024 * 1024 })
    //                               ^^^^^^^^^^^^^^^^^ [high] Fastify takes bodies of 100 MB on every route. => Take bodies of 1 MB at most
    app.register(multipart)
    app.post('/notes', async (request) => request.body)
    app.listen({ port: 3000 })
    ${fastify}
  `,
  )
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import multipart from '@fastify/multipart'
    const app = Fastify({ bodyLimit: 5 * 1024 * 1024 })
    app.register(multipart, { limits: { fileSize: 200 * 1024 * 1024 } })
    app.post('/files', { bodyLimit: 100 * 1024 * 1024 }, async (request) => request.body)
    app.listen({ port: 3000 })
    ${fastify}
  `,
  )
})

test('Fastify: multipart is limited unless it is told otherwise', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import multipart from '@fastify/multipart'
    const app = Fastify()
    app.register(multipart, { limits: { fileSize: Infinity } })
    //                                  ^^^^^^^^^^^^^^^^^^ [high] @fastify/multipart takes files of any size. => Take files of 5 MB at most
    app.post('/files', async (request) => request.file())
    app.listen({ port: 3000 })
    ${fastify}
  `,
  )
})

const nest = `//- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "@nestjs/platform-fastify": "^11.0.0" } }
    //- /app.module.ts
    import { Body, Controller, Module, Post } from '@nestjs/common'
    @Controller('notes')
    class NotesController {
      @Post()
      add(@Body() body: object) {
        return body
      }
    }
    @Module({ controllers: [NotesController] })
    export class AppModule {}`

test('Nest: parsers of Express, and its own', () => {
  check(
    rule,
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { json } from 'express'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      app.use(json({ limit: '100mb' }))
      //                    ^^^^^^^ [high] json() takes bodies of 100 MB
      app.useBodyParser('urlencoded', { limit: '5mb' })
      app.useBodyParser('text', { limit: '64mb' })
      //                                 ^^^^^^ useBodyParser() takes bodies of 64 MB
      await app.listen(3000)
    }
    bootstrap()
    ${nest}
  `,
  )
})

test('Nest: the adapter of Fastify', () => {
  check(
    rule,
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter } from '@nestjs/platform-fastify'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule, new FastifyAdapter({ bodyLimit: 52428800 }))
      //                                                                              ^^^^^^^^ [high] Fastify takes bodies of 50 MB
      app.useBodyParser('application/json', { bodyLimit: 1048576 })
      await app.listen(3000)
    }
    bootstrap()
    ${nest}
  `,
  )
})

test('Nest: a Fastify of its own below', () => {
  check(
    rule,
    `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter } from '@nestjs/platform-fastify'
    import fastify from 'fastify'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule, new FastifyAdapter(fastify({ bodyLimit: 52428800 })))
      //                                                                                      ^^^^^^^^ [high] Fastify takes bodies of 50 MB
      await app.listen(3000)
    }
    bootstrap()
    ${nest}
  `,
  )
})

test('multer without a size, whatever else it is told', () => {
  check(
    rule,
    `
    import express from 'express'
    import multer from 'multer'
    const app = express()
    const memory = multer()
    //             ^^^^^^^^ [high] multer() takes files of any size.
    const disk = multer({ storage: multer.diskStorage({ destination: 'x' }), limits: { files: 1 } })
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] any size
    const endless = multer({ dest: 'uploads', limits: { fileSize: Infinity } })
    //                                                  ^^^^^^^^^^^^^^^^^^ [high] any size
    app.post('/a', memory.single('file'), (req, res) => res.json({}))
    app.post('/b', disk.single('file'), (req, res) => res.json({}))
    app.post('/c', endless.single('file'), (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('multer with a size, with options from elsewhere, and for forms without files', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import multer from 'multer'
    import { options, makeOptions } from './options.js'
    const app = express()
    app.post('/a', multer(options).single('file'), (req, res) => res.json({}))
    app.post('/b', multer().none(), (req, res) => res.json({}))
    app.post('/c', multer({ dest: 'x', limits: { fileSize: Number(process.env.MAX_FILE) } }).single('file'), (req, res) => res.json({}))
    export const uploaderOf = (given) => multer({ ...given })
    app.listen(3000)
    //- /options.ts
    export const options = { dest: 'uploads', limits: { fileSize: 200 * 1024 * 1024 } }
    //- /app.test.ts
    import multer from 'multer'
    multer({ dest: 'x' }).single('file')
  `,
  )
})

test('other readers of uploads', () => {
  check(
    rule,
    `
    import express from 'express'
    import fileUpload from 'express-fileupload'
    import busboy from 'busboy'
    import formidable from 'formidable'
    const app = express()
    app.use(fileUpload({ useTempFiles: true }))
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] express-fileupload() takes files of any size.
    app.post('/a', (req, res) => {
      const reader = busboy({ headers: req.headers })
      //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] busboy() takes files
      req.pipe(reader)
    })
    app.post('/b', (req, res) => {
      const reader = busboy({ headers: req.headers, limits: { fileSize: 1e6 } })
      req.pipe(reader)
    })
    app.post('/c', (req, res) => formidable({}).parse(req))
    app.post('/d', (req, res) => formidable({ maxFileSize: Infinity }).parse(req))
    //                                        ^^^^^^^^^^^^^^^^^^^^^ formidable() takes files of any size.
    app.listen(3000)
  `,
  )
})

const controller = (interceptors: string): string => `
//- /files.controller.ts
import { Controller, Post, UseInterceptors, UploadedFile } from '@nestjs/common'
import { FileInterceptor, FilesInterceptor } from '@nestjs/platform-express'
@Controller('files')
export class FilesController {
${interceptors}
}
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
bootstrap()
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0" } }
`
const appModule = (imports: string): string => `
//- /app.module.ts
import { Module } from '@nestjs/common'
import { MulterModule } from '@nestjs/platform-express'
import { FilesController } from './files.controller'
@Module({ imports: [${imports}], controllers: [FilesController] })
export class AppModule {}
`

test('Nest: interceptors of one controller are one finding', () => {
  check(
    rule,
    controller(`
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  //               ^^^^^^^^^^^^^^^^^^^^^^^ [high] FileInterceptor() takes files of any size. => Take files of 5 MB at most
  one(@UploadedFile() file: unknown) {
    return {}
  }

  @Post('many')
  @UseInterceptors(FilesInterceptor('files', 5, { dest: 'uploads' }))
  //               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] FilesInterceptor() takes files of any size
  many() {
    return {}
  }`) + appModule(''),
  )
})

test('Nest: a limit of the interceptor, or of the module', () => {
  check(
    rule,
    controller(`
  @Post()
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 1000000 } }))
  one(@UploadedFile() file: unknown) {
    return {}
  }`) + appModule(''),
  )
  check(
    rule,
    controller(`
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  one(@UploadedFile() file: unknown) {
    return {}
  }`) + appModule('MulterModule.register({ limits: { fileSize: 1000000 } })'),
  )
})

test('Nest: limits of a module hold for files where they speak of their size, and before version 12 where an interceptor has none of its own', () => {
  const upload = (options: string, module: string, version: string, mark = ''): void => {
    const files = controller(`
  @Post()
  @UseInterceptors(FileInterceptor('file'${options}))
  ${mark}
  one(@UploadedFile() file: unknown) {
    return {}
  }`)
    check(rule, files.replaceAll('^11.0.0', version) + appModule(`MulterModule.register(${module})`))
  }
  const sized = '{ limits: { fileSize: 1000000 } }'
  upload('', '{ limits: { files: 1 } }', '^11.0.0', '//               ^^^^^^^^^^^^^^^^^^^^^^^ [high] takes files of any size')
  upload('', '{ limits: { files: 1, ...own } }', '^11.0.0')
  upload('', '{ limits: process.env.LIMITS }', '^11.0.0')
  upload(
    ', { limits: { files: 1 } }',
    sized,
    '^11.0.0',
    '//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] takes files of any size',
  )
  upload(', { limits: { files: 1 } }', sized, '^12.0.0')
  upload(", { dest: 'uploads' }", sized, '^11.0.0')
})

test('the fix writes sizes where the options stand', () => {
  checkFix(
    rule,
    `
    import express from 'express'
    import multer from 'multer'
    const app = express()
    app.use(express.json({ limit: '50mb' }))
    const options = { dest: 'uploads' }
    app.post('/a', multer(options).single('file'), (req, res) => res.json({}))
    app.post('/b', multer().single('file'), (req, res) => res.json({}))
    app.post('/c', multer({ limits: { files: 1 } }).single('file'), (req, res) => res.json({}))
    app.listen(3000)
  `,
    `
    import express from 'express'
    import multer from 'multer'
    const app = express()
    app.use(express.json({ limit: '1mb' }))
    const options = { dest: 'uploads', limits: { fileSize: 5 * 1024 * 1024 } }
    app.post('/a', multer(options).single('file'), (req, res) => res.json({}))
    app.post('/b', multer({ limits: { fileSize: 5 * 1024 * 1024 } }).single('file'), (req, res) => res.json({}))
    app.post('/c', multer({ limits: { files: 1, fileSize: 5 * 1024 * 1024 } }).single('file'), (req, res) => res.json({}))
    app.listen(3000)
  `,
  )
})

test('no fix where an argument before the options is missing', () => {
  checkNoFix(
    rule,
    controller(`
  @Post()
  @UseInterceptors(FilesInterceptor('files'))
  many() {
    return {}
  }`) + appModule(''),
  )
})

test('fix: express-fileupload refuses a file that is too large, which it would cut off', () => {
  const app = (options: string): string => `
    //- /app.js
    const express = require('express')
    const fileUpload = require('express-fileupload')
    const app = express()
    app.post('/files', fileUpload(${options}), (req, res) => res.json({}))
    app.listen(3000)
  `
  const size = 'limits: { fileSize: 5 * 1024 * 1024 }'
  checkFix(rule, app(''), app(`{ ${size}, abortOnLimit: true }`))
  checkFix(rule, app('{ useTempFiles: true }'), app(`{ useTempFiles: true, abortOnLimit: true, ${size} }`))
  checkFix(rule, app('{ abortOnLimit: false }'), app(`{ abortOnLimit: false, ${size} }`))
})

test('large files that are held in memory, and those that go to the disk', () => {
  const app = (line: string) => `
    //- /app.ts
    import express from 'express'
    import multer from 'multer'
    import fileUpload from 'express-fileupload'
    const app = express()
    ${line}
    app.listen(3000)
  `
  const use = "app.post('/files', upload.single('file'), (req, res) => res.end())"
  const found = (options: string, word: string) => {
    const line = `const upload = multer(${options})`
    check(
      rule,
      app(
        `${line}\n    //${' '.repeat(line.indexOf(word) - 2)}${'^'.repeat(word.length)} [medium warning] multer() holds files of up to 250 MB in memory. => no fix\n    ${use}`,
      ),
    )
  }
  const size = 'fileSize: 250 * 1024 * 1024'
  found(`{ limits: { ${size} } }`, size)
  found(`{ storage: multer.memoryStorage(), limits: { ${size} } }`, size)
  for (const options of [
    `{ dest: 'uploads', limits: { ${size} } }`,
    `{ storage: multer.diskStorage({}), limits: { ${size} } }`,
    `{ storage: toBucket(), limits: { ${size} } }`,
    '{ limits: { fileSize: 50 * 1024 * 1024 } }',
    '{ limits: { fileSize: Number(process.env.MOST_BYTES) } }',
  ])
    check(rule, app(`const upload = multer(${options})\n    ${use}`))
  check(rule, app(`const forms = multer({ limits: { ${size} } })\n    app.post('/forms', forms.none(), (req, res) => res.end())`))
  check(
    rule,
    app(`app.use(fileUpload({ limits: { ${size} } }))
    //                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] express-fileupload() holds files of up to 250 MB in memory.`),
  )
  check(rule, app(`app.use(fileUpload({ useTempFiles: true, limits: { ${size} } }))`))
})

test('Fastify: files of all routes that a plugin reads before the handler', () => {
  const app = (options: string, mark = '') => `
    //- /app.ts
    import Fastify from 'fastify'
    import multipart from '@fastify/multipart'
    const app = Fastify()
    app.register(multipart, { ${options} })
    ${mark}
    app.post('/files', async (request) => request.body)
    app.listen({ port: 3000 })
    ${fastify}
  `
  const limits = 'limits: { fileSize: 250 * 1024 * 1024 }'
  const text = '@fastify/multipart with attachFieldsToBody holds files of up to 250 MB in memory.'
  check(
    rule,
    app(
      `attachFieldsToBody: true, ${limits}`,
      `//                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] ${text}`,
    ),
  )
  check(
    rule,
    app(
      `attachFieldsToBody: 'keyValues', ${limits}`,
      `//                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] ${text}`,
    ),
  )
  check(rule, app(limits))
  check(rule, app(`attachFieldsToBody: false, ${limits}`))
  check(rule, app(`attachFieldsToBody: true, onFile, ${limits}`))
  check(rule, app('attachFieldsToBody: true, limits: { fileSize: 20 * 1024 * 1024 }'))
})

test('Nest: large files of interceptors, unless the module keeps them', () => {
  const route = (mark: string) =>
    controller(`
  @Post()
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 250 * 1024 * 1024 } }))
${mark}
  one(@UploadedFile() file: unknown) {
    return {}
  }`)
  const mark =
    '  //                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] FileInterceptor() holds files of up to 250 MB in memory.'
  check(rule, route(mark) + appModule(''))
  check(rule, route('') + appModule("MulterModule.register({ dest: 'uploads' })"))
  check(rule, route('') + appModule('MulterModule.registerAsync({ useFactory: () => options })'))
})

test('what a parser in front of one route holds in memory', () => {
  const server = (parser: string, mark = ''): string => `
    import express from 'express'
    const app = express()
    app.put('/files/:name', ${parser}, (req, res) => { res.json({ size: req.body.length }) })
    ${mark}
    app.listen(3000)
  `
  const marked = (limit: string, text: string): string =>
    `//${' '.repeat(`app.put('/files/:name', express.raw({ type: '*/*', limit: `.length - 2)}${'^'.repeat(limit.length)} [medium] ${text}`
  check(rule, server("express.raw({ type: '*/*', limit: '2gb' })", marked("'2gb'", 'raw() holds bodies of up to 2048 MB in memory.')))
  check(rule, server("express.raw({ type: '*/*', limit: Infinity })", marked('Infinity', 'raw() holds bodies of any size in memory.')))
  check(rule, server("express.raw({ type: '*/*', limit: '50mb' })"))
  check(rule, server("express.raw({ type: '*/*' })"))
  // A parser for all routes is told as one.
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(express.json({ limit: '200mb' }))
    //                            ^^^^^^^ [high] json() takes bodies of 200 MB on every route.
    app.listen(3000)
  `,
  )
})
