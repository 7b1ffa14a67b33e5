// Configurations of packages inside a project: the nearest one above a file decides.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandbox, type Sandbox } from './testTerminal.js'

const HANDLER = "exports.f = (req, res) => {\n  console.log('x')\n}\n"
const app = (name: string): Readonly<Record<string, string>> => ({
  [`apps/${name}/package.json`]: `{ "name": "${name}", "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }`,
  [`apps/${name}/app.js`]: "const app = require('express')()\napp.get('/', (req, res) => { res.json({}) })\napp.listen(3000)\n",
  [`apps/${name}/handler.js`]: HANDLER,
})

let box: Sandbox
beforeEach(() => {
  box = sandbox({
    'package.json': '{ "private": true, "workspaces": ["apps/*"] }',
    'parapet.config.json': '{ "rules": { "no-console": "error" } }',
    ...app('one'),
    ...app('two'),
    'apps/one/parapet.config.json': '{ "rules": { "no-console": "info" }, "gateway": ["rate-limit"], "ignores": ["old"] }',
    'apps/one/old/handler.js': HANDLER,
    'apps/one/deep/parapet.config.json': '{ "rules": { "no-console": "off" } }',
    'apps/one/deep/handler.js': HANDLER,
  })
})
afterEach(() => {
  box.remove()
})

interface Shown {
  readonly findings: readonly { readonly ruleId: string; readonly file: string; readonly severity: string }[]
  readonly summary: Readonly<Record<string, number>>
}
const shown = async (...argv: readonly string[]): Promise<Shown> =>
  JSON.parse((await box.run(['check', '--format', 'json', ...argv])).out) as Shown
const of = ({ findings }: Shown, rule: string): readonly string[] =>
  findings.filter(({ ruleId }) => ruleId === rule).map(({ file, severity }) => `${file} ${severity}`)

test('each package is checked as its nearest configuration says', async () => {
  const report = await shown()
  expect(of(report, 'no-console')).toEqual(['apps/one/handler.js info', 'apps/two/handler.js error'])
  expect(of(report, 'require-rate-limit')).toEqual(['apps/two/app.js warning'])
  expect(report.summary['errors']).toBe(report.findings.filter(({ severity }) => severity === 'error').length)
})

test('a package that is checked alone gives the same', async () => {
  const whole = await shown()
  const alone = await shown('apps/one')
  expect(alone.findings.map(({ ruleId, file }) => `${ruleId} apps/one/${file}`)).toEqual(
    whole.findings.filter(({ file }) => file.startsWith('apps/one/')).map(({ ruleId, file }) => `${ruleId} ${file}`),
  )
})

test('a configuration that is given, and rules that are named, stand above all', async () => {
  expect(of(await shown('--config', 'parapet.config.json'), 'no-console')).toHaveLength(4)
  expect(of(await shown('--rule', 'no-console'), 'no-console')).toEqual([
    'apps/one/deep/handler.js warning',
    'apps/one/handler.js info',
    'apps/two/handler.js error',
  ])
})

test('print-config names the nearest one', async () => {
  const config = JSON.parse((await box.run(['print-config', 'apps/one/deep/handler.js'])).out) as {
    configuration: string
    rules: Record<string, string>
  }
  expect([config.configuration, config.rules['no-console']]).toEqual(['apps/one/deep/parapet.config.json', 'off'])
})

test('fixes follow the configurations too', async () => {
  const { out } = await box.run(['check', '--fix', '--unsafe', '--rule', 'require-rate-limit'])
  expect(out).toMatch(/Fixed 1 finding in 2 files: apps\/two\/app\.js, apps\/two\/package\.json\./)
  expect(readFileSync(join(box.root, 'apps/one/app.js'), 'utf8')).toBe(app('one')['apps/one/app.js'])
})

test('a broken configuration inside is wrong use, with its place', async () => {
  box.write({ 'apps/two/parapet.config.json': '{ "preset": "lax" }' })
  expect(await box.run(['check'])).toMatchObject({ code: 2, err: expect.stringContaining('apps/two/parapet.config.json:1:13') as string })
})
