// What a factory of middleware gives is there; what a constructor gave may be gone by the time of a request.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const guardsOf = (limiter: string): readonly number[] =>
  modelOf(`
    //- /app.js
    const express = require('express')
    const { rateLimit } = require('express-rate-limit')
    const make = require('./make')
    function createApp({ limiter, ...options }) {
      const app = express()
      if (limiter) app.use(limiter)
      app.listen(options.port)
    }
    createApp({ limiter: ${limiter}, port: 3000 })
    //- /make.js
    module.exports = require('unlisted-package')
  `).apps.flatMap(({ scope }) => scope.entries.map((entry) => entry.guards.length))

test.each([
  ['rateLimit({ limit: 5 })', [0]],
  ['new make.Limiter()', [1]],
  ['make()', [1]],
  ['process.env.LIMITED && rateLimit({ limit: 5 })', [1]],
])('%s', (limiter, guards) => {
  expect(guardsOf(limiter)).toEqual(guards)
})
