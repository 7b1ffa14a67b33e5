// The commands that start the server in production: of images, compose files for production, platforms, and the start script where nothing else says it.
import { startFolder, startLines } from '../../link/deploymentCommands.js'
import { isForProduction } from '../../link/deploymentNames.js'
import { foldersUpFrom, folderOf, joinPath } from '../../link/filePath.js'
import { scriptPurpose } from '../../link/scriptNames.js'
import { simpleCommands } from '../../link/shellCommand.js'
import type { Location } from '../../text/location.js'
import { deployedFiles } from './deployedFiles.js'
import { platformSettings } from './deploymentSettings.js'
import { composeServices, mountedSources } from './composeServices.js'
import { instructionsOf, startOf } from './imageStages.js'
import type { Confidence, PackageFacts, ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { serverImages, wordsOfService, type ServerImage } from './serverImages.js'
import { startedCommands, type StartedCommand } from './startedCommands.js'
import { packageAt } from '../versions.js'

export interface ProductionStart {
  readonly command: StartedCommand
  readonly at: Location
  readonly confidence: Confidence
}

/** Each place once, with the command that starts the server there. */
export const productionStarts: (model: ProjectModel) => readonly ProductionStart[] = recordedOnce((model) => {
  const deployed = [...ofImages(model), ...ofMounts(model), ...ofPlatforms(model), ...ofTasks(model), ...ofProcessManagers(model)]
  const found = deployed.length > 0 || model.apps.length === 0 ? deployed : ofScripts(model)
  return found.filter((one, index) => found.findIndex(({ at }) => at.file === one.at.file && at.node === one.at.node) === index)
})

function ofImages(model: ProjectModel): readonly ProductionStart[] {
  return serverImages(model).flatMap((image) => {
    const { stage, services, folders, confidence } = image
    const { words, at, workFolder, sources } = startOf(stage)
    const given = services.filter((one) => one.wordsAt !== null && isForProduction(one.wordsAt.file))
    const lines = [
      ...given.flatMap((one) => (one.wordsAt === null ? [] : [{ words: wordsOfService(stage, one), at: one.wordsAt }])),
      ...(at === null ? [] : [{ words, at }]),
    ]
    return lines.flatMap((line) =>
      likelyServing(startedCommands(model, { words: line.words, folders, workFolder, sources })).map((command) => ({
        command,
        at: command.handed?.at ?? line.at,
        confidence: isDeveloperScript(command)
          ? isOnlyStart(model, image)
            ? 'medium'
            : 'low'
          : command.starts === 'server'
            ? 'high'
            : confidence,
      })),
    )
  })
}

/** Services of images from elsewhere that start what a volume brings of the project: `./run.sh:/run.sh`. */
function ofMounts(model: ProjectModel): readonly ProductionStart[] {
  return composeServices(model).flatMap(({ context, words, wordsAt, mounts }) => {
    if (context !== null || wordsAt === null || mounts.length === 0 || !isForProduction(wordsAt.file)) return []
    const folders = [...new Set([...mounts.map(({ source }) => source), ...foldersUpFrom(folderOf(wordsAt.file))])]
    const line = { words, folders, workFolder: '', sources: mountedSources(mounts) }
    return serving(startedCommands(model, line)).map((command) => ({
      command,
      at: command.handed?.at ?? wordsAt,
      confidence: 'high' as const,
    }))
  })
}

/** The command that is known to start the server. */
function serving(commands: readonly StartedCommand[]): readonly StartedCommand[] {
  return commands.filter(({ starts }) => starts === 'server')
}

/** Where none is known to, those of which it is not known what they start. */
function likelyServing(commands: readonly StartedCommand[]): readonly StartedCommand[] {
  const known = serving(commands)
  return known.length > 0 ? known : commands.filter(({ starts }) => starts === 'unknown')
}

/** True for an image beside which nothing starts the server: no other one, no platform, and no service of a compose file, with which developers may run it. */
function isOnlyStart(model: ProjectModel, image: ServerImage): boolean {
  const dockerfiles = model.deployment.filter(({ format }) => format === 'dockerfile')
  const isForDevelopers = instructionsOf(image.stage).some(({ name, value }) => name === 'ENV' && /\bNODE_ENV[= ]"?dev/.test(value))
  return dockerfiles.length === 1 && composeServices(model).length === 0 && ofPlatforms(model).length === 0 && !isForDevelopers
}

/** An image that runs `npm run dev` is for developers as likely as it is a mistake. */
function isDeveloperScript({ script }: StartedCommand): boolean {
  return script !== null && scriptPurpose(script.name) === 'development'
}

/** `command` behind `entryPoint` in a definition of ECS. */
function ofTasks(model: ProjectModel): readonly ProductionStart[] {
  const containers = new Map<string, { readonly file: string; readonly at: Location; readonly words: string[] }>()
  const settings = platformSettings(model).filter(({ key }) => key[0] === 'containerDefinitions')
  for (const part of ['entryPoint', 'command'])
    for (const { file, key, value, at } of settings.filter((one) => one.key[2] === part && one.key.length === 4)) {
      const known = containers.get(`${file} ${key[1] ?? ''}`)
      if (known === undefined) containers.set(`${file} ${key[1] ?? ''}`, { file, at, words: [value] })
      else known.words.push(value)
    }
  return [...containers.values()].flatMap(({ file, at, words }) =>
    serving(startedCommands(model, { words, folders: [...foldersUpFrom(folderOf(file))], workFolder: '' })).map((command) => ({
      command,
      at: command.handed?.at ?? at,
      confidence: isDeveloperScript(command) ? ('medium' as const) : ('high' as const),
    })),
  )
}

function ofPlatforms(model: ProjectModel): readonly ProductionStart[] {
  const lines = [
    ...deployedFiles(model).flatMap((facts) =>
      startLines(facts).map(({ key, value, node }) => ({
        text: value,
        name: key.at(-1) ?? '',
        workFolder: startFolder(facts),
        at: { file: facts.file, fn: '', node },
      })),
    ),
    ...platformSettings(model).flatMap(({ key, value, at }) =>
      key.at(-1) === 'startCommand' ? [{ text: value, name: 'web', workFolder: '', at }] : [],
    ),
  ]
  return lines.flatMap(({ text, name, workFolder, at }) => {
    const folders = [...foldersUpFrom(folderOf(at.file))]
    const commands = simpleCommands(text).flatMap((words) => startedCommands(model, { words, folders, workFolder }))
    const started = /^(web|app|startCommand|run_command|entrypoint)$/.test(name) ? likelyServing(commands) : serving(commands)
    return started.map((command) => ({
      command,
      at: command.handed?.at ?? at,
      confidence: command.starts === 'server' ? ('high' as const) : ('medium' as const),
    }))
  })
}

/** What PM2 hands to Node, `node_args: '--inspect'`, starts in its place, `interpreter: 'ts-node'`, or does itself, `watch: true`. */
function ofProcessManagers(model: ProjectModel): readonly ProductionStart[] {
  const settings = platformSettings(model).filter(({ name }) => /^(ecosystem|pm2|process(es)?)\b/.test(name))
  return settings.flatMap(({ key, value, at, file }): readonly ProductionStart[] => {
    const place = key.findIndex((one) =>
      /^(node_args|nodeArgs|interpreter_args|interpreterArgs|interpreter|exec_interpreter|watch)$/.test(one),
    )
    const said = (...name: readonly string[]): string | undefined =>
      settings.find((one) => one.file === file && one.key.join() === [...key.slice(0, place), ...name].join())?.value
    const script = said('script')
    if (place === -1 || script === undefined || /^(false|null|undefined|0)?$/.test(value)) return []
    // What watches in development, and is told of no other mode, is for developers.
    if (said('env', 'NODE_ENV') === 'development' && said('env_production', 'NODE_ENV') === undefined) return []
    const words =
      key[place] === 'watch'
        ? ['pm2', 'start', script, '--watch']
        : /interpreter$/.test(key[place] ?? '')
          ? [value, script]
          : ['node', ...value.split(/\s+/), script]
    const folders = [...foldersUpFrom(folderOf(file))]
    return folders
      .flatMap((folder) => serving(startedCommands(model, { words: ['node', script], folders: [folder], workFolder: '' })))
      .slice(0, 1)
      .map((command) => ({ command: { ...command, words }, at, confidence: 'high' }))
  })
}

/** `npm start`, which platforms run where nothing else is said. A script for production beside it says that this one is for developers. */
function ofScripts(model: ProjectModel): readonly ProductionStart[] {
  const owners = new Set(model.apps.flatMap(({ entry }) => packageAt(model, entry) ?? []))
  return [...owners].flatMap((owner): readonly ProductionStart[] => {
    const names = Object.keys(owner.scripts)
    const at = scriptPlace(model, owner, 'start')
    if (at === null || names.some((name) => /(^|[:._-])(prod|production|serve)([:._-]|$)/.test(name))) return []
    const commands = startedCommands(model, { words: ['npm', 'start'], folders: [owner.folder], workFolder: '' })
    const isForBoth = names.includes('build') && !names.some((name) => scriptPurpose(name) === 'development')
    return serving(commands).map((command) => ({ command, at: command.handed?.at ?? at, confidence: isForBoth ? 'low' : 'medium' }))
  })
}

/** Where a package.json holds a script. */
export function scriptPlace(model: ProjectModel, owner: PackageFacts, name: string): Location | null {
  const file = joinPath(owner.folder, 'package.json') ?? 'package.json'
  const facts = model.files.get(file)
  const exported = facts?.kind === 'source' ? facts.functions['']?.body.find((statement) => statement[0] === 'exportAssignment') : undefined
  let value = exported?.[0] === 'exportAssignment' ? exported[2] : undefined
  let node: number | null = null
  for (const key of ['scripts', name]) {
    const property = value?.[0] === 'object' ? value[2].find((one) => one.kind === 'property' && one.key === key) : undefined
    if (property?.kind !== 'property') return null
    ;[value, node] = [property.value, property.node]
  }
  return node === null ? null : { file, fn: '', node }
}
