// Files that do not parse are told where a server loads them.
import { expect, test } from 'vitest'
import { parseFixture } from '../testing/fixture.js'
import { configurationOf } from '../testing/model.js'
import { loadTexts } from '../testing/project.js'
import { analyze } from './analyze.js'
import { lacksApplication } from './notices.js'

const told = (fixture: string): { readonly notices: readonly string[]; readonly lacks: boolean } => {
  const { input } = loadTexts(parseFixture(fixture).files)
  const { model, notices } = analyze(input, [], { configuration: configurationOf({}), only: [] })
  return { notices: notices.filter(({ kind }) => kind === 'unparsed-module').map(({ message }) => message), lacks: lacksApplication(model) }
}

const app = (specifier: string): string => `
    //- /src/app.js
    const app = require('express')()
    app.use('/a', require('${specifier}'))
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /src/routes/index.js
    module.exports = {{{
  `

test.each(['./routes', './routes/index', './routes/index.js', '@/routes/index'])('a module that %s names', (specifier) => {
  expect(told(app(specifier))).toEqual({
    notices: ['src/routes/index.js does not parse. src/app.js loads it, so what it registers is not known.'],
    lacks: true,
  })
})

test('what a script starts', () => {
  const fixture = `
    //- /package.json
    { "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node ./src/server.js" } }
    //- /src/server.js
    const {{{
    //- /other.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
  `
  expect(told(fixture)).toEqual({
    notices: ['src/server.js does not parse. A server is started from it, so what it registers is not known.'],
    lacks: true,
  })
})

test('a file that nobody loads is no loss', () => {
  expect(told(app('./other'))).toEqual({ notices: [], lacks: false })
})
