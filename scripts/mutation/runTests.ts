// One process of the test runner, under a watch.
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Loading everything takes a while on a busy machine; a test that takes this long after it has ended up in a loop. */
const PATIENCE_MILLISECONDS = 90_000
const LOOK_MILLISECONDS = 500

/** Runs the tests whose paths contain one of `tests`, until the first that fails. `stalled`: nothing was added to the log for long. */
export function runTests(
  root: string,
  assignment: string,
  log: string,
  tests: readonly string[],
): Promise<'passed' | 'failed' | 'stalled'> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--config', join(root, 'scripts', 'mutation', 'vitest.mutant.config.ts'), '--bail', '1', ...tests]
  return new Promise((resolve) => {
    const env = { ...process.env, PARAPET_MUTANTS: assignment }
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', detached: true, env })
    let size = 0
    let changed = Date.now()
    const watch = setInterval(() => {
      const now = existsSync(log) ? statSync(log).size : 0
      if (now !== size) changed = Date.now()
      size = now
      if (Date.now() - changed < PATIENCE_MILLISECONDS) return
      clearInterval(watch)
      // The runner's workers belong to its process group.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      resolve('stalled')
    }, LOOK_MILLISECONDS)
    child.on('close', (code) => {
      clearInterval(watch)
      resolve(code === 0 ? 'passed' : 'failed')
    })
  })
}
