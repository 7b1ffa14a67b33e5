// What stands first on an application and only sets headers.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { lastBeforeLimits, leadingHeaders } from './leadingHeaders.js'

test('helmet and cors lead until something reads the request; a condition or a path ends the lead', () => {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const cors = require('cors')
    const app = express()
    app.use(helmet())
    app.use(cors({ origin: ['https://a.example'] }))
    app.use(express.json())
    app.use(helmet.noSniff())
    app.get('/', (req, res) => res.send('ok'))
    app.listen(80)
    const other = express()
    other.use('/api', helmet())
    other.get('/', (req, res) => res.send('ok'))
    other.listen(81)
  `)
  expect(model.apps.map((app) => leadingHeaders(model, app.scope).length)).toEqual([2, 0])
})

test('limits come behind headers and the probes that follow them', () => {
  const lastOf = (lines: string): string | null | undefined => {
    const model = modelOf(`
      //- /app.js
      const express = require('express')
      const helmet = require('helmet')
      const app = express()
      ${lines}
      app.get('/notes', (req, res) => res.json([]))
      app.listen(80)
    `)
    return model.apps.map((app) => lastBeforeLimits(model, app)?.path)[0]
  }
  const health = "app.get('/health', (req, res) => res.json({ status: 'ok' }))"
  expect(lastOf(`app.use(helmet())\n${health}`)).toBe('/health')
  expect(lastOf(`${health}\napp.use(helmet())`)).toBe('/health')
  expect(lastOf('app.use(helmet())')).toBe('')
  expect(lastOf(`app.use(express.json())\n${health}`)).toBeUndefined()
})
