// A small Nest application in the fixture language, for tests of what rules say about Nest.

const PACKAGE = `//- /package.json
{
  "name": "fixture",
  "dependencies": {
    "@nestjs/common": "^11.0.0",
    "@nestjs/core": "^11.0.0",
    "@nestjs/platform-express": "^11.0.0"
  }
}
`

const MAIN = `//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(3000)
}
bootstrap()
`

const MODULE = `
//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({ controllers: [AppController] })
export class AppModule {}
`

/** package.json and main.ts of an application on Express, in front of `files`, and a module with one route: fixtures that hold one of them keep their own. */
export function nestFixture(files = ''): string {
  const own = dedent(files)
  const before = `${own.includes('//- /package.json') ? '' : PACKAGE}${own.includes('//- /main.ts') ? '' : MAIN}`
  return `${before}${own}${own.includes('@Module(') ? '' : MODULE}`
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n')
  const least = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0))
  return lines.map((line) => line.slice(least)).join('\n')
}
