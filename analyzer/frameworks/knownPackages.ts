// The registry of packages: what each export of a third-party package does to the requests that pass it. Data stands in packages/.
import type { Capability } from '../model/model.js'
import { readPackageTable, type PackageEffect, type PackageLines } from './packageTable.js'
import { dataPackages } from './packages/data.js'
import { fastifyPackages } from './packages/fastify.js'
import { headerPackages } from './packages/headers.js'
import { identityPackages } from './packages/identity.js'
import { inputPackages } from './packages/input.js'
import { limitPackages } from './packages/limits.js'
import { nestPackages } from './packages/nest.js'
import { observabilityPackages } from './packages/observability.js'
import { plainPackages } from './packages/plain.js'
import { servingPackages } from './packages/serving.js'

/** Where two tables name a package, the later one wins, so those about middleware stand last. */
const tables = [
  plainPackages,
  dataPackages,
  observabilityPackages,
  servingPackages,
  inputPackages,
  identityPackages,
  headerPackages,
  limitPackages,
  fastifyPackages,
  nestPackages,
]
const lines: ReadonlyMap<string, PackageLines> = new Map(tables.flatMap((text) => [...readPackageTable(text)]))

/** The packages that have something of a kind, and something with a capability. One walk for all of them: a kind by itself would walk the whole registry. */
const kinds = new Map<string, Set<string>>()
const capable = new Map<string, Set<string>>()
for (const [name, entry] of lines) {
  for (const line of entry.values()) {
    addName(kinds, line.kind, name)
    for (const capability of line.capabilities) addName(capable, capability, name)
  }
}

/**
 * What stands at a path of a package, by the longest line of the table that begins the path. `()` in a path stands for the result of a call:
 * `new Keycloak().protect` is `['()', 'protect']`. Leading `default` and `*` are interop and do not count.
 * null means that the package is not listed: nothing is known of it. A listed package without effect has kind `none`.
 */
export function effectOf(packageName: string, exportPath: readonly string[]): PackageEffect | null {
  const entry = linesOf(packageName)
  if (entry === undefined) return null
  const path = withoutInterop(exportPath)
  const key = path.join('\0')
  let ofPaths = effects.get(entry)
  if (ofPaths === undefined) effects.set(entry, (ofPaths = new Map()))
  let effect = ofPaths.get(key)
  if (effect === undefined) {
    if (ofPaths.size >= MOST_PATHS) ofPaths.clear()
    ofPaths.set(key, (effect = longestLine(entry, path)))
  }
  return effect
}

// Data never changes, and the same paths are asked for again and again.
const effects = new Map<PackageLines, Map<string, PackageEffect | null>>()
/** A package has fewer, unless names are made up at random. */
const MOST_PATHS = 1000

function longestLine(entry: PackageLines, path: readonly string[]): PackageEffect | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const prefix = path.slice(0, length)
    const line = entry.get(pathText(prefix))
    if (line !== undefined) return { ...line, path: prefix }
  }
  return null
}

function linesOf(packageName: string): PackageLines | undefined {
  return lines.get(packageName) ?? (packageName.includes('/') ? lines.get(packageNameOf(packageName)) : undefined)
}

/** False where nothing of the package has the capability, whatever the path. */
export function mayHave(packageName: string, capability: Capability): boolean {
  return isAmong(capable, packageName, capability)
}

/** False where nothing of the package is of the kind, whatever the path. */
export function mayBe(packageName: string, kind: PackageEffect['kind']): boolean {
  return isAmong(kinds, packageName, kind)
}

function addName(groups: Map<string, Set<string>>, group: string, name: string): void {
  const names = groups.get(group)
  if (names === undefined) groups.set(group, new Set([name]))
  else names.add(name)
}

function isAmong(names: ReadonlyMap<string, ReadonlySet<string>>, packageName: string, wanted: string): boolean {
  const packages = names.get(wanted)
  return packages !== undefined && (packages.has(packageName) || (packageName.includes('/') && packages.has(packageNameOf(packageName))))
}

/** True when the registry has lines for the package. */
export function isListed(packageName: string): boolean {
  return linesOf(packageName) !== undefined
}

/** Names of all listed packages, sorted. */
export function listedPackages(): readonly string[] {
  return [...lines.keys()].sort()
}

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageNameOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Drops leading `default` and `*`: `require('x').default`, `import x`, `import * as x` mean the same thing here. */
export function withoutInterop(path: readonly string[]): readonly string[] {
  let first = 0
  while (path[first] === 'default' || path[first] === '*') first++
  return first === 0 ? path : path.slice(first)
}

/** `['doubleCsrf', '()', 'x']` → `doubleCsrf().x`. */
export function pathText(path: readonly string[]): string {
  return path.reduce((text, part) => (part === '()' ? `${text}()` : text === '' ? part : `${text}.${part}`), '')
}
