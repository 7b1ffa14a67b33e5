// Whether something that belongs to the project sets NODE_ENV=production where the server runs.
import type { DeploymentFacts } from '../../extract/facts.js'
import type { CallRecord } from '../../link/value.js'
import { folderOf } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import { composeServices } from './composeServices.js'
import { platformSettings } from './deploymentSettings.js'
import type { ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { stringsOf } from '../values.js'

/** Platforms that set it by themselves. */
const platforms = /(^|\/)(Procfile|render\.ya?ml|vercel\.json|app\.json)$/

/** True when a start script, an image, a compose file, a process manager or a platform file sets NODE_ENV to production, or the platform does. */
export function isProductionSet(model: ProjectModel): boolean {
  return (
    model.packages.some(({ scripts }) =>
      Object.entries(scripts).some(([name, command]) => !/test|dev/.test(name) && setsProduction(command)),
    ) ||
    isProductionSetOutsideImages(model, null) ||
    model.deployment.some((facts) => facts.format === 'dockerfile' && settingOf(facts, facts.entries) !== null)
  )
}

/** The same without start scripts and images, which count only for what they start; for the image of a Dockerfile without what compose files say of other images. */
export function isProductionSetOutsideImages(model: ProjectModel, dockerfile: string | null): boolean {
  const others = dockerfile === null ? none : servicesOfOthers(model, dockerfile)
  const concerning = ({ file, entries }: DeploymentFacts): DeploymentFacts['entries'] =>
    others.size === 0
      ? entries
      : entries.filter(({ key: [section, name] }) => section !== 'services' || !others.has(`${folderOf(file)}\n${name}`))
  return (
    settingsInCode(model).length > 0 ||
    platformSettings(model).some(({ key, value }) => key.at(-1) === 'NODE_ENV' && value === 'production') ||
    model.deployment.some(
      (facts) =>
        facts.format !== 'dockerfile' &&
        (settingOf(facts, concerning(facts)) !== null || (platforms.test(facts.file) && developmentIn(facts) === undefined)),
    )
  )
}

const none: ReadonlySet<string> = new Set()

/** Services of compose files, with the folder of the file, that are built from another Dockerfile. */
function servicesOfOthers(model: ProjectModel, dockerfile: string): ReadonlySet<string> {
  const others = composeServices(model).filter(
    (one) => one.dockerfile !== null && one.dockerfile.toLowerCase() !== dockerfile.toLowerCase(),
  )
  return new Set(others.map(({ name, at }) => `${folderOf(at.file)}\n${name}`))
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

/** Where the file of a platform says in so many words that this is development, which goes before what the platform does by itself. */
export function developmentSetting(model: ProjectModel): { readonly at: Location; readonly text: string } | null {
  for (const facts of model.deployment) {
    const found = platforms.test(facts.file) ? developmentIn(facts) : undefined
    if (found !== undefined) return { at: { file: facts.file, fn: '', node: found.node }, text: found.value.replace(/['"]/g, '') }
  }
  return null
}

function developmentIn({ entries }: DeploymentFacts): DeploymentFacts['entries'][number] | undefined {
  return entries.find(({ key, value }) => {
    if (!/^['"]?(dev|development)['"]?$/.test(value)) return false
    const beside = key.slice(0, -1).join('.')
    return key.at(-1) === 'NODE_ENV' || entries.some((other) => other.value === 'NODE_ENV' && other.key.slice(0, -1).join('.') === beside)
  })
}

function settingOf(facts: DeploymentFacts, entries: DeploymentFacts['entries']): Location | null {
  if (/(^|\/)\.env/.test(facts.file) && /example|sample|template|dist$|test|dev/.test(facts.file)) return null
  for (const { key, value, node } of entries) {
    const isNamed = key.at(-1) === 'NODE_ENV' && /^['"]?production['"]?$/.test(value)
    const isPaired =
      value === 'NODE_ENV' &&
      entries.some((other) => other.key.slice(0, -1).join('.') === key.slice(0, -1).join('.') && other.value === 'production')
    if (isNamed || isPaired || assignment.test(value)) return { file: facts.file, fn: '', node }
  }
  return null
}
