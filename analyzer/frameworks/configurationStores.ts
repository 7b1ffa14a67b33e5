// Packages that keep the settings of a server: what their `get` gives is what stands in files, variables and defaults.
import { folderOf, foldersUpFrom } from '../link/filePath.js'
import { write } from '../link/heapLog.js'
import { type CallSite, type FrameworkModel, type Machine, ROOT } from '../link/machine.js'
import type { CallRecord, ObjectValue, PackageValue, Value } from '../link/value.js'
import { arrayValue, literal, objectValue } from '../link/values.js'
import { inFront, layered, valueAt } from './configurationLayers.js'

/** node-config, nconf and convict. */
export const configurationStores: FrameworkModel = {
  knows: (name) => name === 'config' || name === 'nconf',
  callPackage(machine, site, callee, args) {
    const name = callee.path.filter((part) => part !== 'default').join('.')
    if (callee.package === 'config') return name === 'get' ? fromFolder(machine, site, args[0]) : null
    return callee.package === 'nconf' ? nconf(machine, site, callee, name, args) : null
  },
  onOpaqueCall: convict,
}

const EXTENSIONS = ['json', 'js', 'cjs', 'ts', 'mjs']

/** `config/default`, then the file of the environment, then the variables that `custom-environment-variables` names (node-config, wiki: Configuration Files). */
function fromFolder(machine: Machine, site: CallSite, key: Value | undefined): Value | null {
  const way = wayOf(key, '.')
  const folder = [...foldersUpFrom(folderOf(site.at.file))]
    .map((above) => (above === '' ? 'config' : `${above}/config`))
    .find((one) => fileIn(machine, one, 'default') !== null)
  if (way === null || folder === undefined) return null
  const mode = machine.world.settings.environment['NODE_ENV'] ?? 'development'
  const read = (name: string): readonly Value[] => {
    const file = fileIn(machine, folder, name)
    const value = file === null ? null : valueAt(contentOf(machine, site, file), way)
    return value === null ? [] : [value]
  }
  const [names = null] = read('custom-environment-variables')
  return layered(site, [...read('default'), ...read(mode)], names)
}

function fileIn(machine: Machine, folder: string, name: string): string | null {
  return EXTENSIONS.map((extension) => `${folder}/${name}.${extension}`).find((file) => machine.world.sources.has(file)) ?? null
}

/** What a file of settings gives, also where it stands under `default`. */
function contentOf(machine: Machine, site: CallSite, file: string): Value {
  const content = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  const standard = content.kind === 'object' ? content.properties.get('default') : undefined
  return standard?.kind === 'object' && content.kind === 'object' && content.role === 'namespace' ? standard : content
}

const STORES = 'nconf stores'

/** Stores are asked in the order in which they were added (nconf, README: Hierarchical configuration). */
function nconf(machine: Machine, site: CallSite, callee: PackageValue, name: string, args: readonly Value[]): Value | null {
  const again: PackageValue = { ...callee, path: [] }
  const add = (properties: Readonly<Record<string, Value>>): Value => {
    const store = objectValue(site.at)
    for (const [key, value] of Object.entries(properties)) store.properties.set(key, value)
    write(machine, machine.containers, STORES, arrayValue(site.at, [...storesOf(machine), store]))
    return again
  }
  switch (name) {
    case 'argv':
    case 'use':
      return again
    case 'env': {
      const [options] = args
      const separator = options?.kind === 'object' ? options.properties.get('separator') : options
      return add({ separator: separator?.kind === 'literal' ? separator : literal(site.at, null) })
    }
    case 'file': {
      const file = fileOf(machine, site, args)
      return file === null ? again : add({ content: contentOf(machine, site, file) })
    }
    case 'defaults':
    case 'overrides':
      return args[0]?.kind === 'object' ? add({ content: args[0] }) : again
    case 'get':
      return stored(machine, site, args[0])
    default:
      return null
  }
}

function storesOf(machine: Machine): readonly ObjectValue[] {
  const stores = machine.containers.get(STORES)
  return stores?.kind === 'array' ? stores.elements.flatMap((one) => (one.kind === 'object' ? [one] : [])) : []
}

/** `file('name', './a.json')`, `file({ file: './a.json' })`: from the folder of the package, which is where it is started. */
function fileOf(machine: Machine, site: CallSite, args: readonly Value[]): string | null {
  const last = args.at(-1)
  const given = last?.kind === 'object' ? last.properties.get('file') : last
  if (given?.kind !== 'literal') return null
  const written = String(given.value)
  if (written.startsWith(`${ROOT}/`))
    return machine.world.sources.has(written.slice(ROOT.length + 1)) ? written.slice(ROOT.length + 1) : null
  const path = written.replace(/^\.\//, '')
  const folders = [...foldersUpFrom(folderOf(site.at.file))]
  return folders.map((folder) => (folder === '' ? path : `${folder}/${path}`)).find((file) => machine.world.sources.has(file)) ?? null
}

function stored(machine: Machine, site: CallSite, key: Value | undefined): Value | null {
  const way = wayOf(key, ':')
  if (way === null) return null
  const variables: string[] = []
  for (const { properties } of storesOf(machine)) {
    const content = properties.get('content')
    const separator = properties.get('separator')
    if (content !== undefined) {
      const found = valueAt(content, way)
      if (found !== null) return variables.reduceRight<Value>((value, variable) => inFront(site, variable, value), found)
    } else if (way.length === 1 || (separator?.kind === 'literal' && typeof separator.value === 'string'))
      variables.push(way.join(separator?.kind === 'literal' ? String(separator.value) : ''))
  }
  return null
}

const LOADED = 'convict loaded'

/** `convict({ port: { default: 80, env: 'PORT' } }).get('port')`. Where something else was loaded into it, nothing is known. */
function convict(machine: Machine, site: CallSite, { callee, args }: CallRecord): Value | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'result') return null
  const { callee: maker, args: given } = callee.object.call
  if (maker.kind !== 'package' || maker.package !== 'convict' || maker.path.some((part) => part !== 'default')) return null
  if (/^load(File)?$/.test(callee.name)) write(machine, machine.containers, LOADED, literal(site.at, true))
  const way = callee.name === 'get' ? wayOf(args[0], '.') : null
  const [schema] = given
  if (way === null || schema === undefined || machine.containers.has(LOADED)) return null
  const setting = valueAt(schema, way)
  const standard = setting?.kind === 'object' ? setting.properties.get('default') : undefined
  if (setting?.kind !== 'object' || standard === undefined || standard.kind === 'object') return null
  const variable = setting.properties.get('env')
  return variable?.kind === 'literal' && typeof variable.value === 'string' ? inFront(site, variable.value, standard) : standard
}

function wayOf(key: Value | undefined, separator: string): readonly string[] | null {
  return key?.kind === 'literal' && typeof key.value === 'string' && key.value !== '' ? key.value.split(separator) : null
}
