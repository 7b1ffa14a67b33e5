// Layers of which nothing is known, and what is said of them.
import { expect, test } from 'vitest'
import { noticesOf } from '../notices.js'
import { modelOf } from '../../testing/model.js'
import type { ProjectModel } from './model.js'
import { unreadInFront, unreadLayers } from './unread.js'

const withLayer = (code: string): ProjectModel =>
  modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    ${code}
    app.get('/a', (req, res) => res.json({}))
    app.listen(3000)
  `)

test.each([
  'app.use(require(process.env.PLUGIN))',
  'app.use(globalThis.security)',
  'const registry = new Map()\nexports.add = (name, one) => registry.set(name, one)\napp.use(registry.get(process.env.NAME))',
  "const { guard } = require('./generated/guard')\napp.use(guard)",
  "const { guard } = require('./generated/guard')\napp.use((req, res, next) => guard(req, res, next))",
  'const load = async (name) => (await import(name)).default()\nload(process.env.PLUGIN).then((mw) => app.use((req, res, next) => mw(req, res, next)))',
])('%s', (code) => {
  const model = withLayer(code)
  expect(unreadLayers(model)).toHaveLength(1)
  expect(noticesOf(model, model.files).map(({ kind, isWarning }) => [kind, isWarning])).toEqual([['unread-layer', true]])
})

test.each([
  "app.use(require('helmet')())",
  "const limit = require('express-rate-limit').rateLimit()\napp.use((req, res, next) => limit(req, res, next))",
  'const guard = (req, res, next) => next()\napp.use((req, res, next) => guard(req, res, next))',
  "const morgan = require('morgan')\napp.use((req, res, next) => morgan('tiny')(req, res, next))",
  'app.use((req, res, next) => { globalThis.counter.add(1); next() })',
  "app.use(require('acme-guard')())",
])('nothing is said of %s', (code) => {
  const model = withLayer(code)
  expect(unreadLayers(model)).toEqual([])
  expect(noticesOf(model, model.files).filter(({ kind }) => kind === 'unread-layer')).toEqual([])
})

test('a layer stands in front of what comes after it alone', () => {
  const model = withLayer("app.get('/before', (req, res) => res.json({}))\napp.use(globalThis.security)")
  expect(model.routes.map((route) => [route.path, unreadInFront(model, route).length])).toEqual([
    ['/before', 0],
    ['/a', 1],
  ])
})
