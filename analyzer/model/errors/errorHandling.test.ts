// Which error middleware a route's errors reach, and whether X-Powered-By does.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { errorLayersOf } from './errorHandling.js'
import type { ProjectModel, Route } from '../model.js'
import { isDisabled } from '../headers/poweredBy.js'
import { protectsRoute } from '../queries.js'

function boot(code: string): { readonly model: ProjectModel; readonly route: (path: string) => Route } {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const helmet = require('helmet')
const app = express()
const ok = (req, res) => res.json({ ok: true })
const answer = (err, req, res, next) => res.status(500).json({ error: 'Internal Server Error' })
${code}
app.listen(1)
`)
  const route = (path: string): Route => {
    const found = model.routes.find((one) => one.path === path)
    if (found === undefined) throw new Error(`no route ${path}`)
    return found
  }
  return { model, route }
}

function handled(code: string, path = '/x'): string {
  const { model, route } = boot(code)
  const protection = protectsRoute(model, route(path), 'error-handler')
  return `${protection.answer}${protection.isConditional ? '?' : ''} ${protection.confidence}`
}

test('error middleware counts after the route, not before', () => {
  expect(handled("app.get('/x', ok)\napp.use(answer)")).toBe('yes high')
  expect(handled("app.use(answer)\napp.get('/x', ok)")).toBe('no high')
  expect(handled("app.get('/x', ok)")).toBe('no high')
})

test('errors of routers reach layers after their mount, and layers of their own', () => {
  expect(handled("const router = express.Router()\nrouter.get('/x', ok)\napp.use('/api', router)\napp.use(answer)", '/api/x')).toBe(
    'yes high',
  )
  expect(handled("const router = express.Router()\nrouter.get('/x', ok)\nrouter.use(answer)\napp.use('/api', router)", '/api/x')).toBe(
    'yes high',
  )
  expect(
    handled(
      "const router = express.Router()\nconst other = express.Router()\nother.use(answer)\nrouter.get('/x', ok)\napp.use('/api', router)\napp.use('/other', other)",
      '/api/x',
    ),
  ).toBe('no high')
})

test('a path must cover the route', () => {
  expect(handled("app.get('/x', ok)\napp.use('/api', answer)")).toBe('no high')
  expect(handled("app.get('/api/x', ok)\napp.use('/api', answer)", '/api/x')).toBe('yes high')
})

test('logging and passing on is no answer; wrong arity is none', () => {
  expect(handled("app.get('/x', ok)\napp.use((err, req, res, next) => { console.error(err); next(err) })")).toBe('no high')
  expect(handled("app.get('/x', ok)\napp.use((err, req, res) => res.status(500).end())")).toBe('no high')
})

test('conditions, unknown layers and unlisted packages', () => {
  expect(handled("app.get('/x', ok)\nif (process.env.FLAG) app.use(answer)")).toBe('yes? high')
  expect(handled("app.get('/x', ok)\napp.use(require(process.env.PLUGIN))")).toBe('unknown medium')
  expect(handled("app.get('/x', ok)\napp.use(require('unlisted-errors')())")).toBe('no medium')
  expect(handled("app.get('/x', ok)\napp.use(require('errorhandler')())")).toBe('yes high')
})

test('layers after a route in order, innermost scope first', () => {
  const { model, route } = boot(
    "const router = express.Router()\nrouter.get('/x', ok)\nrouter.use((err, req, res, next) => next(err))\napp.use('/api', router)\napp.use(answer)",
  )
  expect(errorLayersOf(model, route('/api/x')).map(({ effect }) => effect?.capability ?? null)).toEqual([null, 'error-handler'])
})

function hidden(code: string, path = '/x'): string {
  const { model, route } = boot(code)
  const { answer, by, isConditional } = protectsRoute(model, route(path), 'hide-powered-by')
  return `${answer}${isConditional ? '?' : ''} ${by}`
}

test('X-Powered-By is hidden by the setting or by middleware in front', () => {
  expect(hidden("app.disable('x-powered-by')\napp.get('/x', ok)")).toBe('yes settings')
  expect(hidden("app.set('x-powered-by', false)\napp.get('/x', ok)")).toBe('yes settings')
  expect(hidden("app.use(helmet())\napp.get('/x', ok)")).toBe('yes code')
  expect(hidden("app.get('/x', ok)\napp.use(helmet())")).toBe('no null')
  expect(hidden("app.use(helmet({ hidePoweredBy: false }))\napp.get('/x', ok)")).toBe('no null')
  expect(hidden("if (process.env.HIDE) app.disable('x-powered-by')\napp.get('/x', ok)")).toBe('yes? settings')
})

test('a mounted application brings the header back, a router does not', () => {
  const mount = "const sub = express()\nsub.get('/x', ok)\n"
  expect(hidden(`${mount}app.use(helmet())\napp.use('/s', sub)`, '/s/x')).toBe('no null')
  expect(hidden(`${mount}app.disable('x-powered-by')\napp.use('/s', sub)`, '/s/x')).toBe('no null')
  expect(hidden(`${mount}sub.disable('x-powered-by')\napp.disable('x-powered-by')\napp.use('/s', sub)`, '/s/x')).toBe('yes settings')
  expect(hidden(`${mount}sub.disable('x-powered-by')\napp.use('/s', sub)`, '/s/x')).toBe('no null')
  expect(hidden("const router = express.Router()\nrouter.get('/x', ok)\napp.use(helmet())\napp.use('/s', router)", '/s/x')).toBe('yes code')
})

test('the last write of the setting decides', () => {
  const { model } = boot("app.disable('x-powered-by')\napp.enable('x-powered-by')\napp.get('/x', ok)")
  expect(model.apps[0] && isDisabled(model.apps[0].scope)).toBe('no')
})
