// What other sites may read: the findings beside the answers of the running application.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../project.js'
import { applicationTexts } from './inlineApplication.js'
import { origins } from './origins.js'
import { send } from './probe.js'
import { startTable, type RunningTable } from './startTable.js'

let table: RunningTable
const ANY = 'no-permissive-cors'
const CREDENTIALED = 'no-credentialed-any-origin'
const BYPASS = 'no-bypassable-origin-check'
/** Sites that are nobody's friend, but look like the allowed ones. */
const LOOKALIKES = ['https://app.example.com.evil.invalid', 'https://evilexample.com']

beforeAll(async () => {
  table = await startTable(Object.fromEntries(Object.entries(origins).map(([title, statements]) => [title, serverWith(statements)])))
})

afterAll(() => table.stop())

test.each(Object.entries(origins))('findings about origins are what browsers are told: %s', async (title, statements) => {
  await compare(title, statements)
})

async function compare(title: string, statements: string): Promise<void> {
  const texts = applicationTexts({ app: `//- /server.js\n${serverWith(statements)}` }, 5)
  const { findings } = analyze(loadTexts(texts).input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const url = table.url(title)
  const reported = [ANY, CREDENTIALED, BYPASS].filter((rule) => findings.some(({ ruleId }) => ruleId === rule))
  expect(reported).toEqual((await expectedRules(url)).filter(exists))
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
  return `const express = require('express')
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
