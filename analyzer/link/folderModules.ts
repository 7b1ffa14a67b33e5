// Packages that load the modules of a folder: `requireDir('./routes')`, `requireAll({ dirname })`.
import { consigned, MODULE_FILE } from './consign.js'
import { folderOf } from './filePath.js'
import { type CallSite, type Machine, ROOT } from './machine.js'
import { projectPath } from './projectPath.js'
import type { ObjectValue, PackageValue, Value } from './value.js'
import { literal, objectValue } from './values.js'

const MOST_DEPTH = 5

/** What such a package gives; null for every other package, and where the folder is not known. */
export function folderModules(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const [given] = args
  const options = given?.kind === 'object' ? given : args[1]?.kind === 'object' ? args[1] : null
  switch (callee.package) {
    case 'require-dir': {
      const named = given?.kind === 'literal' && typeof given.value === 'string' ? given.value : given === undefined ? '.' : null
      if (named === null) return null
      const path = named.startsWith('/') ? named : `${ROOT}/${folderOf(site.frame.source.file)}/${named}`
      return folder(machine, site, projectPath(literal(site.at, path)), { isDeep: isSet(options, 'recurse'), pattern: MODULE_FILE }, 0)
    }
    case 'require-all': {
      const filter = options?.properties.get('filter')
      const pattern = filter?.kind === 'regex' ? new RegExp(filter.pattern, filter.flags.replace(/[gy]/g, '')) : MODULE_FILE
      const isDeep = options?.properties.get('recursive')?.kind !== 'literal' || isSet(options, 'recursive')
      const path = projectPath(options === given ? options?.properties.get('dirname') : given)
      return folder(machine, site, path, { isDeep, pattern }, 0, options?.properties.get('resolve'))
    }
    case 'auto-load': {
      const only =
        options === null ? [] : ['js', 'json'].filter((kind) => options.properties.get(kind)?.kind === 'literal' && !isSet(options, kind))
      const kinds = ['js', 'json'].filter((kind) => !only.includes(kind))
      const isDeep = options?.properties.get('deep')?.kind !== 'literal' || isSet(options, 'deep')
      const pattern = new RegExp(`^(.+)\\.(?:${kinds.map((kind) => (kind === 'js' ? '[jt]s' : kind)).join('|')})$`)
      return kinds.length === 0 ? null : folder(machine, site, projectPath(given), { isDeep, pattern, nameOf: camelCase }, 0)
    }
    case 'require-directory':
      return directory(machine, site, args)
    case 'consign':
    case 'express-load':
      return consigned(machine, site, callee.package, options?.properties.get('cwd'), given)
    default:
      return null
  }
}

/** `requireDirectory(module, './routes', options)`: without a path the folder of the module that asks. */
function directory(machine: Machine, site: CallSite, [, ...rest]: readonly Value[]): ObjectValue | null {
  const options = rest.find((one) => one.kind === 'object') ?? null
  const named = rest[0] === options ? undefined : rest[0]
  if (named !== undefined && named.kind !== 'literal') return null
  // What is left out, and by which names, is for functions to say.
  if (options !== null && ['include', 'exclude', 'extensions', 'rename'].some((one) => options.properties.has(one))) return null
  const isDeep = options?.properties.get('recurse')?.kind !== 'literal' || isSet(options, 'recurse')
  const path = named === undefined ? '.' : String(named.value)
  const whole = path.startsWith('/') ? path : `${ROOT}/${folderOf(site.frame.source.file)}/${path}`
  const pattern = /^(.+)\.(?:[jt]s|json)$/
  return folder(machine, site, projectPath(literal(site.at, whole)), { isDeep, pattern }, 0, options?.properties.get('visit'))
}

interface Wanted {
  readonly isDeep: boolean
  /** The first group is the name of the module. */
  readonly pattern: RegExp
  /** What a file or a folder is called in the result, where that is another name. */
  readonly nameOf?: (name: string) => string
}

/** As auto-load has it: `page-list` is `pageList`. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** An object of the modules of a folder by their names; folders inside are objects of their own. */
function folder(machine: Machine, site: CallSite, path: string | null, wanted: Wanted, depth: number, resolve?: Value): ObjectValue | null {
  if (path === null || depth > MOST_DEPTH) return null
  const items = machine.world.listFolder(path)
  if (items.length === 0) return null
  const found = objectValue(site.at)
  for (const item of items) {
    const file = path === '' ? item.name : `${path}/${item.name}`
    if (item.isFolder) {
      const inner = wanted.isDeep && item.name !== 'node_modules' ? folder(machine, site, file, wanted, depth + 1, resolve) : null
      if (inner !== null && inner.properties.size > 0) found.properties.set(wanted.nameOf?.(item.name) ?? item.name, inner)
      continue
    }
    const name = wanted.pattern.exec(item.name)?.[1]
    if (name === undefined || file === site.frame.source.file || !machine.world.sources.has(file) || item.name.endsWith('.d.ts')) continue
    const loaded = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
    found.properties.set(
      wanted.nameOf?.(name) ?? name,
      resolve?.kind === 'function' ? machine.run.call(machine, site, resolve, null, [loaded]) : loaded,
    )
  }
  return found
}

function isSet(options: ObjectValue | null, name: string): boolean {
  const value = options?.properties.get(name)
  return value?.kind === 'literal' && value.value === true
}
