// Files of deployments that switch the verification of certificates off: environments, images, platforms and start scripts.
import { isForDevelopment, isForTests } from '../../link/deploymentNames.js'
import { scriptPurpose } from '../../link/scriptNames.js'
import type { Location } from '../../text/location.js'
import { platformSettings } from '../deployment/deploymentSettings.js'
import { environmentFilesOf } from '../deployment/environmentFiles.js'
import { servedVariables } from '../deployment/givenVariables.js'
import { scriptPlace } from '../deployment/productionStarts.js'
import type { Confidence, PackageFacts, ProjectModel } from '../model.js'
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
  ...servedVariables(model).flatMap((variable) => ofVariable(variable, 'high')),
  ...platformSettings(model)
    .filter(({ path }) => !isForDevelopment(path) && !isForTests(path))
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
function ofScripts(model: ProjectModel, owner: PackageFacts): readonly DeployedSwitch[] {
  const set = new RegExp(`\\b${PROCESS_SWITCH}=["']?0\\b`)
  return Object.entries(owner.scripts).flatMap(([name, command]): readonly DeployedSwitch[] => {
    const at = scriptPurpose(name) === 'production' && set.test(command) ? scriptPlace(model, owner, name) : null
    return at === null ? [] : [{ at, what: `${PROCESS_SWITCH}=0`, isProcess: true, confidence: 'high' }]
  })
}
