// Which routes for all methods are layers by another name.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsApp } from './queries.js'

test('routes that pass every request on need no limiter of their own', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const cors = require('cors')
    const { rateLimit } = require('express-rate-limit')
    const app = express()
    app.all('/{*rest}', cors())
    app.all('/api/{*rest}', (req, res, next) => (req.get('authorization') ? next() : res.sendStatus(401)))
    app.all('/cached', (req, res, next) => (req.query.fresh ? next() : res.json({})))
    app.all('/gone', (req, res) => res.sendStatus(410))
    app.get('/passed', (req, res, next) => next())
    app.use(rateLimit({ limit: 100 }))
    app.get('/items', (req, res) => res.json({}))
    app.listen(3000)
  `)
  const [app] = model.apps
  const { covered, uncovered } = protectsApp(model, app as NonNullable<typeof app>, 'rate-limit')
  expect(covered.map(({ path }) => path)).toEqual(['/items'])
  expect(uncovered.map(({ path }) => path)).toEqual(['/cached', '/gone', '/passed'])
})
