// What is shipped finds what the sources find: the build rewrites loops and patterns (scripts/arrayLoops.ts), and V8 keeps what it compiled.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sandbox } from '../../cli/testTerminal.js'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const applications = readdirSync(join(root, 'test-fixtures'), { withFileTypes: true }).filter((one) => one.isDirectory())

test('the built command line reports of every fixture application what its sources report', async () => {
  const box = sandbox()
  const differing: string[] = []
  let findings = 0
  for (const { name } of applications) {
    const options = ['check', '--preset', 'strict', '--no-cache', '--no-baseline', '--min-confidence', 'low', '--format', 'json']
    const argv = [...options, join(root, 'test-fixtures', name)]
    const written = await box.run(argv)
    const { stdout } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...argv], { encoding: 'utf8', cwd: box.root })
    findings += (JSON.parse(stdout) as { findings: unknown[] }).findings.length
    if (stdout !== written.out) differing.push(name)
  }
  box.remove()
  expect(differing).toEqual([])
  expect(findings).toBeGreaterThan(applications.length)
}, 300_000)

test('questions are asked on a terminal, also by code that V8 kept of an earlier run', async () => {
  const box = sandbox()
  cpSync(join(root, 'test-fixtures', 'plain-commonjs'), box.root, { recursive: true })
  const cli = join(root, 'dist', 'cli.js')
  spawnSync(process.execPath, [cli, 'check', box.root])
  const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} init`
  const terminal = spawn('script', ['-qec', command, '/dev/null'], { cwd: box.root })
  let shown = ''
  let answered = 0
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    for (; shown.split('[Y/n]').length - 1 > answered; answered++) terminal.stdin.write('n\n')
  })
  await once(terminal, 'close')
  box.remove()
  expect(answered).toBe(3)
  expect(shown).toContain('Wrote parapet.config.json')
  expect(shown).not.toMatch(/internal error|Warning/)
}, 60_000)
