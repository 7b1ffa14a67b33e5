// What a controller hands to a bus runs in the handler of that command, query or event.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { isCredentialRoute } from '../model/limits/routeCharacter.js'

const application = (handlers: string, providers: string): string => `
  //- /package.json
  { "name": "a", "scripts": { "start": "node main.ts" }, "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/cqrs": "^11.0.0" } }
  //- /main.ts
  import { NestFactory } from '@nestjs/core'
  import { Body, Controller, Get, Module, Post } from '@nestjs/common'
  import { CommandBus, CommandHandler, CqrsModule, EventBus, EventsHandler, QueryBus, QueryHandler } from '@nestjs/cqrs'
  import * as bcrypt from 'bcrypt'
  import { rows } from 'rows'
  import { mailer } from 'mailer'

  class Enter { constructor(readonly name: string, readonly password: string) {} }
  class ListEntries {}
  class Entered { constructor(readonly name: string) {} }
  ${handlers}

  @Controller('doors')
  export class DoorsController {
    constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly events: EventBus) {}
    @Post('front')
    async enter(@Body() body: { name: string; password: string }) {
      const result = await this.commands.execute(new Enter(body.name, body.password))
      this.events.publish(new Entered(body.name))
      return result
    }
    @Get('entries')
    list() {
      return this.queries.execute(new ListEntries())
    }
  }
  @Module({ imports: [CqrsModule], controllers: [DoorsController], providers: [${providers}] })
  export class AppModule {}
  NestFactory.create(AppModule).then((app) => app.listen(3000))
`

const handlers = `
  @CommandHandler(Enter)
  export class EnterHandler {
    async execute(command: Enter) { return bcrypt.compare(command.password, await rows.hashOf(command.name)) }
  }
  @QueryHandler(ListEntries)
  export class ListEntriesHandler {
    execute() { return rows.all() }
  }
  @EventsHandler(Entered)
  export class EnteredHandler {
    handle(event: Entered) { mailer.tell(event.name) }
  }`

/** By route: the names of the calls that leave the project, and what kind of credentials it takes. */
function served(fixture: string): readonly string[] {
  const model = modelOf(fixture)
  return model.routes.map((route) => {
    const calls = route.chain.flatMap(({ value }) => (value.kind === 'function' ? model.summaryOf(value).calls : []))
    const names = calls.flatMap(({ callee }) => {
      if (callee.kind === 'member') return /^(hashOf|all|tell)$/.test(callee.name) ? [callee.name] : []
      return callee.kind === 'package' && /^(compare|all|hashOf|tell)$/.test(callee.path.at(-1) ?? '') ? [callee.path.at(-1) ?? ''] : []
    })
    return `${route.path} ${[...new Set(names)].sort().join(' ')} ${isCredentialRoute(model, route).kind ?? 'no credentials'}`
  })
}

test('commands, queries and events run in the classes that handle them', () => {
  expect(served(application(handlers, 'EnterHandler, ListEntriesHandler, EnteredHandler'))).toEqual([
    '/doors/front compare hashOf tell login',
    '/doors/entries all no credentials',
  ])
})

test('a handler that no module provides is not run', () => {
  expect(served(application(handlers, 'ListEntriesHandler'))).toEqual(['/doors/front  no credentials', '/doors/entries all no credentials'])
})

test('handlers of other commands are not run', () => {
  const other = handlers.replace('@CommandHandler(Enter)', '@CommandHandler(Entered)')
  const all = 'EnterHandler, ListEntriesHandler, EnteredHandler'
  expect(served(application(other, all))[0]).toBe('/doors/front tell no credentials')
})
