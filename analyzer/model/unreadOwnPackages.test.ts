// What packages of the same house do is not known, and said; what anybody can install is looked up, and does nothing where it is not listed.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { noticesOf } from '../notices.js'
import type { ProjectModel } from './model.js'
import { protectsRoute } from './queries.js'
import { unreadOwnPackages } from './unreadOwnPackages.js'

function boot(name: string, dependencies: Readonly<Record<string, string>>, code: string): ProjectModel {
  return modelOf(`
//- /package.json
${JSON.stringify({ name, main: 'a.js', dependencies: { express: '^5.0.0', fastify: '^5.0.0', ...dependencies } })}
//- /a.js
${code}
`)
}

const express = (name: string): string => `
const app = require('express')()
const { gate, errors } = require('${name}')
app.use(gate)
app.get('/x', (req, res) => res.end())
app.use(errors)
app.listen(1)
`

const answers = (model: ProjectModel): readonly string[] =>
  model.routes.flatMap((route) => (['rate-limit', 'error-handler'] as const).map((one) => protectsRoute(model, route, one).answer))

test.each([
  ['@acme/api', '@acme/http', '^1.0.0'],
  ['api', 'http-kit', 'workspace:*'],
  ['api', 'http-kit', 'file:../http-kit'],
])('%s uses %s from %s', (name, own, range) => {
  const model = boot(name, { [own]: range }, express(own))
  expect(answers(model)).toEqual(['unknown', 'unknown'])
  expect(unreadOwnPackages(model)).toEqual([own])
  expect(noticesOf(model, model.files).map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`${own} is a package of your own that was not read`),
  )
})

test('a package that is handed the application, or registered with it', () => {
  const given =
    "const app = require('express')()\nrequire('@acme/http').install(app)\napp.get('/x', (req, res) => res.end())\napp.listen(1)"
  const plugin =
    "const app = require('fastify')()\napp.register(require('@acme/http'))\napp.get('/x', async () => 1)\napp.listen({ port: 1 })"
  expect([given, plugin].map((code) => answers(boot('@acme/api', {}, code))[0])).toEqual(['unknown', 'unknown'])
})

test('packages of others do not blind', () => {
  for (const [name, other] of [
    ['@acme/api', '@others/http'],
    ['api', 'http-kit'],
  ] as const) {
    const model = boot(name, { [other]: '^1.0.0' }, express(other))
    expect(answers(model)).toEqual(['no', 'no'])
    expect(unreadOwnPackages(model)).toEqual([])
  }
})
