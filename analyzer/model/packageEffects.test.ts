// What options take away from middleware of packages.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from './queries.js'

test.each([
  ["{ secret, algorithms: ['HS256'] }", 'yes'],
  ["{ secret, algorithms: ['HS256'], credentialsRequired: true }", 'yes'],
  ["{ secret, algorithms: ['HS256'], credentialsRequired: false }", 'no'],
])('express-jwt(%s) asks who is there: %s', (options, expected) => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const { expressjwt } = require('express-jwt')
    const app = express()
    app.use(expressjwt(${options}))
    app.get('/orders', (req, res) => res.json([]))
    app.listen(3000)
  `)
  expect(model.routes.map((route) => protectsRoute(model, route, 'auth').answer)).toEqual([expected])
})
