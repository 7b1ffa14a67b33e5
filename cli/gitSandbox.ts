// A sandbox that is a real git repository, for tests.
import { execFileSync } from 'node:child_process'
import { sandbox, type Sandbox } from './testTerminal.js'

export interface GitSandbox extends Sandbox {
  readonly git: (...args: readonly string[]) => string
  /** Stages everything and commits it. */
  readonly commit: (message: string) => void
}

/** A repository on the branch main with these files in its first commit. */
export function gitSandbox(files: Readonly<Record<string, string | Buffer>>): GitSandbox {
  const box = sandbox(files)
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false', '-C', box.root, ...args],
      {
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      },
    )
  const commit = (message: string): void => {
    git('add', '-A')
    git('commit', '-q', '-m', message)
  }
  git('init', '-q', '-b', 'main')
  commit('first')
  return { ...box, git, commit }
}
