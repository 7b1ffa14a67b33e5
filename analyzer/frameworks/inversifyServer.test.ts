// Controllers of inversify-express-utils: paths, order, middleware of the container, and what is sent.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { openHandlers } from '../model/errors/asyncHandlers.js'
import { errorLeaks } from '../model/errors/errorLeaks.js'
import type { ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'

const boot = (controllers: string, bindings = '', server = 'new InversifyExpressServer(container)'): ProjectModel =>
  modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "inversify-express-utils": "^6.4.0" } }
    //- /src/app.ts
    import 'reflect-metadata'
    import express from 'express'
    import rateLimit from 'express-rate-limit'
    import { Container } from 'inversify'
    import { BaseHttpController, BaseMiddleware, InversifyExpressServer, controller, httpGet, httpHead, httpMethod, httpPost, requestBody, withMiddleware } from 'inversify-express-utils'
    import { notes } from './notes'
    const container = new Container()
    ${bindings}
    ${controllers}
    ${server}.build().listen(3000)
    //- /src/notes.ts
    import mongoose from 'mongoose'
    export const notes = mongoose.model('Note', new mongoose.Schema({ text: String }))
  `)

const routesOf = ({ routes }: ProjectModel): readonly string[] => routes.map(({ method, path }) => `${method} ${path}`)

test('what was declared last comes first, with paths that begin with a slash and end without one', () => {
  const model = boot(
    `@controller('notes/') class Notes { @httpGet('/') list() { return [] } @httpHead(':id/') head() {} @httpMethod('patch', '/:id') patch() {} }
    @controller('/users') class Users { @httpGet('/me') me() { return {} } }`,
    '',
    "new InversifyExpressServer(container, null, { rootPath: '/api' })",
  )
  expect(routesOf(model)).toEqual(['GET /api/users/me', 'HEAD /api/notes/:id', 'GET /api/notes', 'PATCH /api/notes/:id'])
})

test('middleware stands in front of a class and of a method, as it is or under a key of the container', () => {
  const key = `class ApiKey extends BaseMiddleware {
      handler(req: any, res: any, next: any) { if (req.headers['x-api-key'] !== process.env.API_KEY) return res.sendStatus(401); next() }
    }
    container.bind('ApiKey').to(ApiKey)
    container.bind('limit').toConstantValue(rateLimit({ limit: 5 }))`
  const answers = (code: string, capability: 'auth' | 'rate-limit'): readonly string[] => {
    const model = boot(code, key)
    return model.routes.map((route) => protectsRoute(model, route, capability).answer)
  }
  const two = (given: string, members = ''): string =>
    `@controller('/notes'${given}) class Notes { @httpGet('/', 'ApiKey') list() { return [] } @httpPost('/') ${members} add() { return {} } }`
  expect(answers(two(''), 'auth')).toEqual(['yes', 'no'])
  expect(answers(two(", 'ApiKey'"), 'auth')).toEqual(['yes', 'yes'])
  expect(answers(two(', rateLimit({ limit: 5 })'), 'rate-limit')).toEqual(['yes', 'yes'])
  expect(answers(two('', "@withMiddleware('limit')"), 'rate-limit')).toEqual(['no', 'yes'])
  expect(answers(`${two('').replace('class Notes', "@withMiddleware('limit') class Notes")}`, 'rate-limit')).toEqual(['yes', 'yes'])
})

test('what a method throws goes on; what middleware of the container rejects with goes nowhere', () => {
  const slow = `class Slow extends BaseMiddleware { async handler(req: any, res: any, next: any) { await notes.find(); next() } }
    container.bind('slow').to(Slow)`
  const list = "@httpGet('/') async list() { return await notes.find() }"
  expect(openHandlers(boot(`@controller('/notes') class Notes { ${list} }`))).toEqual([])
  expect(openHandlers(boot(`@controller('/notes', 'slow') class Notes { ${list} }`, slow))).toHaveLength(1)
})

test('results of a base controller are answers', () => {
  const leaksOf = (answer: string): number =>
    errorLeaks(
      boot(
        `@controller('/notes') class Notes extends BaseHttpController {
          @httpPost('/') async add(@requestBody() body: any) { try { await notes.create({ text: body.text }); return this.ok() } catch (error) { return ${answer} } }
        }`,
      ),
    ).length
  expect(leaksOf('this.json({ error: error.message }, 500)')).toBe(1)
  expect(leaksOf("this.json({ error: 'failed' }, 500)")).toBe(0)
  expect(leaksOf('this.internalServerError()')).toBe(0)
})
