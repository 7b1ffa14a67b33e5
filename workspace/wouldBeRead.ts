// Whether one file belongs to a project, asked without walking the whole of it.
import { join } from 'node:path'
import { isDiscoverableFolder } from './discover.js'
import { fileKindOf } from './fileKinds.js'
import { isIgnored, rulesAbove, withFolder } from './ignoreRules.js'

/** True when the walk would find this file (project-relative) if it were there: its kind is read, and no .gitignore and no convention keeps it out. */
export function wouldBeRead(root: string, file: string): boolean {
  if (fileKindOf(file) === 'none' || !isInWalkedFolder(file)) return false
  const steps = file.split('/').slice(0, -1)
  let rules = withFolder(rulesAbove(root), '', root)
  let folder = ''
  for (const name of steps) {
    folder = folder === '' ? name : `${folder}/${name}`
    if (isIgnored(rules, `${folder}/`)) return false
    rules = withFolder(rules, folder, join(root, folder))
  }
  return !isIgnored(rules, file)
}

/** True when no folder on the way to a file is one that is never walked. */
export function isInWalkedFolder(file: string): boolean {
  return file.split('/').slice(0, -1).every(isDiscoverableFolder)
}
