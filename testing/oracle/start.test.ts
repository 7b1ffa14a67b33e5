// The recorder by itself: what it notes for a small application on both versions of Express.
import { expect, test } from 'vitest'
import { fixtureFolder, type ExpressVersion, type Fixture } from './fixture.js'
import { startApplication } from './start.js'

test.each([4, 5] as ExpressVersion[])('records each registration of a plain application with its place, Express %i', async (express) => {
  const running = await startApplication(fixtureFolder('plain-commonjs'), { express })
  try {
    expect(running.recorded.calls.map((call) => `${call.method} ${String(call.path ?? '')} ${call.file}:${call.line}`)).toEqual([
      'use  server.js:7',
      'use  server.js:8',
      'get /health server.js:10',
      'get /notes server.js:14',
      'get /notes/:id server.js:18',
      'post /notes server.js:24',
      'delete /notes/:id server.js:31',
      'get /report server.js:37',
      'use  server.js:45',
      'listen  server.js:51',
    ])
    expect(running.recorded.receivers).toEqual([{ id: 0, kind: 'app', file: 'server.js', line: 4, column: 13 }])
    const response = await fetch(`${running.url}/notes/1`, { headers: { 'x-oracle': '1' } })
    expect(response.headers.get('x-oracle-registrations')).toBe('4')
  } finally {
    await running.stop()
  }
})

const texts = (server: string) =>
  new Map([
    ['package.json', '{ "dependencies": { "express": "^5.3.0" } }'],
    ['server.js', server],
  ])
const inline: Fixture = { title: '', entry: 'server.js', express: [4, 5], requests: [], probes: { flood: '/' } }

test('chains, arrays of middleware, routers, parameters and settings keep receiver, place and order', async () => {
  const server = `const express = require('express')
const app = express()
app.disable('x-powered-by').set('trust proxy', 1)
const users = express.Router()
users.param('id', (req, res, next) => next())
users.route('/:id')
  .get((req, res) => res.json(1))
  .put([(req, res, next) => next()], (req, res) => res.json(2))
const layers = [(req, res, next) => next(), (req, res, next) => next()]
layers.forEach(layer => app.use(layer))
app.use(['/a', '/b'], layers, users)
app.get(/^\\/x/, (req, res) => res.json(app.get('trust proxy')))
require('http').createServer(app).listen(3000)
`
  const running = await startApplication(texts(server), { express: 5, fixture: inline })
  await running.stop()
  expect(
    running.recorded.calls.map(
      (call) => `${call.kind}${call.receiver} ${call.method} ${JSON.stringify(call.path ?? call.setting ?? null)} ${call.line}`,
    ),
  ).toEqual([
    'app0 disable "x-powered-by" 3',
    'app0 set "trust proxy" 3',
    'router1 param "id" 5',
    'router1 route "/:id" 6',
    'route2 get "" 7',
    'route2 put "" 8',
    'app0 use "" 10',
    'app0 use "" 10',
    'app0 use ["/a","/b"] 11',
    'app0 get "/^\\\\/x/" 12',
    'app0 createServer null 13',
  ])
  expect(running.recorded.calls[8]?.handlers?.map((handler) => handler.scope)).toEqual([null, null, 1])
  expect(running.recorded.calls[3]?.made).toBe(2)
})

test('an application that does not start is an error with its output', async () => {
  const failing = startApplication(texts(`throw new Error('no database')`), { express: 5, fixture: inline })
  await expect(failing).rejects.toThrow('no database')
})
