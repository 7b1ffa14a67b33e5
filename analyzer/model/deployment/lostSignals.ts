// Images in which the signal that ends a server goes to npm or to a shell, and never reaches Node.
import type { DeploymentFacts } from '../../extract/facts.js'
import { wordsOf } from '../../link/shellCommand.js'
import { baseNameOf, isInside } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import { mayConcern } from './imageNames.js'
import { instructionsOf, lastInstruction, outsideBase } from './imageStages.js'
import type { ProjectModel } from '../model.js'
import { shutdowns } from '../operations/shutdown.js'
import { serverImages, type ServerImage } from './serverImages.js'
import type { StartedCommand } from './startedCommands.js'
import { packageFolderOf } from '../versions.js'

export interface LostSignal {
  readonly at: Location
  /** What gets the signal in the place of Node. */
  readonly by: 'npm' | 'npx' | 'the shell'
  /** The listeners that never hear of it. */
  readonly listeners: readonly { readonly at: Location }[]
  /** The command of Node by itself, where nothing else is between. */
  readonly direct: readonly string[] | null
}

/** Once for each image whose server would close on SIGTERM, if it heard of it (domain fact J6). */
export function lostSignals(model: ProjectModel): readonly LostSignal[] {
  return serverImages(model).flatMap((image): LostSignal[] => {
    if (model.deployment.some((facts) => givesCommand(model, image, facts))) return []
    const started = image.commands.filter(({ starts }) => starts === 'server')
    const [command] = started
    const entry = command === undefined || started.length > 1 ? null : takerOf(image, command)
    if (entry === null || command === undefined || isReplaced(command)) return []
    const own = shutdowns(model).filter(({ app }) => isOf(model, image, command, app.entry))
    const listeners = own.flatMap((one) => one.listeners)
    // One that lacks a listener has that fault, and hears of nothing in any way.
    if (own.length === 0 || listeners.length === 0 || own.some(({ fault, isSure }) => fault !== null || !isSure)) return []
    return [{ ...entry, listeners, direct: directOf(image, command) }]
  })
}

/** Platforms that start the image with a command of their own. */
function givesCommand(model: ProjectModel, image: ServerImage, { file, format, entries }: DeploymentFacts): boolean {
  const isGiven = (key: readonly string[]): boolean =>
    key.includes('dockerCommand') ||
    key[0] === 'processes' ||
    (key.includes('containers') && (key.includes('command') || key.includes('args')))
  return /^(yaml|toml)$/.test(format) && entries.some(({ key }) => isGiven(key) && mayConcern(model, image, { file, key }))
}

/** Shells of Debian: dash stays in front of the command that it runs. The shells of Alpine and bash hand their place, or the signal, on. */
const dashBases = /^((docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\/)?(library\/)?(node:[^@]+|debian:\S+|ubuntu:\S+|node)(@|$)/

function takerOf({ stage, services }: ServerImage, { heldAt, handed }: StartedCommand): Pick<LostSignal, 'at' | 'by'> | null {
  // Every shell stays in front of what a script runs without exec.
  if (heldAt !== null) return { at: heldAt, by: 'the shell' }
  const base = outsideBase(stage)
  if (!dashBases.test(base) || /alpine|\$/.test(base) || services.some(({ words }) => words.length > 0)) return null
  const entrypoint = lastInstruction(stage, 'ENTRYPOINT')
  const command = lastInstruction(stage, 'CMD')
  if (instructionsOf(stage).some(({ name }) => name === 'SHELL')) return null
  const words = command === null ? [] : wordsOf(command.value)
  const isCommand = handed !== null && handed.words.join(' ') === words.join(' ')
  if (handed !== null && !isCommand) return /^np[mx]$/.test(handed.words[0] ?? '') ? { at: handed.at, by: npmOrNpx(handed.words[0]) } : null
  // A script that was not found may hand over in its own way.
  if (entrypoint !== null && !isCommand && !wordsOf(entrypoint.value).every((word) => inits.test(baseNameOf(word)))) return null
  if (command === null) return null
  const [first = '', flag = '', line = ''] = words
  if (!command.value.trim().startsWith('[')) return handsOver(command.value) ? null : { at: command.at, by: 'the shell' }
  if (/^(da)?sh$/.test(baseNameOf(first)) && /^-[a-z]*c$/.test(flag)) return handsOver(line) ? null : { at: command.at, by: 'the shell' }
  return first === 'npm' || first === 'npx' ? { at: command.at, by: first } : null
}

function npmOrNpx(program: string | undefined): 'npm' | 'npx' {
  return program === 'npx' ? 'npx' : 'npm'
}

/** An init in front gives the signal to npm or the shell all the same, and ends with it. */
const inits = /^(tini|dumb-init|docker-init|--|-[a-z]+)$/

function handsOver(line: string): boolean {
  return /(^|[\s;&|])(exec|trap|pm2-runtime|pm2-docker)\s/.test(line)
}

/** `"start": "exec node server.js"` */
function isReplaced({ script }: StartedCommand): boolean {
  return script !== null && handsOver(script.owner.scripts[script.name] ?? '')
}

function isOf(model: ProjectModel, { folders }: ServerImage, { script, folder }: StartedCommand, entry: string): boolean {
  const own = packageFolderOf(model, entry)
  return own === (script?.owner.folder ?? folder) || (folders.includes(own) && isInside(entry, own))
}

function directOf({ stage }: ServerImage, { words, script, handed }: StartedCommand): readonly string[] | null {
  if (handed !== null) return null
  const isWithHooks = script !== null && [`pre${script.name}`, `post${script.name}`].some((name) => name in script.owner.scripts)
  const line = script === null ? null : script.owner.scripts[script.name]
  const isWhole = line === null || wordsOf(line ?? '').join(' ') === words.join(' ')
  const isHere = script === null || script.owner.folder === ''
  const isPlain = words[0] === 'node' && words.every((word) => /^[\w./:@=,-]+$/.test(word))
  return isPlain && isWhole && isHere && !isWithHooks && lastInstruction(stage, 'CMD') !== null ? words : null
}
