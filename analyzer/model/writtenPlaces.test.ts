// Routes that a loop registers have the places of the rows that make them.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { rangeOf } from '../check/range.js'
import { writtenPlaceOf } from './writtenPlaces.js'

const placesIn = (files: string): readonly string[] => {
  const model = modelOf(files)
  return model.routes.map((route) => {
    const at = writtenPlaceOf(model, route)
    return `${route.path} ${at === null ? 'its line' : `${at.file}:${rangeOf(model.files, at).start.line}`}`
  })
}

test('rows of a table, and keys or handlers of an object', () => {
  const places = placesIn(`
    //- /app.js
    import express from 'express'
    import { table, byPath } from './table.js'
    const app = express()
    for (const row of table) app[row.method](row.path, row.handler)
    for (const [path, handler] of Object.entries(byPath)) app.get(path, handler)
    app.listen(3000)
    //- /table.js
    const list = (req, res) => res.json([])
    export const table = [
      { method: 'get', path: '/items', handler: list },
      { method: 'post', path: '/items/:id', handler: list },
    ]
    export const byPath = {
      '/a': (req, res) => res.json({}),
      '/b': (req, res) => res.json({}),
    }
  `)
  expect(places).toEqual(['/items table.js:3', '/items/:id table.js:4', '/a table.js:7', '/b table.js:8'])
})

test('a line that says itself what it registers', () => {
  const places = placesIn(`
    //- /app.js
    import express from 'express'
    const app = express()
    const page = (req, res) => res.json({})
    const router = express.Router()
    router.get('/a', page)
    app.use('/one', router)
    app.use('/two', router)
    app.get(['/b', '/c'], page)
    const fill = (one) => {
      one.get('/e', (req, res) => res.json({}))
      return one
    }
    app.use('/three', fill(express.Router()))
    app.use('/four', fill(express.Router()))
    app.route('/d').get(page).post(page)
    app.listen(3000)
  `)
  expect(places.every((place) => place.endsWith(' its line'))).toBe(true)
  expect(places).toHaveLength(8)
})
