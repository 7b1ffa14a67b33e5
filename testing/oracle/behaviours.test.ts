// What middleware does for requests: the model's answer beside that of the running application.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { Capability, ProjectModel } from '../../analyzer/model/model.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { loadTexts } from '../project.js'
import { behaviours } from './behaviours.js'
import { ENOUGH_HEADERS } from './capabilities.js'
import { applicationTexts } from './inlineApplication.js'
import { probeLimit, SECURITY_HEADERS, send } from './probe.js'
import { startTable, type RunningTable } from './startTable.js'

let table: RunningTable
const PLAN = { flood: '/', attempts: 25 }

beforeAll(async () => {
  table = await startTable(Object.fromEntries(Object.entries(behaviours).map(([title, statements]) => [title, serverWith(statements)])))
})

afterAll(() => table.stop())

test.each(Object.entries(behaviours))('the model says what a layer does for a request: %s', async (title, statements) => {
  await compare(title, statements)
})

async function compare(title: string, layers: string): Promise<void> {
  const texts = applicationTexts({ app: `//- /server.js\n${serverWith(layers)}` }, 5)
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const url = table.url(title)
  const { headers } = await send(url, { method: 'GET', path: '/' })
  const reality: Partial<Record<Capability, string>> = {
    'security-headers': answer(SECURITY_HEADERS.filter((name) => headers.has(name)).length >= ENOUGH_HEADERS),
    csp: answer(headers.has('content-security-policy')),
    hsts: answer(headers.has('strict-transport-security')),
    'hide-powered-by': answer(!headers.has('x-powered-by')),
    'rate-limit': answer((await probeLimit(url, PLAN)) !== null),
  }
  expect(Object.fromEntries(Object.keys(reality).map((capability) => [capability, saidOf(model, capability as Capability)]))).toEqual(
    reality,
  )
}

function saidOf(model: ProjectModel, capability: Capability): string {
  const route = model.routes.find(({ path, entry }) => path === '/' && entry.handlers.length === 1)
  return route === undefined ? 'no route' : protectsRoute(model, route, capability).answer
}

function answer(holds: unknown): string {
  return holds ? 'yes' : 'no'
}

function serverWith(layers: string): string {
  return `const express = require('express')
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')
const app = express()
const pass = (req, res, next) => next()
${layers}
app.get('/', (req, res) => res.json({ ok: true }))
app.listen(process.env.PORT)
`
}
