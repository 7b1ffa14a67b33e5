// The wording of what a running application registered.
import { expect, test } from 'vitest'
import { recordedRoutes } from './recordedRoutes.js'
import { recordedScopes } from './recordedScopes.js'
import { startApplication } from './start.js'
import type { Fixture } from './fixture.js'

const inline: Fixture = { title: '', entry: 'server.js', express: [5], requests: [], probes: { flood: '/' } }
const server = `const { Router, ...express } = require('express')
const app = require('express')()
const make = () => Router()
const [outer, inner] = [make(), make()]
inner.param('id', (req, res, next) => next())
inner.route('/:id').get((req, res) => res.end()).all([(req, res, next) => next()], (req, res) => res.end())
outer.use(['/a', '/b/'], (req, res, next) => next(), inner)
app.use('/api', outer)
app.use(inner)
app.listen(3000)
`

test('scopes are named by the place that makes them, and what route() made counts on its router', async () => {
  const running = await startApplication(
    new Map([
      ['package.json', '{ "dependencies": { "express": "*" } }'],
      ['server.js', server],
    ]),
    { express: 5, fixture: inline },
  )
  await running.stop()
  expect(recordedScopes(running.recorded)).toEqual({
    'app server.js:2': ['use /api server.js:8 → router server.js:3', 'use server.js:9 → router server.js:3 #2'],
    'router server.js:3': ['use /a | /b/ server.js:7 +1 → router server.js:3 #2'],
    'router server.js:3 #2': ['param server.js:5 +1', 'GET /:id server.js:6 +1', 'ALL /:id server.js:6 +2'],
  })
  expect(recordedRoutes(running.recorded).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/a/:id',
    'ALL /api/a/:id',
    'GET /api/b/:id',
    'ALL /api/b/:id',
    'GET /:id',
    'ALL /:id',
  ])
})
