// Paths of the boot's own file system.
import { ROOT } from './machine.js'
import type { Value } from './value.js'

/** A path, or a file URL, of the boot's file system as a project file; null outside the project. */
export function projectPath(value: Value | undefined): string | null {
  if (value?.kind === 'object') return projectPath(value.properties.get('pathname'))
  if (value?.kind !== 'literal' || typeof value.value !== 'string') return null
  const path = normalise(value.value)
  if (path === ROOT) return ''
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path.startsWith('/') ? null : path
}

/** Without empty parts, `.` and, where it can be, `..`. */
export function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/')
}
