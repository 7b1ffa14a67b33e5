// What stands first on an application and needs no limit.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { lastBeforeLimits } from './leadingHeaders.js'

test('limits come behind headers, probes and files of a page, until something reads the request, or a condition decides', () => {
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
  expect(lastOf(`${health}\napp.use(helmet())`)).toBe('')
  expect(lastOf("app.use(helmet())\napp.use('/assets', express.static('public'))")).toBe('/assets')
  expect(lastOf(`${health}\nif (process.env.SECURE) app.use(helmet())`)).toBe('/health')
  expect(lastOf(`${health}\napp.use(express.json())`)).toBe('/health')
  expect(lastOf(`${health}\napp.use(express.json())\napp.use(helmet())\napp.use('/assets', express.static('public'))`)).toBe('/assets')
  expect(
    lastOf(`${health}\napp.use((req, res, next) => (req.headers.key === 'x' ? next() : res.sendStatus(401)))\napp.use(helmet())`),
  ).toBe('/health')
  expect(lastOf('app.use(helmet())')).toBe('')
  expect(lastOf(`app.use(express.json())\n${health}`)).toBeUndefined()
})
