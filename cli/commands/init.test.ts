// `init`, `print-config`, `doctor`, and checks of text that is not on the disk.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfiguration } from '../../analyzer/check/configurationFile.js'
import { sandbox, type Sandbox } from '../testTerminal.js'
import { VERSION } from '../version.js'
import { UNPROTECTED, WEAK_SERVER } from '../weakServer.js'

let box: Sandbox
beforeEach(() => {
  box = sandbox(WEAK_SERVER)
})
afterEach(() => {
  box.remove()
})
const text = (file: string): string => readFileSync(join(box.root, file), 'utf8')
const has = (file: string): boolean => existsSync(join(box.root, file))

test('without a terminal and without options only the configuration is written', async () => {
  const { code, out } = await box.run(['init'])
  expect(code).toBe(0)
  expect(out).toContain('Found Express ^5.0.0 in package.json.\nSeen: 1 Express application (app), 2 routes')
  expect(out).toContain('Wrote parapet.config.json.\n')
  expect(readConfiguration(text('parapet.config.json'), [])).toHaveProperty('configuration.preset', 'recommended')
  expect([has('.github'), has('.pre-commit-config.yaml'), has('parapet.baseline.json')]).toEqual([false, false, false])
})

test('--yes takes every offer, and what it writes holds together', async () => {
  const { out } = await box.run(['init', '--yes', '--preset', 'strict'])
  expect(out).toMatch(/Next: parapet check\n$/)
  const workflow = parse(text('.github/workflows/parapet.yml')) as { jobs: { parapet: { steps: { run?: string }[] } } }
  const commands = workflow.jobs.parapet.steps.flatMap(({ run }) => run ?? [])
  expect(commands).toEqual([
    `npx --yes parapet@${VERSION} check --since "$BASE" --baseline parapet.baseline.json --format github --format sarif=parapet.sarif`,
    `npx --yes parapet@${VERSION} check --baseline parapet.baseline.json --format github --format sarif=parapet.sarif`,
  ])
  // The second command, as a runner would split it.
  expect((await box.run((commands[1] ?? '').split(' ').slice(3))).code).toBe(0)
  const hook = parse(text('.pre-commit-config.yaml')) as { repos: { hooks: { entry: string }[] }[] }
  expect(hook.repos[0]?.hooks[0]?.entry).toBe(`npx --yes parapet@${VERSION} check --staged --baseline parapet.baseline.json --quiet`)
})

test('at a terminal each offer is a question', async () => {
  const asked: string[] = []
  const answers = ['n', 'y', '']
  const ask = (question: string): Promise<string> => {
    asked.push(question)
    return Promise.resolve(answers.shift() ?? 'n')
  }
  box.write({ '.husky/pre-commit': 'npm test\n' })
  await box.run(['init'], { ask })
  expect(asked.map((question) => question.split(' ')[0])).toEqual(['Accept', 'Check', 'Check'])
  expect([has('parapet.baseline.json'), has('.github/workflows/parapet.yml')]).toEqual([false, true])
  expect(text('.husky/pre-commit')).toBe(`npm test\nnpx --yes parapet@${VERSION} check --staged --quiet\n`)
})

test('what is neither yes nor no is asked again, and where no server is nothing is offered', async () => {
  const answers = ['strict', 'no', 'x', 'n', 'n']
  await box.run(['init'], { ask: () => Promise.resolve(answers.shift() ?? 'y') })
  expect([answers, has('.github'), has('.pre-commit-config.yaml')]).toEqual([[], false, false])
  box.write({ 'apps/none/package.json': '{}', 'apps/none/index.js': 'exports.add = (a, b) => a + b\n' })
  const { code, out } = await box.run(['init', 'apps/none', '--yes'])
  expect([code, out]).toEqual([0, expect.stringContaining('No server was found here')])
  expect([has('.github'), has('.pre-commit-config.yaml')]).toEqual([false, false])
})

test('an input that ends before an answer is no assent', async () => {
  await box.run(['init'], { ask: () => Promise.resolve(null) })
  expect([has('parapet.config.json'), has('parapet.baseline.json'), has('.github'), has('.pre-commit-config.yaml')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('a hook that is there is not asked for once more', async () => {
  await box.run(['init', '--yes'])
  expect((await box.run(['init', '--yes'])).out).not.toContain('Add to .pre-commit-config.yaml')
})

test('what is there stays, unless it is forced', async () => {
  box.write({ 'parapet.config.json': '{}' })
  expect((await box.run(['init'])).out).toContain('Left parapet.config.json as it is: --force writes anew.')
  expect(text('parapet.config.json')).toBe('{}')
  await box.run(['init', '--force'])
  expect(text('parapet.config.json')).toContain('recommended')
})

test('GitLab gets a job of its own, and an include where there is no pipeline yet', async () => {
  await box.run(['init', '--workflow', 'gitlab'])
  expect(parse(text('.gitlab-ci.yml'))).toEqual({ include: [{ local: '.gitlab/parapet.gitlab-ci.yml' }] })
  expect(parse(text('.gitlab/parapet.gitlab-ci.yml'))).toHaveProperty(
    'parapet.artifacts.reports.codequality',
    'gl-code-quality-report.json',
  )
  const before = text('.gitlab-ci.yml')
  expect((await box.run(['init', '--workflow', 'gitlab', '--force'])).out).toContain('Add to .gitlab-ci.yml:')
  expect(text('.gitlab-ci.yml')).toBe(before)
})

test('in a folder of a repository the workflow checks that folder', async () => {
  box.remove()
  box = sandbox(Object.fromEntries(Object.entries(WEAK_SERVER).map(([file, content]) => [`my apps/api/${file}`, content])))
  await box.run(['init', 'my apps/api', '--yes'])
  expect(text('.github/workflows/parapet.yml')).toContain(
    `npx --yes parapet@${VERSION} check 'my apps/api' --since "$BASE" --baseline 'my apps/api/parapet.baseline.json'`,
  )
  expect(has('my apps/api/parapet.config.json')).toBe(true)
})

test('the next package of a repository is told that workflow and hook check nothing of it', async () => {
  box.remove()
  const files = ['apps/api', 'apps/mail'].flatMap((folder) =>
    Object.entries(WEAK_SERVER).map(([file, content]): [string, string] => [`${folder}/${file}`, content]),
  )
  box = sandbox(Object.fromEntries(files))
  expect((await box.run(['init', 'apps/api', '--yes'])).out).toMatch(/Next: parapet check apps\/api\n$/)
  const { out } = await box.run(['init', '--yes'], { cwd: join(box.root, 'apps/mail') })
  expect(out).toContain('Wrote parapet.config.json.\nLeft ../../.github/workflows/parapet.yml as it is')
  expect(out).toContain('.github/workflows/parapet.yml checks nothing of apps/mail: add its command there')
  expect(out).toContain('.pre-commit-config.yaml checks nothing of apps/mail')
  expect(out).toMatch(/Next: parapet check\n$/)
  expect((await box.run(['init', 'apps/api', '--yes'])).out).not.toContain('checks nothing')
})

test('print-config says what is in force for a file, and from where', async () => {
  box.write({
    'parapet.config.json': '{ "overrides": [{ "files": ["routes"], "rules": { "no-console": "error" } }], "ignores": ["routes/users.js"] }',
  })
  const { out } = await box.run(['print-config', 'routes/users.js'])
  expect(JSON.parse(out)).toMatchObject({
    configuration: 'parapet.config.json',
    file: 'routes/users.js',
    isIgnored: true,
    rules: { 'no-console': 'error', 'require-rate-limit': 'warning', 'require-permissions-policy': 'off' },
  })
  expect(JSON.parse((await box.run(['print-config'])).out)).toMatchObject({ rules: { 'no-console': 'warning' } })
})

test('the doctor says what is there and what is missing', async () => {
  const { code, out } = await box.run(['doctor'])
  expect(code).toBe(0)
  expect(out).toMatch(/ok +applications +app \(express, app\.js\); 2 routes\n/)
  expect(out).toMatch(/weak +lockfile +none was found/)
  box.write({ 'app.js': 'nothing()\n', 'broken.js': 'let = =' })
  const ill = JSON.parse((await box.run(['doctor', '--format', 'json'])).out) as {
    diagnoses: { name: string; state: string; text: string }[]
  }
  const of = (name: string) => ill.diagnoses.find((diagnosis) => diagnosis.name === name)
  expect([of('applications')?.state, of('files')?.text]).toEqual(['wrong', expect.stringContaining('not parsed: broken.js')])
  box.write({ 'parapet.config.json': '{ "preset": 1 }' })
  expect(await box.run(['doctor'])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/wrong +configuration +parapet\.config\.json:1:13/) as string,
  })
})

test('text on standard input stands for its file, and findings are limited to it', async () => {
  const argv = ['check', '--stdin', '--stdin-filename', 'app.js', '--quiet']
  expect((await box.run(argv, { readInput: () => Promise.resolve(UNPROTECTED) })).out).toMatch(/^app\.js:\d+:\d+ .* require-rate-limit$/m)
  const unsaved = ['check', '--stdin', '--stdin-filename', 'routes/new.js', '--rule', 'no-console', '--format', 'json']
  const { out } = await box.run(unsaved, { readInput: () => Promise.resolve("exports.f = (req, res) => {\n  console.log('new')\n}\n") })
  expect((JSON.parse(out) as { findings: { file: string }[] }).findings.map(({ file }) => file)).toEqual(['routes/new.js'])
  const diff = await box.run([...argv.slice(0, 4), '--diff', '--unsafe'], { readInput: () => Promise.resolve(UNPROTECTED) })
  expect(diff.out).toContain('+++ b/app.js')
})

test.each([
  [['check', '--stdin'], 'add --stdin-filename FILE'],
  [['check', '--stdin-filename', 'a.js'], 'use it with --stdin'],
  [['check', 'a', '--stdin', '--stdin-filename', 'a.js'], 'leave the paths out'],
  [['check', '--watch', '--fix'], 'use it without --fix'],
])('%j is wrong use', async (argv, sentence) => {
  const { code, err } = await box.run(argv)
  expect([code, err.includes(sentence)]).toEqual([2, true])
})
