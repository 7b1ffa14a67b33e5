// What one rule says of one line in the same words is one finding.
import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/check.js'
import { defineRule, type Rule } from './rule.js'

const rule: Rule = defineRule({
  id: 'no-log',
  summary: 'No log.',
  category: 'logging',
  severity: 'warning',
  presets: ['recommended'],
  frameworks: ['express'],
  references: [],
  messages: { call: { what: '{text} is logged.', why: 'It is.', how: 'Remove it.' } },
  *check(model) {
    for (const call of model.calls) {
      const [first] = call.args
      if (first?.kind === 'literal') yield { message: 'call', at: call.at, data: { text: String(first.value) }, confidence: 'high' }
    }
  },
})

const found = (text: string): readonly string[] =>
  findingsOf(rule, new Map([['a.js', text]])).map(
    ({ message, range, related }) =>
      `${range.start.line}:${range.start.column} ${message}${related.map((one) => ` + ${one.range.start.column} ${one.role}`).join('')}`,
  )

test('the first place stands for all, in order', () => {
  expect(found("console.log('a'); console.log('a'); console.log('a')\nconsole.log('a')\n")).toEqual([
    '1:1 a is logged. + 19 affected + 37 affected',
    '2:1 a is logged.',
  ])
})

test('what differs in its words stays apart', () => {
  expect(found("console.log('a'); console.log('b')\n")).toEqual(['1:1 a is logged.', '1:19 b is logged.'])
})
