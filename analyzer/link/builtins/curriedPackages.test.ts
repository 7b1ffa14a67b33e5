// Routes that ramda and lodash/fp register by going through lists and objects.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'

function routesOf(code: string): readonly string[] {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4", "lodash": "4", "ramda": "0.30" } }
    //- /server.js
    const R = require('ramda')
    const fp = require('lodash/fp')
    const express = require('express')
    const app = express()
    const answer = (req, res) => res.end()
    const paths = ['/a', '/b']
    const table = { '/a': answer, '/b': answer }
    ${code}
    app.listen(3000)`)
  return routes.map(({ method, path }) => `${method} ${path}`)
}

test.each([
  'R.forEach((path) => app.get(path, answer), paths)',
  'R.forEach((path) => app.get(path, answer))(paths)',
  'R.map((path) => app.get(path, answer), paths)',
  "const { forEachObjIndexed } = require('ramda'); forEachObjIndexed((handler, path) => app.get(path, handler), table)",
  "R.forEach(({ path }) => app.get(path, answer), R.map((name) => ({ path: '/' + name }), ['a', 'b']))",
  "R.pipe(R.map((name) => '/' + name), R.forEach((path) => app.get(path, answer)))(['a', 'b'])",
  "R.compose(R.forEach((path) => app.get(path, answer)), R.filter((path) => path !== '/c'))(['/a', '/b', '/c'])",
  "R.pipe(R.tap((one) => one.get('/a', answer)), (one) => one.get('/b', answer))(app)",
  'R.reduce((one, path) => one.get(path, answer), app, paths)',
  'R.reduce((one, path) => one.get(path, answer))(app)(paths)',
  'fp.forEach((path) => app.get(path, answer), paths)',
  'R.forEach((path) => app.get(path, answer), Object.values(R.map((one) => one.path, { a: { path: "/a" }, b: { path: "/b" } })))',
  'fp.forEach((path) => app.get(path, answer), fp.map((one) => one.path, { a: { path: "/a" }, b: { path: "/b" } }))',
  "fp.flow(fp.map((name) => '/' + name), fp.each((path) => app.get(path, answer)))(['a', 'b'])",
])('%s', (code) => {
  expect(routesOf(code)).toEqual(['GET /a', 'GET /b'])
})

test('what is not called registers nothing', () => {
  expect(routesOf('R.forEach((path) => app.get(path, answer)); app.get("/only", answer)')).toEqual(['GET /only'])
})
