// Registrations that are known in part, and what is said of them.
import { expect, test } from 'vitest'
import { noticesOf } from '../notices.js'
import { modelOf } from '../../testing/model.js'
import { partlyKnownRegistrations } from './partlyKnown.js'

const said = (code: string): readonly string[] => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const page = (req, res) => res.json({})
    ${code}
    app.listen(3000)
  `)
  return partlyKnownRegistrations(model).map(({ why, mayHideRoutes }) => `${why}${mayHideRoutes ? '' : ', hides nothing'}`)
}

test.each([
  ['app[process.env.METHOD]("/a", page)', 'the method of this registration is computed'],
  ['const router = express.Router()\nrouter[process.env.METHOD](page)\napp.use(router)', 'the method of this registration is computed'],
  ['for (const row of JSON.parse(process.env.ROWS)) app.get(row.path, page)', 'it is repeated for items that are not known'],
  ['require("pg").rows().forEach((row) => app.get(`/v1/${row.name}`, page))', 'it is repeated for items that are not known'],
  ['app.use("/plugins", require(process.env.PLUGIN))', 'what it mounts is not known'],
  ['app.get(process.env.METRICS_PATH, page)', 'its path is computed, hides nothing'],
])('%s', (code, why) => {
  expect(said(code)).toEqual([why])
})

test('nothing is said of registrations that are understood', () => {
  expect(
    said(`
      for (const method of ['get', 'post']) app[method]('/a', page)
      for (const [path, handler] of Object.entries({ '/b': page })) app.get(path, handler)
      for (const peer of JSON.parse(process.env.PEERS)) app.get('/peer', page)
      app.use('/c', express.Router().get('/', page))
      if (process.env.NODE_ENV === 'development') app[process.env.METHOD]('/d', page)
    `),
  ).toEqual([])
})

test('a route of a computed method is a route of every method, and the run warns', () => {
  const model = modelOf(`
    //- /app.js
    const app = require('express')()
    app[process.env.METHOD]('/a', (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(model.routes.map(({ method, path }) => `${method} ${path}`)).toEqual(['ALL /a'])
  expect(noticesOf(model, model.files).map(({ kind, isWarning, message }) => ({ kind, isWarning, message }))).toEqual([
    {
      kind: 'partly-known',
      isWarning: true,
      message:
        'A registration is known in part, so routes may be missing here: app.js:2 (the method of this registration is computed). `parapet routes --unreached` lists all.',
    },
  ])
})
