// Routers that a layer hands its requests to stand behind it, with their routes. Each case was asked of Express 5 by requests.
import { expect, test } from 'vitest'
import { chainText } from '../model/chainText.js'
import type { ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'
import { modelOf, modelsOverEdits } from '../../testing/model.js'

const ADMIN = `
    //- /admin.js
    const express = require('express')
    const guard = (req, res, next) => next()
    const users = (req, res) => res.json({})
    const admin = express.Router()
    admin.use(guard)
    admin.get('/users', users)
    module.exports = admin
    //- /lazy.mjs
    import admin from './admin.js'
    export default admin
`
const fixtureOf = (code: string): string => `
    //- /app.js
    const express = require('express')
    const app = express()
    const audit = (req, res, next) => next()
    const page = (req, res) => res.json({})
    app.use(audit)
    ${code}
    app.get('/last', page)
    app.listen(3000)
${ADMIN}`
const told = ({ routes }: ProjectModel): readonly string[] =>
  routes.filter(({ path }) => path !== '/last').map((route) => `${route.method} ${route.path}: ${chainText(route)}`)

test.each([
  ["const admin = require('./admin')\napp.use('/a', (req, res, next) => admin(req, res, next))"],
  ["const admin = require('./admin')\napp.use('/a', (req, res, next) => admin.handle(req, res, next))"],
  ["app.use('/a', (req, res, next) => require('./admin')(req, res, next))"],
  ["app.use('/a', async (req, res, next) => { (await import('./lazy.mjs')).default(req, res, next) })"],
  ["app.use('/a', (req, res, next) => import('./lazy.mjs').then((found) => found.default(req, res, next), next))"],
  ["let admin\napp.use('/a', (req, res, next) => { admin ??= require('./admin'); admin(req, res, next) })"],
])('%s', (code) => {
  expect(told(modelOf(fixtureOf(code)))).toEqual(['GET /a/users: audit → a function → guard → users'])
})

test('a router that the first request makes, and one that stays what it is afterwards', () => {
  const made = `
    function build() { const router = express.Router(); router.get('/one', page); return router }
    let router = null
    app.use('/a', (req, res, next) => { if (router === null) router = build(); return router(req, res, next) })`
  expect(told(modelOf(fixtureOf(made)))).toEqual(['GET /a/one: audit → a function → page'])
})

test.each([
  ['a table', "const one = { a: acme, b: beta }[req.headers['x-tenant']]; if (!one) return next(); one(req, res, next)"],
  ['a condition', '(req.query.beta ? beta : acme)(req, res, next)'],
  ['an early exit', 'if (req.query.acme) return acme(req, res, next); beta(req, res, next)'],
])('what stands in one of several routers is no protection of another: %s', (_, body) => {
  const tenants = `
    const acme = express.Router(), beta = express.Router()
    acme.use(require('helmet')())
    acme.get('/plan', page)
    beta.get('/quota', page)
    app.use('/t', (req, res, next) => { ${body} })`
  const model = modelOf(fixtureOf(tenants))
  const answers = model.routes.map((route) => {
    const { answer, isConditional } = protectsRoute(model, route, 'security-headers')
    return `${route.path} ${answer}${isConditional ? ', for some' : ''}`
  })
  expect(answers).toContain('/t/plan yes')
  expect(answers).not.toContain('/t/quota yes')
  expect(answers).toContain('/last no')
})

test('an application that is handed its requests is no application of its own', () => {
  const model = modelOf(
    fixtureOf("const inner = express()\ninner.get('/x', page)\napp.use('/a', (req, res, next) => inner(req, res, next))"),
  )
  expect(model.apps.map(({ name }) => name)).toEqual(['app'])
  expect(told(model)).toEqual(['GET /a/x: audit → a function → page'])
})

test('what is handed to other things mounts nothing, and leaves what it wrote as it was', () => {
  const limiter = `
    const { rateLimit } = require('express-rate-limit')
    const limit = rateLimit()
    let path = '/before'
    app.use((req, res, next) => { path = '/after'; limit(req, res, next) })
    app.get(path, page)`
  expect(told(modelOf(fixtureOf(limiter)))).toEqual(['GET /before: audit → a function → page'])
})

test.each([
  ['of such a layer', '', 'next()', 'admin(req, res, next)'],
  ['of what it asks', 'pick()(req, res, next)', '(req, res, next) => next()', 'admin'],
])('an edit is seen as a fresh start sees it: %s', (_, body, before, after) => {
  const modelAfter = modelsOverEdits()
  const using = (text: string): string => `
    const admin = require('./admin')
    function pick() { return ${body === '' ? 'null' : text} }
    app.use('/a', (req, res, next) => { ${body === '' ? text : body} })`
  const [alone, handed] = [using(before), using(after)]
  expect(told(modelAfter(fixtureOf(alone)))).toEqual([])
  expect(told(modelAfter(fixtureOf(handed)))).toEqual(['GET /a/users: audit → a function → guard → users'])
  expect(told(modelAfter(fixtureOf(alone)))).toEqual([])
})

test('a layer that makes a router with a layer like itself is followed once, and each other maker of its own', () => {
  const make = `const make = (name) => {
      const router = express.Router()
      router.get('/' + name, page)
      router.use('/more', (req, res, next) => make(name)(req, res, next))
      return router
    }`
  const model = modelOf(
    fixtureOf(`${make}
    app.use('/a', make('one'))
    app.use('/b', make('two'))`),
  )
  expect(told(model).map((line) => line.split(':')[0])).toEqual(['GET /a/one', 'GET /a/more/one', 'GET /b/two', 'GET /b/more/two'])
})
