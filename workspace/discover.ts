// Walks the checked folder: which files there are to read, and what was left out and why.
import { readdirSync, realpathSync, statSync } from 'node:fs'
import type { Dirent } from 'node:fs'
import { join } from 'node:path'
import { fileKindOf } from './fileKinds.js'
import { isIgnored, rulesAbove, withFolder } from './ignoreRules.js'
import type { IgnoreRules } from './ignoreRules.js'

export interface SkippedPath {
  /** Project-relative, '/'-separated. */
  readonly path: string
  readonly reason: string
}

export interface Discovery {
  /** Files worth reading, project-relative, sorted. */
  readonly files: readonly string[]
  /** Names of `.env*` files that exist but that .gitignore keeps out: their values are not read. */
  readonly ignoredFiles: readonly string[]
  readonly skipped: readonly SkippedPath[]
}

/** Never sources, wherever they stand. */
const NEVER: ReadonlySet<string> = new Set(['node_modules', 'bower_components', 'jspm_packages', '__pycache__', 'venv'])
/** Build output by convention; read only where no source stands outside. */
const OUTPUT: ReadonlySet<string> = new Set(['dist', 'build', 'out', 'coverage'])
/** Folders with a leading dot hold tools' state, but for these. */
const DOT_FOLDERS: ReadonlySet<string> = new Set([
  '.aws',
  '.github',
  '.circleci',
  '.do',
  '.docker',
  '.deploy',
  '.devcontainer',
  '.ebextensions',
  '.ecs',
  '.k8s',
])

/** True for folders that are walked by their name alone; build output is none, although a project without sources outside of it is read there. */
export function isDiscoverableFolder(name: string): boolean {
  return !NEVER.has(name) && !OUTPUT.has(name) && (!name.startsWith('.') || DOT_FOLDERS.has(name))
}

export interface DiscoveryLimits {
  /** Most files that are read. */
  readonly files: number
}

/** Finds the files to read below `root` (absolute). Unreadable folders and loops of links are reported, never thrown. */
export function discover(root: string, limits: DiscoveryLimits = { files: 20_000 }): Discovery {
  const files: string[] = []
  const ignoredFiles: string[] = []
  const skipped: SkippedPath[] = []
  const outputFolders: { folder: string; rules: IgnoreRules }[] = []
  const visited = new Set<string>()
  let sources = 0
  let refused = 0

  function add(path: string): void {
    const kind = fileKindOf(path)
    if (kind === 'none') return
    if (kind === 'source') sources += 1
    if (files.length < limits.files) files.push(path)
    else refused += 1
  }

  function walk(folder: string, above: IgnoreRules): void {
    const absolute = join(root, folder)
    const entries = readFolder(absolute)
    if (entries === null) {
      skipped.push({ path: folder === '' ? '.' : folder, reason: 'unreadable folder' })
      return
    }
    const rules = entries.some((entry) => entry.name === '.gitignore') ? withFolder(above, folder, absolute) : above
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      const kind = entry.isSymbolicLink() ? targetOf(join(root, path)) : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'
      if (kind === 'folder') walkInto(path, entry, rules)
      else if (kind === 'file' && fileKindOf(path) !== 'none') {
        if (!isIgnored(rules, path)) add(path)
        else if (fileKindOf(path) === 'environment') ignoredFiles.push(path)
      }
    }
  }

  function walkInto(path: string, entry: Dirent, rules: IgnoreRules): void {
    const { name } = entry
    if (NEVER.has(name) || (name.startsWith('.') && !DOT_FOLDERS.has(name)) || isIgnored(rules, `${path}/`)) return
    if (entry.isSymbolicLink()) {
      const real = realPath(join(root, path))
      // A link into the project leads to files that are read anyway; a loop would never end.
      if (real === null || visited.has(real) || `${real}/`.startsWith(rootPath) || rootPath.startsWith(`${real}/`)) {
        skipped.push({ path, reason: 'symbolic link to a folder that is read anyway' })
        return
      }
      visited.add(real)
    }
    if (OUTPUT.has(name) && !holdsTypeScript(join(root, path))) outputFolders.push({ folder: path, rules })
    else walk(path, rules)
  }

  const rootPath = `${realPath(root) ?? root}/`
  walk('', rulesAbove(root))
  if (sources === 0) for (const { folder, rules } of outputFolders) walk(folder, rules)
  else for (const { folder } of outputFolders) skipped.push({ path: folder, reason: 'build output' })
  if (refused > 0) skipped.push({ path: '.', reason: `${refused} files beyond the ceiling of ${limits.files}` })
  return { files: files.sort(), ignoredFiles: ignoredFiles.sort(), skipped }
}

function readFolder(absolute: string): readonly Dirent[] | null {
  try {
    return readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return null
  }
}

function targetOf(absolute: string): 'file' | 'folder' | 'other' {
  try {
    const stat = statSync(absolute)
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other'
  } catch {
    return 'other'
  }
}

function realPath(absolute: string): string | null {
  try {
    return realpathSync(absolute)
  } catch {
    return null
  }
}

/** A folder called build that holds TypeScript holds somebody's sources. */
function holdsTypeScript(absolute: string): boolean {
  return (readFolder(absolute) ?? []).some((entry) => entry.isFile() && /\.[mc]?tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
}
