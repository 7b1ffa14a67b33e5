// Exact versions of direct dependencies, from the lockfiles of npm, yarn and pnpm.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PackageFacts } from '../analyzer/model/model.js'
import { ownText } from '../analyzer/text/ownText.js'
import { repositoryOf } from './locateProject.js'
import { readTextFile } from './readTextFile.js'

type Lookup = (name: string, range: string, folder: string) => string | undefined

/** Versions that the lockfile nearest above the package's folder pins for its direct dependencies. Empty without one. */
export type LockedVersions = Readonly<Record<string, string>>

/** Makes a function that answers for every package of one project and reads each lockfile once. */
export function createLockfiles(root: string): (item: PackageFacts) => LockedVersions {
  const lookups = new Map<string, Lookup | null>()

  function lookupIn(folder: string): Lookup | null {
    let lookup = lookups.get(folder)
    if (lookup === undefined) {
      lookup = readLockfile(folder)
      lookups.set(folder, lookup)
    }
    return lookup
  }

  return (item) => {
    const wanted = { ...item.devDependencies, ...item.dependencies }
    const locked: Record<string, string> = {}
    const top = repositoryOf(root) ?? root
    for (let folder = join(root, item.folder); ; folder = dirname(folder)) {
      const lookup = lookupIn(folder)
      if (lookup !== null) {
        const inner = relativeTo(folder, join(root, item.folder))
        for (const [name, range] of Object.entries(wanted)) {
          const version = lookup(name, range, inner)
          if (version !== undefined) locked[name] = ownText(version)
        }
        return locked
      }
      if (folder === top || folder === dirname(folder)) return locked
    }
  }
}

/** Whether a lockfile of any package manager holds for a folder of the project, also one that is not read; all folders above count where no repository says which belong to it. */
export function hasLockfile(root: string, folder: string): boolean {
  const top = repositoryOf(root)
  for (let above = join(root, folder); ; above = dirname(above)) {
    if (LOCKFILES.some((name) => existsSync(join(above, name)))) return true
    if (above === top || above === dirname(above)) return false
  }
}

const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'deno.lock']

function relativeTo(folder: string, inner: string): string {
  return inner === folder ? '' : inner.slice(folder.length + 1).replaceAll('\\', '/')
}

function readLockfile(folder: string): Lookup | null {
  const npm = readTextFile(join(folder, 'package-lock.json')) ?? readTextFile(join(folder, 'npm-shrinkwrap.json'))
  if (npm !== null) return npmLookup(npm)
  const yarn = readTextFile(join(folder, 'yarn.lock'))
  if (yarn !== null) return yarnLookup(yarn)
  const pnpm = readTextFile(join(folder, 'pnpm-lock.yaml'))
  return pnpm === null ? null : pnpmLookup(pnpm)
}

interface NpmLock {
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>
  readonly dependencies?: Readonly<Record<string, { readonly version?: string }>>
}

/** package-lock.json of all three versions. */
export function npmLookup(text: string): Lookup {
  let lock: NpmLock | null
  try {
    lock = JSON.parse(text) as NpmLock | null
  } catch {
    return () => undefined
  }
  return (name, _range, folder) =>
    (folder === '' ? undefined : lock?.packages?.[`${folder}/node_modules/${name}`]?.version) ??
    lock?.packages?.[`node_modules/${name}`]?.version ??
    lock?.dependencies?.[name]?.version
}

/** yarn.lock of yarn 1 and of later ones. */
export function yarnLookup(text: string): Lookup {
  const versions = new Map<string, string>()
  for (const block of text.matchAll(/^(?! |#|\r|\n)(.+):\r?\n {2}version:? "?([^"\s]+)"?/gm)) {
    for (const wanted of (block[1] ?? '').replaceAll('"', '').split(/,\s*/)) versions.set(wanted, block[2] ?? '')
  }
  return (name, range) => versions.get(`${name}@${range}`) ?? versions.get(`${name}@npm:${range}`)
}

/** The `importers` of pnpm-lock.yaml, or its top level where there are no workspaces. Read by line: a YAML parser takes seconds for such a file. */
export function pnpmLookup(text: string): Lookup {
  const end = text.search(/^(packages|snapshots):/m)
  const versions = new Map<string, string>()
  let importer = '.'
  let isDependencies = false
  let name = ''
  const hasImporters = /^importers:/m.test(text)
  const shift = hasImporters ? 4 : 0
  for (const line of (end < 0 ? text : text.slice(0, end)).split('\n')) {
    const [, spaces = '', key = '', value = ''] = /^( *)'?([^':]+)'?:\s*(.*?)\s*$/.exec(line) ?? []
    if (key === '') continue
    if (hasImporters && spaces.length === 2) importer = key
    else if (spaces.length === shift) isDependencies = /ependencies$/.test(key)
    else if (spaces.length === shift + 2 && isDependencies) {
      name = key
      if (value !== '') versions.set(`${importer}\n${name}`, plainVersion(value))
    } else if (spaces.length === shift + 4 && isDependencies && key === 'version') versions.set(`${importer}\n${name}`, plainVersion(value))
  }
  return (wanted, _range, folder) => versions.get(`${folder === '' ? '.' : folder}\n${wanted}`)
}

/** pnpm adds the peers: `4.17.1(supports-color@9)`, earlier `4.17.1_abc`. */
function plainVersion(value: string): string {
  return value.replace(/^'|'$/g, '').replace(/[(_].*$/, '')
}
