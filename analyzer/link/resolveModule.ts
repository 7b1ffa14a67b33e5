// Module resolution as a pure function of the known files and the project's settings. It never enters node_modules.
import type { PackageFacts } from '../model/model.js'
import { folderOf, foldersUpFrom, isInside, joinPath } from './filePath.js'
import { isNodeBuiltin } from './nodeBuiltins.js'
import { createProber, importerOf, packageOf } from './probeFile.js'
import { exportsMap, matchPattern, targetsOf } from './packageTargets.js'
import { declares, searchFoldersOf } from './packageFacts.js'
import { isPackageName, splitSpecifier } from './specifier.js'
import { isWorkspaceMember } from './workspaceMembers.js'

export interface ResolutionSettings {
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
}

/** A tsconfig with its `extends` chain folded in. Every path is project-relative. */
export interface TsconfigFacts {
  readonly folder: string
  readonly baseUrl: string | null
  /** Pattern → targets that are project-relative already. */
  readonly paths: Readonly<Record<string, readonly string[]>>
  readonly outDir: string | null
  readonly rootDir: string | null
  readonly esModuleInterop: boolean
}

export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  /** `subpath` is '' when there is none. Node's own modules are packages without the `node:` prefix. */
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
  | { readonly kind: 'missing' }

const MISSING: Resolution = { kind: 'missing' }

/** Makes a resolver for one set of files. Answers are remembered for the life of the resolver. */
export function createResolver(
  files: ReadonlySet<string>,
  settings: ResolutionSettings,
): (specifier: string, fromFile: string) => Resolution {
  const { packages } = settings
  const tsconfigs = [...settings.tsconfigs].sort((a, b) => b.folder.length - a.folder.length)
  const prober = createProber(files, packages, tsconfigs)
  const known = new Map<string, Resolution>()

  function resolve(specifier: string, fromFile: string): Resolution {
    const importer = importerOf(fromFile)
    const folder = folderOf(fromFile)
    const found = (path: string | null): Resolution | null => {
      const file = path === null ? null : prober.probe(path, importer)
      return file === null ? null : { kind: 'file', file }
    }
    const built = (path: string | null, base: string): Resolution | null => {
      const file = path === null ? null : prober.probeBuilt(path, base, importer)
      return file === null ? null : { kind: 'file', file }
    }

    if (/^\.\.?(\/|$)/.test(specifier)) {
      const path = joinPath(folder, specifier)
      if (path === null) return MISSING
      const exact = found(/(^|\/)\.?\.?$/.test(specifier) ? `${path}/` : path)
      return exact ?? built(path, packageOf(fromFile, packages)?.folder ?? '') ?? MISSING
    }
    const home = packageOf(fromFile, packages)
    if (specifier.startsWith('#')) {
      for (const { target } of home?.imports === undefined ? [] : targetsOf(home.imports, specifier)) {
        const answer = target.startsWith('.') ? built(joinPath(home?.folder ?? '', target), home?.folder ?? '') : resolve(target, fromFile)
        if (answer !== null && answer.kind !== 'missing') return answer
      }
    }
    const { name, subpath } = splitSpecifier(specifier)
    if (isNodeBuiltin(name)) return { kind: 'package', name: name.replace(/^node:/, ''), subpath }

    return (
      throughPaths(specifier, fromFile, home, found) ??
      throughAliases(specifier, fromFile, found) ??
      throughSearchFolders(specifier, home, found) ??
      throughWorkspace(name, subpath, home, built) ??
      (isPackageName(name) ? { kind: 'package', name, subpath } : MISSING)
    )
  }

  function throughPaths(
    specifier: string,
    fromFile: string,
    home: PackageFacts | null,
    found: (path: string | null) => Resolution | null,
  ): Resolution | null {
    let nearest: string | null = null
    // Node knows nothing of baseUrl: a folder of the sources does not shadow an installed package.
    const isInstalled = declares(home, splitSpecifier(specifier).name)
    for (const config of tsconfigs) {
      if (!isInside(fromFile, config.folder) || (nearest !== null && nearest !== config.folder)) continue
      nearest = config.folder
      const match = matchPattern(Object.keys(config.paths), specifier)
      for (const target of match === null ? [] : (config.paths[match.pattern] ?? [])) {
        const answer = found(target.replace('*', () => match?.star ?? ''))
        if (answer !== null) return answer
      }
      const answer = config.baseUrl === null || isInstalled ? null : found(joinPath(config.baseUrl, specifier))
      if (answer !== null) return answer
    }
    return null
  }

  /** `_moduleAliases` of the module-alias package: a name stands for a folder or a file. */
  function throughAliases(specifier: string, fromFile: string, found: (path: string | null) => Resolution | null): Resolution | null {
    for (const folder of foldersUpFrom(folderOf(fromFile))) {
      const owner = packages.find((item) => item.folder === folder)
      for (const [alias, target] of Object.entries(owner?.moduleAliases ?? {})) {
        if (specifier !== alias && !specifier.startsWith(`${alias}/`)) continue
        const base = joinPath(folder, target)
        const rest = specifier.slice(alias.length)
        const answer = base === null ? null : (found(joinPath(base, rest)) ?? found(sourceFolder(base, rest)))
        if (answer !== null) return answer
      }
    }
    return null
  }

  /** An alias usually names the build folder, because it is read at run time. */
  function sourceFolder(base: string, rest: string): string | null {
    const path = joinPath(base, rest)
    return path === null ? null : prober.probeBuilt(path, packageOf(path, packages)?.folder ?? '', 'typescript')
  }

  /** NODE_PATH, where a package script sets it. */
  function throughSearchFolders(
    specifier: string,
    home: PackageFacts | null,
    found: (path: string | null) => Resolution | null,
  ): Resolution | null {
    if (home === null || declares(home, splitSpecifier(specifier).name)) return null
    for (const folder of searchFoldersOf(home)) {
      const answer = found(joinPath(folder, specifier))
      if (answer !== null) return answer
    }
    return null
  }

  function throughWorkspace(
    name: string,
    subpath: string,
    home: PackageFacts | null,
    built: (path: string | null, base: string) => Resolution | null,
  ): Resolution | null {
    const owner = packages.find((item) => item.name === name && isLinked(item, home))
    if (owner === undefined) return null
    const inside = (path: string): Resolution | null => built(joinPath(owner.folder, path), owner.folder)
    const key = subpath === '' ? '.' : `./${subpath}`
    for (const { target } of owner.exports === undefined ? [] : targetsOf(exportsMap(owner.exports), key)) {
      const answer = inside(target)
      if (answer !== null) return answer
    }
    if (subpath !== '') return inside(subpath) ?? inside(`src/${subpath}`)
    return (
      (owner.main === null ? null : inside(owner.main)) ??
      inside('src/index') ??
      inside('index') ??
      inside('lib/index') ??
      inside('src/main')
    )
  }

  /** A project's package shadows the registry's of that name only where something links it: workspaces, a local range, its own `exports`. */
  function isLinked(target: PackageFacts, home: PackageFacts | null): boolean {
    if (target === home) return target.exports !== undefined
    const range = home === null ? undefined : (home.dependencies[target.name ?? ''] ?? home.devDependencies[target.name ?? ''])
    return (range !== undefined && /^(file|link|workspace|portal):/.test(range)) || isWorkspaceMember(target, packages)
  }

  // Files ask again and again for what they import: at every name that they use.
  const byFile = new Map<string, Map<string, Resolution>>()
  return (specifier, fromFile) => {
    let asked = byFile.get(fromFile)
    if (asked === undefined) byFile.set(fromFile, (asked = new Map()))
    const before = asked.get(specifier)
    if (before !== undefined) return before
    const key = `${folderOf(fromFile)}\n${importerOf(fromFile)}\n${specifier}`
    let answer = known.get(key)
    if (answer === undefined) {
      answer = resolve(specifier, fromFile)
      known.set(key, answer)
    }
    asked.set(specifier, answer)
    return answer
  }
}
