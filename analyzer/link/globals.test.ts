// What stands in a global is there where the language or Node brings it; what the project keeps there may not have been set yet.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const routesOf = (lines: string): readonly string[] =>
  modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    ${lines}
    app.listen(3000)
  `).routes.map(({ path }) => path)

test.each([
  ["if (!globalThis.ready) { app.get('/first', (q, s) => s.end()); globalThis.ready = true }", ['/first']],
  ["const users = global.users ?? express.Router()\n    users.get('/', (q, s) => s.end())\n    app.use('/users', users)", ['/users']],
  [
    "global.users = express.Router()\n    global.users.get('/', (q, s) => s.end())\n    app.use('/users', global.users || express.Router())",
    ['/users'],
  ],
  ["if (!globalThis.fetch) app.get('/old', (q, s) => s.end())", []],
  ["if (!global.process) app.get('/old', (q, s) => s.end())", []],
])('%s', (lines, paths) => {
  expect(routesOf(lines)).toEqual(paths)
})
