// What is known of classes of values, at start and while serving.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

function routesOf(code: string): readonly string[] {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }
    //- /server.js
    const app = require('express')()
    const answer = (req, res) => res.end()
    async function later () {}
    ${code}
    app.listen(3000)`)
  return routes.map(({ path }) => path)
}

test.each([
  ["later.constructor.name === 'AsyncFunction'", true],
  ["answer.constructor.name === 'AsyncFunction'", false],
  ["answer.constructor.name === 'Function'", true],
  ['later instanceof (async () => {}).constructor', true],
  ['answer instanceof (async () => {}).constructor', false],
  ['answer instanceof Function', true],
  ['({}) instanceof Error', false],
  ['({}) instanceof Object', true],
])('%s', (test, holds) => {
  expect(routesOf(`if (${test}) app.get('/yes', answer); else app.get('/no', answer)`)).toEqual([holds ? '/yes' : '/no'])
})

test('what has another prototype may be anything', () => {
  expect(routesOf("if (Object.create(Error.prototype) instanceof Error) app.get('/yes', answer); else app.get('/no', answer)")).toEqual([
    '/yes',
    '/no',
  ])
})

test('an object that a request wrote is no Error, one that it was handed may be', () => {
  const { routes, summaryOf } = modelOf(`
    const express = require('express')
    const app = express()
    const respond = (res, payload) => {
      if (payload instanceof Error) return res.status(500).json({})
      res.json(payload)
    }
    app.get('/', (req, res) => respond(res, { list: [] }))
    app.get('/other', (req, res) => respond(res, req.body))
    app.listen(3000)`)
  const answers = routes.map(({ handler }) =>
    handler?.kind === 'function'
      ? summaryOf(handler).calls.filter(({ callee }) => callee.kind === 'member' && callee.name === 'json').length
      : 0,
  )
  expect(answers).toEqual([1, 2])
})
