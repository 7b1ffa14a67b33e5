// What clients of Nest 10 to 12 learn of errors, where filters of the project answer and where none does: findings beside the answers of running applications.
import { createRequire } from 'node:module'
import path from 'node:path'
import type * as NestCore from '@nestjs/core'
import typescript from 'typescript'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { rangeOf } from '../../analyzer/check/range.js'
import noErrorObjectInResponse from '../../rules/no-error-object-in-response/rule.js'
import { parseFixture } from '../fixture.js'
import { nestFixture } from '../nestFixture.js'
import { loadTexts } from '../project.js'
import { repositoryRoot, type NestVersion } from './fixture.js'

/** What a route does with an error that it caught, by title. */
const CASES: Readonly<Record<string, string>> = {
  'an error of the project with a status': 'throw new AppError(error.message, 500)',
  'an error of the project with a text of its own': "throw new AppError('sorry', 500)",
  'an error of the project without a status': 'throw new PlainError(error.message)',
  'an error that is given a status': 'throw Object.assign(new Error(error.message), { statusCode: 503 })',
  'another error without a status': 'throw new Error(error.message)',
  'what http-errors makes of it': 'throw createError(500, error.message)',
  'an exception of Nest': 'throw new InternalServerErrorException(error.message)',
  'an exception around the error': "throw new InternalServerErrorException('sorry', { cause: error })",
  'the error itself': 'throw error',
}
const SOURCE = `import { Controller, Get, InternalServerErrorException, Module } from '@nestjs/common'
import createError from 'http-errors'

class AppError extends Error {
  statusCode: number
  constructor(message: string, statusCode: number) {
    super(message)
    this.statusCode = statusCode
  }
}
class PlainError extends Error {}
const fail = () => {
  throw new Error("Unknown column 'pin_hash'")
}

@Controller()
class AppController {
${Object.values(CASES)
  .map((statement, index) => `  @Get('case${index}')\n  case${index}() {\n    try { fail() } catch (error: any) { ${statement} }\n  }`)
  .join('\n')}
}

@Module({ controllers: [AppController] })
export class AppModule {}
`

/** What a filter in front of all of these sends of an exception. */
const FILTERS: Readonly<Record<string, string>> = {
  'the status alone': 'response.status(status).json({ statusCode: status })',
  'its message': 'response.status(status).json({ message: exception.message })',
  'what it was given':
    'response.status(status).json(exception instanceof HttpException ? exception.getResponse() : { statusCode: status })',
  'nothing of those of Nest':
    "response.status(status).json({ message: exception instanceof HttpException ? 'failed' : exception.message })",
}

const GIVEN = `import { ArgumentsHost, Catch, Controller, Get, HttpException, InternalServerErrorException, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'

@Catch(CAUGHT)
class AppFilter {
  catch(exception: any, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse()
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    SENT
  }
}
const fail = () => {
  throw new Error("Unknown column 'pin_hash'")
}

@Controller()
class AppController {
  @Get('case0')
  case0() {
    try { fail() } catch (error: any) { throw new InternalServerErrorException(error.message) }
  }
  @Get('case1')
  case1() {
    try { fail() } catch (error: any) { throw new HttpException({ message: 'failed', detail: error.message }, 500) }
  }
}

@Module({ controllers: [AppController], providers: [{ provide: APP_FILTER, useClass: AppFilter }] })
export class AppModule {}
`

test.each(
  Object.entries(FILTERS).flatMap(([title, sent]) => ['', 'HttpException', 'TypeError'].map((caught) => [title, caught, sent] as const)),
)('a filter that sends %s of what it catches: %s', { timeout: 30_000 }, async (_title, caught, sent) => {
  const source = GIVEN.replace('CAUGHT', caught).replace('SENT', sent)
  const answers = await answersOf(11, 2, source)
  expect(toldOf(11, source)).toEqual([0, 1].filter((index) => answers[index]?.includes('pin_hash')))
})

test.each([10, 11, 12] as const)('what reaches the client is told, and nothing else: Nest %i', { timeout: 30_000 }, async (version) => {
  const titles = Object.keys(CASES)
  const answers = await answersOf(version, titles.length)
  expect(titles.filter((_title, index) => toldOf(version).includes(index))).toEqual(
    titles.filter((_title, index) => answers[index]?.includes('pin_hash')),
  )
})

/** Numbers of the cases whose lines are reported. */
function toldOf(version: NestVersion, source = SOURCE): readonly number[] {
  const dependencies = { '@nestjs/core': `^${version}.0.0`, '@nestjs/platform-express': `^${version}.0.0`, 'http-errors': '^2.0.0' }
  const fixture = nestFixture(`//- /app.module.ts\n${source}//- /package.json\n${JSON.stringify({ name: 'fixture', dependencies })}\n`)
  const { input } = loadTexts(parseFixture(fixture).files)
  const { findings, model } = analyze(input, [noErrorObjectInResponse], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const lines = findings.map(({ range }) => range.start.line)
  return model.routes.flatMap((route, index) => {
    const { start } = rangeOf(model.files, route.at)
    return lines.some((line) => line >= start.line && line <= start.line + 2) ? [index] : []
  })
}

/** What each case answers when the very same text runs. */
async function answersOf(version: NestVersion, count: number, source = SOURCE): Promise<readonly string[]> {
  const folder = version === 12 ? repositoryRoot : path.join(repositoryRoot, 'testing', `nest${version}`)
  const require = createRequire(path.join(folder, 'package.json'))
  require('reflect-metadata')
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: {
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.CommonJS,
      esModuleInterop: true,
      experimentalDecorators: true,
    },
  })
  const exported = {} as { AppModule: new () => object }
  const run = new Function('require', 'exports', outputText) as (load: NodeJS.Require, target: object) => void
  run(require, exported)
  const { NestFactory } = require('@nestjs/core') as typeof NestCore
  const app = await NestFactory.create(exported.AppModule, { logger: false })
  await app.listen(0, '127.0.0.1')
  try {
    const url = await app.getUrl()
    return await Promise.all(Array.from({ length: count }, async (_none, index) => (await fetch(`${url}/case${index}`)).text()))
  } finally {
    await app.close()
  }
}
