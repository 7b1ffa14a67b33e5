// Schemes of @fastify/auth: which of them must let a request pass, and what counts as a refusal.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from './queries.js'

const verify = 'function verify(request, reply, done) { if (!request.headers.authorization) return done(new Error("missing")); done() }'
const admin = 'async function admin(request) { if (!request.headers["x-admin"]) throw Object.assign(new Error("no"), { statusCode: 403 }) }'
const anybody = 'async function anybody(request) { request.log.info("somebody came") }'

function answer(hook: string, plugin = ''): string {
  const { routes, ...model } = modelOf(`
    //- /app.js
    const app = require('fastify')()
    ${verify}
    ${admin}
    ${anybody}
    app.register(require('@fastify/auth')${plugin}).after(() => {
      app.get('/', { onRequest: ${hook} }, async () => 1)
    })
    app.listen({ port: 3000 })
  `)
  const [route] = routes
  return route === undefined ? 'no route' : protectsRoute({ routes, ...model }, route, 'auth').answer
}

test.each([
  ['an error without a status refuses', 'app.auth([verify])', 'yes'],
  ['one of several must pass', 'app.auth([verify, admin])', 'yes'],
  ['one that lets everybody pass lets all pass', 'app.auth([verify, anybody])', 'no'],
  ['unless all must', "app.auth([verify, anybody], { relation: 'and' })", 'yes'],
  ['all of a list in the list must', 'app.auth([[verify, anybody], admin])', 'yes'],
  ['one of a list in the list must where all must', "app.auth([[verify, anybody]], { relation: 'and' })", 'no'],
  ['no scheme asks nobody', 'app.auth([anybody])', 'no'],
  ['a hook with such an error is no question who asks', 'verify', 'no'],
])('%s', (_title, hook, expected) => {
  expect(answer(hook)).toBe(expected)
})

test.each([
  ['the plugin says that all must', 'app.auth([verify, anybody])', 'and', 'yes'],
  ['what a hook says itself counts', "app.auth([verify, anybody], { relation: 'or' })", 'and', 'no'],
  ['a hook that says something else has the relation of the plugin', "app.auth([verify, anybody], { run: 'all' })", 'and', 'yes'],
  ['one of a list in the list must where the plugin says that all must', 'app.auth([[verify, anybody]])', 'and', 'no'],
  ['the plugin says what it does unasked', 'app.auth([verify, anybody])', 'or', 'no'],
])('%s', (_title, hook, relation, expected) => {
  expect(answer(hook, `, { defaultRelation: '${relation}' }`)).toBe(expected)
})
