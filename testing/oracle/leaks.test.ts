// What a failing request tells its client: the findings beside the answer of the running application.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../project.js'
import { applicationTexts } from './inlineApplication.js'
import { leaks } from './leaks.js'
import { probeError } from './probe.js'
import { startTable, type RunningTable } from './startTable.js'

let table: RunningTable
const SECRET = 'column pin_hash of accounts'
const STACK = 'no-stack-in-response'
const OBJECT = 'no-error-object-in-response'

beforeAll(async () => {
  table = await startTable(Object.fromEntries(Object.entries(leaks).map(([title, statements]) => [title, serverWith(statements)])))
})

afterAll(() => table.stop())

test.each(Object.entries(leaks))('findings about errors are what clients see: %s', async (title, statements) => {
  await compare(title, statements)
})

async function compare(title: string, statements: string): Promise<void> {
  const texts = applicationTexts({ app: `//- /server.js\n${serverWith(statements)}` }, 5)
  const { findings } = analyze(loadTexts(texts).input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const url = table.url(title)
  const { leaksStack, leaksMessage, body } = await probeError(url, '/fail', { flood: '/', secret: SECRET })
  const reported = [STACK, OBJECT].filter((rule) => findings.some(({ ruleId }) => ruleId === rule))
  expect(reported, body.slice(0, 300)).toEqual((leaksStack ? [STACK] : leaksMessage ? [OBJECT] : []).filter(exists))
}

function serverWith(statements: string): string {
  return `const express = require('express')
const app = express()
class DriverError extends Error {
  constructor() {
    super('cannot read ${SECRET}')
    this.sql = 'SELECT ${SECRET}'
    this.code = 'E_COLUMN'
  }
}
const fail = (req, res) => {
  throw new DriverError()
}
${statements}
app.listen(process.env.PORT)
`
}

function exists(rule: string): boolean {
  return rules.some(({ id }) => id === rule)
}
