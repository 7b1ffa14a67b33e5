// What two rules say of routes that one line of a loop registers: the finding about some of them does not hide the one about the rest.
import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import noIneffectiveRateLimit from '../rules/no-ineffective-rate-limit/rule.js'
import requireAuthRateLimit from '../rules/require-auth-rate-limit/rule.js'
import requireRateLimit from '../rules/require-rate-limit/rule.js'
import { parseFixture } from './fixture.js'
import { configurationOf } from './model.js'
import { loadTexts } from './project.js'

function rulesReported(paths: string, after = ''): readonly string[] {
  const { files } = parseFixture(`
    //- /app.js
    const express = require('express')
    const app = express()
    const routes = [${paths}]
    for (const path of routes) app.post(path, (req, res) => res.json({}))
    ${after}
    app.listen(3000)
  `)
  const { findings } = analyze(loadTexts(files).input, [noIneffectiveRateLimit, requireAuthRateLimit, requireRateLimit], {
    configuration: configurationOf({}),
    only: [],
  })
  return findings.map(({ ruleId }) => ruleId).sort()
}

test('routes that one line registers are counted', () => {
  expect(rulesReported(`'/login', '/items', '/orders'`)).toEqual(['require-auth-rate-limit', 'require-rate-limit'])
  expect(rulesReported(`'/login', '/register'`)).toEqual(['require-auth-rate-limit'])
})

test('a limiter that comes too late for some of them is not the cause for others', () => {
  const late = (path: string): string => `app.use('${path}', require('express-rate-limit').rateLimit({ limit: 5 }))`
  expect(rulesReported(`'/login', '/items'`, late('/items'))).toContain('require-auth-rate-limit')
  expect(rulesReported(`'/login', '/items'`, late('/login'))).toEqual(['no-ineffective-rate-limit', 'require-rate-limit'])
})
