// What middleware does to requests: packages, own functions, wrappers, declarations in the configuration.
import { expect, test } from 'vitest'
import { modelOf, type TestConfiguration } from '../../testing/model.js'
import { effectsOf } from './effects.js'
import { opacityOf } from './opacity.js'
import type { Effect } from './effect.js'
import type { ProjectModel } from './model.js'
import type { Value } from '../link/value.js'

function layersOf(
  code: string,
  configuration: TestConfiguration = {},
): { readonly model: ProjectModel; readonly layers: readonly Value[] } {
  const model = modelOf(
    `
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const app = express()
${code}
app.listen(1)
`,
    configuration,
  )
  return { model, layers: model.apps[0]?.scope.entries.flatMap((entry) => entry.handlers) ?? [] }
}

/** Effects of the layers that a module registers, flattened. */
function effects(code: string): readonly Effect[] {
  const { model, layers } = layersOf(code)
  return layers.flatMap((layer) => effectsOf(model, layer))
}

function capabilities(code: string): readonly string[] {
  return effects(code).map((effect) => `${effect.capability}${effect.isConditional ? '?' : ''}`)
}

test('helmet has all its effects, minus what its options switch off', () => {
  expect(capabilities("app.use(require('helmet')())")).toEqual(['security-headers', 'csp', 'hsts', 'hide-powered-by'])
  expect(capabilities("app.use(require('helmet')({ contentSecurityPolicy: false, hsts: false, xPoweredBy: false }))")).toEqual([
    'security-headers',
  ])
  expect(capabilities("app.use(require('helmet')({ contentSecurityPolicy: process.env.X ? false : {} }))")).toEqual([
    'security-headers',
    'csp?',
    'hsts',
    'hide-powered-by',
  ])
  expect(effects("app.use(require('helmet')({ frameguard: false }))")[0]?.headers).not.toContain('x-frame-options')
  expect(effects("app.use(require('helmet')({ frameguard: false }))")[0]?.headers).toContain('x-content-type-options')
})

test('parts of helmet set one header each, and helmet itself uncalled is no middleware', () => {
  expect(
    effects("app.use(require('helmet').hsts(), require('helmet').noSniff())").map(({ capability, headers }) => [capability, ...headers]),
  ).toEqual([
    ['hsts', 'strict-transport-security'],
    ['security-headers', 'strict-transport-security'],
    ['security-headers', 'x-content-type-options'],
  ])
  expect(capabilities("app.use(require('helmet'))")).toEqual([])
  expect(capabilities("app.use(require('cors'))")).toEqual([])
})

test('options of a package stay with the effect', () => {
  const [effect] = effects("app.use(require('express-rate-limit').rateLimit({ max: 5 }))")
  expect(effect).toMatchObject({
    capability: 'rate-limit',
    confidence: 'high',
    source: 'package',
    package: 'express-rate-limit.rateLimit',
    isConditional: false,
  })
  expect(effect?.options?.kind).toBe('object')
})

test('a limiter that skips every request and cors that is off have no effect', () => {
  expect(capabilities("app.use(require('express-rate-limit')({ skip: () => true }), require('cors')({ origin: false }))")).toEqual([])
  expect(capabilities("app.use(require('express-rate-limit')({ skip: (req) => req.path === '/health' }))")).toEqual(['rate-limit'])
})

test('lusca does what its options ask for', () => {
  expect(capabilities("app.use(require('lusca')({ csrf: true, xframe: 'DENY' }))")).toEqual(['security-headers', 'csrf'])
  expect(capabilities("app.use(require('lusca')({ csrf: true }))")).toEqual(['csrf'])
  expect(capabilities("app.use(require('lusca')({ csrf: false, nosniff: true }))")).toEqual(['security-headers'])
})

test('middleware behind members of results', () => {
  expect(capabilities("const Brute = require('express-brute'); app.use(new Brute(new Brute.MemoryStore()).prevent)")).toEqual([
    'rate-limit',
  ])
  expect(
    capabilities(
      "const { doubleCsrf } = require('csrf-csrf'); const { doubleCsrfProtection } = doubleCsrf({}); app.use(doubleCsrfProtection)",
    ),
  ).toEqual(['csrf'])
  expect(capabilities("app.post('/', require('multer')({}).single('file'), (req, res) => res.end())")).toEqual(['upload'])
})

test('wrappers and compositions are transparent', () => {
  expect(
    capabilities(
      "const wrap = require('express-async-handler'); app.use(wrap(async (req, res, next) => { res.setHeader('Access-Control-Allow-Origin', '*'); next() }))",
    ),
  ).toEqual(['cors'])
  expect(
    capabilities("const { compose } = require('compose-middleware'); app.use(compose([require('helmet').noSniff(), require('cors')()]))"),
  ).toEqual(['security-headers', 'cors'])
  expect(
    capabilities(
      "const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next); app.use(wrap(async (req, res, next) => { res.removeHeader('X-Powered-By'); next() }))",
    ),
  ).toEqual(['hide-powered-by'])
})

test('an effect of only some options is conditional and names its flag', () => {
  const both = effects("app.use(process.env.STRICT ? require('helmet')() : (req, res, next) => next())")
  expect(both.map(({ capability, isConditional, flags }) => [capability, isConditional, ...flags])[0]).toEqual([
    'security-headers',
    true,
    'STRICT',
  ])
  const same = effects("const limit = require('express-rate-limit'); app.use(process.env.STRICT ? limit({ max: 1 }) : limit({ max: 2 }))")
  expect(same.map(({ isConditional }) => isConditional)).toEqual([false, false])
})

test('configuration declares middleware by name, file and package', () => {
  const { model, layers } = layersOf("function guard(req, res, next) { next() }\napp.use(guard, require('own-thing')())", {
    middleware: { guard: ['auth'], 'own-thing': ['rate-limit'] },
  })
  expect(layers.flatMap((layer) => effectsOf(model, layer)).map(({ capability, source }) => [capability, source])).toEqual([
    ['auth', 'configuration'],
    ['rate-limit', 'configuration'],
  ])
  expect(layers.map((layer) => opacityOf(model, layer))).toEqual([
    { isBlind: false, packages: [] },
    { isBlind: false, packages: [] },
  ])
})

test('opacity: unlisted packages are named, unknown project code blinds, listed packages are clear', () => {
  const { model, layers } = layersOf(
    "app.use(require('some-unlisted-thing')(), require('morgan')('dev'), (req, res, next) => next(), require(process.env.PLUGIN))",
  )
  expect(layers.map((layer) => opacityOf(model, layer))).toEqual([
    { isBlind: false, packages: ['some-unlisted-thing'] },
    { isBlind: false, packages: [] },
    { isBlind: false, packages: [] },
    { isBlind: true, packages: [] },
  ])
})

test('opacity: what a text gives that vm runs is not known', () => {
  const { model, layers } = layersOf(
    "const vm = require('node:vm')\napp.use(vm.runInThisContext(read('policy.js')), new vm.Script(read('policy.js')).runInThisContext(), require('node:zlib').createGzip())",
  )
  expect(layers.map((layer) => opacityOf(model, layer).isBlind)).toEqual([true, true, false])
})
