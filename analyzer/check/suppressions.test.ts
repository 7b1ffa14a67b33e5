// Comments that take findings away, and what is said about the comments.
import { expect, test } from 'vitest'
import { handMadeModel, locate } from '../../testing/handMadeModel.js'
import type { ProjectModel } from '../model/model.js'
import { checkModel } from './checkModel.js'
import { DEFAULT_CONFIGURATION } from './configuration.js'
import { defineRule, type Rule } from './rule.js'

/** A rule that reports every `bad()` and, in deployment files, every value `bad`. */
function badRule(id = 'no-bad'): Rule {
  return defineRule({
    id,
    summary: 'Nothing is bad.',
    category: 'logging',
    severity: 'error',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { bad: { what: 'Bad.', why: '', how: '' } },
    *check(model) {
      for (const [file, facts] of model.files) {
        if (facts.kind === 'deployment') {
          for (const entry of facts.entries)
            if (entry.value === 'bad') yield { message: 'bad', at: { file, fn: '', node: entry.node }, confidence: 'high' }
          continue
        }
        const text = texts.get(model)?.[file] ?? ''
        const count = text.split('bad()').length - 1
        for (let index = 0; index < count; index++)
          yield { message: 'bad', at: locate(model, file, text, 'bad()', index), confidence: 'high' }
      }
    },
  })
}

const texts = new WeakMap<ProjectModel, Record<string, string>>()

function reports(text: string, file = 'a.js', rules: readonly Rule[] = [badRule()], only: readonly string[] = []): string[] {
  const model = handMadeModel({ [file]: text })
  texts.set(model, { [file]: text })
  return checkModel(model, rules, { configuration: DEFAULT_CONFIGURATION, only }).findings.map(
    (finding) => `${finding.range.start.line} ${finding.ruleId}`,
  )
}

test.each([
  ['next line', '// parapet-ignore-next-line no-bad -- known\nbad()\nbad()', ['3 no-bad']],
  ['next line of a block comment', '/* parapet-ignore-next-line no-bad\n   -- known */\nbad()', []],
  ['same line', 'bad() // parapet-ignore-line no-bad -- known\nbad()', ['2 no-bad']],
  ['block', '// parapet-ignore-start no-bad -- known\nbad()\nbad()\n// parapet-ignore-end no-bad\nbad()', ['5 no-bad']],
  ['block ended without names', '// parapet-ignore-start no-bad -- known\nbad()\n// parapet-ignore-end\nbad()', ['4 no-bad']],
  ['file', 'bad()\nbad()\n// parapet-ignore-file no-bad -- generated', []],
])('%s', (_, text, expected) => {
  expect(reports(text)).toEqual(expected)
})

test('comments stacked above one line all speak of that line', () => {
  const text = '// parapet-ignore-next-line no-bad -- known\n// parapet-ignore-next-line no-evil -- known\nbad()'
  expect(reports(text, 'a.js', [badRule(), badRule('no-evil')])).toEqual([])
})

test('several rules in one comment, with commas or blanks', () => {
  const rules = [badRule(), badRule('no-evil'), badRule('no-ugly')]
  expect(reports('bad() // parapet-ignore-line no-bad, no-evil no-ugly -- known', 'a.js', rules)).toEqual([])
})

test('a missing reason is reported and the suppression still works', () => {
  expect(reports('// parapet-ignore-next-line no-bad\nbad()')).toEqual(['1 suppression-without-reason'])
  expect(reports('// parapet-ignore-next-line no-bad --\nbad()')).toEqual(['1 suppression-without-reason'])
})

test('an unused suppression is reported, but only when its rule ran', () => {
  const text = '// parapet-ignore-next-line no-bad -- was bad\ngood()'
  expect(reports(text)).toEqual(['1 unused-suppression'])
  expect(reports(text, 'a.js', [badRule(), badRule('no-evil')], ['no-evil'])).toEqual([])
})

test('only the names that suppress nothing are called unused', () => {
  expect(reports('bad() // parapet-ignore-line no-bad, no-evil -- known', 'a.js', [badRule(), quietRule('no-evil')])).toEqual([
    '1 unused-suppression',
  ])
})

test('an unknown rule is reported with a guess', () => {
  const text = '// parapet-ignore-next-line no-bda -- known\nbad()'
  const model = handMadeModel({ 'a.js': text })
  texts.set(model, { 'a.js': text })
  const { findings } = checkModel(model, [badRule()], { configuration: DEFAULT_CONFIGURATION, only: [] })
  expect(findings.map((finding) => [finding.ruleId, finding.how])).toEqual([
    ['unknown-suppressed-rule', 'Did you mean `no-bad`?'],
    ['no-bad', ''],
  ])
})

test.each([
  ['no rule', '// parapet-ignore-next-line -- all of them\nbad()'],
  ['an unknown form', '// parapet-ignore-nextline no-bad -- known\nbad()'],
  ['no form', '// parapet-ignore no-bad -- known\nbad()'],
  ['an end without a start', '// parapet-ignore-end no-bad\nbad()'],
])('a comment that cannot work is reported: %s', (_, text) => {
  expect(reports(text)).toEqual(['1 malformed-suppression', '2 no-bad'])
})

test('a block without its end suppresses nothing', () => {
  expect(reports('// parapet-ignore-start no-bad -- known\nbad()')).toEqual(['1 malformed-suppression', '2 no-bad'])
})

test('suppressions in lines that end with carriage returns', () => {
  expect(reports('// parapet-ignore-next-line no-bad -- known\r\nbad()\r\nbad()')).toEqual(['3 no-bad'])
})

function quietRule(id: string): Rule {
  return { ...badRule(id), check: () => [] }
}

test.each([
  ['Dockerfile', 'FROM node\n# parapet-ignore-next-line no-bad -- known\nENV bad\nENV bad', ['4 no-bad']],
  ['compose.yml', 'a: bad # parapet-ignore-line no-bad -- known\nb: bad', ['2 no-bad']],
  ['fly.toml', '# parapet-ignore-start no-bad -- known\na = "bad"\n# parapet-ignore-end\nb = "bad"', ['4 no-bad']],
  ['start.sh', '#!/bin/sh\nexport A=bad # parapet-ignore-line no-bad -- known\nexport B=bad', ['3 no-bad']],
  ['.env', '# parapet-ignore-file no-bad -- known\nA=bad', []],
])('in %s', (file, text, expected) => {
  expect(reports(text, file)).toEqual(expected)
})
