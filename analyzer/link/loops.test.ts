// Loops that are left and taken up again by name.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const paths = (code: string): readonly string[] =>
  modelOf(`
    //- /app.js
    const app = require('express')()
    const page = (req, res) => res.json({})
    ${code}
    app.get('/last', page)
    app.listen(3000)
  `).routes.map(({ path }) => path)

test.each([
  [
    'continue',
    "outer: for (const a of ['x', 'y']) { for (const b of [1, 2]) { if (b === 2) continue outer; app.get('/' + a + b, page) } app.get('/' + a, page) }",
    ['/x1', '/y1'],
  ],
  [
    'break',
    "outer: for (const a of ['x', 'y']) { for (const b of [1, 2]) { if (b === 2) break outer; app.get('/' + a + b, page) } app.get('/' + a, page) }",
    ['/x1'],
  ],
  [
    'break of a loop with a counter',
    "outer: for (let a = 0; a < 3; a++) { let b = 0; while (true) { if (b++ === 1) { if (a === 1) break outer; continue outer } app.get('/' + a + b, page) } }",
    ['/01', '/11'],
  ],
  [
    'an inner label',
    "for (const a of ['x', 'y']) { inner: for (const b of [1, 2]) { switch (b) { case 1: continue inner; default: app.get('/' + a + b, page) } } app.get('/' + a, page) }",
    ['/x2', '/x', '/y2', '/y'],
  ],
  ['a block', "block: { app.get('/a', page); if (true) break block; app.get('/b', page) }", ['/a']],
])('%s', (_, code, expected) => {
  expect(paths(code)).toEqual([...expected, '/last'])
})
