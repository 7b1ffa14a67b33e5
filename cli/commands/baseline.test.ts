// Baselines: made, checked against, kept true, reviewed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Log } from 'sarif'
import { sandbox, type Ran, type Sandbox } from '../testTerminal.js'
import { UNPROTECTED, WEAK_SERVER } from '../weakServer.js'

let box: Sandbox
beforeEach(() => {
  box = sandbox(WEAK_SERVER)
})
afterEach(() => {
  box.remove()
})

interface Entry {
  readonly rule: string
  readonly file: string
  readonly note?: string
  readonly expires?: string
}
const entries = (file = 'parapet.baseline.json'): readonly Entry[] =>
  (JSON.parse(readFileSync(join(box.root, file), 'utf8')) as { findings: readonly Entry[] }).findings
const check = (...argv: readonly string[]): Promise<Ran> => box.run(['check', '--baseline', 'parapet.baseline.json', ...argv])
const users = WEAK_SERVER['routes/users.js'] ?? ''
const named = (list: readonly Entry[], rule: string): readonly Entry[] => list.filter((entry) => entry.rule === rule)

test('what is in the baseline does not count, what is new does', async () => {
  const { code, out } = await box.run(['baseline', 'create', '--note', 'before the audit'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^\d+ findings accepted in parapet\.baseline\.json\.\nCheck against it: /)])
  expect(named(entries(), 'no-console').map(({ note }) => note)).toEqual(['before the audit', 'before the audit'])
  const clean = await check()
  expect([clean.code, clean.out]).toEqual([
    0,
    expect.stringMatching(/No findings\.\n.*\d+ findings in the baseline parapet\.baseline\.json\./s),
  ])
  expect(await box.run(['check'])).toEqual(clean)
  const whole = await box.run(['check', '--no-baseline'])
  expect([whole.code, whole.out.includes('no-console'), whole.out.includes('in the baseline')]).toEqual([1, true, false])
  box.write({ 'app.js': UNPROTECTED, 'routes/users.js': `\n\n${users}` })
  expect((await check('--quiet')).out).toMatch(/^app\.js:\d+:\d+ \w+ .* require-rate-limit\n$/)
})

test('one more of the same in one function is new, and so is the same in another file', async () => {
  await box.run(['baseline', 'create'])
  box.write({ 'routes/users.js': users.replace("console.log('one')", "console.log('one')\n  console.log('one')") })
  expect((await check('--quiet')).out.split('\n')).toHaveLength(2)
  box.write({
    'routes/users.js': users.replace(/ {2}console\.log\('one'\)\n/, ''),
    'b.js': "exports.f = (req, res) => {\n  console.log('one')\n}\n",
  })
  expect((await check('--quiet')).out).toMatch(/^b\.js:2:3 .* no-console\n$/)
})

test('entries of findings that are gone are told and pruned, notes of the others stay', async () => {
  await box.run(['baseline', 'create', '--note', 'kept'])
  box.write({ 'routes/users.js': users.replace(/ {2}console\.log\('one'\)\n/, '') })
  expect((await check()).out).toContain('1 entry of parapet.baseline.json is obsolete')
  expect((await check('routes/nowhere.js', '--rule', 'no-log-injection')).code).toBe(2)
  expect((await check('--rule', 'no-log-injection')).out).not.toContain('obsolete')
  expect((await check('app.js')).out).not.toContain('obsolete')
  const before = entries().length
  expect((await box.run(['baseline', 'prune'])).out).toBe(`1 entry removed, ${before - 1} left in parapet.baseline.json.\n`)
  expect(entries().every(({ note }) => note === 'kept')).toBe(true)
  expect((await check()).out).not.toContain('obsolete')
})

test('update accepts what is new, forgets what is gone and keeps notes', async () => {
  await box.run(['baseline', 'create', '--note', 'first'])
  box.write({ 'routes/users.js': users.replace("console.log('one')", 'console.warn(req.params.id)') })
  const { out } = await box.run(['baseline', 'update', '--note', 'second'])
  expect(out).toMatch(/^\d+ findings? accepted in parapet\.baseline\.json, \d+ kept, 1 forgotten\.\n$/)
  expect(
    named(entries(), 'no-console')
      .map(({ note }) => note)
      .sort(),
  ).toEqual(['first', 'second'])
  expect((await check()).code).toBe(0)
})

test('an entry ends with its day, and is accepted again only with a new one', async () => {
  await box.run(['baseline', 'create', '--expires', '2026-03-31'])
  expect((await check()).code).toBe(0)
  const later = { today: () => '2026-04-01' }
  const { code, out } = await box.run(['check', '--baseline', 'parapet.baseline.json'], later)
  expect([code, out]).toEqual([1, expect.stringContaining('have expired, so what they accepted is reported again.')])
  expect((await box.run(['baseline', 'update'], later)).out).toContain('expired: fix the findings, or accept them again with --expires.')
  expect((await box.run(['check', '--baseline', 'parapet.baseline.json'], later)).code).toBe(1)
  await box.run(['baseline', 'update', '--expires', '2027-01-31'], later)
  expect((await box.run(['check', '--baseline', 'parapet.baseline.json'], later)).code).toBe(0)
  expect(new Set(entries().map(({ expires }) => expires))).toEqual(new Set(['2027-01-31']))
})

test('a baseline above the folder and those of its packages count by themselves, each by its name', async () => {
  const packages = Object.fromEntries(
    ['apps/one', 'apps/two'].flatMap((folder) => Object.entries(WEAK_SERVER).map(([file, text]) => [`${folder}/${file}`, text] as const)),
  )
  box.remove()
  box = sandbox({ ...packages, 'package.json': '{ "name": "all", "workspaces": ["apps/*"] }' })
  await box.run(['baseline', 'create', 'apps/one', '--file', 'parapet.baseline.json'])
  await box.run(['baseline', 'create', '.'], { cwd: join(box.root, 'apps/two') })
  const { code, out } = await box.run(['check'])
  expect(out).toMatch(/findings in the baseline parapet\.baseline\.json\..*findings in the baseline apps\/two\/parapet\.baseline\.json\./s)
  expect([code, (await box.run(['check', 'apps/one'])).code]).toEqual([0, 0])
  box.write({ 'apps/two/parapet.baseline.json': '{ "version": 1, "findings": [] }' })
  const left = JSON.parse((await box.run(['check', '--format', 'json'])).out) as { findings: { file: string }[] }
  expect(new Set(left.findings.map(({ file }) => file.slice(0, 9)))).toEqual(new Set(['apps/two/']))
  box.write({ 'apps/two/parapet.baseline.json': '{' })
  const broken = await box.run(['check'])
  expect([broken.code, broken.err]).toEqual([2, expect.stringContaining('The baseline apps/two/parapet.baseline.json is broken.')])
  expect((await box.run(['check', '--no-baseline'])).code).toBe(1)
})

test('paths are seen from the folder of the baseline, so that it serves every folder that is checked', async () => {
  const inner = Object.fromEntries(Object.entries(WEAK_SERVER).map(([file, text]) => [`apps/api/${file}`, text]))
  box.remove()
  box = sandbox(inner)
  await box.run(['baseline', 'create', 'apps/api', '--file', 'ci/known.json'])
  expect(entries('ci/known.json').map(({ file }) => file)).toContain('../apps/api/routes/users.js')
  expect((await box.run(['check', 'apps/api', '--baseline', 'ci/known.json'])).code).toBe(0)
  expect((await box.run(['check', '.', '--baseline', 'ci/known.json'])).code).toBe(0)
})

test('accepted findings stand in SARIF as suppressed from outside, with their note', async () => {
  await box.run(['baseline', 'create', '--note', 'known since May'])
  const { runs } = JSON.parse((await check('--format', 'sarif')).out) as Log
  const results = runs[0]?.results ?? []
  expect(results.length).toBeGreaterThan(1)
  expect(
    results.every(({ suppressions }) => suppressions?.[0]?.kind === 'external' && suppressions[0].justification === 'known since May'),
  ).toBe(true)
})

test('a review accepts one by one', async () => {
  const answers = ['n', 'because', 'x', 's', 'w']
  const asked: string[] = []
  const ask = (question: string): Promise<string> => {
    asked.push(question)
    return Promise.resolve(answers.shift() ?? '')
  }
  const { out } = await box.run(['baseline', 'review'], { ask })
  expect(asked.filter((question) => question === 'Note: ')).toHaveLength(1)
  expect(out).toContain('1 finding accepted in parapet.baseline.json.\n')
  expect(entries().map(({ note }) => note)).toEqual(['because'])
  await box.run(['baseline', 'review'], { ask: () => Promise.resolve('q') })
  expect(entries()).toHaveLength(1)
  await box.run(['baseline', 'review'], { ask: () => Promise.resolve('A') })
  expect((await check()).code).toBe(0)
})

test.each([
  [['baseline', 'update', '--expires', 'soon'], 'wants a day such as 2027-01-31'],
  [['baseline', 'update', '--expires', '2027-02-30'], 'wants a day such as 2027-01-31'],
  [['baseline', 'update', '--expires', '2020-01-01'], 'wants a day to come'],
  [['baseline', 'prune'], 'There is no baseline at parapet.baseline.json. Make one'],
  [['baseline', 'review'], 'needs a terminal'],
  [['check', '--baseline', 'nowhere.json'], 'There is no baseline at nowhere.json.'],
  [['check', '--baseline', 'package.json'], 'The baseline package.json is broken.'],
  [['check', '--baseline', 'app.js'], 'It is not JSON'],
])('%j is wrong use', async (argv, sentence) => {
  const { code, err } = await box.run(argv)
  expect([code, err.includes(sentence)]).toEqual([2, true])
})

test('a baseline is not overwritten by accident', async () => {
  await box.run(['baseline', 'create'])
  expect(await box.run(['baseline', 'create'])).toMatchObject({ code: 2, err: expect.stringContaining('already') as string })
  expect((await box.run(['baseline', 'create', '--force'])).code).toBe(0)
})
