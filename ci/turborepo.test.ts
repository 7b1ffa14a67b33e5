// The Turborepo example of the documentation, run with Turborepo itself: tasks are spread, kept, and run again for what changed.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
let folder = ''

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-turborepo-')))
  cpSync(join(root, 'docs/examples/turborepo'), folder, { recursive: true })
  const bin = join(folder, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  // As an installation would leave it: the two commands, and the packages of the workspace.
  const tsx = join(root, 'node_modules/tsx/dist/loader.mjs')
  writeFileSync(join(bin, 'parapet'), `#!/bin/sh\nexec '${process.execPath}' --import '${tsx}' '${join(root, 'cli/main.ts')}' "$@"\n`)
  chmodSync(join(bin, 'parapet'), 0o755)
  symlinkSync(join(root, 'node_modules/.bin/turbo'), join(bin, 'turbo'))
  writeFileSync(join(folder, 'package-lock.json'), lockfile())
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-qm', 'first'],
  ])
    spawnSync('git', args, { cwd: folder })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Turborepo reads the packages of the workspace from the lockfile. */
function lockfile(): string {
  const packages = Object.fromEntries(
    ['', 'apps/admin', 'apps/api', 'packages/http'].map((path) => [
      path,
      JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8')) as object,
    ]),
  )
  return JSON.stringify({ name: 'shop', lockfileVersion: 3, requires: true, packages })
}

function run(script: string): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'node_modules/.bin')}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
      NO_COLOR: '1',
      CI: '1',
    },
  })
  return { code: status, out: stdout + stderr }
}

const { scripts } = JSON.parse(readFileSync(join(root, 'docs/examples/turborepo/package.json'), 'utf8')) as { scripts: { parapet: string } }
const findings = (): unknown => (JSON.parse(readFileSync(join(folder, 'parapet.json'), 'utf8')) as { findings: unknown }).findings

test('tasks are run, kept, and run again where a package that they use changes', { timeout: 120_000 }, () => {
  const first = run(scripts.parapet)
  expect(first.out).toContain('2 successful, 2 total')
  expect(first.out).toContain('0 cached, 2 total')
  expect(first.code).toBe(1)
  const whole = run('parapet check --format json')
  expect(findings()).toEqual((JSON.parse(whole.out.slice(whole.out.indexOf('{'))) as { findings: unknown }).findings)

  const before = readFileSync(join(folder, 'parapet.json'), 'utf8')
  rmSync(join(folder, 'apps/api/.parapet'), { recursive: true })
  expect(run(scripts.parapet).out).toContain('2 cached, 2 total')
  expect(readFileSync(join(folder, 'parapet.json'), 'utf8')).toBe(before)

  writeFileSync(join(folder, 'apps/admin/server.js'), `${readFileSync(join(folder, 'apps/admin/server.js'), 'utf8')}\n// a change\n`)
  expect(run(scripts.parapet).out).toContain('1 cached, 2 total')
  writeFileSync(
    join(folder, 'packages/http/index.js'),
    readFileSync(join(folder, 'packages/http/index.js'), 'utf8').replace(/ {2}app\.use\(rateLimit.*\n/, ''),
  )
  expect(run(scripts.parapet).out).toContain('0 cached, 2 total')
  expect(JSON.stringify(findings())).toContain('"file":"apps/api/server.js"')
})
