// The folders of the workspace, each a project; a file belongs to the deepest one that holds it.
import { dirname, sep } from 'node:path'
import { locateProject } from '../workspace/locateProject.js'
import { createFolderProject, type FolderProject, type ProjectSurroundings } from './folderProject.js'

export interface Folders {
  /** Folders were added or removed. */
  readonly set: (roots: readonly string[]) => void
  /** The project of a file; undefined for a file outside of all folders. */
  readonly of: (path: string) => FolderProject | undefined
  readonly all: () => readonly FolderProject[]
  /** Where the client names no folder, an opened file brings its own: the project around it. */
  readonly ensureFor: (path: string) => FolderProject | undefined
  readonly dispose: () => void
}

export function createFolders(around: Omit<ProjectSurroundings, 'owns'>, onRemoved: (root: string) => void): Folders {
  const projects = new Map<string, FolderProject>()
  let isGiven = false

  function deepest(path: string): FolderProject | undefined {
    let best: FolderProject | undefined
    for (const project of projects.values()) {
      if (holds(project.root, path) && (best === undefined || project.root.length > best.root.length)) best = project
    }
    return best
  }

  function add(root: string): FolderProject {
    const project: FolderProject = createFolderProject(root, { ...around, owns: (path) => deepest(path) === project })
    projects.set(root, project)
    return project
  }

  return {
    set: (roots) => {
      isGiven = roots.length > 0
      const gone = [...projects.keys()].filter((root) => !roots.includes(root))
      const added = roots.filter((root) => !projects.has(root))
      for (const root of gone) {
        projects.get(root)?.dispose()
        projects.delete(root)
        onRemoved(root)
      }
      for (const root of added) add(root)
      // What one folder gains or loses, those around it lose or gain.
      for (const project of projects.values()) {
        if (!added.includes(project.root) && [...gone, ...added].some((root) => holds(project.root, root))) project.reload()
      }
    },
    of: deepest,
    all: () => [...projects.values()],
    ensureFor: (path) => {
      const known = deepest(path)
      if (known !== undefined || isGiven) return known
      const target = locateProject([path], dirname(path))
      return add('root' in target ? target.root : dirname(path))
    },
    dispose: () => {
      for (const project of projects.values()) project.dispose()
    },
  }
}

function holds(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}
