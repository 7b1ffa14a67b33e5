// What is shipped finds what the sources find: the build rewrites loops and patterns (scripts/arrayLoops.ts).
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
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
