// Node's own modules, as far as servers use them to find their files, and functions that the boot provides.
import { minimatch } from 'minimatch'
import { NATIVE } from './builtins/promiseMethods.js'
import { type CallSite, type FrameworkModel, type Machine, ROOT } from './machine.js'
import { fileContent } from './fileTexts.js'
import { concatenate } from './operators.js'
import type { FunctionValue, PackageValue, Value } from './value.js'
import { arrayValue, environmentVariable, globalValue, literal, objectValue, packageValue, promiseOf, undefinedAt } from './values.js'

export const nodeModel: FrameworkModel = {
  callPackage(machine, site, callee, args) {
    if (callee.package === NATIVE) return machine.natives.get(callee.path[0] ?? '')?.(args) ?? undefinedAt(site.at)
    const name = callee.path.filter((part) => part !== 'default' && part !== 'posix' && part !== 'promises').join('.')
    switch (callee.package) {
      case 'path':
        return pathFunction(site, name, args)
      case 'fs':
      case 'fs/promises':
      case 'fs-extra':
        return fileFunction(machine, site, callee, name, args)
      case 'url':
        return urlFunction(site, name, args[0])
      case 'module':
        return name === 'createRequire' ? globalValue(site.at, 'require') : null
      case 'util':
        if (name === 'inherits') return inherit(machine, site, args)
        if (name === 'promisify' && args[0]?.kind === 'function') return promisified(machine, site, args[0])
        return (name === 'callbackify' || name === 'deprecate') && args[0]?.kind === 'function' ? args[0] : null
      case 'glob':
      case 'fast-glob':
      case 'tinyglobby':
      case 'globby':
        return globbed(machine, site, callee, args)
      default:
        return null
    }
  },
  callScope: () => null,
  /** Schemas over the environment pass through what they validate. */
  onOpaqueCall(_machine, site, call) {
    const name = call.callee.kind === 'member' ? call.callee.name : call.callee.kind === 'package' ? (call.callee.path.at(-1) ?? '') : ''
    if (
      !/^(?:validate|validateSync|parse|safeParse|parseAsync|cleanEnv|customCleanEnv|attempt|assert|create|load|from|makeValidator|cast|decode)$/.test(
        name,
      )
    )
      return null
    if (!call.args.some((arg) => arg.kind === 'environment' && arg.name === '*')) return null
    const environment = environmentVariable(site.at, '*')
    const isWrapped = name === 'validate' || name === 'safeParse'
    if (!isWrapped) return environment
    const result = objectValue(site.at)
    result.properties.set('value', environment)
    result.properties.set('data', environment)
    result.isOpen = true
    return result
  },
}

function urlFunction(site: CallSite, name: string, path: Value | undefined): Value | null {
  if (path?.kind === 'object') return name === 'fileURLToPath' ? (path.properties.get('pathname') ?? null) : null
  if (path?.kind !== 'literal') return null
  const file = String(path.value).replace(/^file:\/\//, '')
  if (name === 'fileURLToPath') return literal(site.at, file)
  if (name !== 'pathToFileURL') return null
  const url = objectValue(site.at)
  url.properties.set('href', literal(site.at, `file://${file}`))
  url.properties.set('pathname', literal(site.at, file))
  return url
}

/** A function that calls the given one with a callback of the boot's own, and gives a promise for what the callback gets. */
function promisified(machine: Machine, site: CallSite, fn: FunctionValue): Value {
  const key = `promisified ${machine.natives.size}`
  machine.natives.set(key, (args) => {
    const promise = promiseOf(site.at, null)
    const settle = `settle ${machine.natives.size}`
    machine.natives.set(settle, ([, result]) => {
      promise.result ??= result ?? undefinedAt(site.at)
      return undefinedAt(site.at)
    })
    machine.run.call(machine, { ...site, isAwaited: true }, fn, null, [...args, packageValue(site.at, NATIVE, [settle])])
    return promise
  })
  return packageValue(site.at, NATIVE, [key])
}

/** `util.inherits(Child, Parent)`: what the child's prototype lacks is looked for in the parent's. */
function inherit(machine: Machine, site: CallSite, [child, parent]: readonly Value[]): Value {
  if (child?.kind === 'function' && parent !== undefined) {
    const prototype = machine.run.getMember(machine, site, child, 'prototype')
    if (prototype.kind === 'object') prototype.external = machine.run.getMember(machine, site, parent, 'prototype')
  }
  return undefinedAt(site.at)
}

function pathFunction(site: CallSite, name: string, args: readonly Value[]): Value | null {
  const parts = args.map((arg) => (arg.kind === 'literal' ? String(arg.value) : null))
  const known = parts.filter((part) => part !== null)
  const isKnown = known.length === parts.length
  if (name === 'sep') return literal(site.at, '/')
  if (!isKnown)
    return name === 'join' || name === 'resolve'
      ? concatenate(
          site.at,
          args.flatMap((arg, index) => (index === 0 ? [arg] : [literal(site.at, '/'), arg])),
        )
      : null
  const [first = ''] = known
  switch (name) {
    case 'join':
      return literal(site.at, normalise(known.join('/')))
    case 'resolve': {
      let path = ROOT
      for (const part of known) path = part.startsWith('/') ? part : `${path}/${part}`
      return literal(site.at, normalise(path))
    }
    case 'relative':
      return literal(site.at, relativePath(first, known[1] ?? ''))
    case 'normalize':
      return literal(site.at, normalise(first))
    case 'dirname':
      return literal(site.at, first.includes('/') ? first.slice(0, first.lastIndexOf('/')) || '/' : '.')
    case 'basename': {
      const base = first.slice(first.lastIndexOf('/') + 1)
      const suffix = known[1]
      return literal(site.at, suffix !== undefined && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base)
    }
    case 'extname': {
      const base = first.slice(first.lastIndexOf('/') + 1)
      return literal(site.at, base.lastIndexOf('.') > 0 ? base.slice(base.lastIndexOf('.')) : '')
    }
    case 'parse': {
      const base = first.slice(first.lastIndexOf('/') + 1)
      const extension = base.lastIndexOf('.') > 0 ? base.slice(base.lastIndexOf('.')) : ''
      const parsed = objectValue(site.at)
      parsed.properties.set('base', literal(site.at, base))
      parsed.properties.set('name', literal(site.at, base.slice(0, base.length - extension.length)))
      parsed.properties.set('ext', literal(site.at, extension))
      parsed.properties.set('dir', literal(site.at, first.slice(0, Math.max(0, first.lastIndexOf('/')))))
      return parsed
    }
    case 'isAbsolute':
      return literal(site.at, first.startsWith('/'))
    default:
      return null
  }
}

function relativePath(from: string, to: string): string {
  const [start, end] = [from, to].map((path) =>
    normalise(path)
      .split('/')
      .filter((part) => part !== ''),
  )
  let same = 0
  while (start?.[same] !== undefined && start[same] === end?.[same]) same++
  return [...(start ?? []).slice(same).map(() => '..'), ...(end ?? []).slice(same)].join('/')
}

function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/')
}

/** A path of the boot's file system as a project file; null outside the project. */
function projectPath(value: Value | undefined): string | null {
  if (value?.kind !== 'literal' || typeof value.value !== 'string') return null
  const path = normalise(value.value)
  if (path === ROOT) return ''
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path.startsWith('/') ? null : path
}

function fileFunction(machine: Machine, site: CallSite, callee: PackageValue, name: string, args: readonly Value[]): Value | null {
  const path = projectPath(args[0])
  if (path === null) return null
  const isPromise = callee.package !== 'fs' || callee.path.includes('promises')
  if (name === 'readdirSync' || name === 'readdir') {
    const names = machine.world.listFolder(path)
    if (names.length === 0) return null
    const wantsEntries = args[1]?.kind === 'object' && args[1].properties.has('withFileTypes')
    const list = arrayValue(
      site.at,
      names.map((one) => (wantsEntries ? folderEntry(machine, site, one) : literal(site.at, one.name))),
    )
    const callback = args.at(-1)
    if (name === 'readdir' && callback?.kind === 'function') {
      machine.run.call(machine, { ...site, isAwaited: true }, callback, null, [literal(site.at, null), list])
      return undefinedAt(site.at)
    }
    return isPromise && name === 'readdir' ? promiseOf(site.at, list) : list
  }
  if (/^(?:readFileSync|readFile|readJsonSync|readJSONSync|readJson|readJSON)$/.test(name)) return fileContent(machine, site, path, name)
  if (name === 'existsSync' || name === 'pathExistsSync')
    return machine.world.hasFile(path) || machine.world.listFolder(path).length > 0 ? literal(site.at, true) : null
  if (name === 'statSync' || name === 'lstatSync') {
    const isFolder = !machine.world.hasFile(path) && machine.world.listFolder(path).length > 0
    return machine.world.hasFile(path) || isFolder ? folderEntry(machine, site, { name: path, isFolder }) : null
  }
  return null
}

function folderEntry(machine: Machine, site: CallSite, entry: { readonly name: string; readonly isFolder: boolean }): Value {
  const value = objectValue(site.at)
  const answer = (wanted: 'folder' | 'file' | 'link'): Value => {
    const isTrue = wanted === (entry.isFolder ? 'folder' : 'file')
    const key = `answer ${String(isTrue)}`
    machine.natives.set(key, () => literal(site.at, isTrue))
    return packageValue(site.at, NATIVE, [key])
  }
  value.properties.set('name', literal(site.at, entry.name))
  value.properties.set('isDirectory', answer('folder'))
  value.properties.set('isFile', answer('file'))
  value.properties.set('isSymbolicLink', answer('link'))
  return value
}

function globbed(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const given = args[0]?.kind === 'array' ? args[0].elements : args.slice(0, 1)
  const options = args[1]?.kind === 'object' ? args[1].properties : null
  const base = projectPath(options?.get('cwd')) ?? ''
  const patterns = given.map((pattern) => (pattern.kind === 'literal' ? String(pattern.value) : null))
  if (patterns.length === 0 || patterns.includes(null)) return null
  const found: Value[] = []
  for (const file of machine.world.sources.keys()) {
    for (const pattern of patterns as string[]) {
      const isAbsolute = pattern.startsWith(`${ROOT}/`)
      const wanted = isAbsolute ? pattern.slice(ROOT.length + 1) : normalise(base === '' ? pattern : `${base}/${pattern}`)
      if (minimatch(file, wanted))
        found.push(
          literal(
            site.at,
            isAbsolute || options?.has('absolute') === true ? `${ROOT}/${file}` : base === '' ? file : file.slice(base.length + 1),
          ),
        )
    }
  }
  const list = arrayValue(site.at, found)
  return callee.path.some((part) => /sync/i.test(part)) ? list : promiseOf(site.at, list)
}
