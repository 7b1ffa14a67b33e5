// From the paths that a user gives to the folder that is analysed and the part of it that is asked about.
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathRole } from '../analyzer/link/pathRoles.js'

export interface Target {
  /** Absolute folder of the project. */
  readonly root: string
  /** Files and folders that findings are limited to, project-relative, '/'-separated; null for all. */
  readonly selection: readonly string[] | null
  /** A package.json above the root that was not read, as an absolute path. */
  readonly outerManifest: string | null
}

export interface NoTarget {
  /** The path that leads nowhere, as it was given. */
  readonly missing: string
}

/**
 * A folder with a package.json, or below none, is the project itself. Other folders, files and several paths are parts of the
 * project around them: the nearest folder above all of them that has a package.json or is the root of a git repository.
 */
export function locateProject(paths: readonly string[], cwd: string): Target | NoTarget {
  const given = paths.length === 0 ? ['.'] : paths
  const missing = given.find((path) => kindOf(resolve(cwd, path)) === 'nothing')
  if (missing !== undefined) return { missing }
  const absolute = given.map((path) => resolve(cwd, path))
  const [only = cwd] = absolute
  if (absolute.length === 1 && kindOf(only) === 'folder') return folderTarget(only)
  const root = projectAround(absolute.map((path) => (kindOf(path) === 'folder' ? path : dirname(path))).reduce(commonFolder))
  return { root, selection: absolute.map((path) => toProject(root, path)), outerManifest: null }
}

/** A folder of tests or examples is no server code to the package around it, so it is looked at by itself. */
function folderTarget(folder: string): Target {
  const manifest = manifestAbove(folder)
  if (manifest === null) return { root: folder, selection: null, outerManifest: null }
  const root = dirname(manifest)
  const path = toProject(root, folder)
  const role = pathRole(`${path}/index.js`, `${path}/index.js`)
  return role === null ? { root, selection: [path], outerManifest: null } : { root: folder, selection: null, outerManifest: manifest }
}

/** The project around one file, which need not be there yet. */
export function locateFile(file: string, cwd: string): Target {
  const absolute = resolve(cwd, file)
  const root = projectAround(dirname(absolute))
  return { root, selection: [toProject(root, absolute)], outerManifest: null }
}

/** The nearest file of this name from a folder upwards, not beyond the git repository that the folder is in. One that is open in an editor need not be saved. */
export function findUpwards(folder: string, name: string, isOpen: (path: string) => boolean = () => false): string | null {
  for (const above of folders(folder)) {
    const path = join(above, name)
    if (isOpen(path) || kindOf(path) === 'file') return path
    if (existsSync(join(above, '.git'))) return null
  }
  return null
}

/** The folder of the git repository that a folder is in; null where there is none. */
export function repositoryOf(folder: string): string | null {
  return folders(folder).find((above) => existsSync(join(above, '.git'))) ?? null
}

/** The path of a file or folder seen from another folder, '/'-separated; '' for the folder itself. */
export function toProject(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}

function projectAround(folder: string): string {
  return folders(folder).find((above) => existsSync(join(above, 'package.json')) || existsSync(join(above, '.git'))) ?? folder
}

function manifestAbove(folder: string): string | null {
  if (existsSync(join(folder, 'package.json')) || existsSync(join(folder, '.git'))) return null
  return findUpwards(dirname(folder), 'package.json')
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file'
  } catch {
    // Also a link that leads to itself, or a folder that may not be entered.
    return 'nothing'
  }
}

/** The folder and those above it, nearest first. */
function folders(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...folders(above)]
}

function commonFolder(a: string, b: string): string {
  const within = folders(b)
  return folders(a).find((folder) => within.includes(folder)) ?? a
}
