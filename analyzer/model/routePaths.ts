// Comparing and joining the paths of layers, mounts and routes.
import type { Answer } from './model.js'

/** `/api` + `/users` → `/api/users`. null where either is not known. */
export function joinPaths(prefix: string | null, path: string | null): string | null {
  if (prefix === null || path === null) return null
  const joined = `${trimSlashes(prefix)}/${trimSlashes(path)}`.replace(/\/$/, '')
  return joined.startsWith('/') ? joined : `/${joined}`
}

/** Whether a layer under `prefix` runs for a path: prefixes count by segments and without case (domain fact K2). Patterns and unknown paths give `unknown`. */
export function coversPath(prefix: string | null, path: string | null): Answer {
  if (prefix === null) return 'unknown'
  const wanted = segmentsOf(prefix)
  if (wanted.length === 0 || /^\/?(?:\*|\(\.\*\)|\{\*\w+\})$/.test(prefix)) return 'yes'
  if (path === null || isPattern(prefix)) return 'unknown'
  const given = segmentsOf(path)
  for (const [index, segment] of wanted.entries()) {
    const other = given[index]
    if (other === undefined) return 'no'
    if (segment.startsWith(':')) continue
    if (other.startsWith(':') || other.includes('*')) return 'unknown'
    if (segment !== other) return 'no'
  }
  return 'yes'
}

/** Words of a path in lower case, without parameters: `/auth/resetPassword/:token` → auth, reset, password. */
export function pathWords(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => !segment.startsWith(':'))
    .flatMap((segment) => segment.replace(/([a-z0-9])([A-Z])/g, '$1-$2').split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

function segmentsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '')
}

function isPattern(path: string): boolean {
  return /[*()?+{}[\]\\]/.test(path)
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}
