// Fixes of several rules at once, where one has to know of what another adds.
import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { editsOf, textsAfter } from '../analyzer/fix/applyFixes.js'
import { fixAll } from '../analyzer/fixAll.js'
import comparison from '../rules/no-timing-unsafe-comparison/rule.js'
import health from '../rules/require-health-check/rule.js'
import limits from '../rules/require-rate-limit/rule.js'
import { parseFixture } from './fixture.js'
import { configurationOf } from './model.js'
import { nestFixture } from './nestFixture.js'
import { loadTexts } from './project.js'

test('a probe that one fix adds is left out of the limit that another adds', () => {
  const { input, text } = loadTexts(
    parseFixture(
      nestFixture(`//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'

@Controller('notes')
export class NotesController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [NotesController] })
export class AppModule {}
`),
    ).files,
  )
  const { texts } = fixAll(input, [health, limits], {
    configuration: configurationOf({}),
    only: [health.id, limits.id],
    grade: 'suggestion',
    fits: () => true,
    text,
  })
  expect(texts.get('health.controller.ts')).toContain('  @SkipThrottle()\n  @Get()')
  expect(texts.get('app.module.ts')).toContain('useClass: ThrottlerGuard')
})

test('fixes that are chosen one after the other come to what all of them come to at once', () => {
  const router = (name: string) => `const router = require('express').Router()
router.get('/', (req, res) => (req.query.key === process.env.${name} ? res.end() : res.status(401).end()))
module.exports = router
`
  const start = parseFixture(`//- /app.js
const express = require('express')
const app = express()
app.use('/a', require('./a'))
app.use('/b', require('./b'))
app.listen(3000)
//- /a.js
${router('A_KEY')}//- /b.js
${router('B_KEY')}`).files
  const settings = { configuration: configurationOf({}), only: [comparison.id] }
  const { input, text } = loadTexts(start)
  const atOnce = fixAll(input, [comparison], { ...settings, grade: 'suggestion', fits: () => true, text })
  let texts: ReadonlyMap<string, string> = start
  const made: (readonly string[])[] = []
  for (;;) {
    const { findings, model } = analyze(loadTexts(texts).input, [comparison], settings)
    const [finding] = findings
    if (finding === undefined) break
    const context = { model, text: (file: string) => texts.get(file) ?? null }
    const edits = finding.fix === null ? null : editsOf(finding.fix, context)
    if (edits === null) throw new Error('the fix does not apply')
    made.push([...edits.keys()])
    texts = new Map([...texts, ...textsAfter(edits, context)])
  }
  expect(made).toEqual([['a.js', 'isSameSecret.js'], ['b.js']])
  expect([...texts].sort()).toEqual([...new Map([...start, ...atOnce.texts])].sort())
})
