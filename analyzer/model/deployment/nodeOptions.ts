// What the environment of a server hands to Node in front of the options of its command: NODE_OPTIONS of images, services and platforms.
import { isForProduction, stageOfWord } from '../../link/deploymentNames.js'
import type { Location } from '../../text/location.js'
import type { ComposeService } from './composeServices.js'
import { platformSettings } from './deploymentSettings.js'
import { givenVariables } from './givenVariables.js'
import { imageVariables, instructionsOf } from './imageStages.js'
import type { Confidence, ProjectModel } from '../model.js'
import { serverImages, type ServerImage } from './serverImages.js'

export interface NodeOptions {
  /** As an assignment in front of a command: `NODE_OPTIONS=--import tsx`. */
  readonly word: string
  readonly at: Location
  readonly confidence: Confidence
}

/** Each place once. What services for developers are given is left out. */
export function productionNodeOptions(model: ProjectModel): readonly NodeOptions[] {
  if (model.apps.length === 0) return []
  const found = [...serverImages(model).flatMap(ofImage), ...ofPlatforms(model)]
  return found.filter((one, index) => found.findIndex(({ at }) => at.file === one.at.file && at.node === one.at.node) === index)
}

/** Those of the image, unless each service that runs it has its own in their place. */
function ofImage({ stage, services, commands, confidence }: ServerImage): readonly NodeOptions[] {
  // A command that sets them itself goes before both.
  if (commands.some(({ words }) => words.some((word) => word.startsWith('NODE_OPTIONS=')))) return []
  const own = instructionsOf(stage)
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ value, at }) => imageVariables(value).flatMap(([name, text]) => (name === 'NODE_OPTIONS' ? [{ value: text, at }] : [])))
    .at(-1)
  const isKept = services.length === 0 || services.some(({ nodeOptions }) => nodeOptions === null)
  const given = services.flatMap((one) => (one.nodeOptions !== null && isOfProduction(one) ? [one.nodeOptions] : []))
  return [...(own !== undefined && isKept ? [own] : []), ...given].map(({ value, at }) => ({ word: wordOf(value), at, confidence }))
}

function isOfProduction({ mode, nodeOptions }: ComposeService): boolean {
  return (nodeOptions !== null && isForProduction(nodeOptions.at.file)) || stageOfWord(mode ?? '') === 'production'
}

function ofPlatforms(model: ProjectModel): readonly NodeOptions[] {
  const given = givenVariables(model).filter(({ name, source }) => name === 'NODE_OPTIONS' && /^(platform|kubernetes)$/.test(source))
  const managed = platformSettings(model).filter(({ key }) => key.at(-1) === 'NODE_OPTIONS' && /^env(_prod\w*)?$/.test(key.at(-2) ?? ''))
  return [...given, ...managed].map(({ value, at }) => ({ word: wordOf(value), at, confidence: 'medium' }))
}

function wordOf(value: string): string {
  return `NODE_OPTIONS=${value.trim()}`
}
