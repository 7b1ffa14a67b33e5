// A session computes what a fresh analysis would, extracts what changed and nothing else, and keeps what it knew of broken text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze, type Analysis, type ProjectInput } from './analyze.js'
import { DEFAULT_CONFIGURATION } from './check/configuration.js'
import { defineRule } from './check/rule.js'
import { extractFacts } from './extract/extractFacts.js'
import { errorLeaks } from './model/errors/errorLeaks.js'
import { createSession } from './session.js'
import { everyRoute } from '../testing/everyRoute.js'
import { packageAt } from '../testing/packageAt.js'

const routes = everyRoute('every-route')

const APP = `const express = require('express')
const app = express()
app.use('/users', require('./users'))
app.listen(3000)
`
const USERS = `const router = require('express').Router()
router.get('/:id', (req, res) => res.json({}))
module.exports = router
`
const MANIFEST = '{ "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }'

function projectOf(texts: Readonly<Record<string, string>>): ProjectInput {
  return {
    files: new Map(Object.entries(texts).map(([file, text]) => [file, extractFacts(file, text)])),
    packages: [packageAt('', { dependencies: { express: '^5.0.0' }, scripts: { start: 'node app.js' } })],
    tsconfigs: [],
    ignoredFiles: [],
  }
}

const TEXTS = { 'package.json': MANIFEST, 'app.js': APP, 'users.js': USERS }
const options = { configuration: DEFAULT_CONFIGURATION, only: [] }
const seen = (analysis: Analysis) => analysis.findings.map(({ file, range, message }) => `${file}:${range.start.line} ${message}`)

test('an edit in one file changes findings in another, and extracts one file', () => {
  const session = createSession(projectOf(TEXTS), [routes], options)
  expect(seen(session.analyze())).toEqual(['users.js:2 GET /users/:id.'])
  session.update('app.js', APP.replace('/users', '/people'))
  expect(seen(session.analyze())).toEqual(['users.js:2 GET /people/:id.'])
  expect(session.extractions()).toBe(1)
  session.update('app.js', APP.replace('/users', '/people'))
  expect(session.extractions()).toBe(1)
})

test('an edit in a template changes what is said of the code that renders it', () => {
  const app = `const express = require('express')
const app = express()
app.use((err, req, res, next) => { res.status(500).render('error', { error: err }) })
app.listen(3000)
`
  const leaks = defineRule({
    id: 'every-leak',
    summary: 'Errors leak.',
    category: 'errors',
    severity: 'info',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { leak: { what: '{part}.', why: '', how: '' } },
    *check(model) {
      for (const { at, part } of errorLeaks(model)) yield { message: 'leak', at, confidence: 'high', data: { part } }
    },
  })
  const view = 'views/error.ejs'
  const texts = { 'package.json': MANIFEST, 'app.js': app, [view]: '<%= error.status %>' }
  const session = createSession(projectOf(texts), [leaks], options)
  expect(seen(session.analyze())).toEqual([])
  session.update(view, '<%= error.stack %>')
  expect(seen(session.analyze())).toEqual(['app.js:3 stack.'])
  session.update(view, '<%= error.message %>')
  expect(seen(session.analyze())).toEqual(['app.js:3 message.'])
  session.update(view, null)
  expect(seen(session.analyze())).toEqual(['app.js:3 stack.'])
})

test('a file that stops parsing keeps its findings and is listed; a file that goes takes them along', () => {
  const session = createSession(projectOf(TEXTS), [routes], options)
  session.update('users.js', `${USERS}\nrouter.get(`)
  const broken = session.analyze()
  expect(seen(broken)).toEqual(['users.js:2 GET /users/:id.'])
  expect(broken.unparsed.map(({ file }) => file)).toEqual(['users.js'])
  session.update('users.js', USERS)
  expect(session.analyze().unparsed).toEqual([])
  session.update('users.js', null)
  expect(seen(session.analyze())).toEqual([])
})

test('dependencies follow the text of package.json, also while it is broken', () => {
  const session = createSession(projectOf(TEXTS), [], options)
  session.update('package.json', MANIFEST.replace('"express"', '"helmet": "^8.0.0", "express"'))
  expect(session.analyze().model.packages[0]?.dependencies).toEqual({ helmet: '^8.0.0', express: '^5.0.0' })
  session.update('package.json', '{ "dependencies": ')
  expect(session.analyze().model.packages[0]?.dependencies).toHaveProperty('helmet')
})

test('after any sequence of edits the findings are those of a fresh analysis', () => {
  const edit = fc.record({
    file: fc.constantFrom('app.js', 'users.js', 'extra.js'),
    text: fc.constantFrom(
      APP,
      USERS,
      APP.replace('/users', '/x'),
      USERS.replace('get', 'post'),
      '',
      "module.exports = require('./users')\n",
      null,
    ),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const session = createSession(projectOf(TEXTS), [routes], options)
      const texts = new Map<string, string>(Object.entries(TEXTS))
      for (const { file, text } of edits) {
        session.update(file, text)
        if (text === null) texts.delete(file)
        else texts.set(file, text)
      }
      const fresh = analyze(projectOf(Object.fromEntries([...texts].sort())), [routes], options)
      const { findings, summary, notices } = session.analyze()
      expect({ findings, summary, notices }).toEqual({ findings: fresh.findings, summary: fresh.summary, notices: fresh.notices })
    }),
    { numRuns: 60 },
  )
})

test('a beginning in steps changes nothing but that the analysis finds its work done', () => {
  let runs = 0
  const counted = defineRule({
    ...routes,
    *check(model) {
      runs++
      yield* routes.check(model)
    },
  })
  const session = createSession(projectOf(TEXTS), [counted], options)
  expect([...session.begin()]).toHaveLength(3)
  expect([runs, session.boots()]).toEqual([1, 1])
  expect(session.analyze().findings).toEqual(analyze(projectOf(TEXTS), [routes], options).findings)
  expect([runs, session.boots()]).toEqual([1, 1])
  const changed = USERS.replace('get', 'post')
  session.update('users.js', changed)
  expect(session.analyze().findings).toEqual(analyze(projectOf({ ...TEXTS, 'users.js': changed }), [routes], options).findings)
})

test('a beginning that is left in the middle, and one under several configurations, change nothing either', () => {
  const development = { ...DEFAULT_CONFIGURATION, environment: { NODE_ENV: 'development' } }
  const nested = [{ folder: 'lib', configuration: development }]
  const texts = { ...TEXTS, 'lib/app.js': APP, 'lib/users.js': USERS, 'lib/package.json': MANIFEST }
  const whole = createSession(projectOf(texts), [routes], { ...options, nested }).analyze().findings
  for (let steps = 0; steps < 7; steps++) {
    const session = createSession(projectOf(texts), [routes], { ...options, nested })
    const begun = session.begin()
    for (let step = 0; step < steps; step++) begun.next()
    expect(session.analyze().findings).toEqual(whole)
    expect(session.boots()).toBe(2)
  }
})

test('what a function registers that nobody calls is unreached, whatever it registered before an edit', () => {
  const registered = defineRule({
    ...routes,
    *check(model) {
      for (const { at, entries } of model.scopes)
        yield { message: 'route', at, confidence: 'high', data: { method: 'entries', path: `${entries.length}` } }
      for (const { at } of model.unreached) yield { message: 'route', at, confidence: 'high', data: { method: 'unreached', path: 'here' } }
    },
  })
  const withBody = (body: string): string => `${APP}app.get('/', (req, res) => res.json({}))\nfunction later() {\n  ${body}\n}\n`
  const session = createSession(projectOf({ ...TEXTS, 'app.js': withBody("app.post('/a', app)") }), [registered], options)
  const reached = ['app.js:2 entries 2.', 'users.js:1 entries 1.']
  const unreached = 'app.js:7 unreached here.'
  expect(seen(session.analyze())).toEqual([reached[0], unreached, reached[1]])
  session.update('app.js', withBody("app.use('/b', app)"))
  expect(seen(session.analyze())).toEqual([reached[0], unreached, reached[1]])
  session.update('app.js', withBody('console.log(1)'))
  expect(seen(session.analyze())).toEqual(reached)
  expect(session.boots()).toBe(1)
})
