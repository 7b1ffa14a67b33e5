// The commands with which deployment files start a service.
import type { DeploymentFacts } from '../extract/facts.js'
import { isForDevelopment, isForTests } from './deploymentNames.js'
import { baseNameOf, folderOf, joinPath } from './filePath.js'
import { imageSources, type ImageSources } from './imageFiles.js'
import { wordsOf } from './shellCommand.js'

export interface DeploymentCommand {
  readonly words: readonly string[]
  /** Folders of the project in which it may run, most likely first. */
  readonly folders: readonly string[]
  /** Absolute folder of a container in which it runs (`/usr/src/app`), which the project or one of its packages was copied to; '' for none. */
  readonly workFolder: string
  /** Of an image: where its files come from. */
  readonly sources?: ImageSources
  readonly why: string
  readonly isProduction: boolean
}

/** The commands of one file, none for a file of a kind that starts nothing. */
export function deploymentCommands(facts: DeploymentFacts): readonly DeploymentCommand[] {
  const name = baseNameOf(facts.file)
  if (isForTests(name) || /(^|\/)\.(github|circleci|devcontainer)\//.test(facts.file)) return []
  if (facts.format === 'dockerfile') return dockerCommands(facts)
  if (!/^(procfile|yaml|toml|json|systemd)$/.test(facts.format)) return []
  return [
    ...(/^(procfile|systemd)$/.test(facts.format) ? [] : [...servicesOf(facts), ...containersOf(facts)]),
    ...startLines(facts).map(({ key, value }) => ({
      words: wordsOf(value),
      folders: foldersFor(null, facts.file),
      workFolder: startFolder(facts),
      why: `${key.at(-1) ?? 'process'} in ${facts.file}`,
      isProduction: !isForDevelopment(facts.file),
    })),
  ]
}

/** The settings whose value is the command that a platform starts; services of compose files are told apart. */
export function startLines({ format, entries }: DeploymentFacts): DeploymentFacts['entries'] {
  if (format === 'procfile') return entries.filter(({ key }) => key[0] !== 'release')
  if (format === 'systemd')
    return entries.flatMap((one) => (one.key[1] === 'ExecStart' ? [{ ...one, value: one.value.replace(/^[-@:+!|]+/, '') }] : []))
  return /^(yaml|toml|json)$/.test(format) ? entries.filter(({ key }) => isStartKey(key)) : []
}

/** The absolute folder of a server in which a unit of systemd starts its service; '' where none is said. */
export function startFolder({ format, entries }: DeploymentFacts): string {
  const said = format === 'systemd' ? entries.findLast(({ key }) => key[1] === 'WorkingDirectory')?.value : undefined
  return said?.startsWith('/') === true ? said.replace(/\/+$/, '') : ''
}

function isStartKey(key: readonly string[]): boolean {
  const last = key.at(-1) ?? ''
  if (key[0] === 'services' && (key.length < 2 || !/^\d+$/.test(key[1] ?? ''))) return false
  return (
    last === 'startCommand' ||
    last === 'run_command' ||
    // Of nixpacks.
    key.join('.') === 'start.cmd' ||
    (last === 'entrypoint' && key.length === 1) ||
    (key[0] === 'processes' && key.length === 2)
  )
}

/** `services.<name>.command` and `entrypoint` of compose files, as text or as list. */
function servicesOf(facts: DeploymentFacts): readonly DeploymentCommand[] {
  const services = new Map<string, { context: string | null; entrypoint: string[]; command: string[] }>()
  for (const { key, value } of facts.entries) {
    const [top, name, setting, index] = key
    if (top !== 'services' || name === undefined || setting === undefined) continue
    const service = services.get(name) ?? { context: null, entrypoint: [], command: [] }
    services.set(name, service)
    if (setting === 'build' && (index === undefined || index === 'context')) service.context = value
    else if (setting === 'command' || setting === 'entrypoint') service[setting].push(...(index === undefined ? wordsOf(value) : [value]))
  }
  return [...services].flatMap(([name, { context, entrypoint, command }]) => {
    const words = [...entrypoint, ...command]
    return words.length === 0
      ? []
      : [
          {
            words,
            folders: foldersFor(context, facts.file),
            workFolder: '',
            why: `service ${name} in ${facts.file}`,
            isProduction: !isForDevelopment(facts.file),
          },
        ]
  })
}

/** `command` and `args` of containers of Kubernetes. Arguments alone go behind what the image starts. */
function containersOf({ file, format, entries }: DeploymentFacts): readonly DeploymentCommand[] {
  const containers = new Map<string, { command: string[]; args: string[] }>()
  for (const { key, value } of format === 'yaml' ? entries : []) {
    const at = key.lastIndexOf('containers')
    const setting = key[at + 2]
    if (at === -1 || key.length !== at + 4 || (setting !== 'command' && setting !== 'args')) continue
    const place = key.slice(0, at + 2).join('\n')
    const container = containers.get(place) ?? { command: [], args: [] }
    containers.set(place, container)
    container[setting].push(value)
  }
  return [...containers.values()].map(({ command, args }) => ({
    words: [...command, ...args],
    folders: foldersFor(null, file),
    workFolder: '',
    why: `container in ${file}`,
    isProduction: !isForDevelopment(file),
  }))
}

interface Stage {
  readonly name: string
  readonly workFolder: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

/** CMD behind ENTRYPOINT, per stage: any stage may be the one that is built. A stage built on another has what that one has. */
function dockerCommands(facts: DeploymentFacts): readonly DeploymentCommand[] {
  const stages = new Map<string, Stage>()
  for (const { key, value } of facts.entries) {
    const [index = '', instruction = ''] = key
    const stage = stages.get(index) ?? { name: '', workFolder: '', entrypoint: [], command: [] }
    stages.set(index, afterInstruction(stage, instruction, value, stages))
  }
  return [...stages].flatMap(([index, { workFolder, entrypoint, command, name }]) => {
    const words = [...entrypoint, ...command]
    if (words.length === 0 || isForTests(name)) return []
    const clean = workFolder.replace(/\/+/g, '/').replace(/\/$/, '')
    const isProduction = !isForDevelopment(facts.file) && !isForDevelopment(name)
    const sources = imageSources(facts, Number(index))
    return [{ words, folders: foldersFor(null, facts.file), workFolder: clean, sources, why: facts.file, isProduction }]
  })
}

function afterInstruction(stage: Stage, instruction: string, value: string, stages: ReadonlyMap<string, Stage>): Stage {
  switch (instruction) {
    case 'FROM': {
      const [, base = '', name = ''] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(value) ?? []
      return { ...stage, ...[...stages.values()].find((item) => item.name !== '' && item.name === base), name }
    }
    case 'WORKDIR':
      return { ...stage, workFolder: value.startsWith('/') ? value : `${stage.workFolder}/${value}` }
    case 'ENTRYPOINT':
      return { ...stage, entrypoint: wordsOf(value), command: [] }
    case 'CMD':
      return { ...stage, command: wordsOf(value) }
    default:
      return stage
  }
}

/** A build context, else the folder of the file and those above it. */
function foldersFor(context: string | null, file: string): readonly string[] {
  const own = folderOf(file)
  const above = own.split('/').map((_, at, all) => all.slice(0, all.length - at).join('/'))
  const named = context === null ? null : joinPath(own, context)
  return [...(named === null ? [] : [named]), ...above, '']
}
