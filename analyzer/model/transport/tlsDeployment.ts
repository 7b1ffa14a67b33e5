// Files of deployments that switch the verification of certificates off: environments, images, platforms and start scripts.
import type { Location } from '../../text/location.js'
import { servedComposeVariables } from '../deployment/composeEnvironment.js'
import { platformSettings } from '../deployment/deploymentSettings.js'
import { environmentFilesOf } from '../deployment/environmentFiles.js'
import type { Confidence, PackageFacts, ProjectModel } from '../model.js'
import { platformVariables } from '../deployment/platformEnvironment.js'
import { recordedOnce } from '../recorded.js'
import { PROCESS_SWITCH, switchIn } from './tlsNames.js'

export interface DeployedSwitch {
  readonly at: Location
  /** `NODE_TLS_REJECT_UNAUTHORIZED=0`, `sslmode=no-verify`. */
  readonly what: string
  /** For all connections of the process. */
  readonly isProcess: boolean
  readonly confidence: Confidence
}

/** In the order of the files. What is for developers and tests is left out. */
export const deployedSwitches: (model: ProjectModel) => readonly DeployedSwitch[] = recordedOnce((model) => [
  ...environmentFilesOf(model)
    .filter(({ isLocal }) => !isLocal)
    .flatMap(({ values }) => values)
    .flatMap((variable) => ofVariable(variable, 'medium')),
  ...[...servedComposeVariables(model), ...platformVariables(model)].flatMap((variable) => ofVariable(variable, 'high')),
  ...platformSettings(model)
    .filter(({ path }) => !/(^|[._])(dev|development|test|local)([._]|$)/i.test(path))
    .flatMap(({ key, value, at }) => ofVariable({ name: key.at(-1) ?? '', value, at }, 'high')),
  ...model.packages.flatMap((item) => ofScripts(model, item)),
])

interface Variable {
  readonly name: string
  readonly value: string
  readonly at: Location
}

function ofVariable({ name, value, at }: Variable, confidence: Confidence): readonly DeployedSwitch[] {
  const text = value.replace(/^(["'])(.*)\1$/, '$2')
  // Any other value leaves verification on (domain fact I4).
  if (name === PROCESS_SWITCH) return text === '0' ? [{ at, what: `${name}=0`, isProcess: true, confidence }] : []
  if (name === 'PGSSLMODE') return text === 'no-verify' ? [{ at, what: `${name}=no-verify`, isProcess: false, confidence }] : []
  const what = switchIn(text)
  return what === null ? [] : [{ at, what, isProcess: false, confidence }]
}

/** `"start": "NODE_TLS_REJECT_UNAUTHORIZED=0 node server.js"`. */
function ofScripts(model: ProjectModel, { folder, scripts }: PackageFacts): readonly DeployedSwitch[] {
  const file = `${folder === '' ? '' : `${folder}/`}package.json`
  return Object.entries(scripts).flatMap(([name, command]): readonly DeployedSwitch[] => {
    if (!/^(start|serve|prod|production|server)\b/.test(name) || /dev|local|test|watch|debug/.test(name)) return []
    const set = new RegExp(`\\b${PROCESS_SWITCH}=["']?0\\b`)
    if (!set.test(command)) return []
    return [{ at: scriptPlace(model, file, command), what: `${PROCESS_SWITCH}=0`, isProcess: true, confidence: 'high' }]
  })
}

/** Where the command is written; the file as a whole where that is not known. */
function scriptPlace(model: ProjectModel, file: string, command: string): Location {
  const facts = model.files.get(file)
  const body = facts?.kind === 'source' ? facts.functions['']?.body : undefined
  return { file, fn: '', node: nodeOfText(body, command) ?? 0 }
}

function nodeOfText(part: unknown, text: string): number | null {
  if (typeof part !== 'object' || part === null) return null
  if (Array.isArray(part) && part[0] === 'literal' && part[2] === text && typeof part[1] === 'number') return part[1]
  for (const one of Object.values(part)) {
    const node = nodeOfText(one, text)
    if (node !== null) return node
  }
  return null
}
