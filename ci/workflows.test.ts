// The GitHub Action, the hooks and the GitLab job, run as far as they run without their platforms: their shell, on real repositories.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { gitSandbox, type GitSandbox } from '../cli/gitSandbox.js'
import { gitlabJob } from '../cli/initFiles.js'
import { UNPROTECTED, WEAK_SERVER } from '../cli/weakServer.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'))

// Each run starts a process of its own, which a busy machine makes slow.
vi.setConfig({ testTimeout: 90_000 })

let box: GitSandbox
afterEach(() => {
  box.remove()
})

/** A repository in which a branch takes the limiter away, with a remote that has main. */
function pullRequest(): void {
  box = gitSandbox(WEAK_SERVER)
  box.git('clone', '-q', '--bare', '.', '.git/remote.git')
  box.git('remote', 'add', 'origin', '.git/remote.git')
  box.git('fetch', '-q', 'origin')
  box.git('switch', '-q', '-c', 'change')
  box.write({ 'app.js': UNPROTECTED })
  box.commit('take the limiter away')
}

/** Runs shell text with an npx that starts the sources of this project, and notes what it was asked for. */
function shell(text: string, env: Readonly<Record<string, string>>): { code: number | null; out: string; asked: string } {
  const bin = join(box.root, '.git', 'bin')
  mkdirSync(bin, { recursive: true })
  const tsx = join(root, 'node_modules/tsx/dist/loader.mjs')
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\necho "$*" >> '${join(bin, 'asked')}'\nshift 2\nexec '${process.execPath}' --import '${tsx}' '${join(root, 'cli/main.ts')}' "$@"\n`,
  )
  chmodSync(join(bin, 'npx'), 0o755)
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
    cwd: box.root,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: box.root, GIT_CONFIG_GLOBAL: '/dev/null', ...env },
  })
  return { code: status, out: stdout + stderr, asked: existsSync(join(bin, 'asked')) ? readFileSync(join(bin, 'asked'), 'utf8') : '' }
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[] }
}

/** Runs the steps of the action as a runner would, with these inputs over the defaults. */
function action(
  inputs: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>>,
): ReturnType<typeof shell> & { outputs: string } {
  const definition = read('action.yml') as Action
  const context: Record<string, string> = { 'github.action_path': root, 'github.base_ref': '', ...github }
  for (const [name, input] of Object.entries(definition.inputs)) context[`inputs.${name}`] = inputs[name] ?? input.default
  const [step] = definition.runs.steps
  const fill = (text: string): string => text.replace(/\$\{\{ (\S+) \}\}/g, (all, key: string) => context[key] ?? all)
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, fill(value)]))
  expect(Object.values(env).join()).not.toContain('${{')
  // Text of an input in the command itself could be anything.
  expect(step?.run).not.toContain('${{')
  const output = join(box.root, '.git', 'output')
  const ran = shell(step?.run ?? '', { ...env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: join(box.root, '.git', 'summary.md') })
  return { ...ran, outputs: existsSync(output) ? readFileSync(output, 'utf8') : '' }
}

test('the action fails a pull request on what it introduces, and on nothing else', () => {
  pullRequest()
  const { code, out, outputs } = action(
    { 'sarif-file': 'out/parapet.sarif', reports: 'junit=out/junit.xml\njson=out/all.json\n' },
    { 'github.base_ref': 'main' },
  )
  expect(out.split('\n').filter((line) => line.startsWith('::'))).toEqual([
    expect.stringMatching(/^::warning file=app\.js,line=\d+,.*title=require-rate-limit::/),
  ])
  expect([code, outputs]).toEqual([1, 'exit-code=1\nsarif-file=out/parapet.sarif\n'])
  expect(existsSync(join(box.root, 'out/junit.xml')) && existsSync(join(box.root, 'out/all.json'))).toBe(true)
  expect(readFileSync(join(box.root, '.git', 'summary.md'), 'utf8')).toMatch(
    /Only what came since origin\/main counts: \d+ older findings left out\./,
  )
})

test('the action fetches what a shallow checkout lacks', () => {
  pullRequest()
  box.git('push', '-q', 'origin', 'change')
  const url = `file://${join(box.root, '.git/remote.git')}`
  box.git('clone', '-q', '--depth', '1', '--branch', 'change', url, 'shallow')
  const outer = box.root
  box = { ...box, root: join(outer, 'shallow') }
  const { code, out } = action({}, { 'github.base_ref': 'main' })
  box = { ...box, root: outer }
  expect([code, out.split('\n').filter((line) => line.startsWith('::'))]).toEqual([1, [expect.stringContaining('require-rate-limit')]])
})

test('the action checks everything on a push, against a baseline if there is one', async () => {
  pullRequest()
  await box.run(['baseline', 'create'])
  const { code, asked } = action(
    { baseline: 'parapet.baseline.json', version: '1.2.3', 'max-warnings': '3', preset: 'recommended', 'require-app': 'true' },
    {},
  )
  expect(code).toBe(0)
  expect(asked).toBe(
    '--yes parapet@1.2.3 check --format github . --baseline parapet.baseline.json --preset recommended --max-warnings 3 --require-app\n',
  )
})

test('an input is an argument, whatever stands in it', () => {
  pullRequest()
  const { code, asked } = action({ since: '$(touch owned); `touch owned`', baseline: '"; touch owned; "' }, {})
  expect([code, existsSync(join(box.root, 'owned'))]).toEqual([2, false])
  expect(asked).toContain('--since $(touch owned); `touch owned`')
})

interface Job {
  readonly parapet: {
    readonly before_script: readonly string[]
    readonly script: readonly string[]
    readonly artifacts: { readonly reports: Readonly<Record<string, string>> }
  }
}

test('the GitLab template is the job that init writes', () => {
  box = gitSandbox({ a: '' })
  expect(readFileSync(join(root, 'ci/parapet.gitlab-ci.yml'), 'utf8')).toBe(gitlabJob({ folder: '', baseline: null }))
})

test('the GitLab job fails a merge request on what it introduces, and writes the reports that it names', () => {
  pullRequest()
  const { parapet } = read('ci/parapet.gitlab-ci.yml') as Job
  const script = [...parapet.before_script, ...parapet.script].join('\n')
  const base = box.git('rev-parse', 'main').trim()
  const { code, out } = shell(`set -e\n${script}`, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base })
  expect([code, out]).toEqual([1, expect.stringContaining('1 warning in 1 file.')])
  const issues = JSON.parse(readFileSync(join(box.root, parapet.artifacts.reports['codequality'] ?? ''), 'utf8')) as {
    check_name: string
  }[]
  // GitLab compares with the other branch itself.
  expect(issues.map(({ check_name }) => check_name)).toEqual(expect.arrayContaining(['require-rate-limit', 'no-console']))
  expect(existsSync(join(box.root, parapet.artifacts.reports['junit'] ?? ''))).toBe(true)
  expect(shell(`set -e\n${script}`, {}).out).toMatch(/\d+ warnings/)
})

interface Hook {
  readonly id: string
  readonly entry: string
  readonly pass_filenames?: boolean
}

test('the hooks let an honest commit pass and stop one that unprotects routes', async () => {
  box = gitSandbox(WEAK_SERVER)
  const hooks = read('.pre-commit-hooks.yaml') as readonly Hook[]
  const run = (id: string, ...files: readonly string[]) => {
    const hook = hooks.find((candidate) => candidate.id === id)
    return box.run([...(hook?.entry.split(' ').slice(1) ?? []), ...(hook?.pass_filenames === false ? [] : files)])
  }
  box.write({ 'routes/users.js': `// words\n${WEAK_SERVER['routes/users.js'] ?? ''}` })
  box.git('add', '-A')
  expect(await run('parapet', 'routes/users.js')).toEqual({ code: 0, out: '', err: '' })
  box.write({ 'app.js': UNPROTECTED })
  box.git('add', '-A')
  const stopped = await run('parapet', 'app.js')
  expect([stopped.code, stopped.out]).toEqual([1, expect.stringMatching(/^app\.js:.* require-rate-limit\n$/)])
  await run('parapet-fix', 'app.js')
  expect(execFileSync('git', ['-C', box.root, 'diff', '--name-only'], { encoding: 'utf8' })).not.toContain('routes/users.js')
})
