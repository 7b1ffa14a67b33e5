// Which file loads which, by imports and `require` as written.
import type { World } from './machine.js'
import { loadsInCode } from './requiredModules.js'

/** The files that each file loads, by what is written. */
export function importGraph(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>()
  for (const [file, source] of world.sources) {
    const targets = new Set<string>()
    const specifiers = source.loads ?? [
      ...source.imports.filter((one) => !one.isType).map((one) => one.specifier),
      ...source.exports.flatMap((one) => (one.kind === 'local' ? [] : [one.specifier])),
      ...loadsInCode(source),
    ]
    for (const specifier of specifiers) {
      const resolved = world.resolve(specifier, file)
      if (resolved.kind === 'file') targets.add(resolved.file)
    }
    graph.set(file, targets)
  }
  return graph
}

/** The same arrows the other way. */
export function reverse(graph: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const reversed = new Map<string, Set<string>>()
  for (const [from, targets] of graph) {
    for (const to of targets) {
      const known = reversed.get(to) ?? new Set<string>()
      known.add(from)
      reversed.set(to, known)
    }
  }
  return reversed
}

/** Everything that the arrows lead to. */
export function closure(start: readonly string[], graph: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set(start)
  const open = [...start]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const next of graph.get(file) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return seen
}
