// What is merged by a package is as known as what is written out.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { describe } from '../../model/describe.js'

/** What the first argument of `app.set('it', …)` is. */
function settingOf(code: string): string {
  const { apps } = modelOf(`
    //- /package.json
    { "name": "a", "scripts": { "start": "node server.js" }, "dependencies": { "express": "4", "lodash": "4" } }
    //- /server.js
    const _ = require('lodash')
    const app = require('express')()
    ${code}
    app.get('/', (req, res) => res.end())
    app.listen(3000)`)
  const value = apps[0]?.scope.settings.find(({ name }) => name === 'it')?.value
  return value === undefined ? 'not set' : describe(value)
}

test('objects inside are merged where the package does so', () => {
  const base = "const base = { cookie: { secure: false, path: '/' } }, production = { cookie: { secure: true } }; "
  const secure = (merge: string): string => settingOf(`${base}const config = ${merge}; app.set('it', config.cookie.secure)`)
  const path = (merge: string): string => settingOf(`${base}const config = ${merge}; app.set('it', config.cookie.path)`)
  for (const merge of [
    '_.merge({}, base, production)',
    "require('deepmerge')(base, production)",
    "require('deepmerge').all([base, production])",
  ]) {
    expect(secure(merge)).toBe('true')
    expect(path(merge)).toBe("'/'")
  }
  expect(secure('_.defaultsDeep({}, production, base)')).toBe('true')
  expect(path('_.defaultsDeep({}, production, base)')).toBe("'/'")
  expect(secure('_.extend({}, base, production)')).toBe('true')
  expect(path('_.extend({}, base, production)')).toBe('undefined')
  expect(path("require('extend')(true, {}, base, production)")).toBe("'/'")
  expect(secure('_.defaults({}, base, production)')).toBe('false')
})

test('a merge leaves its sources as they are', () => {
  expect(settingOf("const base = { a: { b: 1 } }; _.merge({}, base, { a: { b: 2 } }); app.set('it', base.a.b)")).toBe('1')
})

test('what may not be set in the environment may be what it was before', () => {
  expect(settingOf("app.set('it', _.merge({ a: 'x' }, { a: process.env.A }).a)")).toBe("process.env.A ?? 'x'")
  expect(settingOf("app.set('it', _.defaults({ a: process.env.A }, { a: 'x' }).a)")).toBe("process.env.A ?? 'x'")
  expect(settingOf("app.set('it', Object.assign({ a: 'x' }, { a: process.env.A }).a)")).toBe('process.env.A')
  expect(settingOf("app.set('it', _.assign({ a: 'x' }, { a: process.env.A }).a)")).toBe('process.env.A')
})

test('the whole environment stands in front of what was there, and behind what comes after it', () => {
  const standards = 'const standards = { LIMIT: 5, MODE: false }; '
  for (const merge of [
    '{ ...standards, ...process.env }',
    'Object.assign({}, standards, process.env)',
    '_.merge({}, standards, process.env)',
    '_.defaults({}, process.env, standards)',
  ])
    expect(settingOf(`${standards}app.set('it', (${merge}).LIMIT)`)).toBe('process.env.LIMIT ?? 5')
  expect(settingOf(`${standards}app.set('it', { ...process.env, ...standards }.LIMIT)`)).toBe('5')
  expect(settingOf(`${standards}app.set('it', { ...standards, ...process.env }.OTHER)`)).toBe('process.env.OTHER')
})
