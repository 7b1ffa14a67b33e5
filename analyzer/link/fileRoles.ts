// The role of every file: server code, or one of the things that are never an entry.
import type { FileFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import type { DeclaredEntry } from './declaredEntries.js'
import { COMMAND_LINE_PACKAGES } from './commandLines.js'
import { baseNameOf, folderOf, foldersUpFrom } from './filePath.js'
import { pathRole } from './pathRoles.js'
import type { FileRole } from './pathRoles.js'
import { requiredModules } from './requiredModules.js'
import { clientFolders, isClientPackage, isServerPackage, loadedPackages, packagesByFile } from './clientFolders.js'
import { isNodeBuiltin } from './nodeBuiltins.js'
import { packageNames, packagesOffServers } from './packageAudience.js'

/**
 * Roles by convention. They say what is never an entry and what stays out of reports while nothing reaches it;
 * a file that a server imports is server code whatever its place.
 * `scripts` are the files that package scripts start which are no server (see scriptFiles).
 */
export function fileRoles(
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly PackageFacts[],
  entries: readonly DeclaredEntry[],
  scripts: ReadonlySet<string>,
): ReadonlyMap<string, FileRole> {
  const started = new Set(entries.map((entry) => entry.file))
  const owners = new Map(packages.map((item) => [item.folder, item]))
  const scriptFolders = foldersOfScripts(scripts, started)
  const browser = clientFolders(packagesByFile(files), started)
  const offServers = packagesOffServers(packages)
  const roles = new Map<string, FileRole>()
  for (const [file, facts] of files) {
    const owner = [...foldersUpFrom(folderOf(file))].map((folder) => owners.get(folder)).find((item) => item !== undefined)
    const byPath = pathRole(file, owner === undefined || owner.folder === '' ? file : file.slice(owner.folder.length + 1), owner?.main)
    roles.set(file, roleOf(file, facts, byPath, owner))
  }
  return roles

  function roleOf(file: string, facts: FileFacts, byPath: FileRole | null, owner: PackageFacts | undefined): FileRole {
    if (facts.kind === 'deployment' || (facts.kind === 'source' && facts.language === 'json')) return byPath ?? 'config'
    if (byPath !== null && !(started.has(file) && /^(script|config|migration|client)$/.test(byPath))) return byPath
    if (hasSourceTwin(file, files)) return 'generated'
    if (started.has(file) && !isCommandLine(facts, owner)) return 'server'
    if (scripts.has(file) || scriptFolders.has(folderOf(file))) return 'script'
    if (isCommandLine(facts, owner)) return 'cli'
    const isInBrowser = [...foldersUpFrom(folderOf(file))].some((folder) => browser.has(folder))
    return isInBrowser || isClient(file, facts, owner, offServers) ? 'client' : 'server'
  }
}

/** `util.js` beside `util.ts` was compiled from it. */
function hasSourceTwin(file: string, files: ReadonlyMap<string, FileFacts>): boolean {
  const match = /^(.*)\.([mc]?)js(x?)$/.exec(file)
  if (match === null) return false
  const [, stem = '', kind = '', x = ''] = match
  return files.has(`${stem}.${kind}ts${x}`) || (kind === '' && files.has(`${stem}.tsx`))
}

/** A folder out of which scripts start at least three files, and no server any, is a folder of scripts. */
function foldersOfScripts(scripts: ReadonlySet<string>, started: ReadonlySet<string>): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const file of scripts) if (!started.has(file)) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1)
  const serving = new Set([...started].map(folderOf))
  const isPlain = (folder: string): boolean =>
    folder !== '' && !/^(src|server|app|lib|api|backend)$/.test(baseNameOf(folder)) && !serving.has(folder)
  return new Set([...counts].filter(([folder, count]) => count >= 3 && isPlain(folder)).map(([folder]) => folder))
}

/** Frameworks, and Node's own servers. Other modules of Node say nothing about a command line. */
function isServing(name: string): boolean {
  return /^(node:)?(https?|http2)$/.test(name) || (isServerPackage(name) && !isNodeBuiltin(name.split('/')[0] ?? ''))
}

/** A program for a terminal: it has a shebang or is a `bin`, and starts neither the project's modules nor a server. */
function isCommandLine(facts: FileFacts, owner: PackageFacts | undefined): boolean {
  if (facts.kind !== 'source') return false
  const isBin = owner?.bin.some((path) => facts.file.endsWith(path.replace(/^\.\//, ''))) === true
  if (!facts.hasShebang && !isBin) return false
  const modules = requiredModules(facts)
  if (modules.some((module) => COMMAND_LINE_PACKAGES.has(module))) return !modules.some((module) => isServing(module))
  return !modules.some((module) => /^[.#@~]/.test(module) || isServing(module))
}

/** Code for a browser: it loads a library of views, or its package depends on one and on no server framework, or is used by such packages alone. */
function isClient(file: string, facts: FileFacts, owner: PackageFacts | undefined, offServers: ReadonlySet<string>): boolean {
  const packages = facts.kind === 'source' ? loadedPackages(facts) : []
  if (packages.some(isServerPackage)) return false
  if (packages.some(isClientPackage) || /\.[jt]sx$/.test(file)) return true
  return owner !== undefined && (offServers.has(owner.folder) || isOfBrowser(owner))
}

const ofBrowser = new WeakMap<PackageFacts, boolean>()

function isOfBrowser(owner: PackageFacts): boolean {
  let answer = ofBrowser.get(owner)
  if (answer === undefined) {
    const names = packageNames(owner)
    answer = names.some(isClientPackage) && !names.some(isServerPackage)
    ofBrowser.set(owner, answer)
  }
  return answer
}
