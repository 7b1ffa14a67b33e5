// Writes several files so that each is either its old or its new self.
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Change {
  readonly path: string
  readonly temporary: string
  /** What to put back; null for a file that was not there. */
  readonly before: Buffer | null
}

/**
 * Writes `texts` (project-relative path → text) below `root`: all of them beside their targets first, then one rename each.
 * Keeps permissions, byte order marks and symbolic links. When something fails, what was replaced is put back and the error is thrown.
 */
export function writeFiles(root: string, texts: ReadonlyMap<string, string>): void {
  const changes: Change[] = []
  const done: Change[] = []
  try {
    for (const [file, text] of texts) changes.push(prepare(join(root, file), text))
    for (const change of changes) {
      renameSync(change.temporary, change.path)
      done.push(change)
    }
  } catch (error) {
    for (const change of done) putBack(change)
    throw error
  } finally {
    for (const change of changes) rmSync(change.temporary, { force: true })
  }
}

function prepare(wanted: string, text: string): Change {
  const path = realPath(wanted)
  const before = contentOf(path)
  const temporary = `${path}.${process.pid}.parapet.tmp`
  mkdirSync(dirname(path), { recursive: true })
  const hasMark = before !== null && before[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf && text.charCodeAt(0) !== 0xfeff
  try {
    writeFileSync(temporary, hasMark ? `\uFEFF${text}` : text)
    if (before !== null) chmodSync(temporary, statSync(path).mode)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return { path, temporary, before }
}

function putBack({ path, before }: Change): void {
  if (before === null) rmSync(path, { force: true })
  else writeFileSync(path, before)
}

function contentOf(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Through a link to its target, so that the link stays one. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** True where there is a file or a folder. */
export function existsAt(absolute: string): boolean {
  return existsSync(absolute)
}

/** The text of a file that may be edited, without a byte order mark; null when it is missing or not UTF-8, which writing would destroy. */
export function readEditableText(absolute: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(absolute))
  } catch {
    return null
  }
}
