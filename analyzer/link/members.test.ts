// What is read of values that are not there.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

test('a getter that keeps what it made makes it once', () => {
  const { routes } = modelOf(`
    //- /config.js
    let config
    let made = 0
    exports.getConfig = (options) => {
      if (config && !options?.reload) return config
      config = { prefix: '/v' + ++made }
      return config
    }
    //- /app.js
    const app = require('express')()
    const { getConfig } = require('./config')
    getConfig()
    app.get(getConfig().prefix, (req, res) => res.json({}))
    app.get(getConfig({ reload: true }).prefix, (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(routes.map(({ path }) => path)).toEqual(['/v1', '/v2'])
})

test.each([
  ['past its end', 'handlers[3] = list', 'run.apply(null, handlers)'],
  ['far past its end', 'handlers[4000000000] = list', 'run.call(null, ...handlers)'],
])('what is written %s leaves no hole that a reader trips over', (_, write, use) => {
  const { routes } = modelOf(`
    //- /app.js
    const app = require('express')()
    const handlers = []
    const list = (req, res) => res.json([])
    ${write}
    function run(...all) { return all.map((one) => typeof one) }
    ${use}
    module.exports.pick = (place) => handlers[place]
    app.get('/', list)
    app.listen(3000)
  `)
  expect(routes.map(({ path }) => path)).toEqual(['/'])
})

test.each(["Reflect.deleteProperty(paths, 'old')", 'delete paths.old'])('%s takes a property away, and no other', (removal) => {
  const { routes } = modelOf(`
    //- /app.js
    const app = require('express')()
    const paths = { list: '/list', old: '/old' }
    ${removal}
    for (const path of Object.values(paths)) app.get(path, (req, res) => res.json({}))
    app.listen(3000)
  `)
  expect(routes.map(({ path }) => path)).toEqual(['/list'])
})
