// One project, four programs over the same files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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
export function compare(root: string, name: string, folder: string, runs: number): Comparison {
  const sources = [...loadProject(folder).files.values()].filter((facts) => facts.kind === 'source' && facts.language !== 'json')
  const files = sources.map(({ file }) => file)
  const cache = mkdtempSync(join(tmpdir(), 'parapet-bench-cache-'))
  const parapet = join(root, 'dist', 'cli.js')
  const check = { script: parapet, folder, expected: [0, 1] }
  const args = ['check', folder, '--preset', 'strict', '--format', 'json']
  const list = join(cache, 'files.json')
  writeFileSync(list, JSON.stringify(files))
  try {
    const cold = measure({ ...check, args: [...args, '--no-cache'] }, runs)
    measure({ ...check, args: [...args, '--cache-location', join(cache, 'facts')] }, 1)
    return {
      name,
      files: files.length,
      bytes: sources.reduce((sum, facts) => sum + (facts.kind === 'source' ? facts.length : 0), 0),
      cold,
      warm: measure({ ...check, args: [...args, '--cache-location', join(cache, 'facts')] }, runs),
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
    rmSync(cache, { recursive: true, force: true })
  }
}

function binary(packageName: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), path)
}
