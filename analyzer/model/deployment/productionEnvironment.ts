// Whether something that belongs to the project sets NODE_ENV=production where the server runs.
import type { DeploymentFacts } from '../../extract/facts.js'
import { startLines } from '../../link/deploymentCommands.js'
import { folderOf, foldersUpFrom } from '../../link/filePath.js'
import { isForProduction } from '../../link/deploymentNames.js'
import { scriptPurpose } from '../../link/scriptNames.js'
import { simpleCommands } from '../../link/shellCommand.js'
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { isComposeFile } from './composeEnvironment.js'
import { composeServices, type ComposeService } from './composeServices.js'
import { deployedFiles, isChartValues, isManifest } from './deployedFiles.js'
import { type DeploymentSetting, platformSettings } from './deploymentSettings.js'
import { concernsProcess, mayConcern } from './imageNames.js'
import type { App, ProjectModel } from '../model.js'
import { callerOf, runsIn } from '../operations/processes.js'
import { callsThat } from '../perPart.js'
import { productionStarts } from './productionStarts.js'
import { serverImages, type ServerImage } from './serverImages.js'
import { startedCommands, type StartedCommand } from './startedCommands.js'
import { stringsOf } from '../values.js'
import { packageFolderOf, packagesAbove } from '../versions.js'

/** Platforms that set it by themselves. */
const platforms = /(^|\/)(Procfile|render\.ya?ml|vercel\.json|app\.json)$/

/** True when a start script, an image, a compose file, a process manager or a platform file sets NODE_ENV to production for the process of an application, or the platform does. */
export function isProductionSet(model: ProjectModel, app: App): boolean {
  const isFor: IsFor = (file, key) => isSaidOfProcess(model, app, file, key)
  const isStarted = ({ entries, words }: StartedCommand): boolean => entries.includes(app.entry) && setsProduction(words.join(' '))
  return (
    packagesAbove(model, app.entry).some(({ scripts, folder }) =>
      Object.entries(scripts).some(
        ([name, command]) =>
          (!/test|dev/.test(name) && setsProduction(command)) ||
          (/\.sh\b/.test(command) && scriptPurpose(name) === 'production' && commandsOf(model, folder, name).some(isStarted)),
      ),
    ) ||
    productionStarts(model).some(({ command }) => isStarted(command)) ||
    serverImages(model).some(({ commands }) => commands.some(isStarted)) ||
    settingsInCode(model).some((call) => runsIn(model, call, app)) ||
    isSetOutsideImages(model, isFor) ||
    model.deployment.some(
      (facts) => facts.format === 'dockerfile' && settingOf(facts, () => true) !== null && isFor(facts.file, ['dockerfile']),
    )
  )
}

function commandsOf(model: ProjectModel, folder: string, script: string): readonly StartedCommand[] {
  return startedCommands(model, { words: ['npm', 'run', script], folders: [folder], workFolder: '' })
}

/** Whether what a file says, at a key, is said of whom is asked about. */
type IsFor = (file: string, key: readonly string[]) => boolean

/** The same for one image, without start scripts and images, which count only for what they start. */
export function isProductionSetOutsideImages(model: ProjectModel, image: ServerImage): boolean {
  const isFor: IsFor = (file, key) => isSaidOf(model, image, file, key)
  return (
    settingsInCode(model).some((call) => isFor(`${packageFolderOf(model, callerOf(call))}/package.json`, [])) ||
    isSetOutsideImages(model, isFor)
  )
}

function isSetOutsideImages(model: ProjectModel, isFor: IsFor): boolean {
  return (
    platformSettings(model).some(
      (one) =>
        one.value === 'production' && (one.key.at(-1) === 'NODE_ENV' || isOfName(model, one, 'NODE_ENV')) && isFor(one.file, one.key),
    ) ||
    model.deployment.some(
      (facts) =>
        facts.format !== 'dockerfile' &&
        (settingOf(facts, ({ key }) => isFor(facts.file, key)) !== null ||
          (platforms.test(facts.file) && isFor(facts.file, []) && developmentIn(facts, ({ key }) => isFor(facts.file, key)) === undefined)),
    )
  )
}

/** `{ "name": "NODE_ENV", "value": "production" }`, as in definitions of ECS. */
function isOfName(model: ProjectModel, { file, key }: DeploymentSetting, name: string): boolean {
  const path = [...key.slice(0, -1), 'name'].join('.')
  return key.at(-1) === 'value' && platformSettings(model).some((one) => one.file === file && one.path === path && one.value === name)
}

/** An image that is known to start processes says nothing of others; a service says it of its image. */
function isSaidOfProcess(model: ProjectModel, app: App, file: string, key: readonly string[]): boolean {
  const dockerfile = key[0] === 'dockerfile' ? file : serviceAt(model, file, key)?.dockerfile
  const images = dockerfile ? serverImages(model).filter(({ stage }) => stage.file.toLowerCase() === dockerfile.toLowerCase()) : []
  const started = [...images.flatMap(({ commands }) => commands.flatMap(({ entries }) => entries)), ...startedByProcfile(model, file)]
  if (started.length > 0) return started.includes(app.entry)
  return concernsProcess(model, app, { file, key })
}

/** A service of a compose file is another image's where it is built from another Dockerfile, and else by what it is called. */
function isSaidOf(model: ProjectModel, image: ServerImage, file: string, key: readonly string[]): boolean {
  // A unit of systemd starts what lies on a machine, and no image.
  if (file.endsWith('.service')) return false
  const started = startedByProcfile(model, file)
  if (started.length > 0 && !image.commands.some(({ entries }) => entries.some((one) => started.includes(one)))) return false
  const service = serviceAt(model, file, key)
  if (service?.dockerfile) return service.dockerfile.toLowerCase() === image.stage.file.toLowerCase()
  return mayConcern(model, image, { file, key })
}

/** A Procfile says what it starts, and nothing of the other processes of a repository. */
function startedByProcfile(model: ProjectModel, file: string): readonly string[] {
  const facts = /(^|\/)Procfile$/.test(file) ? model.files.get(file) : undefined
  if (facts?.kind !== 'deployment') return []
  const folders = [...foldersUpFrom(folderOf(file))]
  return startLines(facts).flatMap(({ value }) =>
    simpleCommands(value).flatMap((words) => startedCommands(model, { words, folders, workFolder: '' }).flatMap(({ entries }) => entries)),
  )
}

function serviceAt(model: ProjectModel, file: string, [section, name]: readonly string[]): ComposeService | undefined {
  const services = section === 'services' ? composeServices(model) : []
  return services.find((one) => one.name === name && folderOf(one.at.file) === folderOf(file))
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

/** Where the file of a platform, of Kubernetes, or of compose for production says in so many words that this image is for development, which goes before what the platform does by itself and what the image says. */
export function developmentSetting(model: ProjectModel, image: ServerImage): { readonly at: Location; readonly text: string } | null {
  for (const facts of model.deployment) {
    const { file } = facts
    const isTold =
      platforms.test(file) ||
      isProductionCompose(file) ||
      (deployedFiles(model).includes(facts) && (isManifest(facts) || isChartValues(model, file)))
    const found = isTold ? developmentIn(facts, ({ key }) => isSaidOf(model, image, file, key)) : undefined
    if (found !== undefined) return { at: { file, fn: '', node: found.node }, text: found.value.replace(/^NODE_ENV=|['"]/g, '') }
  }
  return null
}

/** By its name, whatever it says of itself within. */
function isProductionCompose(file: string): boolean {
  return isComposeFile(file) && isForProduction(file)
}

type Setting = DeploymentFacts['entries'][number]

function developmentIn({ entries }: DeploymentFacts, isFor: (setting: Setting) => boolean): Setting | undefined {
  return entries.find((one) => {
    const { key, value } = one
    if (!/^(NODE_ENV=)?['"]?(dev|development)['"]?$/.test(value)) return false
    const beside = key.slice(0, -1).join('.')
    const isMode =
      isModeName(key.at(-1)) ||
      value.startsWith('NODE_ENV=') ||
      entries.some((other) => other.value === 'NODE_ENV' && other.key.slice(0, -1).join('.') === beside)
    return isMode && isFor(one)
  })
}

/** Charts of Helm give it on by a name of their own. */
function isModeName(name: string | undefined): boolean {
  return name === 'NODE_ENV' || name === 'nodeEnv'
}

function settingOf({ file, entries }: DeploymentFacts, isFor: (setting: Setting) => boolean): Location | null {
  if (/(^|\/)\.env/.test(file) && /example|sample|template|dist$|test|dev/.test(file)) return null
  for (const one of entries) {
    const { key, value, node } = one
    const isNamed = isModeName(key.at(-1)) && /^['"]?production['"]?$/.test(value)
    const isPaired =
      value === 'NODE_ENV' &&
      entries.some((other) => other.key.slice(0, -1).join('.') === key.slice(0, -1).join('.') && other.value === 'production')
    if ((isNamed || isPaired || assignment.test(value)) && isFor(one)) return { file, fn: '', node }
  }
  return null
}
