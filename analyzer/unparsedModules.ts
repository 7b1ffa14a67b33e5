// Files that did not parse and that a server loads: what they register is not known.
import type { FileFacts, UnparsedFacts } from './extract/facts.js'
import { folderOf, joinPath } from './link/filePath.js'
import { requiredModules } from './link/requiredModules.js'
import type { PackageFacts, ProjectModel } from './model/model.js'

export interface UnparsedModule {
  readonly file: string
  /** Who loads it; null for what is started itself. */
  readonly loadedBy: string | null
}

/** In the order of files, once each. Specifiers are read as they stand: relative ones, and aliases by their end. */
export function unparsedModules(model: ProjectModel, files: ReadonlyMap<string, FileFacts>): readonly UnparsedModule[] {
  const unparsed = [...files.values()].filter((facts): facts is UnparsedFacts => facts.kind === 'unparsed' && isCode(facts.file))
  if (unparsed.length === 0) return []
  const loaders = [...new Set([...model.entries.map(({ file }) => file), ...model.serverFiles])]
  return unparsed.flatMap(({ file }): UnparsedModule[] => {
    if (model.packages.some((one) => starts(one, file))) return [{ file, loadedBy: null }]
    const loadedBy = loaders.find((loader) => loads(files.get(loader), file))
    return loadedBy === undefined ? [] : [{ file, loadedBy }]
  })
}

/** True where a start script or `main` names the file. */
function starts({ folder, scripts, main }: PackageFacts, file: string): boolean {
  const path = folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : null
  if (path === null) return false
  const commands = Object.entries(scripts).flatMap(([name, command]) =>
    /^(pre|post)?(start|serve)\b/.test(name) ? command.split(/\s+/) : [],
  )
  return [...commands, main ?? ''].some((word) => stemOf(word.replace(/^\.\//, '')) === stemOf(path))
}

function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file)
}

function loads(facts: FileFacts | undefined, file: string): boolean {
  if (facts?.kind !== 'source') return false
  const wanted = stemOf(file)
  return requiredModules(facts).some((specifier) => {
    if (specifier.startsWith('.')) return stemOf(joinPath(folderOf(facts.file), specifier) ?? '') === wanted
    const tail = stemOf(specifier.replace(/^[@~#]\w*\//, ''))
    return /^([@~#]|src\/|app\/|lib\/)/.test(specifier) && `/${wanted}`.endsWith(`/${tail}`)
  })
}

/** A path without its ending; an index stands for its folder. */
function stemOf(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/(^|\/)index$/, '')
}
