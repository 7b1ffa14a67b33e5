// What middleware does for requests: the model's answer beside that of the running application.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { Capability, ProjectModel } from '../../analyzer/model/model.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { loadTexts } from '../project.js'
import { behaviours } from './behaviours.js'
import { ENOUGH_HEADERS } from './capabilities.js'
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { probeLimit, SECURITY_HEADERS, send } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const PLAN = { flood: '/', attempts: 25 }

describe.concurrent('the model says what a layer does for a request', () => {
  test.each(Object.entries(behaviours))('%s', (_title, layers) => turn(() => compare(layers)), TIMEOUT)
})

async function compare(layers: string): Promise<void> {
  const app = { app: serverWith(layers) }
  const texts = applicationTexts(app, 5)
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(texts, { express: 5, fixture: fixtureOf(app, texts) })
  try {
    const { headers } = await send(running.url, { method: 'GET', path: '/' })
    const reality: Partial<Record<Capability, string>> = {
      'security-headers': answer(SECURITY_HEADERS.filter((name) => headers.has(name)).length >= ENOUGH_HEADERS),
      csp: answer(headers.has('content-security-policy')),
      hsts: answer(headers.has('strict-transport-security')),
      'hide-powered-by': answer(!headers.has('x-powered-by')),
      'rate-limit': answer((await probeLimit(running.url, PLAN)) !== null),
    }
    expect(Object.fromEntries(Object.keys(reality).map((capability) => [capability, saidOf(model, capability as Capability)]))).toEqual(
      reality,
    )
  } finally {
    await running.stop()
  }
}

function saidOf(model: ProjectModel, capability: Capability): string {
  const route = model.routes.find(({ path, entry }) => path === '/' && entry.handlers.length === 1)
  return route === undefined ? 'no route' : protectsRoute(model, route, capability).answer
}

function answer(holds: unknown): string {
  return holds ? 'yes' : 'no'
}

function serverWith(layers: string): string {
  return `
//- /server.js
const express = require('express')
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')
const app = express()
const pass = (req, res, next) => next()
${layers}
app.get('/', (req, res) => res.json({ ok: true }))
app.listen(process.env.PORT)
`
}
