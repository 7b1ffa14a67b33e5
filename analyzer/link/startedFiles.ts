// The source files behind what a command starts: through package scripts, runners' settings, process managers and command frameworks.
import type { FileFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import type { DeploymentCommand } from './deploymentCommands.js'
import { folderOf, foldersUpFrom, joinPath } from './filePath.js'
import { moduleData, propertyOf, textOf } from './moduleData.js'
import type { Data } from './moduleData.js'
import type { Resolution } from './resolveModule.js'
import { isChore } from './scriptNames.js'
import { startedByWords, wordsBehindScript, startedPrograms } from './startedPrograms.js'
import type { Started } from './startedPrograms.js'
import { commandsOfScript, scriptAt, type Container } from './startedScripts.js'

/** What the search looks at. */
export interface Lookup {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly resolve: (specifier: string, fromFile: string) => Resolution
  /** Where the command runs in a container. */
  readonly container?: Container
}

/** The source files behind something started. `trail` holds the scripts on the way, which may call each other in circles. */
export function filesOf(started: Started, lookup: Lookup, trail: readonly string[]): readonly string[] {
  if (started.kind === 'file') return startedFile(started.path, started.folder, started.words, lookup)
  if (started.kind === 'main') return mainFiles(started, lookup, trail)
  if (started.kind === 'shell') return filesOfShell(started, lookup, trail)
  const named = lookup.packages.filter(
    (item) => started.package === null || item.name === started.package || item.folder === joinPath('', started.package),
  )
  const owner = started.package === null ? nearestPackage(started.folder, lookup) : named[0]
  const pattern = new RegExp(
    `^${started.name
      .split('*')
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
  )
  return Object.entries(owner?.scripts ?? {}).flatMap(([name, command]) => {
    const key = `${owner?.folder ?? ''}:${name}`
    if (owner === undefined || !pattern.test(name) || isChore(name) || trail.includes(key) || trail.length > 10) return []
    return [...startedPrograms(command, owner.folder, name)].flatMap((inner) => filesOf(inner, lookup, [...trail, key]))
  })
}

function filesOfShell(started: Started & { readonly kind: 'shell' }, lookup: Lookup, trail: readonly string[]): readonly string[] {
  const script = scriptAt(started, lookup)
  const key = script?.file ?? started.path
  if (trail.includes(key) || trail.length > 10) return []
  const commands = script === null ? [] : commandsOfScript(script, started, lookup)
  const programs = commands.flatMap(({ words, folder }) => [...startedByWords(words, folder)])
  // A script that is not there, or that waits for something first, starts the command that it is handed.
  if (programs.length === 0) programs.push(...startedByWords(wordsBehindScript(started), started.folder))
  return programs.flatMap((inner) => filesOf(inner, lookup, [...trail, key]))
}

function nearestPackage(folder: string, { packages }: Lookup): PackageFacts | undefined {
  for (const above of foldersUpFrom(folder)) {
    const owner = packages.find((item) => item.folder === above)
    if (owner !== undefined) return owner
  }
  return undefined
}

export function fileAt(path: string, folder: string, { resolve }: Lookup): string | null {
  const answer = resolve(`./${path}`, joinPath(folder, 'package.json') ?? 'package.json')
  return answer.kind === 'file' ? answer.file : null
}

export function startedFile(path: string, folder: string, words: readonly string[], lookup: Lookup): readonly string[] {
  if (/(^|\/)(ecosystem|pm2|processe?s?)[\w.-]*\.(json|[mc]?js|ya?ml)$|\.json$/.test(path)) {
    const file = joinPath(folder, path)
    return file === null ? [] : processManagerApps(file, lookup)
  }
  const file = fileAt(path, folder, lookup) ?? copiedFile(path, folder, lookup)
  const owner = nearestPackage(folder, lookup)
  if (owner?.oclifCommands !== undefined && /(^|\/)bin\/[^/]+$/.test(joinPath(folder, path) ?? ''))
    return commandFiles(owner, owner.oclifCommands, words, lookup)
  return file === null ? [] : [file]
}

/** What a file of a container was copied from, built output included. */
function copiedFile(path: string, folder: string, lookup: Lookup): string | null {
  for (const source of lookup.container?.sources(path) ?? [])
    for (const base of new Set([folder, ''])) {
      const file = fileAt(source, base, lookup)
      if (file !== null) return file
    }
  return null
}

/** Files of the commands of an oclif command line: the one that the arguments name, else all of them. */
function commandFiles(owner: PackageFacts, commands: string, words: readonly string[], lookup: Lookup): readonly string[] {
  const named = words.find((word) => !word.startsWith('-'))
  if (named !== undefined) {
    const file = fileAt(`${commands}/${named.replaceAll(':', '/')}`, owner.folder, lookup)
    return file === null ? [] : [file]
  }
  const built = joinPath(owner.folder, commands) ?? ''
  const sources = [built, built.replace(/(^|\/)(dist|lib|build|out)\//, '$1src/')]
  return [...lookup.files.keys()].filter(
    (file) => sources.some((folder) => file.startsWith(`${folder}/`)) && /\.[mc]?[jt]s$/.test(file) && !file.endsWith('.d.ts'),
  )
}

/** `nodemon` alone reads nodemon.json; everything else takes the package's main file. */
function mainFiles(started: Started & { readonly kind: 'main' }, lookup: Lookup, trail: readonly string[]): readonly string[] {
  const settings = started.runner === 'nodemon' ? dataIn(joinPath(started.folder, 'nodemon.json') ?? '', lookup) : undefined
  const command = textOf(propertyOf(settings, 'exec')) ?? textOf(propertyOf(settings, 'script'))
  if (command !== null && trail.length < 10) {
    const programs = [...startedPrograms(command, started.folder)]
    const files = programs.flatMap((inner) =>
      inner.kind === 'main' && inner.runner === 'nodemon' ? [] : filesOf(inner, lookup, [...trail, 'nodemon']),
    )
    if (files.length > 0) return files
  }
  const main = nearestPackage(started.folder, lookup)?.main
  for (const path of [...(main === null || main === undefined ? [] : [main]), 'index', 'server', 'app']) {
    const file = fileAt(path, started.folder, lookup)
    if (file !== null) return [file]
  }
  return []
}

function dataIn(file: string, { files }: Lookup): Data {
  const facts = files.get(file)
  return facts?.kind === 'source' ? moduleData(facts) : undefined
}

/** Scripts of the `apps` of a PM2 configuration. */
export function processManagerApps(file: string, lookup: Lookup): readonly string[] {
  const data = dataIn(file, lookup)
  const apps = propertyOf(data, 'apps') ?? data
  return (Array.isArray(apps) ? (apps as readonly Data[]) : [apps]).flatMap((app) => {
    const script = textOf(propertyOf(app, 'script'))
    if (script === null) return []
    const words = (textOf(propertyOf(app, 'args')) ?? '').split(' ').filter((word) => word !== '')
    // PM2 goes by the folder that it is started in, which is that of the package where the file stands deeper.
    const above = nearestPackage(folderOf(file), lookup)?.folder ?? ''
    for (const base of new Set([folderOf(file), above])) {
      const folder = joinPath(base, textOf(propertyOf(app, 'cwd')) ?? '')
      const files = folder === null ? [] : filesOfScript(script, words, folder, file, lookup)
      if (files.length > 0) return files
    }
    return []
  })
}

function filesOfScript(script: string, words: readonly string[], folder: string, file: string, lookup: Lookup): readonly string[] {
  if (/[\s]/.test(script) || !/[./]/.test(script))
    return [...startedPrograms([script, ...words].join(' '), folder)].flatMap((inner) => filesOf(inner, lookup, [file]))
  return startedFile(script, folder, words, lookup)
}

export function filesOfCommand(command: DeploymentCommand, project: Lookup): readonly string[] {
  const lookup = command.sources === undefined ? project : { ...project, container: { ...command, sources: command.sources } }
  const parts = command.workFolder.split('/').slice(1)
  const tails = parts.map((_, at) => parts.slice(at).join('/')).filter((tail) => lookup.packages.some((item) => item.folder === tail))
  for (const folder of [...tails, ...command.folders]) {
    const words = command.words.map((word) =>
      command.workFolder !== '' && word.startsWith(`${command.workFolder}/`) ? word.slice(command.workFolder.length + 1) : word,
    )
    const files = [...startedByWords(words, folder)].flatMap((started) => filesOf(started, lookup, []))
    if (files.length > 0) return files
  }
  return []
}
