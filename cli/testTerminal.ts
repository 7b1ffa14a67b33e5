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

/** Runs the command line and catches what it writes. */
export async function runCaught(argv: readonly string[], parts: Partial<Terminal>): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await run(
    argv,
    testTerminal({
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      ...parts,
    }),
  )
  return { code, out, err }
}

/** A terminal without a person, colours or a clock that goes on. */
export function testTerminal(parts: Partial<Terminal>): Terminal {
  return {
    out: () => undefined,
    err: () => undefined,
    cwd: '/',
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
  }
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
    run: (argv, parts = {}) => runCaught(argv, { cwd: root, ...parts }),
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    },
  }
}
