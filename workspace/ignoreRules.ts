// .gitignore files, nested as git nests them.
import ignore from 'ignore'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** What one .gitignore says of a path relative to the checked folder; folders end with a slash. */
type IgnoreFile = (path: string) => { readonly ignored: boolean; readonly unignored: boolean }

/** The .gitignore files in force in a folder, outermost first. */
export type IgnoreRules = readonly IgnoreFile[]

/** `rules` plus the .gitignore of `folder` where there is one. `folder` is project-relative, `absolute` its place on disk. */
export function withFolder(rules: IgnoreRules, folder: string, absolute: string): IgnoreRules {
  const file = readIgnoreFile(absolute)
  if (file === null) return rules
  const skip = folder === '' ? 0 : folder.length + 1
  return [...rules, (path) => file(path.slice(skip))]
}

/** Whether git would ignore `path`; the innermost .gitignore that speaks of it decides. */
export function isIgnored(rules: IgnoreRules, path: string): boolean {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const answer = rules[index]?.(path)
    if (answer?.ignored === true) return true
    if (answer?.unignored === true) return false
  }
  return false
}

/** Rules of the folders between the repository's top and `root`: they count too when a part of a repository is checked. */
export function rulesAbove(root: string): IgnoreRules {
  if (existsSync(join(root, '.git'))) return []
  const found: IgnoreFile[] = []
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    const file = readIgnoreFile(folder)
    const inner = `${relative(folder, root).split(sep).join('/')}/`
    // A folder that its repository ignores was named on purpose: its parents' rules would hide everything.
    if (file?.(inner).ignored === true) return []
    if (file !== null) found.unshift((path) => file(inner + path))
    if (existsSync(join(folder, '.git'))) return found
    if (folder === dirname(folder)) return []
  }
}

function readIgnoreFile(absolute: string): IgnoreFile | null {
  try {
    const rules = ignore().add(readFileSync(join(absolute, '.gitignore'), 'utf8'))
    return (path) => rules.test(path)
  } catch {
    return null
  }
}
