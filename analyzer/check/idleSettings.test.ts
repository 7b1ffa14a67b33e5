// Settings that match nothing are said.
import { expect, test } from 'vitest'
import { parseFixture } from '../../testing/fixture.js'
import { configurationOf, type TestConfiguration } from '../../testing/model.js'
import { loadTexts } from '../../testing/project.js'
import { idleSettings } from './idleSettings.js'

const said = (configuration: TestConfiguration): readonly string[] => {
  const { input } = loadTexts(
    parseFixture(`
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "house-limits": "^1.0.0" } }
    //- /src/app.js
    const app = require('express')()
    function requireLogin(req, res, next) { next() }
    app.use(requireLogin)
    app.use(require('@house/gate/express').limit())
    app.listen(3000)
  `).files,
  )
  return idleSettings(configurationOf(configuration), input.files, input.packages).map(
    ({ message, isWarning }) => `${isWarning ? 'warning' : 'note'}: ${message}`,
  )
}

test('every setting that matches something is left alone', () => {
  expect(
    said({
      entries: ['./src/app.js'],
      ignores: ['src/**', 'app.js'],
      overrides: [{ files: ['src'], rules: {} }],
      middleware: { requireLogin: ['auth'], 'house-limits': ['rate-limit'], 'src/app': [], './src/app.js': [], 'src/app#requireLogin': [] },
    }),
  ).toEqual([])
})

test('a package that is required is known also where no package.json names it', () => {
  expect(said({ middleware: { '@house/gate': ['rate-limit'], '@house/gates': [] } })).toEqual([
    'warning: "middleware" says what "@house/gates" does, but no package, file or function here is called so.',
  ])
})

test('each that matches nothing gets its sentence', () => {
  expect(
    said({
      entries: ['src/server.js'],
      ignores: ['generated/**'],
      overrides: [{ files: ['src', 'scr/**'], rules: {} }],
      middleware: { requireLogon: ['auth'] },
    }),
  ).toEqual([
    'warning: "overrides" has settings for "scr/**", which matches no file that was read.',
    'note: "ignores" has "generated/**", which matches no file that was read.',
    'warning: "entries" names "src/server.js", and there is no such file: no server is started from it.',
    'warning: "middleware" says what "requireLogon" does, but no package, file or function here is called so.',
  ])
})

test('a configuration of a larger folder may speak of other parts of it', () => {
  expect(said({ entries: ['web/server.js'], overrides: [{ files: ['web'], rules: {} }], base: { add: 'api/', strip: '' } })).toEqual([])
})
