// What is asked of git: commits, and what files were in them. Nothing here writes to the repository or its work tree.
import { execFileSync } from 'node:child_process'

/** One file of a tree: its path from the root of the repository, and the name of its content. */
export interface TreeFile {
  readonly path: string
  readonly object: string
  readonly isLink: boolean
}

/** Says what git said, or that there is no git. */
export class GitFailure extends Error {}

const LARGEST_OUTPUT = 1024 * 1024 * 1024

/** The commit that a branch, tag or hash names; null where there is none. */
export function commitOf(repository: string, ref: string): string | null {
  try {
    return git(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).trim()
  } catch (error) {
    if (error instanceof GitFailure) return null
    throw error
  }
}

/** The last commit that two have in common; null where they share none, or a shallow clone does not have it. */
export function mergeBaseOf(repository: string, one: string, other: string): string | null {
  try {
    return git(repository, ['merge-base', one, other]).trim()
  } catch (error) {
    if (error instanceof GitFailure) return null
    throw error
  }
}

/** The files of a commit. */
export function filesOfCommit(repository: string, commit: string): readonly TreeFile[] {
  return records(git(repository, ['ls-tree', '-r', '-z', '--full-tree', commit])).flatMap((record) => {
    const [, mode = '', , object = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t([^]*)$/.exec(record) ?? []
    return fileOf(mode, object, path)
  })
}

/** The files as they are staged. */
export function filesOfIndex(repository: string): readonly TreeFile[] {
  return records(git(repository, ['ls-files', '--stage', '-z', '--full-name'])).flatMap((record) => {
    // Stages 1 to 3 are sides of a conflict; the second is our own.
    const [, mode = '', object = '', path = ''] = /^(\d+) ([0-9a-f]+) [02]\t([^]*)$/.exec(record) ?? []
    return fileOf(mode, object, path)
  })
}

/** Contents by the names that they have, read in one go. */
export function contentsOf(repository: string, objects: readonly string[]): ReadonlyMap<string, Buffer> {
  const wanted = [...new Set(objects)]
  const found = new Map<string, Buffer>()
  if (wanted.length === 0) return found
  const output = run(repository, ['cat-file', '--batch'], `${wanted.join('\n')}\n`)
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at)
    const [object = '', kind = '', size = ''] = output.subarray(at, end).toString().split(' ')
    if (kind === 'missing') at = end + 1
    else {
      const start = end + 1
      found.set(object, output.subarray(start, start + Number(size)))
      at = start + Number(size) + 1
    }
  }
  return found
}

/** Submodules have no content here. */
function fileOf(mode: string, object: string, path: string): readonly TreeFile[] {
  return mode.startsWith('100') || mode === '120000' ? [{ path, object, isLink: mode === '120000' }] : []
}

function records(output: string): readonly string[] {
  return output.split('\0').filter((record) => record !== '')
}

function git(repository: string, args: readonly string[]): string {
  return run(repository, args, '').toString()
}

/** A repository may name a program to run as its file system monitor, which checking must not start. */
function run(repository: string, args: readonly string[], input: string): Buffer {
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', '-C', repository, ...args], {
      input,
      maxBuffer: LARGEST_OUTPUT,
      stdio: 'pipe',
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    })
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: unknown }
    if (code === 'ENOENT') throw new GitFailure('git is not installed, or not on the path')
    const said = stderr instanceof Buffer ? stderr.toString().trim() : ''
    throw new GitFailure(said === '' ? `git ${args[0] ?? ''} failed` : said)
  }
}
