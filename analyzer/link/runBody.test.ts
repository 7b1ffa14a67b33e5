// What functions give that return at several places.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const kindOf = (code: string): string => {
  const model = modelOf(`
    //- /app.js
    const app = require('express')()
    ${code}
    app.listen(3000)
  `)
  return model.bindings.findLast(({ name }) => name === 'found')?.value.kind ?? ''
}

test('what production does not come to returns nothing', () => {
  expect(
    kindOf(
      "function sink(stage) {\n  if (stage === 'development') return console\n  return {}\n}\nconst found = sink(process.env.NODE_ENV)",
    ),
  ).toBe('object')
  expect(
    kindOf("function sink() {\n  if (process.env.NODE_ENV !== 'production') return console\n  return {}\n}\nconst found = sink()"),
  ).toBe('object')
  expect(kindOf('function sink() {\n  if (process.env.STAGING) return console\n  return {}\n}\nconst found = sink()')).toBe('choice')
  expect(kindOf("function sink() {\n  if (process.env.NODE_ENV === 'test') return console\n}\nconst found = sink()")).toBe('literal')
})

test('a var without a value holds nothing until something is written into it', () => {
  const { routes } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }
    //- /server.js
    var app
    var made
    before = '/before'
    var before
    function get () {
      app = app || require('express')()
      return app
    }
    if (made) get().get('/never', (req, res) => res.end())
    get().get('/once', (req, res) => res.end())
    get().get(before, (req, res) => res.end())
    get().listen(3000)`)
  expect(routes.map(({ path }) => path)).toEqual(['/once', '/before'])
})
