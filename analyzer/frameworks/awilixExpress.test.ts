// Controllers of awilix-express: paths and middleware of builders and decorators, what the container makes, and what stays unseen.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { openHandlers } from '../model/errors/asyncHandlers.js'
import { chainText } from '../model/chainText.js'
import type { ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'

const boot = (files: string, routes: string): ProjectModel =>
  modelOf(`
    //- /package.json
    { "scripts": { "start": "node src/app.js" }, "dependencies": { "express": "^4.21.0", "awilix": "^10.0.0", "awilix-express": "^9.0.0" } }
    //- /src/app.js
    const express = require('express')
    const { asFunction, createContainer } = require('awilix')
    const { controller, createController, inject, loadControllers, makeInvoker, scopePerRequest } = require('awilix-express')
    const { check, first, second } = require('./check')
    const container = createContainer()
    container.register({ notes: asFunction(() => ({ all: (res) => res.json([]) })).singleton() })
    const app = express()
    app.use(scopePerRequest(container))
    ${routes}
    app.listen(3000)
    //- /src/check.js
    exports.check = function check(req, res, next) { if (!req.headers.authorization) return res.status(401).end(); next() }
    exports.first = function first(req, res, next) { next() }
    exports.second = function second(req, res, next) { next() }
    ${files}
  `)

const routesOf = (model: ProjectModel): readonly string[] =>
  model.routes.map((route) => `${route.method} ${route.path}: ${chainText(route).replace('awilix-express.scopePerRequest(…) → ', '')}`)
const gapsOf = ({ scopes }: ProjectModel): readonly string[] => scopes.flatMap(({ gaps }) => gaps.map(({ why }) => why))

const api = `const api = ({ notes }) => ({
      list: async (req, res) => notes.all(res),
      add: async (req, res) => { throw new Error('no') },
    })`

test('a builder: every prefix with every path of a method, and what all methods have in front comes first', () => {
  const model = boot(
    '',
    `${api}
    app.use('/api', controller(createController(api).prefix('/a').get('', 'list').get('/two', 'list', { before: [second] })
      .before([first]).post('/add', 'add', { before: check, after: [second] }).prefix('/b')))`,
  )
  expect(routesOf(model)).toEqual([
    'GET /api/a: first → second → list',
    'GET /api/a/two: first → second → list',
    'GET /api/b: first → second → list',
    'GET /api/b/two: first → second → list',
    'POST /api/a/add: first → check → add → second',
    'POST /api/b/add: first → check → add → second',
  ])
  expect(model.routes.map((route) => protectsRoute(model, route, 'auth').answer)).toEqual(['no', 'no', 'no', 'no', 'yes', 'yes'])
  // What the container has is known to the handlers, and what they throw goes to next.
  expect(
    model.routes.map(({ handler }) => (handler?.kind === 'function' ? model.summaryOf(handler).calls.length > 0 : null)),
  ).not.toContain(null)
  expect(openHandlers(model)).toEqual([])
  expect(gapsOf(model)).toEqual([])
})

test('decorators: from the bottom up, those of the class behind those of methods, with what an ancestor says', () => {
  const model = boot(
    `//- /src/api/notes.ts
    import { before, GET, POST, route, verbs } from 'awilix-express'
    import { check, first, second } from '../check'
    @route('/notes')
    @before([first])
    @before(second)
    export class Notes {
      constructor({ notes }) { this.notes = notes }
      @route('/') @GET() async list(req, res) { this.notes.all(res) }
      helper() {}
    }
    @route('/more')
    export class More extends Notes {
      @route('/add') @POST() @before([check]) add(req, res) { res.json({}) }
    }
    export class None {}`,
    "app.use(loadControllers('api/*.js', { cwd: __dirname }))",
  )
  expect(routesOf(model)).toEqual([
    'GET /notes: second → first → list',
    'GET /more: second → first → list',
    'POST /notes/add: second → first → check → add',
    'POST /more/add: second → first → check → add',
    // A class that extends a controller has its routes once more, behind it.
    'GET /notes: second → first → list → second → first → list',
  ])
  expect(gapsOf(model)).toEqual([])
})

test('a method without any path answers all, one without a verb nothing; classes that say nothing are no controllers', () => {
  expect(
    routesOf(
      boot(
        '',
        "app.use('/bare', controller([createController(() => ({ one: (req, res) => res.json(1) })).all('/one', 'one').prefix('/x'), class {}]))",
      ),
    ),
  ).toEqual(['ALL /bare/x/one: one'])
  const bare = boot(
    `//- /src/bare.ts
    import { GET, route } from 'awilix-express'
    export class Bare { @GET() all(req, res) { res.json({}) } @route('/x') none(req, res) { res.json({}) } }`,
    "app.use('/bare', controller(require('./bare').Bare))",
  )
  expect(routesOf(bare)).toEqual(['GET /bare/*: all'])
})

test('invokers, and middleware that is made with what the container has', () => {
  const model = boot(
    '',
    `${api}
    app.get('/list', inject(({ notes }) => function counted(req, res, next) { next() }), makeInvoker(api)('list'))`,
  )
  expect(routesOf(model)).toEqual(['GET /list: counted → list'])
  expect(openHandlers(model)).toEqual([])
})

test('what is not known is a gap, which the controllers that are known do not make', () => {
  expect(gapsOf(boot('', 'app.use(loadControllers(process.env.CONTROLLERS))'))).toEqual([
    'awilix-express registers routes that are not read',
  ])
  expect(gapsOf(boot('', "app.use(loadControllers('nothing/*.js'))"))).toHaveLength(1)
  expect(gapsOf(boot('', 'app.use(controller(require(process.env.CONTROLLER)))'))).toHaveLength(1)
})
