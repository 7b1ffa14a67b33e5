// Images that start the server without NODE_ENV=production, where nothing else of the project sets it.
import type { FileFacts } from '../../extract/facts.js'
import { stageOfWord } from '../../link/deploymentNames.js'
import type { Location } from '../../text/location.js'
import { mayConcern } from './imageNames.js'
import { filledIn, imageVariables, instructionsOf, isPlainBase, outsideBase } from './imageStages.js'
import type { Confidence, ProjectModel } from '../model.js'
import { isOnExpress } from '../nestPlatform.js'
import { developmentSetting, isProductionSetOutsideImages, setsProduction } from './productionEnvironment.js'
import { recordedByName } from '../recorded.js'
import type { ServerImage } from './serverImages.js'
import { exportedBy } from './startScripts.js'

export interface UnsetMode {
  /** What the image sets in its place; null where it sets nothing. */
  readonly written: string | null
  readonly at: Location
  readonly confidence: Confidence
}

/** null where production is set, where somebody else may well set it, and where it changes nothing that is known. */
export function unsetModeOf(model: ProjectModel, image: ServerImage): UnsetMode | null {
  const { stage, services, commands, confidence } = image
  if (commands.some(({ words }) => setsProduction(words.join(' ')))) return null
  const given = instructionsOf(stage)
    .filter(({ name }) => name === 'ENV')
    .flatMap((one) => imageVariables(one.value).map(([name, text]) => ({ name, at: one.at, ...filledIn(stage, one, text) })))
  // What a script exports goes before what the image has.
  const exported = commands
    .filter(({ starts }) => starts === 'server')
    .flatMap(({ shells }) => shells.flatMap(exportedBy))
    .map(({ name, value, at }) => ({ name, text: value.replace(/^\$\{NODE_ENV:?[-=](.*)\}$/, '$1'), at, isGiven: false }))
  const own = [...given, ...exported].findLast(({ name }) => name === 'NODE_ENV')
  if (isProductionSetOutsideImages(model, image) || isShownInExample(model, image)) return null
  const told = developmentSetting(model, image)
  if (told !== null) return { written: told.text, at: told.at, confidence: 'medium' }
  if (own !== undefined && stageOfWord(own.text) !== 'development') return null
  // `${NODE_ENV:-production}`, or what the host has.
  if (services.some(({ mode }) => mode !== null && mode !== '')) return null
  if (own !== undefined) return { written: own.text, at: own.at, confidence: own.isGiven ? 'low' : confidence }
  if (!isPlainBase(outsideBase(stage))) return null
  // A script that sets it, and that the image may start in a way that was not found.
  const isFollowed = commands.length > 0 && commands.every(({ starts }) => starts !== 'unknown')
  if (!isFollowed && model.packages.some(({ scripts }) => Object.values(scripts).some(setsProduction))) return null
  if (!model.apps.some(isOnExpress) && ![...model.serverFiles].some((file) => readsMode(model, file))) return null
  if (services.some(({ hasEnvironmentFile }) => hasEnvironmentFile)) return { written: null, at: stage.at, confidence: 'low' }
  // Whoever starts the container may set it; a compose file of the project shows that nobody does.
  return { written: null, at: stage.at, confidence: services.length > 0 && confidence === 'high' ? 'high' : 'medium' }
}

/** Whoever deploys is told to set it. */
function isShownInExample(model: ProjectModel, image: ServerImage): boolean {
  return model.deployment.some(
    ({ file, format, entries }) =>
      format === 'env' &&
      entries.some(({ key, value }) => key.at(-1) === 'NODE_ENV' && value === 'production') &&
      mayConcern(model, image, { file, key: [] }),
  )
}

/** Fastify does the same in every mode, so that it matters only where the project's own code asks for it. */
const readsMode = recordedByName((model, file): boolean => {
  const facts = model.files.get(file)
  return facts?.kind === 'source' && namesMode(facts)
})

function namesMode(facts: FileFacts & { readonly kind: 'source' }): boolean {
  const left: unknown[] = Object.values(facts.functions).map(({ body }) => body)
  while (left.length > 0) {
    const node = left.pop()
    if (node === 'NODE_ENV') return true
    if (typeof node === 'object' && node !== null) left.push(...(Object.values(node) as readonly unknown[]))
  }
  return false
}
