// Files above a folder that count for it. Clients watch their folders and not what lies above them, or only some do.
import { statSync } from 'node:fs'
import { basename, dirname, sep } from 'node:path'
import { BASELINE_FILE } from './baselineFile.js'
import { findUpwards, repositoryOf } from './locateProject.js'
import { CONFIGURATION_FILE } from './projectConfiguration.js'

const NAMES: readonly string[] = [CONFIGURATION_FILE, BASELINE_FILE]

/** True for a file further up that counts for the folder, or would if it were there. */
export function countsFromAbove(path: string, root: string): boolean {
  return NAMES.includes(basename(path)) && dirname(path) !== root && root.startsWith(withEnd(dirname(path)))
}

/** Which files count from above, and when each was written: another answer means that the settings have to be read again. */
export function stampOfAbove(root: string): string {
  return NAMES.map((name) => {
    const path = findUpwards(root, name)
    return path === null || dirname(path) === root ? '' : `${path} ${writtenAt(path)}`
  }).join('\n')
}

export interface AboveWatch {
  readonly folder: string
  readonly pattern: string
}

/** What has to be watched above a folder: not beyond the git repository that it is in, since nothing counts from there. */
export function watchesAbove(root: string): readonly AboveWatch[] {
  const end = repositoryOf(root) ?? root
  const watches: AboveWatch[] = []
  for (let folder = root; folder !== end && folder !== dirname(folder);) {
    folder = dirname(folder)
    watches.push({ folder, pattern: `{${NAMES.join(',')}}` })
  }
  return watches
}

function writtenAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    // Gone since it was found.
    return 0
  }
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}
