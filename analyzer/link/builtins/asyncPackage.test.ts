// Servers that the async package puts together: what tasks hand on, and in which order they register.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'

function routesOf(code: string): readonly string[] {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4", "async": "3", "mongodb": "6" } }
    //- /server.js
    const async = require('async')
    const express = require('express')
    const { MongoClient } = require('mongodb')
    const answer = (req, res) => res.end()
    const add = (app, path, callback) => { app.get(path, answer); callback(null, app) }
    ${code}`)
  return routes.map(({ method, path }) => `${method} ${path}`)
}

const BOTH = ['GET /a', 'GET /b']

test.each([
  `async.waterfall([
      (callback) => callback(null, express(), '/a'),
      (app, path, callback) => { app.get(path, answer); callback(null, app) },
      async (app) => { app.get('/b', answer); return app },
    ], (error, app) => { if (error) throw error; app.listen(3000) })`,
  `async.waterfall([
      (callback) => setTimeout(() => callback(null, express()), 10),
      (app, callback) => add(app, '/a', callback),
      (app, callback) => add(app, '/b', callback),
    ], (error, app) => app.listen(3000))`,
  `async.series({ app: (callback) => callback(null, express()), path: async () => '/a' }, (error, { app, path }) => {
      app.get(path, answer); app.get('/b', answer); app.listen(3000)
    })`,
  `const app = express()
    async.series([
      (callback) => MongoClient.connect(process.env.MONGO, (error) => callback(error)),
      (callback) => { app.get('/a', answer); callback() },
      (callback) => { app.get('/b', answer); callback() },
      (callback) => app.listen(3000, callback),
    ])`,
  `async.parallel([(callback) => callback(null, express()), (callback) => callback(null, '/a')], (error, [app, path]) => {
      app.get(path, answer); app.get('/b', answer); app.listen(3000)
    })`,
  `async.auto({
      listen: ['second', ({ app }, callback) => { app.listen(3000); callback() }],
      second: ['first', ({ app }, callback) => add(app, '/b', callback)],
      first: ['app', ({ app }, callback) => add(app, '/a', callback)],
      app: (callback) => callback(null, express()),
    })`,
  `const app = express()
    async.eachSeries(['/a', '/b'], (path, callback) => add(app, path, callback), () => app.listen(3000))`,
  `const app = express()
    async.eachLimit(['/a', '/b'], 2, async (path) => { app.get(path, answer) }, () => app.listen(3000))`,
  `const app = express()
    async.forEachOf({ '/a': answer, '/b': answer }, (handler, path, callback) => { app.get(path, handler); callback() }, () => app.listen(3000))`,
  `const start = async () => {
      const [app, path] = await async.series([async () => express(), async () => '/a'])
      app.get(path, answer); app.get('/b', answer); app.listen(3000)
    }
    start()`,
  `async.mapSeries(['/a', '/b'], (path, callback) => callback(null, { path }), (error, all) => {
      const app = express()
      all.forEach(({ path }) => app.get(path, answer)); app.listen(3000)
    })`,
  `const app = express()
    require('async/each')(['/a', '/b'], (path, callback) => { app.get(path, answer); callback() }); app.listen(3000)`,
  `const app = express()
    require('neo-async').eachSeries(['/a', '/b'], (path, callback) => add(app, path, callback), () => app.listen(3000))`,
])('%s', (code) => {
  expect(routesOf(code)).toEqual(BOTH)
})

test('a task that fails ends it, and one whose tasks are not known is run as any other callback', () => {
  expect(
    routesOf(`const app = express()
    async.series([(callback) => { if (!process.env.KEY) return callback(new Error('no key')); callback() }, (callback) => { app.get('/a', answer); callback() }], () => app.listen(3000))`),
  ).toEqual(['GET /a'])
  expect(
    routesOf(`const app = express()
    async.series(tasks, () => { app.get('/a', answer); app.listen(3000) })`),
  ).toEqual(['GET /a'])
})

test('what handlers do with it is not taken for registrations', () => {
  expect(
    routesOf(`const app = express()
    app.get('/a', (req, res) => async.parallel([(callback) => callback(null, 1)], (error, found) => res.json(found)))
    app.get('/b', answer)
    app.listen(3000)`),
  ).toEqual(BOTH)
})
