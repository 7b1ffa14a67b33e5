// Runs the command line in a folder made for one test, and catches what it writes.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './run.js'
import type { Terminal } from './terminal.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Sandbox {
  readonly root: string
  readonly write: (files: Readonly<Record<string, string | Buffer>>) => void
  readonly run: (argv: readonly string[], parts?: Partial<Terminal>) => Promise<Ran>
  readonly remove: () => void
}

/** A folder with these files; it is the root of a repository, so that nothing above it is looked at. */
export function sandbox(files: Readonly<Record<string, string | Buffer>> = {}): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-cli-')))
  mkdirSync(join(root, '.git'))
  const write = (more: Readonly<Record<string, string | Buffer>>): void => {
    for (const [file, content] of Object.entries(more)) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), content)
    }
  }
  write(files)
  return {
    root,
    write,
    run: async (argv, parts = {}) => {
      let out = ''
      let err = ''
      const code = await run(argv, {
        out: (text) => void (out += text),
        err: (text) => void (err += text),
        cwd: root,
        env: {},
        isOutTty: false,
        isErrTty: false,
        columns: 100,
        now: () => 0,
        today: () => '2026-01-01',
        ask: null,
        readInput: () => Promise.resolve(''),
        stop: null,
        ...parts,
      })
      return { code, out, err }
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    },
  }
}
