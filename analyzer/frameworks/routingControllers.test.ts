// Applications of routing-controllers: what stands in front of actions, what is validated, what stays unseen.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { openHandlers } from '../model/errors/asyncHandlers.js'
import type { Capability, ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'

const boot = (options: string, members: string, more = '', start = 'createExpressServer'): ProjectModel =>
  modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "routing-controllers": "^0.11.0" } }
    //- /src/app.ts
    import 'reflect-metadata'
    import express from 'express'
    import rateLimit from 'express-rate-limit'
    import { IsString } from 'class-validator'
    import * as rc from 'routing-controllers'
    import { Authorized, Body, Controller, CurrentUser, Get, JsonController, Middleware, Post, UseBefore, createParamDecorator } from 'routing-controllers'
    import { notes } from './notes'
    class Note { @IsString() text: string }
    class Bare { text: string }
    ${more}
    @JsonController('/notes')
    export class Notes {
      ${members}
    }
    const app = express()
    const made = ${start === 'createExpressServer' ? `rc.createExpressServer(${options})` : `rc.useExpressServer(app, ${options})`}
    made.listen(3000)
    //- /src/notes.ts
    import mongoose from 'mongoose'
    export const notes = mongoose.model('Note', new mongoose.Schema({ text: String }))
  `)

const routesOf = ({ routes }: ProjectModel): readonly string[] => routes.map(({ method, path }) => `${method} ${path}`)

function answers(model: ProjectModel, capability: Capability): readonly string[] {
  return model.routes.map((route) => `${route.path} ${protectsRoute(model, route, capability).answer}`)
}

const gapsOf = ({ scopes }: ProjectModel): readonly string[] => scopes.flatMap(({ gaps }) => gaps.map(({ why }) => why))

test('prefix, base route and route stand one behind the other; of several routes on one method the last one comes first', () => {
  const members =
    "@Get() list() { return [] } @Get('/a') @Get('/b') both() { return [] } @rc.Method('propfind', '/p') p() { return [] } @Get(/\\/x$/) x() { return [] }"
  expect(routesOf(boot("{ routePrefix: '/api' }", members))).toEqual([
    'GET /api/notes',
    'GET /api/notes/b',
    'GET /api/notes/a',
    'PROPFIND /api/notes/p',
    'GET /^\\/api\\/notes\\/x$\\/?$/',
  ])
  expect(routesOf(boot("{ routePrefix: 'v1' }", members))[0]).toBe('GET /v1/notes')
})

test.each([
  ['controllers of which nothing is known', '{ controllers: loadAll() }', 'routing-controllers registers routes that are not read'],
  ['globs that find nothing', "{ controllers: ['/srv/*.js'] }", 'routing-controllers registers routes that are not read'],
  ['a prefix that is not known', '{ routePrefix: process.env.PREFIX }', 'routing-controllers registers routes that are not read'],
  ['options that are not known', 'loadOptions()', 'routing-controllers registers routes and layers that are not read'],
  ['middleware that is not known', '{ middlewares: loadAll() }', 'routing-controllers registers routes and layers that are not read'],
])('%s: a gap', (_, options, why) => {
  for (const start of ['createExpressServer', 'useExpressServer'])
    expect(gapsOf(boot(options, '@Get() list() { return [] }', '', start))).toEqual([why])
})

const limiter = `@Middleware({ type: 'before' })
    class Limits {
      private limiter = rateLimit({ windowMs: 60000, limit: 5 })
      use(req: any, res: any, next: any) { return this.limiter(req, res, next) }
    }`

test('middleware before stands in front of all actions, unless its prefix has no slash', () => {
  const list = '@Get() list() { return [] }'
  expect(answers(boot('{}', list, limiter), 'rate-limit')).toEqual(['/notes yes'])
  expect(answers(boot("{ routePrefix: '/api' }", list, limiter), 'rate-limit')).toEqual(['/api/notes yes'])
  expect(answers(boot("{ routePrefix: 'api' }", list, limiter), 'rate-limit')).toEqual(['/api/notes no'])
  expect(answers(boot('{ middlewares: [Note] }', list, limiter), 'rate-limit')).toEqual(['/notes no'])
  expect(answers(boot('{}', `@UseBefore(rateLimit({ limit: 5 })) ${list}`), 'rate-limit')).toEqual(['/notes yes'])
})

test('actions are protected by what checks them', () => {
  const checker =
    '{ authorizationChecker: async (action: any, roles: string[]) => Boolean(await notes.findOne({ token: action.request.headers.authorization })) }'
  const user = '{ currentUserChecker: async ({ request }: any) => notes.findOne({ token: request.headers.authorization }) }'
  const list = 'list() { return [] }'
  expect(answers(boot(checker, `@Authorized() @Get() ${list}`), 'auth')).toEqual(['/notes yes'])
  expect(answers(boot(checker, `@Get() ${list}`), 'auth')).toEqual(['/notes no'])
  // Without a checker every request is refused.
  expect(answers(boot('{}', `@Authorized() @Get() ${list}`), 'auth')).toEqual(['/notes yes'])
  expect(answers(boot(user, '@Get() list(@CurrentUser({ required: true }) user: any) { return [] }'), 'auth')).toEqual(['/notes yes'])
  expect(answers(boot(user, '@Get() list(@CurrentUser() user: any) { return [] }'), 'auth')).toEqual(['/notes no'])
})

test('what an abstract controller has in front of its actions does not come along', () => {
  const base = "abstract class Base { @Authorized() @Get('/all') all() { return [] } }"
  const model = modelOf(`
    //- /src/app.ts
    import { Authorized, Get, JsonController, createExpressServer } from 'routing-controllers'
    ${base}
    @JsonController('/notes') class Notes extends Base {}
    @Authorized() @JsonController('/users') class Users extends Base {}
    createExpressServer({ authorizationChecker: ({ request }: any) => Boolean(request.headers.authorization === process.env.TOKEN) }).listen(3000)
  `)
  expect(answers(model, 'auth')).toEqual(['/notes/all no', '/users/all yes'])
})

test.each([
  ['a class with decorators', '{}', '@Body() note: Note', 'yes'],
  ['the class that is named', '{}', '@Body({ type: Note }) note: unknown', 'yes'],
  ['a class without decorators', '{}', '@Body() note: Bare', 'no'],
  ['no class', '{}', '@Body() note: any', 'no'],
  ['validation off', '{ validation: false }', '@Body() note: Note', 'no'],
  ['validation off, but not here', '{ validation: false }', '@Body({ validate: true }) note: Note', 'yes'],
  ['validation off here', '{}', '@Body({ validate: false }) note: Note', 'no'],
])('bodies are validated by their class: %s', (_, options, parameter, answer) => {
  const model = boot(options, `@Post() async add(${parameter}) { await notes.updateOne({}, { text: note.text }) }`)
  expect(answers(model, 'validation')).toEqual([`/notes ${answer}`])
})

test('what actions and middleware of classes reject with, the package takes', () => {
  const rejecting = 'await notes.find()'
  const before = `@Middleware({ type: 'before' }) class Loads { async use(req: any, res: any, next: any) { ${rejecting}; next() } }`
  const plain = `const loads = async (req: any, res: any, next: any) => { ${rejecting}; next() }`
  const list = `@Get() async list() { return ${rejecting} }`
  expect(openHandlers(boot('{}', list, before))).toEqual([])
  expect(openHandlers(boot('{}', `@UseBefore(loads) ${list}`, plain)).map(({ what }) => what)).toEqual(['GET /notes'])
})

test('decorators that the project makes of those of the package', () => {
  const more = `const Limited = () => UseBefore(rateLimit({ limit: 5 }))
    const Token = () => createParamDecorator({ required: true, value: ({ request }) => request.headers.authorization })`
  const model = boot('{}', '@Limited() @Get() list(@Token() token: string) { return notes.find({ token }) }', more)
  expect(answers(model, 'rate-limit')).toEqual(['/notes yes'])
})
