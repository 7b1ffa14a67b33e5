// Callbacks for path parameters in the chains of routes, and what they are run with.
import { expect, test } from 'vitest'
import { behaviourOf } from '../model/behaviour.js'
import { modelOf } from '../../testing/model.js'

const model = modelOf(`
  //- /app.js
  const express = require('express')
  const app = express()
  const router = express.Router()
  router.param('id', (req, res, next, id) => {
    if (id === '') return res.status(400).json({ error: 'bad id' })
    next()
  })
  router.param(['year', 'month'], (req, res, next, value) => next())
  router.get('/', (req, res) => res.end())
  router.get('/:id', (req, res) => res.end())
  router.get('/:identity', (req, res) => res.end())
  router.get('/:year/:month/:id?', (req, res) => res.end())
  app.use('/books', router)
  app.listen(3000)
`)

test('they stand in front of routes with the parameter alone', () => {
  expect(model.routes.map(({ path, chain }) => [path, chain.length - 1])).toEqual([
    ['/books', 0],
    ['/books/:id', 1],
    ['/books/:identity', 0],
    ['/books/:year/:month/:id?', 2],
  ])
})

// Run with Express 4.22 and 5.3: callbacks of an application do not run for parameters of the routers that it mounts.
test('they wait for parameters of their own router alone', () => {
  const { routes } = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const router = express.Router()
    const pages = express.Router({ mergeParams: true })
    app.param('id', (req, res, next, id) => (id === '' ? res.sendStatus(400) : next()))
    router.get('/:id', (req, res) => res.end())
    pages.get('/all', (req, res) => res.end())
    app.use('/books', router)
    app.use('/authors/:id', pages)
    app.route('/shops/:id').get((req, res) => res.end())
    app.listen(3000)
  `)
  expect(routes.map(({ path, chain }) => [path, chain.length - 1])).toEqual([
    ['/books/:id', 0],
    ['/authors/:id/all', 1],
    ['/shops/:id', 1],
  ])
})

test('four parameters make no error middleware of them', () => {
  const [callback] = model.routes[1]?.chain ?? []
  const fn = callback?.value.kind === 'function' ? callback.value : null
  expect(fn && behaviourOf(model, fn).map(({ capability }) => capability)).toEqual([])
  expect(fn && model.summaryOf(fn).parameters.map((one) => (one.kind === 'parameter' ? one.role : one.kind))).toEqual([
    'request',
    'response',
    'next',
    'unknown',
  ])
})
