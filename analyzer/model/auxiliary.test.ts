// Servers beside the real one are told from it by what they serve and by who closes them.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { auxiliaryKind } from './auxiliary.js'

const kinds = (fixture: string): readonly (string | null)[] => {
  const model = modelOf(fixture)
  return model.apps.map((app) => auxiliaryKind(model, app))
}

test('a wizard that its own route closes is temporary', () => {
  expect(
    kinds(`
      //- /app.js
      const express = require('express')
      const app = express()
      let server
      app.post('/setup', (req, res) => { res.send('ok'); server.close(() => {}) })
      server = app.listen(3000)
    `),
  ).toEqual(['temporary'])
})

test('a server that a signal closes served until the end', () => {
  expect(
    kinds(`
      //- /app.js
      const express = require('express')
      const app = express()
      app.get('/users', (req, res) => res.json([]))
      const server = app.listen(3000)
      process.on('SIGTERM', () => server.close())
    `),
  ).toEqual([null])
})

test('a health port and a documentation server serve no users', () => {
  expect(
    kinds(`
      //- /app.js
      const express = require('express')
      const swagger = require('swagger-ui-express')
      const health = express()
      health.get('/healthz', (req, res) => res.send('OK'))
      health.listen(5566)
      const figures = express()
      figures.get('/metrics', (req, res) => res.send(''))
      figures.listen(5568)
      const up = express()
      up.get('/up', (req, res) => res.send('OK'))
      up.get('/alive', (req, res) => res.json({ alive: true, uptime: process.uptime() }))
      up.listen(5569)
      const docs = express()
      docs.get('/', (req, res) => res.redirect('/docs'))
      docs.use('/docs', swagger.serve, swagger.setup({}))
      docs.listen(5567)
      const app = express()
      app.get('/health', (req, res) => res.send('OK'))
      app.post('/orders', (req, res) => res.send('OK'))
      app.listen(80)
    `),
  ).toEqual(['health', 'health', 'health', 'documentation', null])
})

test('a port for monitors has the same words for its paths as a probe of the application', () => {
  for (const path of ['/worker/health-check', '/worker/health_checks', '/worker/healthcheck', '/worker/livez', '/health-check'])
    expect(
      kinds(`
        //- /app.js
        const express = require('express')
        const app = express()
        app.get('${path}', (req, res) => res.json({ queued: queue.size }))
        app.listen(9000)
      `),
      path,
    ).toEqual(['health'])
})
