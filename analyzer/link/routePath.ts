// Express paths: joining mounts and routes, and which layer covers which route.

/** Joins a prefix and a path as written; null where a part is not known. */
export function joinPath(prefix: string | null, path: string | null): string | null {
  if (prefix === null || path === null) return null
  if (isPattern(path)) return prefix === '' || prefix === '/' ? path : `${prefix}${path}`
  const joined = `${prefix}/${path}`.replaceAll(/\/{2,}/g, '/')
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined
}

/**
 * Whether a layer at `layer` runs for requests of the route `route`: as a prefix of whole segments, letters in any case (K2),
 * or as the exact path for `all` and route handlers. `maybe` where a part is not known.
 */
export function covers(layer: string | null, route: string | null, mode: 'prefix' | 'exact'): 'yes' | 'no' | 'maybe' {
  if (mode === 'prefix' && (layer === '' || layer === '/' || layer === '*' || layer === '/*' || layer === '/{*splat}')) return 'yes'
  if (layer === null || route === null) return 'maybe'
  if (isPattern(layer)) return matchesPattern(layer, route)
  const wanted = segmentsOf(layer)
  const given = segmentsOf(route)
  const isOpen = wanted.at(-1) !== undefined && /^\*|^\{\*|^\(\.\*\)/.test(wanted.at(-1) as string)
  if (isOpen) wanted.pop()
  if (wanted.length > given.length) return given.at(-1) === '*' ? 'maybe' : 'no'
  if (mode === 'exact' && !isOpen && wanted.length !== given.length) return 'no'
  let answer: 'yes' | 'maybe' = 'yes'
  for (const [index, segment] of wanted.entries()) {
    const other = given[index] ?? ''
    if (segment.startsWith(':') || segment === '*') {
      if (mode === 'exact' && !other.startsWith(':')) answer = 'maybe'
      continue
    }
    if (other.startsWith(':') || other.includes('*')) {
      // A parameter of the route takes some requests under the layer's fixed segment, and only those.
      if (segment.toLowerCase() !== other.toLowerCase()) return other.includes('*') ? 'maybe' : 'no'
      continue
    }
    if (segment.toLowerCase() !== other.toLowerCase()) return 'no'
  }
  return answer
}

/** A regular expression between slashes: it holds characters that a plain path has not. */
function isPattern(path: string): boolean {
  return path.length > 2 && path.startsWith('/') && path.endsWith('/') && /[\\^$()|[\]]/.test(path)
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function matchesPattern(layer: string, route: string): 'yes' | 'no' | 'maybe' {
  const source = layer.slice(1, -1)
  if (route.includes(':') || route.includes('*') || isPattern(route) || source.length > 200 || /[+*}]\)[+*{]/.test(source)) return 'maybe'
  try {
    return new RegExp(source, 'i').test(route) ? 'yes' : 'no'
  } catch {
    return 'maybe'
  }
}
