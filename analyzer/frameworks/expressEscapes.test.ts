// Where an application is handed to code that the boot does not see, and where nothing is called at all.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

test.each([
  ['a method that some modules have', 'for (const one of [{ setup(to) { to.use(first) } }, { name: "plain" }]) one.setup?.(app)', 0],
  ['a method that may have been added', 'const one = { ...globalThis.plugins }; one.setup?.(app)', 1],
  ['a method of what is not known', 'globalThis.plugins.setup?.(app)', 1],
])('%s', (_title, line, gaps) => {
  const model = modelOf(`
    //- /app.js
    const app = require('express')()
    function first(req, res, next) { next() }
    ${line}
    app.get('/', (req, res) => res.end())
    app.listen(3000)
  `)
  expect(model.apps[0]?.scope.gaps.length).toBe(gaps)
})
