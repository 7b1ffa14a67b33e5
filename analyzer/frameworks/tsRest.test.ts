// Contracts of ts-rest: paths and order, what is checked, what is answered, and what stays unseen.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { openHandlers } from '../model/errors/asyncHandlers.js'
import { errorLeaks } from '../model/errors/errorLeaks.js'
import type { Capability, ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'

const boot = (contract: string, router: string, options = ''): ProjectModel =>
  modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "@ts-rest/express": "^3.52.0" } }
    //- /src/contract.ts
    import { initContract } from '@ts-rest/core'
    import { z } from 'zod'
    const c = initContract()
    export const contract = ${contract}
    //- /src/app.ts
    import express from 'express'
    import rateLimit from 'express-rate-limit'
    import { createExpressEndpoints, initServer } from '@ts-rest/express'
    import { contract } from './contract'
    import { notes } from './notes'
    const s = initServer()
    const app = express()
    app.use(express.json())
    createExpressEndpoints(contract, s.router(contract, ${router}), app${options})
    app.listen(3000)
    //- /src/notes.ts
    import mongoose from 'mongoose'
    export const notes = mongoose.model('Note', new mongoose.Schema({ text: String }))
  `)

const routesOf = ({ routes }: ProjectModel): readonly string[] => routes.map(({ method, path }) => `${method} ${path}`)
const gapsOf = ({ scopes }: ProjectModel): readonly string[] => scopes.flatMap(({ gaps }) => gaps.map(({ why }) => why))
const answers = (model: ProjectModel, capability: Capability): readonly string[] =>
  model.routes.map((route) => protectsRoute(model, route, capability).answer)

const add = (body: string): string => `c.router({ add: { method: 'POST', path: '/notes', body: ${body}, responses: {} } })`
const store = 'add: async ({ body }) => { await notes.create({ text: body.text }); return { status: 201, body } }'

test('routes stand in the order of the router, with the prefixes of all contracts around them', () => {
  const model = boot(
    `c.router({
      notes: c.router({ list: { method: 'GET', path: '/', responses: {} }, one: c.query({ method: 'GET', path: '/:id', responses: {} }) }, { pathPrefix: '/notes' }),
      ping: { method: 'GET', path: '/ping', responses: {} },
    }, { pathPrefix: '/api' })`,
    '{ ping: async () => ({ status: 200, body: {} }), notes: { one: async () => ({ status: 200, body: {} }), list: { handler: async () => ({ status: 200, body: [] }) } } }',
  )
  expect(routesOf(model)).toEqual(['GET /api/ping', 'GET /api/notes/:id', 'GET /api/notes'])
  expect(gapsOf(model)).toEqual([])
  expect(openHandlers(model)).toEqual([])
})

test('what the contract has a schema for is checked before the handler gets it', () => {
  expect(answers(boot(add('z.object({ text: z.string() })'), `{ ${store} }`), 'validation')).toEqual(['yes'])
  expect(answers(boot(add('c.type<{ text: string }>()'), `{ ${store} }`), 'validation')).toEqual(['no'])
})

test('middleware of all endpoints and of one', () => {
  const contract = add('z.object({ text: z.string() })')
  const own = `{ add: { middleware: [rateLimit({ limit: 5 })], handler: async () => ({ status: 201, body: {} }) } }`
  expect(answers(boot(contract, `{ ${store} }`, ', { globalMiddleware: [rateLimit({ limit: 5 })] }'), 'rate-limit')).toEqual(['yes'])
  expect(answers(boot(contract, own), 'rate-limit')).toEqual(['yes'])
  expect(answers(boot(contract, `{ ${store} }`), 'rate-limit')).toEqual(['no'])
})

test('what a handler returns is the answer', () => {
  const failing = (body: string): string =>
    `{ add: async ({ body }) => { try { await notes.create({ text: body.text }); return { status: 201, body: {} } } catch (error) { return { status: 500, body: ${body} } } } }`
  const contract = add('z.object({ text: z.string() })')
  expect(errorLeaks(boot(contract, failing('{ message: error.message }')))).toHaveLength(1)
  expect(errorLeaks(boot(contract, failing("{ message: 'failed' }")))).toEqual([])
})

test.each([
  ['a contract of another package', "(await import('@acme/contracts')).contract", `{ ${store} }`],
  ['a router that is not known', add('z.object({})'), 'loadHandlers()'],
  ['a handler that is not known', add('z.object({})'), '{ add: makeHandler() }'],
  ['a route that the contract does not have', add('z.object({})'), `{ ${store}, other: async () => ({ status: 200, body: {} }) }`],
])('%s: a gap', (_, contract, router) => {
  expect(gapsOf(boot(contract, router))).toEqual(['@ts-rest/express registers routes that are not read'])
})
