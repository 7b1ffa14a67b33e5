// Splits a monorepo into parts that can be checked on several machines: by application, each with the packages that it uses.
//
// All that is needed is told from names and texts, without a parser, because parsing is what is to be spread.
import { join, posix } from 'node:path'
import type { TsconfigFacts } from '../analyzer/link/resolveModule.js'
import { pathRole } from '../analyzer/link/pathRoles.js'
import { discover } from './discover.js'
import { fileKindOf } from './fileKinds.js'
import { readPackages } from './packageFiles.js'
import { readTextFile } from './readTextFile.js'
import { modulesIn } from './seldomRead.js'
import { readTsconfigs } from './tsconfigFiles.js'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

export interface ShardPlan {
  /** Folders of the applications that this shard checks. */
  readonly applications: readonly string[]
  /** How many applications all shards check together. */
  readonly total: number
  /** Files that this shard leaves to others. */
  readonly isExcluded: (file: string) => boolean
}

/** Texts that make an application, in a file that loads its framework. */
const FRAMEWORKS: Readonly<Record<string, RegExp>> = {
  express: /\bexpress\w*\s*\(\s*\)/,
  fastify: /\bfastify\w*\s*\(/i,
  '@nestjs/core': /\bNestFactory\b/,
}

/**
 * Applications in the order of their folders go to the shards in turn, each with all packages that it loads, however far.
 * What no application loads goes to the first shard. Files of the root that are no code (settings, containers) go to all.
 */
export function planShard(root: string, { index, count }: Shard): ShardPlan {
  const units = unitsOf(root, discover(root).files)
  const applications = [...units.sources].filter(([folder, sources]) => makesApplication(folder, sources, units)).map(([folder]) => folder)
  const mine = applications.sort().filter((_, position) => position % count === index - 1)
  const rest = [...units.sources.keys()].filter((folder) => !applications.includes(folder))
  return planOf(mine, index === 1 ? rest : [], applications.length, units)
}

/** One package (a folder below the root) with all that it loads; null where there is no package with code. */
export function planApplication(root: string, folder: string): ShardPlan | null {
  const units = unitsOf(root, discover(root).files)
  return units.sources.has(folder) ? planOf([folder], [], 1, units) : null
}

function planOf(mine: readonly string[], rest: readonly string[], total: number, units: Units): ShardPlan {
  const loaded = closure(mine, units)
  for (const folder of rest) loaded.add(folder)
  return {
    applications: mine,
    total,
    isExcluded: (file) => {
      const folder = units.ownerOf(file)
      if (folder === '' && fileKindOf(file) !== 'source') return false
      return !loaded.has(folder)
    },
  }
}

interface Units {
  /** Source files by the folder of their package, '' for the root. */
  readonly sources: ReadonlyMap<string, readonly string[]>
  readonly ownerOf: (file: string) => string
  readonly text: (file: string) => string
  /** The package that a specifier leads to, which may name its folder; null where it leads out of the project. */
  readonly targetOf: (specifier: string, from: string) => string | null
}

/** A package is a folder with a package.json, or with the project.json of a tool that has one package.json for all. */
function unitsOf(root: string, files: readonly string[]): Units {
  const folders = new Set(files.filter((file) => /(^|\/)(package|project)\.json$/.test(file)).map(folderOf))
  const ownerOf = (file: string): string => {
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) if (folders.has(folder)) return folder
    return ''
  }
  const sources = new Map<string, string[]>()
  for (const file of files) {
    if (fileKindOf(file) !== 'source') continue
    const folder = ownerOf(file)
    sources.set(folder, [...(sources.get(folder) ?? []), file])
  }
  const texts = new Map<string, string>()
  const text = (file: string): string => {
    const known = texts.get(file) ?? readTextFile(join(root, file)) ?? ''
    texts.set(file, known)
    return known
  }
  const names = new Map(readPackages(root, files).packages.flatMap(({ name, folder }) => (name === null ? [] : [[name, folder] as const])))
  const tsconfigs = readTsconfigs(root, files)
  const targetOf = (specifier: string, from: string): string | null => {
    if (specifier.startsWith('.')) return ownerOf(`${posix.join(folderOf(from), specifier)}/`)
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    const alias = aliasOf(specifier, tsconfigs)
    return names.get(name) ?? (alias === null ? null : ownerOf(`${alias}/`))
  }
  return { sources, ownerOf, text, targetOf }
}

function makesApplication(folder: string, sources: readonly string[], { text }: Units): boolean {
  return sources.some((file) => {
    if (pathRole(file, folder === '' ? file : file.slice(folder.length + 1)) !== null) return false
    const content = text(file)
    return modulesIn(content).some((name) => FRAMEWORKS[name]?.test(content) === true)
  })
}

/** The packages with all that their code loads. */
function closure(start: readonly string[], { sources, text, targetOf }: Units): Set<string> {
  const reached = new Set(start)
  for (const folder of reached) {
    for (const file of sources.get(folder) ?? []) {
      for (const specifier of modulesIn(text(file))) {
        const target = targetOf(specifier, file)
        if (target !== null) reached.add(target)
      }
    }
  }
  return reached
}

/** Where the `paths` of some tsconfig lead. */
function aliasOf(specifier: string, tsconfigs: readonly TsconfigFacts[]): string | null {
  for (const { paths } of tsconfigs) {
    for (const [pattern, [target = '']] of Object.entries(paths)) {
      const [before = '', after] = pattern.split('*')
      const fits = after === undefined ? specifier === pattern : specifier.startsWith(before) && specifier.endsWith(after)
      if (fits) return target.replace('*', specifier.slice(before.length))
    }
  }
  return null
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end < 0 ? '' : path.slice(0, end)
}
