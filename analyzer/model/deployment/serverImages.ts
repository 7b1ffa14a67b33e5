// Images that run the server: stages of Dockerfiles that are built for production and start an application of the project.
import { isForDevelopment, isForProduction, isForTests, stageOfWord } from '../../link/deploymentNames.js'
import { folderOf, foldersUpFrom, isInside } from '../../link/filePath.js'
import { wordsOf } from '../../link/shellCommand.js'
import type { Location } from '../../text/location.js'
import { composeServices, type ComposeService } from './composeServices.js'
import { isDeployedFile } from './deployedFiles.js'
import {
  imageStages,
  instructionsOf,
  lastInstruction,
  outsideBase,
  stageNamed,
  stagesWithin,
  startOf,
  type ImageStage,
} from './imageStages.js'
import type { Confidence, ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { startedCommands, type StartedCommand } from './startedCommands.js'
import { packageAt } from '../versions.js'

export interface ServerImage {
  readonly stage: ImageStage
  /** Services of compose files that run it. */
  readonly services: readonly ComposeService[]
  /** What it starts, by the image or by a service. */
  readonly commands: readonly StartedCommand[]
  /** Where that is said; null where nothing says it. */
  readonly startedAt: Location | null
  /** Folders of the project that it may be built from, most likely first. */
  readonly folders: readonly string[]
  /** `high`: what it starts is the entry of an application. `medium`: it is built where the application is. */
  readonly confidence: Confidence
}

/** By file, in the order of its stages. Images for development and tests, and of other things than servers, are left out. */
export const serverImages: (model: ProjectModel) => readonly ServerImage[] = recordedOnce((model) =>
  model.apps.length === 0
    ? []
    : model.deployment.flatMap((facts) => {
        if (facts.format !== 'dockerfile' || !isDeployedFile(facts.file)) return []
        const all = composeServices(model).filter(({ dockerfile }) => dockerfile?.toLowerCase() === facts.file.toLowerCase())
        const services = all.filter((service) => !isDeveloperMode(service))
        // An image whose command only a developer's service gives is that developer's.
        const isOthers = all.length > 0 && services.length === 0
        return builtStages(imageStages(facts), services)
          .filter((stage) => !isOthers || startOf(stage).words.length > 0)
          .flatMap((stage) => {
            const image = imageOf(model, stage, servicesOf(stage, services))
            // Beside a developer's service that runs the image as it is, what workers are told to run in its place says nothing of what it starts.
            return image ?? (services.length < all.length ? imageOf(model, stage, []) : null) ?? []
          })
      }),
)

/** Images that fit, the surest of each file with the others: what one file lacks is one cause. */
export function oneImagePerFile(
  model: ProjectModel,
  fits: (image: ServerImage) => boolean,
): readonly { readonly image: ServerImage; readonly others: readonly ServerImage[] }[] {
  const byFile = new Map<string, ServerImage[]>()
  for (const image of serverImages(model).filter(fits)) byFile.set(image.stage.file, [...(byFile.get(image.stage.file) ?? []), image])
  return [...byFile.values()].flatMap((images) => {
    const [image, ...others] = images.toSorted((a, b) => Number(b.confidence === 'high') - Number(a.confidence === 'high'))
    return image === undefined ? [] : [{ image, others }]
  })
}

/** Those that compose files ask for, unless they are for development, tests or chores; else the last one that is not. */
function builtStages(stages: readonly ImageStage[], services: readonly ComposeService[]): readonly ImageStage[] {
  const targets = services.flatMap(({ target }) => (target === null ? [] : (stageNamed(stages, target) ?? [])))
  const asked = new Set(targets.filter((stage) => !isForWork(stage)))
  const last = stages.findLast((stage) => !isForWork(stage))
  const isDefaultBuilt = asked.size === 0 || services.some(({ target }) => target === null)
  if (isDefaultBuilt && last !== undefined) asked.add(last)
  return stages.filter((stage) => asked.has(stage))
}

/** A service that says so starts what developers and tests run, unless its file is for production: its stage and its command are not the server's. */
function isDeveloperMode({ mode, modeAt }: ComposeService): boolean {
  if (mode === null || (modeAt !== null && isForProduction(modeAt.file))) return false
  return stageOfWord(mode.replace(/^\$\{NODE_ENV:?-(.*)\}$/, '$1')) === 'development'
}

function isForWork({ name }: ImageStage): boolean {
  return name !== null && (isForDevelopment(name) || isForTests(name) || /(^|[._-])(upload|artifacts?)([._-]|\d|$)/i.test(name))
}

function servicesOf(stage: ImageStage, services: readonly ComposeService[]): readonly ComposeService[] {
  return services.filter(({ target }) => target === null || target.toLowerCase() === stage.name?.toLowerCase())
}

function imageOf(model: ProjectModel, stage: ImageStage, services: readonly ComposeService[]): ServerImage | null {
  const { words, at, workFolder, sources } = startOf(stage)
  const contexts = services.flatMap(({ context }) => context ?? [])
  const folders = [...new Set([...contexts, ...foldersUpFrom(folderOf(stage.file))])]
  const given = services.filter((service) => service.words.length > 0)
  const lines =
    given.length > 0 && (words.length === 0 || given.length === services.length)
      ? given.map((service) => wordsOfService(stage, service))
      : [words]
  const commands = lines.flatMap((line) => startedCommands(model, { words: line, folders, workFolder, sources }))
  const image = { stage, services, commands, startedAt: at, folders }
  if (commands.some(({ starts }) => starts === 'server')) return { ...image, confidence: 'high' }
  const isOpen = commands.length === 0 ? holdsSources(stage) : commands.some(({ starts }) => starts === 'unknown')
  return isOpen && holdsServer(model, stage, folders) ? { ...image, confidence: 'medium' } : null
}

/** What a service starts: its command goes behind the entrypoint of the image, unless it has one of its own. */
export function wordsOfService(stage: ImageStage, { words, hasEntrypoint }: ComposeService): readonly string[] {
  return hasEntrypoint ? words : [...wordsOf(lastInstruction(stage, 'ENTRYPOINT')?.value ?? ''), ...words]
}

/** Of an image without a command, which whoever starts it gives: it brings Node and takes the project in. Others are databases, and bases for more images. */
function holdsSources(stage: ImageStage): boolean {
  const isNode = /(^|\/)(node|bun)(:|@|$)/.test(outsideBase(stage))
  return (
    isNode &&
    instructionsOf(stage).some(({ name, value }) => /^(COPY|ADD)$/.test(name) && /(^|\s|\/)(\.\/?|package\S*\.json)\s+\S/.test(value))
  )
}

/** True where the folder that is built is the application's package, or where the image mentions that package among others. */
function holdsServer(model: ProjectModel, stage: ImageStage, folders: readonly string[]): boolean {
  const built = folders.find((folder) => model.packages.some((item) => item.folder === folder))
  if (built === undefined) return false
  return model.apps.some(({ at }) => {
    const owner = packageAt(model, at.file)
    if (owner === null || !isInside(owner.folder, built)) return false
    if (owner.folder === built) return true
    const texts = [...stagesWithin(stage)].flatMap((one) => one.instructions.map(({ value }) => value))
    const ways = [owner.folder, ...(owner.name === null ? [] : [owner.name])].filter((way) => way.length > 3)
    return texts.some((text) => ways.some((way) => new RegExp(`(^|[\\s/=."'])${escaped(way)}($|[\\s/."':,\\]])`).test(text)))
  })
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}*]/g, '\\$&')
}
