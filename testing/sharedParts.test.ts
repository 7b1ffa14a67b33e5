// Values share parts: forty lines, each of which names the one before twice, make a tree of a billion leaves. What looks into values must see each part once, or count what it sees.
import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { rules } from '../rules/index.js'
import { loadTexts } from './project.js'

const LINES = 40

/** What a line makes of the one before. */
const SHAPES: Readonly<Record<string, (before: string) => string>> = {
  sum: (p) => `${p} + ${p}`,
  alternative: (p) => `${p} || ${p}.x`,
  template: (p) => `\`\${${p}}-\${${p}}\``,
  choice: (p) => `flag() ? ${p} + 'a' : ${p} + 'b'`,
  object: (p) => `{ a: ${p}, b: ${p}, c: ${p}.a }`,
  'spread object': (p) => `{ ...${p}, a: ${p}, b: ${p} }`,
  list: (p) => `[${p}, ${p}]`,
  'call of a package': (p) => `mix(${p}, ${p})`,
  'call of the project': (p) => `own(${p}, ${p})`,
  method: (p) => `${p}.concat(${p})`,
  comparison: (p) => `${p} === 'x' && ${p} !== 'y'`,
  'negated alternative': (p) => `!${p} || ${p}`,
  instance: (p) => `new Box(${p}, ${p})`,
  'method of one of several': (p) => `(flag() ? ${p} : flag(1) ? { at: () => ${p} } : [${p}]).at(0)`,
  'awaited call': (p) => `await mix(${p}, ${p})`,
  closure: (p) => `() => [${p}, ${p}]`,
  member: (p) => `${p}[${p}]`,
}

function lines(shape: (before: string) => string, first: string): string {
  const made = Array.from({ length: LINES }, (_, index) => `const v${index + 1} = ${shape(`v${index}`)}`)
  return [`const v0 = ${first}`, ...made, `const v = v${LINES}`].join('\n')
}

function application(shape: (before: string) => string): string {
  return `
const express = require('express')
const crypto = require('crypto')
const jwt = require('jsonwebtoken')
const { Pool } = require('pg')
const { flag, mix } = require('some-package')
const logger = require('pino')()
class Box { constructor(a, b) { this.a = a; this.b = b } }
function own(a, b) { return flag() ? { a, b } : [a, b] }
const app = express()
async function main() {
  ${lines(shape, 'process.env.SECRET_KEY')}
  app.use(require('helmet')(v))
  app.use(require('cors')({ origin: v, credentials: v }))
  app.use(require('express-rate-limit')({ max: v, windowMs: v, skip: v }))
  app.use(require('express-session')({ secret: v, cookie: { secure: v } }))
  app.set('trust proxy', v)
  app.use(v, express.json({ limit: v }))
}
main()
app.post('/login', async (req, res) => {
  console.log('asked')
  try {
    ${lines(shape, 'req.body.x')}
    logger.info({ v }, v)
    res.setHeader('Access-Control-Allow-Origin', v)
    res.cookie('session', v, { secure: v })
    jwt.verify(jwt.sign({ sub: v }, v, { expiresIn: v }), v, { algorithms: [v] })
    crypto.createHmac('sha256', v).update(v).digest('hex')
    if (v === req.headers['x-api-key']) return res.send('ok')
    await new Pool({ connectionString: v, ssl: v }).query('select ' + v, [v])
    await fetch(v, { headers: { authorization: v } })
    res.redirect(v)
  } catch (error) {
    ${lines(shape, 'error')}
    res.status(500).json({ error: v })
  }
})
app.listen(3000)
`
}

function checked(shape: (before: string) => string) {
  const { input } = loadTexts(
    new Map([
      ['app.js', application(shape)],
      ['package.json', '{ "dependencies": { "express": "^4.19.0", "helmet": "^7.0.0" } }'],
    ]),
  )
  const { findings, internalErrors, seen } = analyze(input, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  expect(internalErrors).toEqual([])
  return { told: findings.map(({ ruleId }) => ruleId), exhausted: seen.exhaustedBudgets }
}

test.each(Object.entries(SHAPES))('a value that shares its parts is looked into once: %s', (_, shape) => {
  const { told, exhausted } = checked(shape)
  expect(exhausted).toBe(0)
  expect(told).toContain('no-console')
})

test('members of members of alternatives are a billion: the boot gives up and says so', () => {
  const { exhausted } = checked((p) => `(${p} && ${p}.a) || (${p}.b ?? ${p})`)
  expect(exhausted).toBeGreaterThan(0)
})
