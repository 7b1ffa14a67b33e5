// A workspace of several folders in a real VS Code, each with a configuration and settings of its own.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { MANIFEST } from './application.js'
import { openWorkbench, type Workbench } from './workbench.js'

const server = (name: string): string => `const express = require('express')

const ${name} = express()
${name}.get('/', (req, res) => {
  console.log('${name} is asked')
  res.json({})
})

${name}.listen(3000)
`

/** Little else, so that the panel has room for all. */
const QUIET = Object.fromEntries(
  [
    'require-rate-limit',
    'require-error-handler',
    'require-security-headers',
    'require-graceful-shutdown',
    'require-health-check',
    'require-error-tracking',
    'require-metrics',
    'require-request-id',
  ].map((rule) => [rule, 'off']),
)
const configuration = (rules: Readonly<Record<string, string>>): string => JSON.stringify({ rules: { ...QUIET, ...rules } })
const folder = (name: string, path: string, rules: Readonly<Record<string, string>>): Record<string, string> => ({
  [`${path}/package.json`]: MANIFEST.replace('src/app.js', `src/${name}.js`),
  [`${path}/src/${name}.js`]: server(name),
  [`${path}/parapet.config.json`]: configuration(rules),
})

let code: Workbench

beforeAll(async () => {
  code = await openWorkbench({
    workspace: 'all.code-workspace',
    files: {
      // The folders are parts of one repository, so that what lies at its root counts.
      '.git/HEAD': 'ref: refs/heads/main\n',
      'all.code-workspace': JSON.stringify({ folders: [{ path: 'shop' }, { path: 'blog' }, { path: 'shop/admin' }] }),
      ...folder('shop', 'shop', {}),
      ...folder('blog', 'blog', { 'no-console': 'off' }),
      ...folder('admin', 'shop/admin', { 'no-powered-by': 'off' }),
      'blog/.vscode/settings.json': '{ "parapet.preset": "strict" }',
    },
  })
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`)
})

afterAll(async () => {
  await code.close()
})

/** Code and file of each problem, as the panel shows them. */
async function problems(): Promise<readonly string[]> {
  const rows = await code.page.locator('.markers-panel-container .monaco-list-row').allInnerTexts()
  return rows.map((row) => row.replace(/\s+/g, ' ').replace(/^ ?parapet(\S+) .* (\S+) • .*$/, '$2 $1')).sort()
}

test('each folder is checked by its own configuration and settings, and a file by those of the deepest folder', async () => {
  await code.openFile('src/blog.js')
  await code.problem('shop sends X-Powered-By')
  await code.problem('blog has no logger')
  await code.problem(/console.*admin • /s)
  await code.screenshot('several-folders')
  expect(await problems()).toEqual([
    'admin no-console',
    'blog no-powered-by',
    'blog require-permissions-policy',
    'blog require-process-error-handlers',
    'blog require-structured-logging',
    'shop no-console',
    'shop no-powered-by',
  ])
})

test('settings of one folder take effect at once, and in it alone', async () => {
  code.write('shop/.vscode/settings.json', '{ "parapet.enable": false }')
  await code.noProblem('shop sends X-Powered-By')
  await code.problem(/console.*admin • /s)
  code.write('shop/.vscode/settings.json', '{}')
  await code.problem('shop sends X-Powered-By')
  code.write('blog/.vscode/settings.json', '{}')
  await code.noProblem('blog has no logger')
  await code.problem('blog sends X-Powered-By')
})

test('a configuration above a folder takes effect when it is written and when it is edited', async () => {
  rmSync(join(code.running.folder, 'blog', 'parapet.config.json'))
  await code.problem('Nothing sets security headers on the responses of blog')
  code.write('parapet.config.json', configuration({ 'no-powered-by': 'off' }))
  await code.noProblem('blog sends X-Powered-By')
  await code.noProblem('Nothing sets security headers')
  code.write('parapet.config.json', configuration({}))
  await code.problem('blog sends X-Powered-By')
  await code.problem(/console.*blog • /s)
})

test('where a folder is checked on saving, typing changes nothing until then', async () => {
  code.write('blog/.vscode/settings.json', '{ "parapet.run": "onSave", "editor.lineNumbers": "off" }')
  await code.openFile('src/blog.js')
  // The settings have arrived.
  await code.editor('src/blog.js').locator('.line-numbers').first().waitFor({ state: 'detached' })
  const runs = code.output('Parapet').split('\n').length
  await code.gotoLine(4, 1)
  await code.page.keyboard.insertText("blog.disable('x-powered-by')\n")
  // An edit in another folder is looked at meanwhile.
  await code.openFile('src/admin.js')
  await code.gotoLine(6, 1)
  await code.page.keyboard.insertText("  console.log('twice')\n")
  await expect.poll(() => code.output('Parapet').split('\n').length, { timeout: 60_000 }).toBeGreaterThan(runs)
  await code.problem('blog sends X-Powered-By')
  await code.openFile('src/blog.js')
  await code.save()
  await code.noProblem('blog sends X-Powered-By')
})

test('a finding is accepted from the menu with the reason that was asked for, and gone once the baseline is saved', async () => {
  code.write('blog/parapet.baseline.json', '{ "version": 1, "findings": [] }\n')
  await code.openFile('src/blog.js')
  await code.gotoLine(6, 5)
  await code.problem(/console.*blog • /s)
  await code.openFile('src/blog.js')
  await code.applyQuickFix('Accept for now in parapet.baseline.json, with a reason')
  await code.answer('until there is a logger')
  await code.page.locator('.tab.dirty', { hasText: 'parapet.baseline.json' }).waitFor()
  await code.command('File: Save All Files')
  await expect.poll(() => code.read('blog/parapet.baseline.json')).toContain('"rule": "no-console"')
  expect(code.read('blog/parapet.baseline.json')).toContain('"note": "until there is a logger"')
  await code.noProblem(/console.*blog • /s)
  await code.screenshot('accepted')
})
