// `check` with fixes: what is written, what is printed, and what a crashing rule does. The rules are the test's own.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineRule, type Problem, type Rule } from '../../analyzer/check/rule.js'
import { safeFix, suggestion, type Fix } from '../../analyzer/fix/fix.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { globalOf, methodName } from '../../analyzer/model/origins.js'
import type * as Catalogue from '../../rules/index.js'
import { sandbox, type Sandbox } from '../testTerminal.js'

vi.mock('../../rules/index.js', (): typeof Catalogue => ({
  rules: [
    consoleRule('no-log', 'log', safeFix),
    consoleRule('no-info', 'info', suggestion, 'info'),
    consoleRule('no-warn', 'warn', null),
    crashing,
  ],
}))

/** Reports calls of one method of console; its fix removes the statement. */
function consoleRule(
  id: string,
  method: string,
  grade: ((title: string, edit: Fix['edit']) => Fix) | null,
  severity: Rule['severity'] = 'warning',
): Rule {
  return defineRule({
    id,
    summary: 'No console.',
    category: 'logging',
    severity,
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { call: { what: `console.${method} is called.`, why: 'It is.', how: 'Remove it.' } },
    *check(model: ProjectModel): Iterable<Problem<'call'>> {
      for (const call of model.calls) {
        if (call.receiver === null || globalOf(call.receiver) !== 'console' || methodName(call.callee) !== method) continue
        const fix = grade?.('Remove the call', (editor) => {
          editor.removeStatement(call.at)
        })
        yield { message: 'call', at: call.at, confidence: 'high', ...(fix === undefined ? {} : { fix }) }
      }
    },
  })
}

const crashing = defineRule({
  id: 'crashing',
  summary: 'Crashes.',
  category: 'logging',
  severity: 'warning',
  presets: ['strict'],
  frameworks: ['express'],
  references: [],
  messages: { never: { what: '', why: '', how: '' } },
  check: () => {
    throw new Error('boom')
  },
})

const TEXT = "console.log('a')\nconsole.info('b')\nconsole.warn('c')\n"
let box: Sandbox
beforeEach(() => {
  box = sandbox({ 'app.js': TEXT, 'other.js': "console.log('other')\n" })
})
afterEach(() => {
  box.remove()
})
const written = (file: string): string => readFileSync(join(box.root, file), 'utf8')

test('--fix applies safe fixes, says so, and reports what is left', async () => {
  const { code, out } = await box.run(['check', '--fix'])
  expect(written('app.js')).toBe("console.info('b')\nconsole.warn('c')\n")
  expect(written('other.js').trim()).toBe('')
  expect(out).toContain('Fixed 2 findings in 2 files: app.js, other.js.')
  expect(out).toContain("> 2 │ console.warn('c')")
  expect(code).toBe(1)
})

test('--fix --unsafe applies suggestions too; a second run has nothing to do', async () => {
  await box.run(['check', '--fix', '--unsafe'])
  expect(written('app.js')).toBe("console.warn('c')\n")
  const { mtimeMs } = statSync(join(box.root, 'app.js'))
  expect((await box.run(['check', '--fix', '--unsafe'])).out).toContain('Nothing was fixed.')
  expect(statSync(join(box.root, 'app.js')).mtimeMs).toBe(mtimeMs)
})

test('only files that are asked about are fixed', async () => {
  await box.run(['check', 'other.js', '--fix'])
  expect([written('app.js'), written('other.js').trim()]).toEqual([TEXT, ''])
})

test('--diff prints what would change and changes nothing', async () => {
  const { code, out, err } = await box.run(['check', '--diff'])
  expect(out).toMatch(/^--- a\/app\.js\n\+\+\+ b\/app\.js\n@@ -1,3 \+1,2 @@\n-console\.log\('a'\)\n console\.info\('b'\)\n/)
  expect(err).toContain('2 findings would be fixed in 2 files.')
  expect([written('app.js'), code]).toEqual([TEXT, 1])
  expect((await box.run(['check', '--diff', '--unsafe'])).out).toContain("-console.info('b')")
})

test('infos alone do not fail', async () => {
  expect((await box.run(['check', '--rule', 'no-info'])).code).toBe(0)
  expect((await box.run(['check', '--rule', 'no-info,no-log'])).code).toBe(1)
})

test('the summary says what can be fixed and how', async () => {
  const { out } = await box.run(['check'])
  expect(out).toContain(
    '3 warnings and 1 info in 2 files.\n2 can be fixed safely: --fix.\n1 suggested fix to look at: --fix --unsafe --diff.\n',
  )
  expect(out).toContain('    fix  Remove the call (--fix)')
})

test('a rule that crashes is reported once, the others go on, and the exit code says so', async () => {
  const { code, out, err } = await box.run(['check', '--preset', 'strict'])
  expect(code).toBe(3)
  expect(err).toMatch(/^internal error: The rule crashing failed: boom .*The other rules went on; please report this\.\n$/)
  expect(out).toContain("> 1 │ console.log('a')")
  const json = JSON.parse((await box.run(['check', '--preset', 'strict', '--format', 'json'])).out) as {
    findings: unknown[]
    internalErrors: { ruleId: string }[]
  }
  expect([json.findings.length, json.internalErrors.map(({ ruleId }) => ruleId)]).toEqual([4, ['crashing']])
})

test('a file that cannot be written is a sentence and leaves everything as it was', async () => {
  if (process.getuid?.() === 0) {
    // Root may write anywhere, so the failure is made by a folder in the way of the temporary file.
    box.write({ [`app.js.${process.pid}.parapet.tmp/in-the-way`]: '' })
  } else {
    const { chmodSync } = await import('node:fs')
    chmodSync(box.root, 0o555)
  }
  const { code, err } = await box.run(['check', '--fix', '--no-cache'])
  expect([code, written('app.js')]).toEqual([2, TEXT])
  expect(err).toContain('Check that the file can be read and written.')
})
