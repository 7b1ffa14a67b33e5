// Where a function that several files need is written: a new file beside others of the server that they all reach.
import { baseNameOf, folderOf, foldersUpFrom, isInside } from '../../link/filePath.js'
import { requiredModules } from '../../link/requiredModules.js'
import { fileBehind } from '../imports.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { packageFolderOf } from '../versions.js'

/** Folders that projects keep such functions in. The name decides only between places that are equally good. */
const usual: readonly string[] = ['utils', 'util', 'lib', 'helpers', 'common', 'shared', 'config']

/**
 * The path of the new file, in the nearest folder above its users that holds files of a server, or in such a folder's usual one.
 * null where there is none, where users differ in what they are, and where the name is taken. Folders are left alone where something loads
 * what lies there without naming it, such as all routes of a folder: it would take the new file for one of them.
 */
export function functionHome(model: ProjectModel, users: readonly string[], name: string): string | null {
  const [first] = users
  const ending = /\.[cm]?[jt]s$/.exec(first ?? '')?.[0]
  if (first === undefined || ending === undefined || !users.every((user) => user.endsWith(ending))) return null
  const home = packageFolderOf(model, first)
  const inside = [...foldersUpFrom(commonFolder(users))].filter((folder) => isInside(folder, home))
  const candidates = [...inside.flatMap((folder) => usual.map((one) => (folder === '' ? one : `${folder}/${one}`))), ...inside]
  const named = namedFiles(model)
  const folder = candidates.find((one) => {
    const found = siblings(model, one, ending)
    return found.length > 0 && found.every((file) => named.has(file))
  })
  if (folder === undefined) return null
  const file = `${folder === '' ? '' : `${folder}/`}${inStyleOf(siblings(model, folder, ending), name)}`
  const isTaken = [...model.files.keys()].some((other) => other.replace(/\.[cm]?[jt]sx?$/, '') === file)
  return isTaken ? null : file + ending
}

/** Entries, and what some file of the server loads by its name. */
const namedFiles = recordedOnce((model: ProjectModel): ReadonlySet<string> => {
  const named = new Set(model.entries.map(({ file }) => file))
  for (const file of model.serverFiles) {
    const facts = model.files.get(file)
    if (facts?.kind !== 'source') continue
    for (const specifier of requiredModules(facts)) {
      const target = fileBehind(model, file, specifier)
      if (target !== null) named.add(target)
    }
  }
  return named
})

/** Files of the server that stand directly in the folder: what starts loads this place, and a build takes it along. */
function siblings(model: ProjectModel, folder: string, ending: string): readonly string[] {
  return [...model.serverFiles].filter((file) => folderOf(file) === folder && file.endsWith(ending))
}

/** `require-env` beside `send-mail`. */
function inStyleOf(others: readonly string[], name: string): string {
  const isHyphenated = others.some((file) => /^[a-z]+-[a-z-]+\./.test(baseNameOf(file)))
  return isHyphenated ? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : name
}

function commonFolder(files: readonly string[]): string {
  const [first = '', ...others] = files.map(folderOf)
  return [...foldersUpFrom(first)].find((folder) => others.every((other) => isInside(other, folder))) ?? ''
}
