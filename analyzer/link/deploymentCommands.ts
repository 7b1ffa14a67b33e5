// The commands with which deployment files start a service.
import type { DeploymentFacts } from '../extract/facts.js'
import { baseNameOf, folderOf, joinPath } from './filePath.js'
import { simpleCommands } from './shellCommand.js'

export interface DeploymentCommand {
  readonly words: readonly string[]
  /** Folders of the project in which it may run, most likely first. */
  readonly folders: readonly string[]
  /** Absolute folder of a container in which it runs (`/usr/src/app`), which the project or one of its packages was copied to; '' for none. */
  readonly workFolder: string
  readonly why: string
  readonly isProduction: boolean
}

/** The commands of one file, none for a file of a kind that starts nothing. */
export function deploymentCommands(facts: DeploymentFacts): readonly DeploymentCommand[] {
  const name = baseNameOf(facts.file)
  const isProduction = !/(^|[._/-])(dev|develop|development|local|debug)([._/-]|$)/i.test(facts.file)
  if (/(^|[._/-])(tests?|testing|e2e|ci)([._-]|$)/i.test(name) || /(^|\/)\.(github|circleci|devcontainer)\//.test(facts.file)) return []
  if (facts.format === 'dockerfile') return dockerCommands(facts, isProduction)
  const plain = (line: string, folder: string | null, key: string): DeploymentCommand[] =>
    lineCommands(line).map((words) => ({
      words,
      folders: foldersFor(folder, facts.file),
      workFolder: '',
      why: `${key} in ${facts.file}`,
      isProduction,
    }))
  if (facts.format === 'procfile')
    return facts.entries.filter(({ key }) => key[0] !== 'release').flatMap(({ key, value }) => plain(value, null, key[0] ?? 'process'))
  if (facts.format !== 'yaml' && facts.format !== 'toml' && facts.format !== 'json') return []
  return [
    ...servicesOf(facts, isProduction),
    ...facts.entries.flatMap(({ key, value }) => (isStartKey(key) ? plain(value, null, key.at(-1) ?? '') : [])),
  ]
}

function isStartKey(key: readonly string[]): boolean {
  const last = key.at(-1) ?? ''
  if (key[0] === 'services' && (key.length < 2 || !/^\d+$/.test(key[1] ?? ''))) return false
  return (
    last === 'startCommand' ||
    last === 'run_command' ||
    (last === 'entrypoint' && key.length === 1) ||
    (key[0] === 'processes' && key.length === 2)
  )
}

/** `services.<name>.command` and `entrypoint` of compose files, as text or as list. */
function servicesOf(facts: DeploymentFacts, isProduction: boolean): readonly DeploymentCommand[] {
  const services = new Map<string, { context: string | null; entrypoint: string[]; command: string[] }>()
  for (const { key, value } of facts.entries) {
    const [top, name, setting, index] = key
    if (top !== 'services' || name === undefined || setting === undefined) continue
    const service = services.get(name) ?? { context: null, entrypoint: [], command: [] }
    services.set(name, service)
    if (setting === 'build' && (index === undefined || index === 'context')) service.context = value
    else if (setting === 'command' || setting === 'entrypoint')
      service[setting].push(...(index === undefined ? (lineWords(value) ?? []) : [value]))
  }
  return [...services].flatMap(([name, { context, entrypoint, command }]) => {
    const words = [...entrypoint, ...command]
    return words.length === 0
      ? []
      : [{ words, folders: foldersFor(context, facts.file), workFolder: '', why: `service ${name} in ${facts.file}`, isProduction }]
  })
}

/** CMD behind ENTRYPOINT, per stage: any stage may be the one that is built. */
function dockerCommands(facts: DeploymentFacts, isProduction: boolean): readonly DeploymentCommand[] {
  const stages = new Map<string, { workFolder: string; entrypoint: readonly string[]; command: readonly string[]; name: string }>()
  for (const { key, value } of facts.entries) {
    const [index = '', instruction = ''] = key
    const stage = stages.get(index) ?? { workFolder: '', entrypoint: [], command: [], name: '' }
    stages.set(index, stage)
    if (/^FROM$/i.test(instruction)) stage.name = /\sas\s+(\S+)/i.exec(value)?.[1] ?? ''
    if (/^WORKDIR$/i.test(instruction)) stage.workFolder = value.startsWith('/') ? value : `${stage.workFolder}/${value}`
    if (/^ENTRYPOINT$/i.test(instruction)) stage.entrypoint = lineWords(value) ?? []
    if (/^CMD$/i.test(instruction)) stage.command = lineWords(value) ?? []
  }
  return [...stages.values()].flatMap(({ workFolder, entrypoint, command, name }) => {
    const words = [...entrypoint, ...command]
    if (words.length === 0 || /(^|[._-])(tests?|ci|e2e|lint)([._-]|\d|$)/i.test(name)) return []
    const clean = workFolder.replace(/\/+/g, '/').replace(/\/$/, '')
    const isOn = isProduction && !/(^|[._-])(dev|develop|development)([._-]|$)/i.test(name)
    return [{ words, folders: foldersFor(null, facts.file), workFolder: clean, why: facts.file, isProduction: isOn }]
  })
}

/** A build context, else the folder of the file and those above it. */
function foldersFor(context: string | null, file: string): readonly string[] {
  const own = folderOf(file)
  const above = own.split('/').map((_, at, all) => all.slice(0, all.length - at).join('/'))
  const named = context === null ? null : joinPath(own, context)
  return [...(named === null ? [] : [named]), ...above, '']
}

/** `["node", "x"]` or a line for a shell. A line with several commands is left to a shell. */
function lineWords(value: string): readonly string[] | null {
  if (!value.trim().startsWith('[')) {
    const commands = simpleCommands(value)
    return commands.length > 1 ? ['sh', '-c', value] : (commands[0] ?? null)
  }
  const words: string[] = []
  for (const match of value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)) words.push((match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'))
  return words
}

function lineCommands(value: string): readonly (readonly string[])[] {
  const words = lineWords(value)
  return words === null ? [] : [words]
}
