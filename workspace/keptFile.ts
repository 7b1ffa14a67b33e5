// Files that later runs may read and nobody misses: caches.
import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file in one atomic step, since several runs may end at the same time. `fill` gets its descriptor. Where it cannot be written nothing is, and that is no error. */
export function keepFile(path: string, fill: (target: number) => void): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const target = openSync(temporary, 'w')
    try {
      fill(target)
    } finally {
      closeSync(target)
    }
    renameSync(temporary, path)
  } catch {
    removeLeftover(temporary)
  }
}

function removeLeftover(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder is no folder, or not ours: nothing was left there either.
  }
}
