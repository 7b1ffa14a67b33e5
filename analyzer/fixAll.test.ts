// Fixes in passes: those that overlap wait, wrong ones are taken back, throwing ones are reported.
import { expect, test } from 'vitest'
import type { ProjectInput } from './analyze.js'
import { DEFAULT_CONFIGURATION } from './check/configuration.js'
import { defineRule, type Problem, type Rule } from './check/rule.js'
import { extractFacts } from './extract/extractFacts.js'
import { fixAll } from './fixAll.js'
import { FixRefused, safeFix, suggestion, type Editor, type Fix } from './fix/fix.js'
import type { ProjectModel } from './model/model.js'
import { globalOf, methodName } from './model/origins.js'
import type { Location } from './text/location.js'

/** Reports calls of `console.<method>`; `fixOf` says how they are fixed. */
function consoleRule(
  id: string,
  method: string,
  fixOf: (at: Location, editor: Editor) => void,
  grade: (title: string, edit: Fix['edit']) => Fix = safeFix,
): Rule {
  return defineRule({
    id,
    summary: 'No console.',
    category: 'logging',
    severity: 'warning',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { call: { what: 'Call.', why: '', how: '' } },
    *check(model: ProjectModel): Iterable<Problem<'call'>> {
      for (const call of model.calls) {
        if (call.receiver === null || globalOf(call.receiver) !== 'console' || methodName(call.callee) !== method) continue
        const fix = grade(`Fix ${id}`, (editor) => {
          fixOf(call.at, editor)
        })
        yield { message: 'call', at: call.at, confidence: 'high', fix }
      }
    },
  })
}

const TEXT = "console.log('a')\nconsole.log('b')\nconsole.info('c')\n"

function fix(rules: readonly Rule[], text = TEXT, grade: Fix['safety'] = 'safe') {
  const project: ProjectInput = {
    files: new Map([['app.js', extractFacts('app.js', text)]]),
    packages: [],
    tsconfigs: [],
    ignoredFiles: [],
  }
  return fixAll(project, rules, {
    configuration: DEFAULT_CONFIGURATION,
    only: [],
    grade,
    fits: () => true,
    text: (file) => (file === 'app.js' ? text : null),
  })
}

const remove = (at: Location, editor: Editor): void => {
  editor.removeStatement(at)
}

test('fixes all findings of a grade and says what is left', () => {
  const rules = [consoleRule('no-log', 'log', remove), consoleRule('no-info', 'info', remove, suggestion)]
  const safe = fix(rules)
  expect(safe.texts.get('app.js')).toBe("console.info('c')\n")
  expect([safe.fixed, safe.refused.length, safe.analysis.findings.length]).toEqual([2, 0, 1])
  const all = fix(rules, TEXT, 'suggestion')
  expect([all.fixed, all.analysis.findings.length]).toEqual([3, 0])
})

test('a fix whose finding stays is taken back and the others are kept', () => {
  const useless = consoleRule('no-log', 'log', (at, editor) => {
    if (editor.text(at).includes("'a'")) editor.insertAfter(at, "other('x')")
    else editor.removeStatement(at)
  })
  const outcome = fix([useless])
  expect(outcome.texts.get('app.js')).toBe("console.log('a')\nconsole.info('c')\n")
  expect([outcome.fixed, outcome.refused.length]).toEqual([1, 1])
})

test('a fix that makes more of its own findings ends', () => {
  const growing = consoleRule('no-log', 'log', (at, editor) => {
    editor.insertAfter(at, "console.log('more')")
  })
  const outcome = fix([growing])
  expect([outcome.fixed, outcome.texts.size]).toEqual([0, 0])
})

test('a fix that refuses is left to the user; one that throws is reported once and the others go on', () => {
  const refusing = consoleRule('no-info', 'info', () => {
    throw new FixRefused('not here')
  })
  expect(fix([refusing])).toMatchObject({ fixed: 0, internalErrors: [], refused: [{ ruleId: 'no-info' }] })
  const throwing = consoleRule('no-log', 'log', () => {
    throw new Error('boom')
  })
  const outcome = fix([throwing, consoleRule('no-info', 'info', remove)])
  expect(outcome.texts.get('app.js')).toBe("console.log('a')\nconsole.log('b')\n")
  expect(outcome.internalErrors).toHaveLength(1)
  expect(outcome.internalErrors[0]?.message).toContain('The fix "Fix no-log" of no-log failed: boom')
})

test('fixes that overlap are applied one after the other', () => {
  const upper = consoleRule('a-rule', 'log', (at, editor) => {
    editor.replace(at, editor.text(at).replace('console.log', 'console.debug'))
  })
  const lower = consoleRule('b-rule', 'log', (at, editor) => {
    editor.replace(at, editor.text(at).replace('console.log', 'console.trace'))
  })
  const outcome = fix([upper, lower], "console.log('a')\n")
  expect(outcome.texts.get('app.js')).toBe("console.debug('a')\n")
  expect(outcome.analysis.findings).toEqual([])
})

test('what fixes write at one place stands in an order: headers, probes, limits, all else', () => {
  const writing = (id: string, category: Rule['category']): Rule => {
    const rule = consoleRule(id, 'log', (at, editor) => {
      editor.insertBefore(at, `${category.replace('-', '')}()`)
    })
    const isWritten = (model: ProjectModel): boolean => model.calls.some(({ callee }) => globalOf(callee) === category.replace('-', ''))
    return { ...rule, category, check: (model) => (isWritten(model) ? [] : rule.check(model)) }
  }
  const { texts } = fix(
    [writing('a', 'logging'), writing('b', 'rate-limit'), writing('c', 'operations'), writing('d', 'headers')],
    "console.log('a')\n",
  )
  expect(texts.get('app.js')).toBe("headers()\noperations()\nratelimit()\nlogging()\nconsole.log('a')\n")
})
