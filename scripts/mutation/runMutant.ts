// Runs tests against one mutant. The tree on disk stays as it is: the test runner is handed the changed text.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Mutant } from './mutants.js'

export type Outcome = 'killed' | 'timeout' | 'survived'

/** A mutant that makes a loop endless ends this way. */
const TIMEOUT_MILLISECONDS = 150_000

/** Runs the tests whose paths contain one of `tests`, until the first that fails. */
export function runMutant(root: string, mutant: Mutant, tests: readonly string[]): Promise<Outcome> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--config', join(root, 'scripts', 'mutation', 'vitest.mutant.config.ts'), '--bail', '1', ...tests]
  const env = { ...process.env, PARAPET_MUTANT: JSON.stringify(mutant) }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', detached: true, env })
    const timer = setTimeout(() => {
      // The runner's workers belong to its process group.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      resolve('timeout')
    }, TIMEOUT_MILLISECONDS)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? 'survived' : 'killed')
    })
  })
}
