// Variables that images, platforms, Kubernetes and workflows give to what they run, with their values as written.
import type { DeploymentFacts } from '../../extract/facts.js'
import { isForDevelopment } from '../../link/deploymentCommands.js'
import { baseNameOf } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import { imageStages, imageVariables, stagesBelow } from './imageStages.js'
import type { ProjectModel } from '../model.js'

export interface GivenVariable {
  readonly name: string
  readonly value: string
  readonly at: Location
  readonly source: 'compose' | 'image' | 'platform' | 'kubernetes' | 'workflow'
  /** Of an image: whether what runs has it, and not only what is built on the way. */
  readonly isFinal?: boolean
}

/** In the order of the files, without those of tests, examples, documentation and developers. */
export function givenVariables(model: ProjectModel): readonly GivenVariable[] {
  return model.deployment.flatMap((facts) => {
    if (/(^|\/)(tests?|__tests__|fixtures?|mocks?|examples?|samples?|templates?|e2e|docs?|\.devcontainer)\//i.test(facts.file)) return []
    if (isForDevelopment(facts.file) || /(^|[.\-_])(tests?|testing|ci|e2e|example|sample)([.\-_]|$)/i.test(baseNameOf(facts.file)))
      return []
    const name = baseNameOf(facts.file)
    if (facts.format === 'dockerfile') return ofImage(facts)
    if (/(^|\/)\.github\/workflows\//.test(facts.file)) return ofTables(facts, 'workflow')
    if (/^render\.ya?ml$/.test(name)) return ofPairs(facts, 'key', 'platform')
    if (/^(fly\.toml|serverless\.ya?ml|app\.ya?ml|railway\.toml|netlify\.toml|wrangler\.toml)$/.test(name))
      return ofTables(facts, 'platform')
    return facts.format === 'yaml' && isManifest(facts) ? [...ofPairs(facts, 'name', 'kubernetes'), ...ofSecrets(facts)] : []
  })
}

/** ENV and ARG of every stage: the history of an image keeps them all. */
function ofImage(facts: DeploymentFacts): readonly GivenVariable[] {
  const stages = imageStages(facts)
  const last = stages.at(-1)
  const final = new Set(last === undefined ? [] : stagesBelow(last))
  return stages.flatMap((stage) =>
    stage.instructions
      .filter(({ name }) => name === 'ENV' || name === 'ARG')
      .flatMap(({ value, at }) =>
        imageVariables(value).map(([name, text]) => ({ name, value: text, at, source: 'image' as const, isFinal: final.has(stage) })),
      ),
  )
}

/** `- key: NAME` or `- name: NAME` beside `value: …`. */
function ofPairs({ file, entries }: DeploymentFacts, label: 'key' | 'name', source: GivenVariable['source']): readonly GivenVariable[] {
  return entries.flatMap(({ key, value, node }) => {
    if (key.at(-1) !== 'value' || !/^(env|envVars)$/.test(key.at(-3) ?? '')) return []
    const beside = key.slice(0, -1).join('\n')
    const name = entries.find((one) => one.key.at(-1) === label && one.key.slice(0, -1).join('\n') === beside)?.value
    return name === undefined ? [] : [{ name, value, at: { file, fn: '', node }, source }]
  })
}

/** `NAME: value` below `env`, `vars` and their like. */
function ofTables({ file, entries }: DeploymentFacts, source: GivenVariable['source']): readonly GivenVariable[] {
  return entries.flatMap(({ key, value, node }) =>
    /^(env|environment|env_variables|variables|vars)$/.test(key.at(-2) ?? '')
      ? [{ name: key.at(-1) ?? '', value, at: { file, fn: '', node }, source }]
      : [],
  )
}

/** A Secret that is written out; `data` is no better, yet looks like anything. */
function ofSecrets({ file, entries }: DeploymentFacts): readonly GivenVariable[] {
  return entries.flatMap(({ key, value, node }) =>
    key.at(-2) === 'stringData' ? [{ name: key.at(-1) ?? '', value, at: { file, fn: '', node }, source: 'kubernetes' as const }] : [],
  )
}

function isManifest({ entries }: DeploymentFacts): boolean {
  return entries.some(({ key }) => key.at(-1) === 'apiVersion') && entries.some(({ key }) => key.at(-1) === 'kind')
}
