// What other sites may read: the findings beside the answers of the running application.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../project.js'
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { origins } from './origins.js'
import { send } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const ANY = 'no-permissive-cors'
const CREDENTIALED = 'no-credentialed-any-origin'
const BYPASS = 'no-bypassable-origin-check'
/** Sites that are nobody's friend, but look like the allowed ones. */
const LOOKALIKES = ['https://app.example.com.evil.invalid', 'https://evilexample.com']

describe.concurrent('findings about origins are what browsers are told', () => {
  test.each(Object.entries(origins))('%s', (_title, statements) => turn(() => compare(statements)), TIMEOUT)
})

async function compare(statements: string): Promise<void> {
  const app = { app: serverWith(statements) }
  const texts = applicationTexts(app, 5)
  const { findings } = analyze(loadTexts(texts).input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(texts, { express: 5, fixture: fixtureOf(app, texts) })
  try {
    const reported = [ANY, CREDENTIALED, BYPASS].filter((rule) => findings.some(({ ruleId }) => ruleId === rule))
    expect(reported).toEqual((await expectedRules(running.url)).filter(exists))
  } finally {
    await running.stop()
  }
}

async function expectedRules(url: string): Promise<readonly string[]> {
  const foreign = await told(url, 'https://foreign.invalid')
  if (foreign.isAllowed) return foreign.isReflected && foreign.credentials ? [CREDENTIALED] : [ANY]
  const lookalikes = await Promise.all(LOOKALIKES.map((origin) => told(url, origin)))
  return lookalikes.some(({ isAllowed }) => isAllowed) ? [BYPASS] : []
}

async function told(url: string, origin: string): Promise<{ isAllowed: boolean; isReflected: boolean; credentials: boolean }> {
  const { headers } = await send(url, { method: 'GET', path: '/account', headers: { origin } })
  const allowed = headers.get('access-control-allow-origin')
  return {
    isAllowed: allowed === origin || allowed === '*',
    isReflected: allowed === origin,
    credentials: headers.get('access-control-allow-credentials') === 'true',
  }
}

function serverWith(statements: string): string {
  return `
//- /server.js
const express = require('express')
const cors = require('cors')
const app = express()
const allowed = ['https://app.example.com', 'https://admin.example.com']
${statements}
app.get('/account', (req, res) => res.json({ name: 'Ada' }))
app.post('/account', (req, res) => res.status(201).json({ ok: true }))
app.listen(process.env.PORT)
`
}

function exists(rule: string): boolean {
  return rules.some(({ id }) => id === rule)
}
