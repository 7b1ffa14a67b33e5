// Whether something that belongs to the project sets NODE_ENV=production where the server runs.
import type { DeploymentFacts } from '../../extract/facts.js'
import { folderOf } from '../../link/filePath.js'
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { composeServices } from './composeServices.js'
import { platformSettings } from './deploymentSettings.js'
import { mayConcern } from './imageNames.js'
import type { ProjectModel } from '../model.js'
import { callerOf } from '../operations/processes.js'
import { callsThat } from '../perPart.js'
import type { ServerImage } from './serverImages.js'
import { stringsOf } from '../values.js'
import { packageFolderOf } from '../versions.js'

/** Platforms that set it by themselves. */
const platforms = /(^|\/)(Procfile|render\.ya?ml|vercel\.json|app\.json)$/

/** True when a start script, an image, a compose file, a process manager or a platform file sets NODE_ENV to production, or the platform does. */
export function isProductionSet(model: ProjectModel): boolean {
  return (
    model.packages.some(({ scripts }) =>
      Object.entries(scripts).some(([name, command]) => !/test|dev/.test(name) && setsProduction(command)),
    ) ||
    isProductionSetOutsideImages(model, null) ||
    model.deployment.some((facts) => facts.format === 'dockerfile' && settingOf(facts, () => true) !== null)
  )
}

/** The same without start scripts and images, which count only for what they start; for one image without what is said of others. */
export function isProductionSetOutsideImages(model: ProjectModel, image: ServerImage | null): boolean {
  const isFor = (file: string, key: readonly string[]): boolean => image === null || isSaidOf(model, image, file, key)
  return (
    settingsInCode(model).some((call) => isFor(`${packageFolderOf(model, callerOf(call))}/package.json`, [])) ||
    platformSettings(model).some(({ file, key, value }) => key.at(-1) === 'NODE_ENV' && value === 'production' && isFor(file, key)) ||
    model.deployment.some(
      (facts) =>
        facts.format !== 'dockerfile' &&
        (settingOf(facts, ({ key }) => isFor(facts.file, key)) !== null ||
          (platforms.test(facts.file) && isFor(facts.file, []) && developmentIn(facts, ({ key }) => isFor(facts.file, key)) === undefined)),
    )
  )
}

/** A service of a compose file is another image's where it is built from another Dockerfile, and else by what it is called. */
function isSaidOf(model: ProjectModel, image: ServerImage, file: string, key: readonly string[]): boolean {
  const [section, name] = key
  const services = section === 'services' ? composeServices(model) : []
  const service = services.find((one) => one.name === name && folderOf(one.at.file) === folderOf(file))
  if (service?.dockerfile) return service.dockerfile.toLowerCase() === image.stage.file.toLowerCase()
  return mayConcern(model, image, { file, key })
}

/** `process.env.NODE_ENV = 'production'`, also where it stood empty. */
function setsInCode({ callee, args, isWrite }: CallRecord): boolean {
  const isVariable = isWrite && callee.kind === 'member' && callee.name === 'NODE_ENV' && callee.object.kind === 'environment'
  return isVariable && stringsOf(args[0] ?? null).includes('production')
}

const settingsInCode = callsThat(setsInCode, { writes: (name) => name === 'NODE_ENV' })

/** `NODE_ENV=production` within a command line. */
export function setsProduction(command: string): boolean {
  return assignment.test(command)
}

const assignment = /\bNODE_ENV['"]?\s*[=:\s]\s*['"]?production\b/

/** Where the file of a platform says in so many words that this image is for development, which goes before what the platform does by itself. */
export function developmentSetting(model: ProjectModel, image: ServerImage): { readonly at: Location; readonly text: string } | null {
  for (const facts of model.deployment) {
    const { file } = facts
    const found = platforms.test(file) ? developmentIn(facts, ({ key }) => isSaidOf(model, image, file, key)) : undefined
    if (found !== undefined) return { at: { file, fn: '', node: found.node }, text: found.value.replace(/['"]/g, '') }
  }
  return null
}

type Setting = DeploymentFacts['entries'][number]

function developmentIn({ entries }: DeploymentFacts, isFor: (setting: Setting) => boolean): Setting | undefined {
  return entries.find((one) => {
    const { key, value } = one
    if (!/^['"]?(dev|development)['"]?$/.test(value)) return false
    const beside = key.slice(0, -1).join('.')
    const isMode =
      key.at(-1) === 'NODE_ENV' || entries.some((other) => other.value === 'NODE_ENV' && other.key.slice(0, -1).join('.') === beside)
    return isMode && isFor(one)
  })
}

function settingOf({ file, entries }: DeploymentFacts, isFor: (setting: Setting) => boolean): Location | null {
  if (/(^|\/)\.env/.test(file) && /example|sample|template|dist$|test|dev/.test(file)) return null
  for (const one of entries) {
    const { key, value, node } = one
    const isNamed = key.at(-1) === 'NODE_ENV' && /^['"]?production['"]?$/.test(value)
    const isPaired =
      value === 'NODE_ENV' &&
      entries.some((other) => other.key.slice(0, -1).join('.') === key.slice(0, -1).join('.') && other.value === 'production')
    if ((isNamed || isPaired || assignment.test(value)) && isFor(one)) return { file, fn: '', node }
  }
  return null
}
