// The folders of the workspace, each a project; a file belongs to the deepest one that holds it.
import { dirname, sep } from 'node:path'
import { locateProject } from '../workspace/locateProject.js'
import { createFolderProject, type FolderProject, type ProjectSurroundings } from './folderProject.js'

export interface Folders {
  /** Folders were added or removed, or switched on or off. One that is off keeps its files, so that no folder around it takes them in. */
  readonly set: (roots: readonly string[], isOn: (root: string) => boolean) => void
  /** The project of a file; undefined for a file outside of all folders, or in one that is off. */
  readonly of: (path: string) => FolderProject | undefined
  readonly all: () => readonly FolderProject[]
  /** Those that are off too. */
  readonly roots: () => readonly string[]
  /** Where the client names no folder, an opened file brings its own: the project around it. */
  readonly ensureFor: (path: string) => FolderProject | undefined
  readonly dispose: () => void
}

export function createFolders(around: Omit<ProjectSurroundings, 'owns'>, onRemoved: (root: string) => void): Folders {
  /** null for a folder that is off. */
  const projects = new Map<string, FolderProject | null>()
  let isGiven = false

  function deepest(path: string): string | undefined {
    let best: string | undefined
    for (const root of projects.keys()) {
      if (holds(root, path) && (best === undefined || root.length > best.length)) best = root
    }
    return best
  }

  function projectOf(path: string): FolderProject | undefined {
    return projects.get(deepest(path) ?? '') ?? undefined
  }

  function all(): readonly FolderProject[] {
    return [...projects.values()].filter((project) => project !== null)
  }

  function add(root: string): FolderProject {
    const project = createFolderProject(root, { ...around, owns: (path) => deepest(path) === root })
    projects.set(root, project)
    return project
  }

  function end(root: string): void {
    const project = projects.get(root)
    if (project == null) return
    project.dispose()
    onRemoved(root)
  }

  return {
    set: (given, isOn) => {
      // What opened files brought along stays until the client names folders.
      const roots = given.length === 0 && !isGiven ? [...projects.keys()] : given
      isGiven = given.length > 0
      const gone = [...projects.keys()].filter((root) => !roots.includes(root))
      const added = roots.filter((root) => !projects.has(root))
      for (const root of gone) {
        end(root)
        projects.delete(root)
      }
      for (const root of roots) {
        if (isOn(root)) {
          if (projects.get(root) == null) add(root)
        } else {
          end(root)
          projects.set(root, null)
        }
      }
      // What one folder gains or loses, those around it lose or gain.
      for (const project of all()) {
        if (!added.includes(project.root) && [...gone, ...added].some((root) => holds(project.root, root))) project.reload()
      }
    },
    of: projectOf,
    all,
    roots: () => [...projects.keys()],
    ensureFor: (path) => {
      if (deepest(path) !== undefined || isGiven) return projectOf(path)
      const target = locateProject([path], dirname(path))
      return add('root' in target ? target.root : dirname(path))
    },
    dispose: () => {
      for (const project of all()) project.dispose()
    },
  }
}

function holds(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}
