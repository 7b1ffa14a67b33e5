// Applications and routers behind `new Proxy`.
import { expect, test } from 'vitest'
import { routesOf } from '../../model/queries.js'
import { modelOf } from '../../../testing/model.js'

const routesAndGaps = (code: string): unknown => {
  const model = modelOf(`//- /app.js
const express = require('express')
${code}
app.listen(3000)`)
  return [
    model.apps.flatMap((app) => routesOf(model, app).map(({ method, path }) => `${method} ${path}`)),
    model.scopes.flatMap(({ gaps }) => gaps.map(({ why }) => why)),
  ]
}

test('an application whose members are looked at on their way is that application', () => {
  expect(
    routesAndGaps(`const traced = (target) => new Proxy(target, { get: (one, key) => { console.log(key); return Reflect.get(one, key) } })
const app = traced(express())
app.get('/items', (req, res) => res.json([]))`),
  ).toEqual([['GET /items'], []])
})

test.each(['{ apply: (target, self, args) => Reflect.apply(target, self, args) }', 'require(process.env.TRAPS)'])(
  'requests to a router may be refused by traps: %s',
  (traps) => {
    expect(
      routesAndGaps(`const app = express()
const router = express.Router()
router.post('/login', (req, res) => res.json({}))
app.use('/api', new Proxy(router, ${traps}))`),
    ).toEqual([['POST /api/login'], ['requests go through a Proxy']])
  },
)

test('a proxy of anything else may give whatever is asked of it', () => {
  expect(
    routesAndGaps(`const app = express()
const routes = new Proxy({ login: '/login' }, { get: (one, key) => '/' + key })
app.get(routes.items, (req, res) => res.json([]))`),
  ).toEqual([['GET *'], []])
})
