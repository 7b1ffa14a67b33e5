// Express paths: joining mounts and routes, and which layer covers which route.

/** Joins a prefix and a path as written; null where a part is not known. */
export function joinPath(prefix: string | null, path: string | null): string | null {
  if (prefix === null || path === null) return null
  if (isPattern(path)) return prefix === '' || prefix === '/' ? path : `${prefix}${path}`
  const joined = `${prefix}/${path}`.replaceAll(/\/{2,}/g, '/')
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined
}

/** A path taken apart once. Segments are in lower case but for parameters; `isOpen` means that anything may follow. */
export interface PathShape {
  readonly text: string | null
  readonly isPattern: boolean
  readonly segments: readonly string[]
  readonly isOpen: boolean
  /** What a path with optional parts stands for, each written out: `/items{/:id}` is `/items` and `/items/:id`. Empty without such parts. */
  readonly variants: readonly PathShape[]
}

export function shapeOf(path: string | null): PathShape {
  if (path === null) return { text: null, isPattern: false, segments: [], isOpen: false, variants: [] }
  if (isPattern(path)) return { text: path, isPattern: true, segments: [], isOpen: false, variants: [] }
  // What stands behind `#` tells fields of GraphQL apart; requests for all of them have the path before it.
  const [text = ''] = path.split('#', 1)
  const written = writtenOut(text)
  const variants = written.length === 1 ? [] : written.map((one) => ({ ...plainShape(one), variants: [] }))
  return { ...plainShape(text), variants }
}

function plainShape(text: string): Omit<PathShape, 'variants'> {
  const segments = text
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => segment.toLowerCase())
  const last = segments.at(-1) ?? ''
  const isWild = /^(?:\*|\{\*|\(\.\*\))/.test(last)
  return { text, isPattern: false, segments: isWild ? segments.slice(0, -1) : segments, isOpen: isWild || /^[^:].*\*$/.test(last) }
}

/** With and without each optional part: `{/:id}` of Express 5, `/:id?` of Express 4. What has more than three of them stays as it is written. */
function writtenOut(text: string): readonly string[] {
  let paths: readonly string[] = [text]
  for (let count = 0; count < 3; count++) {
    paths = paths.flatMap((path) => {
      const [part = '', braced, parameter = ''] = /\{([^{}]*)\}|(\/:\w+)\?/.exec(path) ?? []
      return part === '' ? [path] : [path.replace(part, ''), path.replace(part, braced ?? parameter)]
    })
  }
  return paths.some((path) => /[{}]/.test(path)) ? [text] : [...new Set(paths)]
}

/**
 * Whether a layer runs for requests of a route: as a prefix of whole segments, letters in any case (K2),
 * or as the exact path for `all` and route handlers. `maybe` where a part is not known, and where it runs for some forms of the path alone.
 */
export function covers(layer: PathShape, route: PathShape, mode: 'prefix' | 'exact'): 'yes' | 'no' | 'maybe' {
  if (layer.variants.length === 0 && route.variants.length === 0) return coversPlainly(layer, route, mode)
  const ways = layer.variants.length === 0 ? [layer] : layer.variants
  const forms = route.variants.length === 0 ? [route] : route.variants
  const answers = new Set(
    forms.map((form) => {
      const found = ways.map((way) => coversPlainly(way, form, mode))
      return found.includes('yes') ? 'yes' : found.includes('maybe') ? 'maybe' : 'no'
    }),
  )
  return answers.size === 1 ? ([...answers][0] ?? 'maybe') : 'maybe'
}

function coversPlainly(layer: PathShape, route: PathShape, mode: 'prefix' | 'exact'): 'yes' | 'no' | 'maybe' {
  const wanted = layer.segments
  if (layer.text !== null && !layer.isPattern && wanted.length === 0 && (mode === 'prefix' || layer.isOpen)) return 'yes'
  if (layer.text === null || route.text === null) return 'maybe'
  if (layer.isPattern) return matchesPattern(layer.text, route.text)
  if (route.isPattern) return wanted.length === 0 ? 'yes' : 'maybe'
  const given = route.segments
  if (wanted.length > given.length)
    return route.isOpen && wanted.slice(0, given.length).every((segment, index) => fits(segment, given[index] ?? '') !== 'no')
      ? 'maybe'
      : 'no'
  if (mode === 'exact' && !layer.isOpen && (wanted.length !== given.length || route.isOpen)) return 'no'
  let answer: 'yes' | 'maybe' = 'yes'
  for (const [index, segment] of wanted.entries()) {
    const fit = fits(segment, given[index] ?? '')
    if (fit === 'no') return 'no'
    if (fit === 'maybe' && mode === 'exact') answer = 'maybe'
  }
  return answer
}

/** A parameter of the layer takes every segment; a parameter of the route takes some requests under the layer's fixed segment, and only those. */
function fits(layer: string, route: string): 'yes' | 'no' | 'maybe' {
  if (layer.startsWith(':') || layer === '*') return route.startsWith(':') ? 'yes' : 'maybe'
  // `/files*` of Express 4 is a text and whatever follows it.
  if (layer === route || (layer.endsWith('*') && route.startsWith(layer.slice(0, -1)))) return 'yes'
  return route.includes('*') ? 'maybe' : 'no'
}

/** A regular expression between slashes: it holds characters that a plain path has not. */
function isPattern(path: string): boolean {
  return path.length > 2 && path.startsWith('/') && path.endsWith('/') && /[\\^$()|[\]]/.test(path)
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
