// The test functions themselves: that they pass what is right and fail what is not.
import { expect, test } from 'vitest'
import { cwe, defineRule } from '../analyzer/check/rule.js'
import { safeFix } from '../analyzer/fix/fix.js'
import { check } from './check.js'
import { checkFix, checkNoFix } from './checkFix.js'
import { modelOf } from './model.js'
import { checkRulePage } from './readme.js'

const rule = defineRule({
  id: 'no-anonymous-app',
  summary: 'Applications say who they are.',
  category: 'operations',
  severity: 'warning',
  presets: ['strict'],
  frameworks: ['express'],
  references: [cwe(1)],
  messages: { anonymous: { what: 'This application has no name.', why: 'Nobody knows it.', how: 'Name it.' } },
  *check(model) {
    for (const app of model.apps) {
      if (app.scope.settings.some((setting) => setting.name === 'name')) continue
      const entry = app.scope.entries[0]
      yield {
        message: 'anonymous',
        at: app.at,
        confidence: 'high',
        related: entry === undefined ? [] : [{ at: entry.at, note: 'Its first route.', role: 'evidence' }],
        fix: safeFix('Name it', (editor) => {
          const name = editor.nameOf(app.scope)
          editor.insertAfter(app.at, `${name ?? 'app'}.set('name', 'api')`)
        }),
      }
    }
  },
})

const app = `
  import express from 'express';
  const app = express(); // the application
  //          ^^^^^^^^^ [high, warning] has no name
  app.get('/', (req, res) => res.send('x'));
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] first route
  app.listen(3000);
`

test('findings that are marked pass', () => {
  expect(check(rule, app)).toHaveLength(1)
})

test('a finding without a mark, a mark without a finding and a wrong text fail', () => {
  expect(() => check(rule, app.replace(/.*\^\^.*\n/, ''))).toThrow(/reported and not marked/)
  expect(() => check(rule, app.replace("'express';\n", "'express';\n  //     ^^^^^^^\n"))).toThrow(/marked and not reported/)
  expect(() => check(rule, app.replace('has no name', 'has a name'))).toThrow(/the mark says "high warning has a name"/)
  expect(() => check(rule, app.replace('first route', 'last route'))).toThrow(/marked as related and is not/)
})

test('a mark can name the fix and its grade, and say that all related places are marked', () => {
  const say = (words: string): string => app.replace('[high, warning] has no name', words)
  expect(check(rule, say('[complete, safe] has no name => Name it'))).toHaveLength(1)
  expect(() => check(rule, say('has no name => no fix'))).toThrow(/the mark says "has no name => no fix"[^]*=> Name it/)
  expect(() => check(rule, say('[suggestion] has no name'))).toThrow(/reported and not marked/)
  expect(() => check(rule, say('[complete]').replace(/.*~~.*\n/, ''))).toThrow(
    /app\.ts:3:1 is related and not marked: \[evidence\] Its first route/,
  )
})

test('a file that does not parse fails', () => {
  expect(() => check(rule, 'const = 1')).toThrow(/app\.ts:1/)
})

test('a fix is compared, file by file', () => {
  const after = (line: string): string => `
    import express from 'express';
    const app = express(); // the application
    ${line}
    app.get('/', (req, res) => res.send('x'));
    app.listen(3000);
  `
  checkFix(rule, app, after("app.set('name', 'api');"))
  expect(() => checkFix(rule, app, after("app.set('name', 'web');"))).toThrow(/app\.ts after the fix/)
  expect(() => checkNoFix(rule, app)).toThrow()
})

test('a fix that leaves the finding fails', () => {
  const withFix = (edit: Parameters<typeof safeFix>[1]): typeof rule => ({
    ...rule,
    *check(model) {
      for (const problem of rule.check(model)) yield { ...problem, fix: safeFix('Break it', edit) }
    },
  })
  const [made] = modelOf(app).apps
  if (made === undefined) throw new Error('the fixture has no application')
  expect(() =>
    checkFix(
      withFix((editor) => editor.insertAfter(made.at, 'go()')),
      app,
      app,
    ),
  ).toThrow(/no fix was applied/)
})

test('the examples of a page are checked', () => {
  const page = (incorrect: string, correct: string): string =>
    `# no-anonymous-app\n\nx\n\n## Incorrect\n\n\`\`\`js\n${incorrect}\n\`\`\`\n\n## Correct\n\n\`\`\`js\n${correct}\n\`\`\`\n`
  const bad = "const app = require('express')()\napp.listen(1)"
  const good = "const app = require('express')()\napp.set('name', 'api')\napp.listen(1)"
  checkRulePage(rule, page(bad, good))
  expect(() => checkRulePage(rule, page(good, good))).toThrow(/is called incorrect/)
  expect(() => checkRulePage(rule, page(bad, bad))).toThrow(/is called correct/)
})
