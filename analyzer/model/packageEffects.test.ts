// What options take away from middleware of packages.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { limitText } from './limits/limits.js'
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

test('express-brute takes its numbers where it is made', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const Brute = require('express-brute')
    const brute = new Brute(new Brute.MemoryStore(), { freeRetries: 5, minWait: 60_000 })
    const app = express()
    app.post('/login', brute.getMiddleware({ key: (req, res, next) => next(req.body.email) }), (req, res) => res.json({}))
    app.listen(3000)
  `)
  const limits = model.routes.flatMap((route) =>
    protectsRoute(model, route, 'rate-limit').links.map(({ effect }) => limitText(model, effect)),
  )
  expect(limits).toEqual(['5 per 1 min'])
})

test.each([
  ['3.23.3', 'helmet()', 'no', 'x-content-type-options x-frame-options strict-transport-security'],
  ['3.23.3', 'helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["\'self\'"] } } })', 'yes', 'content-security-policy'],
  ['4.6.0', 'helmet()', 'yes', 'content-security-policy'],
  ['4.6.0', 'helmet({ contentSecurityPolicy: false })', 'no', 'strict-transport-security'],
])('helmet %s: what %s sends of a policy: %s', (version, code, expected, sent) => {
  const model = modelOf(`
    //- /app.js
    const app = require('express')()
    const helmet = require('helmet')
    app.use(${code})
    app.get('/', (req, res) => res.json([]))
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^4.18.2", "helmet": "${version}" } }
  `)
  const [route] = model.routes
  if (route === undefined) throw new Error('no route')
  expect(protectsRoute(model, route, 'csp').answer).toBe(expected)
  expect(protectsRoute(model, route, 'security-headers').headers).toEqual(expect.arrayContaining(sent.split(' ')))
})
