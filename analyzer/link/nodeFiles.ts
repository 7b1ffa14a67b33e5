// Node's `fs` and packages that stand for it, as far as servers use them to find and read their own files.
import { baseNameOf } from './filePath.js'
import { fileContent } from './fileTexts.js'
import { type CallSite, type Machine, NATIVE } from './machine.js'
import { projectPath } from './projectPath.js'
import type { PackageValue, Value } from './value.js'
import { arrayValue, literal, objectValue, packageValue, promiseOf, undefinedAt } from './values.js'

/** A call of `fs`; null where the project does not tell what it gives. */
export function fileFunction(machine: Machine, site: CallSite, callee: PackageValue, name: string, args: readonly Value[]): Value | null {
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
  if (name === 'existsSync' || name === 'pathExistsSync') {
    if (machine.world.hasFile(path) || machine.world.listFolder(path).length > 0) return literal(site.at, true)
    return isMissing(machine, path) ? literal(site.at, false) : null
  }
  if (name === 'statSync' || name === 'lstatSync') {
    const isFolder = !machine.world.hasFile(path) && machine.world.listFolder(path).length > 0
    return machine.world.hasFile(path) || isFolder ? folderEntry(machine, site, { name: path, isFolder }) : null
  }
  return null
}

/**
 * Code that does not lie beside other code of the project. What else is missing may be made by a build, as `routes.js` of `routes.ts` is,
 * or be kept out of the repository.
 */
function isMissing({ phase, world }: Machine, path: string): boolean {
  if (phase !== 'boot' || !CODE.test(path)) return false
  const code = world.listFolder(path.slice(0, Math.max(0, path.lastIndexOf('/')))).filter(({ name }) => CODE.test(name))
  const written = baseNameOf(path).replace(CODE, '')
  return code.length > 0 && !code.some(({ name }) => name.replace(CODE, '') === written)
}

const CODE = /\.[cm]?[jt]sx?$/

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
