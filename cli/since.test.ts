// `check --since` and `--staged` on real git repositories: both sides are booted, since findings cross files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { gitSandbox, type GitSandbox } from './gitSandbox.js'
import { sandbox } from './testTerminal.js'
import { UNPROTECTED, WEAK_SERVER } from './weakServer.js'

let box: GitSandbox | null = null
afterEach(() => {
  box?.remove()
})
function open(files: Readonly<Record<string, string>> = WEAK_SERVER): GitSandbox {
  box = gitSandbox(files)
  return box
}

interface Shown {
  readonly findings: readonly {
    readonly ruleId: string
    readonly file: string
    readonly related: readonly { file: string; role: string }[]
  }[]
  readonly accepted?: readonly unknown[]
}

async function shown(argv: readonly string[]): Promise<Shown & { code: number }> {
  const { code, out, err } = (await box?.run(['check', '--format', 'json', ...argv])) ?? { code: -1, out: '', err: '' }
  expect(err).toBe('')
  return { ...(JSON.parse(out) as Shown), code }
}

test('a change in app.js that unprotects routes in another file is reported, and old findings are not', async () => {
  const { write, commit, git } = open()
  git('switch', '-q', '-c', 'change')
  write({ 'app.js': UNPROTECTED })
  commit('take the limiter away')
  const { findings, accepted, code } = await shown(['--since', 'main'])
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['require-rate-limit'])
  expect(findings[0]?.related.filter(({ role, file }) => role === 'affected' && file === 'routes/users.js')).toHaveLength(2)
  expect(accepted?.length).toBeGreaterThanOrEqual(2)
  expect(code).toBe(1)
})

test('the work tree counts, is left as it is, and nothing new is no failure', async () => {
  const { root, write, git } = open()
  expect((await shown(['--since', 'HEAD'])).code).toBe(0)
  write({ 'app.js': UNPROTECTED, 'routes/new.js': "exports.f = (req, res) => {\n  console.log('never mounted')\n}\n" })
  const before = git('status', '--porcelain')
  const { findings } = await shown(['--since', 'HEAD'])
  expect(findings.map(({ ruleId, file }) => `${ruleId} ${file}`)).toEqual(['require-rate-limit app.js', 'no-console routes/new.js'])
  expect(git('status', '--porcelain')).toBe(before)
  expect(readFileSync(join(root, 'app.js'), 'utf8')).toBe(UNPROTECTED)
})

test('a route more on an application that was unprotected already is reported at that route alone', async () => {
  const { write } = open({ ...WEAK_SERVER, 'app.js': UNPROTECTED })
  write({
    'routes/users.js': (WEAK_SERVER['routes/users.js'] ?? '').replace(
      'module.exports',
      "router.get('/new/one', (req, res) => { res.json({}) })\nmodule.exports",
    ),
  })
  const { findings } = await shown(['--since', 'HEAD', '--rule', 'require-rate-limit'])
  expect(findings.map(({ file }) => file)).toEqual(['routes/users.js'])
  expect(findings[0]?.related.filter(({ role }) => role === 'affected')).toEqual([])
})

test('a renamed file brings nothing new, a finding that moved to another file does', async () => {
  const { write, git } = open()
  git('mv', 'routes/users.js', 'routes/people.js')
  write({ 'app.js': (WEAK_SERVER['app.js'] ?? '').replace('users.js', 'people.js') })
  expect((await shown(['--since', 'HEAD'])).findings).toEqual([])
  write({
    'routes/people.js': (WEAK_SERVER['routes/users.js'] ?? '').replace("  console.log('one')\n", ''),
    'other.js': "exports.f = (req, res) => {\n  console.log('one')\n}\n",
  })
  expect((await shown(['--since', 'HEAD'])).findings.map(({ ruleId, file }) => `${ruleId} ${file}`)).toEqual(['no-console other.js'])
})

test('what others did on the branch meanwhile does not count', async () => {
  const { write, commit, git } = open()
  git('switch', '-q', '-c', 'change')
  write({ 'README.md': 'words' })
  commit('words')
  git('switch', '-q', 'main')
  write({ 'routes/users.js': (WEAK_SERVER['routes/users.js'] ?? '').replace(/ {2}console.*\n/g, '') })
  commit('no console')
  git('switch', '-q', 'change')
  expect((await shown(['--since', 'main'])).findings).toEqual([])
})

test('--staged looks at what is staged and not at the work tree', async () => {
  const { write, git } = open()
  write({ 'app.js': UNPROTECTED })
  git('add', 'app.js')
  write({ 'app.js': WEAK_SERVER['app.js'] ?? '', 'routes/users.js': "console.log('not staged')\n" })
  expect((await shown(['--staged'])).findings.map(({ ruleId }) => ruleId)).toEqual(['require-rate-limit'])
  git('reset', '-q', '--hard')
  expect((await shown(['--staged'])).findings).toEqual([])
})

test('a baseline beside a comparison is not called obsolete for what is older', async () => {
  const { write } = open()
  await box?.run(['baseline', 'create'])
  write({ 'app.js': UNPROTECTED })
  const { out } = (await box?.run(['check', '--since', 'HEAD', '--baseline', 'parapet.baseline.json'])) ?? { out: '' }
  expect([out.includes('require-rate-limit'), out.includes('obsolete')]).toEqual([true, false])
})

test('GitLab, which compares by itself, is told of older findings too, but of none that a baseline accepts', async () => {
  const { write } = open()
  const rules = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { out } = (await box?.run(['check', '--format', 'gitlab', ...argv])) ?? { out: '[]' }
    return (JSON.parse(out) as { check_name: string }[]).map(({ check_name }) => check_name)
  }
  const before = await rules()
  expect(await rules('--since', 'HEAD')).toEqual(before)
  await box?.run(['baseline', 'create'])
  write({ 'app.js': UNPROTECTED })
  expect(await rules('--since', 'HEAD')).toEqual(await rules())
  expect(await rules('--since', 'HEAD', '--baseline', 'parapet.baseline.json')).toEqual(['require-rate-limit'])
})

test('a folder of a repository is compared with the same folder', async () => {
  const { write } = open(Object.fromEntries(Object.entries(WEAK_SERVER).map(([file, text]) => [`apps/api/${file}`, text])))
  write({ 'apps/api/app.js': UNPROTECTED })
  expect((await shown(['apps/api', '--since', 'HEAD'])).findings.map(({ ruleId, file }) => `${ruleId} ${file}`)).toEqual([
    'require-rate-limit app.js',
  ])
})

test('before the first commit everything that is staged is new', async () => {
  const { git } = open()
  git('checkout', '-q', '--orphan', 'empty')
  expect((await shown(['--staged'])).findings.length).toBeGreaterThan(1)
})

test('the summary says what it left out', async () => {
  open().write({ 'app.js': UNPROTECTED })
  const { out } = (await box?.run(['check', '--since', 'main'])) ?? { out: '' }
  expect(out).toMatch(/Only what came since main counts: \d+ older findings left out\.\n/)
})

test('a ref that is not there, a folder outside of git and contradictions are wrong use', async () => {
  const missing = await open().run(['check', '--since', 'nowhere'])
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is no commit nowhere here. Fetch it first')])
  const odd = await box?.run(['check', '--since', '--upload-pack=x'])
  expect(odd?.code).toBe(2)
  const broken = sandbox(WEAK_SERVER)
  const answer = await broken.run(['check', '--staged'])
  expect([answer.code, answer.err]).toEqual([2, expect.stringContaining('git')])
  broken.remove()
  expect((await box?.run(['check', '--staged', '--fix']))?.code).toBe(2)
})
