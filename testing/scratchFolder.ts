// A folder of its own for a test, with files, removed at the end.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface ScratchFolder {
  /** Absolute. */
  readonly root: string
  readonly write: (file: string, text: string) => void
  readonly remove: (file: string) => void
  readonly uri: (file: string) => string
  /** Removes the folder. */
  readonly discard: () => void
}

export function scratchFolder(files: Readonly<Record<string, string>>): ScratchFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-server-')))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  return {
    root,
    write,
    remove: (file) => rmSync(join(root, file), { recursive: true, force: true }),
    uri: (file) => pathToFileURL(join(root, file)).href,
    discard: () => rmSync(root, { recursive: true, force: true }),
  }
}
