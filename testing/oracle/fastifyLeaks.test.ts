// What clients of Fastify learn of errors: findings beside the answers of the running application.
import Fastify from 'fastify'
import fp from 'fastify-plugin'
import { expect, test, vi } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import noErrorObjectInResponse from '../../rules/no-error-object-in-response/rule.js'
import noStackInResponse from '../../rules/no-stack-in-response/rule.js'
import requireErrorHandler from '../../rules/require-error-handler/rule.js'
import { loadTexts } from '../project.js'
import { fastifyLeaks } from './fastifyLeaks.js'
import { applicationTexts } from './inlineApplication.js'

const rules = [noErrorObjectInResponse, noStackInResponse, requireErrorHandler]
const SETUP = `class DriverError extends Error {
  constructor() {
    super("Unknown column 'pin_hash' in 'accounts'")
    this.code = 'ER_BAD_FIELD_ERROR'
    this.sql = 'SELECT pin_hash FROM accounts'
  }
}
const fail = async () => {
  throw new DriverError()
}
`

test.each(Object.entries(fastifyLeaks))('what reaches the client is told, and nothing else: %s', async (title, statements) => {
  const text = await answered(statements)
  const found = findingsOf(statements)
  expect(found.includes('no-stack-in-response'), text).toBe(/\bat .*:\d+:\d+/.test(text))
  // The outer handler leaks for whoever registers a route there.
  const isTold = found.some((rule) => rule !== 'no-stack-in-response')
  if (!title.includes('around it') && !/\bat .*:\d+:\d+/.test(text)) expect(isTold, text).toBe(/pin_hash|ER_BAD/.test(text))
})

/** The answer of the very text that the model reads. */
async function answered(statements: string): Promise<string> {
  vi.stubEnv('NODE_ENV', 'production')
  const app = Fastify()
  const run = new Function('app', 'fp', `return (async () => { ${SETUP}\n${statements}\n})()`) as (...args: unknown[]) => Promise<void>
  try {
    await run(app, fp)
    return (await app.inject('/fail')).body
  } finally {
    await app.close()
    vi.unstubAllEnvs()
  }
}

function findingsOf(statements: string): readonly string[] {
  const text = `//- /server.js
import Fastify from 'fastify'
import fp from 'fastify-plugin'
const app = Fastify({ logger: true })
${SETUP}
${statements}
await app.listen({ port: 3000 })
`
  const { input } = loadTexts(applicationTexts({ app: text }, 5))
  return analyze(input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] }).findings.map(({ ruleId }) => ruleId)
}
