// What images and files of platforms give to the variables of the services that they run.
import { baseNameOf } from '../../link/filePath.js'
import type { DeploymentFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { imageVariables } from './imageStages.js'
import type { ProjectModel } from '../model.js'

export interface PlatformVariable {
  readonly name: string
  readonly value: string
  readonly at: Location
}

/** Variables that the last stage of an image sets, and those in the files of Render, Fly and Serverless; what is for developers and tests is left out. */
export function platformVariables(model: ProjectModel): readonly PlatformVariable[] {
  return model.deployment.flatMap((facts) => {
    const name = baseNameOf(facts.file)
    if (isBeside(facts.file) || /(^|[.\-_])(dev|development|local|test|testing|ci|e2e)([.\-_]|$)/i.test(name)) return []
    if (facts.format === 'dockerfile') return ofImage(facts)
    if (/^render\.ya?ml$/.test(name)) return ofPairs(facts)
    return /^(fly\.toml|serverless\.ya?ml)$/.test(name) ? ofTables(facts) : []
  })
}

function isBeside(file: string): boolean {
  return /(^|\/)(tests?|__tests__|fixtures?|examples?|templates?|e2e|docs?|\.devcontainer)\//.test(file)
}

/** `ENV A=1 B="2"` and `ENV A 1`. Earlier stages build, and what they are given does not run. */
function ofImage({ file, entries }: DeploymentFacts): readonly PlatformVariable[] {
  const last = Math.max(0, ...entries.map(({ key }) => Number(key[0] ?? 0)))
  return entries.flatMap(({ key, value, node }) => {
    if (key[1] !== 'ENV' || Number(key[0]) !== last) return []
    const at = { file, fn: '', node }
    return imageVariables(value).map(([name, text]) => ({ name, value: text, at }))
  })
}

/** `- key: NAME` beside `value: …`. */
function ofPairs({ file, entries }: DeploymentFacts): readonly PlatformVariable[] {
  return entries.flatMap(({ key, value, node }) => {
    if (key.at(-1) !== 'value' || !key.includes('envVars')) return []
    const beside = key.slice(0, -1).join('\n')
    const name = entries.find((one) => one.key.at(-1) === 'key' && one.key.slice(0, -1).join('\n') === beside)?.value
    return name === undefined ? [] : [{ name, value, at: { file, fn: '', node } }]
  })
}

/** `[env]` of Fly, `environment:` of Serverless. */
function ofTables({ file, entries }: DeploymentFacts): readonly PlatformVariable[] {
  return entries.flatMap(({ key, value, node }) =>
    /^(env|environment)$/.test(key.at(-2) ?? '') ? [{ name: key.at(-1) ?? '', value, at: { file, fn: '', node } }] : [],
  )
}
