// What no entry reaches, and why.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

test('a router that is mounted on itself, and one whose every mount is off', () => {
  const { routes, unreached } = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    const loop = express.Router()
    loop.use('/again', loop)
    loop.get('/loop', (req, res) => res.end())
    const tools = express.Router()
    tools.use('/again', tools)
    tools.get('/tools', (req, res) => res.end())
    if (process.env.NODE_ENV !== 'production') app.use(tools)
    const lone = express.Router()
    lone.use('/again', lone)
    lone.get('/lone', (req, res) => res.end())
    app.use(loop)
    app.listen(3000)
  `)
  expect(routes.map(({ path }) => path)).toEqual(['/loop'])
  expect([...new Set(unreached.map(({ why }) => why))]).toEqual(['off in production', 'no application mounts the router lone'])
})
