// The `imports` and `exports` maps of package.json: patterns with one star, and targets behind conditions.
import type { PackageTarget } from '../model/model.js'

/** The pattern that matches best: an exact one, else the longest text before its star. */
export function matchPattern(patterns: readonly string[], specifier: string): { readonly pattern: string; readonly star: string } | null {
  let best: { readonly pattern: string; readonly star: string; readonly length: number } | null = null
  for (const pattern of patterns) {
    if (pattern === specifier) return { pattern, star: '' }
    const at = pattern.indexOf('*')
    if (at < 0) continue
    const after = pattern.slice(at + 1)
    const fits = specifier.startsWith(pattern.slice(0, at)) && specifier.endsWith(after) && specifier.length >= pattern.length - 1
    if (fits && (best === null || at > best.length))
      best = { pattern, star: specifier.slice(at, specifier.length - after.length), length: at }
  }
  return best
}

/** What `key` stands for in the map, best condition first, with the star filled in. */
export function* targetsOf(map: Readonly<Record<string, PackageTarget>>, key: string): Generator<{ readonly target: string }> {
  const match = matchPattern(Object.keys(map), key)
  if (match === null) return
  for (const target of leaves(map[match.pattern] ?? null)) yield { target: target.replaceAll('*', () => match.star) }
}

/** Sources before builds, what runs before what only types: every target is tried against the known files anyway. */
const CONDITIONS = ['source', 'node', 'import', 'module', 'require', 'default']

function* leaves(target: PackageTarget): Generator<string> {
  if (typeof target === 'string') yield target
  else if (Array.isArray(target)) for (const item of target as readonly PackageTarget[]) yield* leaves(item)
  else if (target !== null) {
    const map = target as Readonly<Record<string, PackageTarget>>
    const rank = (condition: string): number => (CONDITIONS.indexOf(condition) + CONDITIONS.length + 1) % (CONDITIONS.length + 1)
    for (const condition of Object.keys(map).sort((a, b) => rank(a) - rank(b))) yield* leaves(map[condition] ?? null)
  }
}

/** `exports: './index.js'` and a bare map of conditions both describe '.'. */
export function exportsMap(exports: PackageTarget): Readonly<Record<string, PackageTarget>> {
  if (typeof exports === 'object' && exports !== null && !Array.isArray(exports)) {
    const map = exports as Readonly<Record<string, PackageTarget>>
    if (Object.keys(map).every((key) => key.startsWith('.'))) return map
  }
  return { '.': exports }
}
