// Where a function that several files need is written: a new file beside others of the server that they all reach.
import { baseNameOf, folderOf, foldersUpFrom, isInside } from '../../link/filePath.js'
import type { ProjectModel } from '../model.js'
import { packageFolderOf } from '../versions.js'

/** Folders that projects keep such functions in. The name decides only between places that are equally good. */
const usual: readonly string[] = ['utils', 'util', 'lib', 'helpers', 'common', 'shared', 'config']

/**
 * The path of the new file, in the nearest folder above its users that holds files of a server, or in such a folder's usual one.
 * null where there is none, where users differ in what they are, and where the name is taken.
 */
export function functionHome(model: ProjectModel, users: readonly string[], name: string): string | null {
  const [first] = users
  const ending = /\.[cm]?[jt]s$/.exec(first ?? '')?.[0]
  if (first === undefined || ending === undefined || !users.every((user) => user.endsWith(ending))) return null
  const home = packageFolderOf(model, first)
  const inside = [...foldersUpFrom(commonFolder(users))].filter((folder) => isInside(folder, home))
  const candidates = [...inside.flatMap((folder) => usual.map((one) => (folder === '' ? one : `${folder}/${one}`))), ...inside]
  const folder = candidates.find((one) => siblings(model, one, ending).length > 0)
  if (folder === undefined) return null
  const file = `${folder === '' ? '' : `${folder}/`}${inStyleOf(siblings(model, folder, ending), name)}`
  const isTaken = [...model.files.keys()].some((other) => other.replace(/\.[cm]?[jt]sx?$/, '') === file)
  return isTaken ? null : file + ending
}

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
