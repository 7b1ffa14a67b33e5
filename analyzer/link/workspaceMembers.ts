// Which packages a monorepo links to each other.
import type { PackageFacts } from '../model/model.js'
import { isInside } from './filePath.js'

/** True when some package above lists the folder of `target` among its workspaces, or is the workspace root itself. */
export function isWorkspaceMember(target: PackageFacts, packages: readonly PackageFacts[]): boolean {
  return packages.some((root) => {
    if (root.workspaces === undefined || root.workspaces.length === 0 || !isInside(target.folder, root.folder)) return false
    if (root === target) return false
    const inner = root.folder === '' ? target.folder : target.folder.slice(root.folder.length + 1)
    const [wanted, refused] = [
      root.workspaces.filter((item) => !item.startsWith('!')),
      root.workspaces.filter((item) => item.startsWith('!')),
    ]
    return wanted.some((item) => matchesGlob(item, inner)) && !refused.some((item) => matchesGlob(item.slice(1), inner))
  })
}

/** Workspace globs know `*` within a segment and `**` across segments, nothing else in practice. */
function matchesGlob(glob: string, folder: string): boolean {
  const pattern = glob
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .split(/(\*\*\/?|\*)/)
    .map((part) => (part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')))
    .join('')
  return new RegExp(`^${pattern}$`).test(folder)
}
