// Lists and objects that lodash goes through give the routes that loops of the language would.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'

function routesOf(code: string): readonly string[] {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4", "lodash": "4", "lodash.foreach": "4" } }
    //- /server.js
    const _ = require('lodash')
    const app = require('express')()
    const answer = (req, res) => res.end()
    const table = { list: { method: 'GET', url: '/all' }, add: { method: 'POST', url: '/new' } }
    ${code}
    app.listen(3000)`)
  return routes.map(({ method, path }) => `${method} ${path}`)
}

const BOTH = ['GET /all', 'POST /new']

test.each([
  '_.each(table, ({ method, url }) => { app[method.toLowerCase()](url, answer) })',
  "require('lodash.foreach')(table, ({ method, url }) => { app[method.toLowerCase()](url, answer) })",
  '_.forOwn(table, (one, name) => { app[table[name].method.toLowerCase()](one.url, answer) })',
  '_.each(_.values(table), ({ method, url }) => { app[method.toLowerCase()](url, answer) })',
  '_.each(_.toPairs(table), ([name, one]) => { app[one.method.toLowerCase()](one.url, answer) })',
  '_.each(_.map(table, (one) => one.url), (url, index) => { app[index === 0 ? "get" : "post"](url, answer) })',
  '_.reduce(_.keys(table), (made, name) => made[table[name].method.toLowerCase()](table[name].url, answer), app)',
])('%s', (code) => {
  expect(routesOf(code)).toEqual(BOTH)
})

test('what is left out is no route, and a list is given back as it was', () => {
  expect(routesOf("_.each(_.filter(table, 'public'), ({ url }) => { app.get(url, answer) })")).toEqual(['GET *'])
  expect(
    routesOf("for (const one of _.each(_.filter(_.values(table), ({ method }) => method === 'GET'), () => {})) app.get(one.url, answer)"),
  ).toEqual(['GET /all'])
})

test.each([
  "app.get('/a', _.compact([null, limit, auth]), answer)",
  "app.get('/a', _.flatten([[limit], auth]), answer)",
  "app.get('/a', _.flattenDeep([[[limit]], [auth]]), answer)",
  "app.get('/a', _.concat([], limit, [auth]), answer)",
  "app.get('/a', _.union([limit], [limit, auth]), answer)",
  "app.get('/a', _.uniq([limit, limit, auth]), answer)",
  "app.get('/a', _.castArray([limit, auth]), answer)",
  "app.get('/a', _.castArray(limit), auth, answer)",
  "app.get('/a', _.drop([answer, limit, auth]), answer)",
  "app.get('/a', _.tail([answer, limit, auth]), answer)",
])('layers of a list: %s', (code) => {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4", "lodash": "4" } }
    //- /server.js
    const _ = require('lodash')
    const app = require('express')()
    const limit = (req, res, next) => next()
    const auth = (req, res, next) => next()
    const answer = (req, res) => res.end()
    ${code}
    app.listen(3000)`)
  expect(routes[0]?.chain.map(({ value }) => (value.kind === 'function' ? value.facts.name : value.kind))).toEqual([
    'limit',
    'auth',
    'answer',
  ])
})

test('what a way leads to is not known, and the object is another one than before', () => {
  expect(routesOf("const made = {}; _.set(made, 'url', '/all'); app.get(made.url, answer)")).toEqual(['GET /all'])
  expect(routesOf("const made = { url: '/all' }; _.set(made, process.argv[2], '/x'); if (made.also) app.get('/also', answer)")).toEqual([
    'GET /also',
  ])
})
