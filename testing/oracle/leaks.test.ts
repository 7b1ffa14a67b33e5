// What a failing request tells its client: the findings beside the answer of the running application.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../project.js'
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { leaks } from './leaks.js'
import { probeError } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const SECRET = 'column pin_hash of accounts'
const STACK = 'no-stack-in-response'
const OBJECT = 'no-error-object-in-response'

describe.concurrent('findings about errors are what clients see', () => {
  test.each(Object.entries(leaks))('%s', (_title, statements) => turn(() => compare(statements)), TIMEOUT)
})

async function compare(statements: string): Promise<void> {
  const app = { app: serverWith(statements) }
  const texts = applicationTexts(app, 5)
  const { findings } = analyze(loadTexts(texts).input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(texts, { express: 5, fixture: fixtureOf(app, texts) })
  try {
    const { leaksStack, leaksMessage, body } = await probeError(running.url, '/fail', { flood: '/', secret: SECRET })
    const reported = [STACK, OBJECT].filter((rule) => findings.some(({ ruleId }) => ruleId === rule))
    expect(reported, body.slice(0, 300)).toEqual((leaksStack ? [STACK] : leaksMessage ? [OBJECT] : []).filter(exists))
  } finally {
    await running.stop()
  }
}

function serverWith(statements: string): string {
  return `
//- /server.js
const express = require('express')
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
