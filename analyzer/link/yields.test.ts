// Generators as lists.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const layersOf = (generator: string): readonly string[] =>
  modelOf(`
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const cors = require('cors')
    ${generator}
    const app = express()
    for (const layer of layers(true)) app.use(layer)
    app.listen(3000)
  `).apps.flatMap(({ scope }) =>
    scope.entries.flatMap(({ handlers }) => handlers.map((handler) => (handler.kind === 'result' ? 'package' : handler.kind))),
  )

test('what a generator yields is registered, one by one and in order', () => {
  expect(layersOf('function* layers() { yield helmet(); const own = (req, res, next) => next(); yield own; yield cors() }')).toEqual([
    'package',
    'function',
    'package',
  ])
})

test('delegation, conditions that are known, and loops over lists', () => {
  expect(
    layersOf('function* some() { yield helmet(); yield cors() }\nfunction* layers() { yield* some(); yield* [express.json()] }'),
  ).toHaveLength(3)
  expect(
    layersOf(`function* layers(isStrict) { if (isStrict) yield helmet(); if (process.env.NODE_ENV === 'development') yield cors() }`),
  ).toHaveLength(1)
  expect(layersOf('function* layers() { for (const make of [helmet, cors]) yield make() }')).toHaveLength(2)
})
