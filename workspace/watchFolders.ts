// Tells when files of a project change. One watcher for each folder that holds something that is read: watching everything below the root
// would take in installed packages and build output, for which systems have not enough watchers.
import { watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { fileKindOf } from './fileKinds.js'
import { changesSettings } from './settingsFiles.js'

/** Editors write a file in several steps, and a checkout writes many; milliseconds of silence after which all of it is one change. */
const SETTLE = 120

export interface Watching {
  /** Answers with the project-relative paths of the next change, sorted; null after `close`. Changes while nobody waits are kept. */
  readonly next: () => Promise<readonly string[] | null>
  /** Watches these folders from now on. */
  readonly follow: (folders: Iterable<string>) => void
  readonly close: () => void
}

/** `isIgnored` names what the run itself writes. */
export function watchFolders(root: string, isIgnored: (path: string) => boolean): Watching {
  const watchers = new Map<string, FSWatcher>()
  let changed = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let waiting: ((paths: readonly string[] | null) => void) | null = null
  let isClosed = false

  function settle(): void {
    timer = null
    if (waiting === null || changed.size === 0) return
    const paths = [...changed].sort()
    const tell = waiting
    changed = new Set()
    waiting = null
    tell(paths)
  }

  function note(folder: string, name: string | null): void {
    const path = name === null ? folder : folder === '' ? name : `${folder}/${name}`
    if (isIgnored(path) || !matters(path, name)) return
    changed.add(path)
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(settle, SETTLE)
  }

  function drop(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  return {
    next: () =>
      new Promise((resolve) => {
        if (isClosed) return resolve(null)
        waiting = resolve
        if (changed.size > 0 && timer === null) timer = setTimeout(settle, SETTLE)
      }),
    follow: (folders) => {
      const wanted = new Set(folders)
      for (const folder of [...watchers.keys()]) if (!wanted.has(folder)) drop(folder)
      for (const folder of wanted) {
        if (watchers.has(folder)) continue
        try {
          const watcher = watch(join(root, folder), (_, name) => {
            note(folder, name)
          })
          // A folder that is removed is told by the one above it.
          watcher.on('error', () => {
            drop(folder)
          })
          watchers.set(folder, watcher)
        } catch {
          continue
        }
      }
    },
    close: () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      for (const folder of [...watchers.keys()]) drop(folder)
      waiting?.(null)
      waiting = null
    },
  }
}

/** What is read, what says what is read, and new folders, which have no extension as a rule. */
function matters(path: string, name: string | null): boolean {
  return name === null || fileKindOf(path) !== 'none' || changesSettings(path) || !name.includes('.')
}
