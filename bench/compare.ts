// One project, four programs over the same files.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { loadProject } from '../workspace/loadProject.js'
import { measure, type Measurement } from './measure.js'

export interface Comparison {
  readonly name: string
  readonly files: number
  /** UTF-16 units of the source files, near enough to bytes. */
  readonly bytes: number
  /** Without any cache. */
  readonly cold: Measurement
  /** With the facts of an earlier run on disk. */
  readonly warm: Measurement
  readonly eslint: Measurement
  readonly oxlint: Measurement
}

/** Measures `check` cold and warm, ESLint with eslint-plugin-security, and oxlint with no-console, over the files that `check` reads as code. */
export function compare(root: string, name: string, original: string, runs: number): Comparison {
  const scratch = mkdtempSync(join(tmpdir(), 'parapet-bench-copy-'))
  const folder = join(scratch, 'project')
  try {
    copyProject(original, folder)
    const sources = [...loadProject(folder).files.values()].flatMap((facts) =>
      facts.kind === 'source' && facts.language !== 'json' ? [facts] : [],
    )
    const files = sources.map(({ file }) => file)
    const list = join(scratch, 'files.json')
    writeFileSync(list, JSON.stringify(files))
    const check = { script: join(root, 'dist', 'cli.js'), folder, expected: [0, 1] }
    const args = ['check', '.', '--preset', 'strict', '--format', 'json']
    const cold = measure({ ...check, args: [...args, '--no-cache'] }, runs)
    measure({ ...check, args }, 1)
    return {
      name,
      files: files.length,
      bytes: sources.reduce((sum, { length }) => sum + length, 0),
      cold,
      warm: measure({ ...check, args }, runs),
      eslint: measure({ script: join(root, 'bench', 'runEslint.mjs'), args: [list], folder, expected: [0] }, runs),
      oxlint: measure(
        {
          script: binary('oxlint', 'bin/oxlint'),
          args: ['-A', 'all', '-D', 'no-console', '--no-ignore', '--silent', ...files],
          folder,
          expected: [0, 1],
        },
        runs,
      ),
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Facts are kept beside installed packages; the copy has a folder for them and nothing in it. */
function copyProject(original: string, folder: string): void {
  cpSync(original, folder, { recursive: true, filter: (path) => !['node_modules', '.git'].includes(basename(path)) })
  mkdirSync(join(folder, 'node_modules'))
}

function binary(packageName: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), path)
}
