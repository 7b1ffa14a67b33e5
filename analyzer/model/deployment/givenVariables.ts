// Variables that images, start scripts, platforms, Kubernetes and workflows give to what they run, with their values as written.
import type { DeploymentFacts } from '../../extract/facts.js'
import { isBesideProduct, isForDevelopment } from '../../link/deploymentNames.js'
import { baseNameOf } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import { servedComposeVariables } from './composeEnvironment.js'
import { deployedFiles, isChartValues, isManifest } from './deployedFiles.js'
import { type DeploymentSetting, platformSettings } from './deploymentSettings.js'
import { imageStages, imageVariables, stagesBelow } from './imageStages.js'
import type { ProjectModel } from '../model.js'
import { secretKind } from '../secrets/secretNames.js'
import { deployedScripts, exportedBy, startScripts } from './startScripts.js'

export interface GivenVariable {
  readonly name: string
  readonly value: string
  readonly at: Location
  readonly source: 'compose' | 'image' | 'argument' | 'platform' | 'kubernetes' | 'workflow' | 'script'
  /** Of an image: whether it stands in the stage that runs, and not in one that is built on the way. Of a script: whether it starts the server. */
  readonly isFinal?: boolean
}

/** What a service that runs is given, by compose files too. */
export function servedVariables(model: ProjectModel): readonly Pick<GivenVariable, 'name' | 'value' | 'at'>[] {
  const given = givenVariables(model).filter(({ source, isFinal }) => !/workflow|argument/.test(source) && isFinal !== false)
  return [...servedComposeVariables(model), ...given]
}

/** Those of workflows first; without those of tests, examples, documentation and developers. */
export function givenVariables(model: ProjectModel): readonly GivenVariable[] {
  const workflows = model.deployment.filter(({ file }) => /(^|\/)\.github\/workflows\//.test(file))
  return [
    ...workflows.flatMap((facts) => (isBesideProduct(facts.file) || isForDevelopment(facts.file) ? [] : ofTables(facts, 'workflow'))),
    ...deployedFiles(model).flatMap((facts) => {
      const name = baseNameOf(facts.file)
      if (facts.format === 'dockerfile') return ofImage(facts)
      if (facts.format === 'systemd') return ofTables(facts, 'platform')
      if (/^render\.ya?ml$/.test(name)) return ofPairs(facts, 'key', 'platform')
      if (/^(fly\.toml|serverless\.ya?ml|app\.ya?ml|railway\.toml|netlify\.toml|wrangler\.toml)$/.test(name))
        return ofTables(facts, 'platform')
      if (/^kustomization\.ya?ml$/.test(name)) return ofGenerators(facts)
      if (isChartValues(model, facts.file)) return ofChart(facts)
      return isManifest(facts) ? [...ofPairs(facts, 'name', 'kubernetes'), ...ofSecrets(facts)] : []
    }),
    ...ofContainers(platformSettings(model)),
    ...deployedScripts(model).flatMap((facts) =>
      exportedBy(facts).map((one) => ({ ...one, source: 'script' as const, isFinal: startScripts(model).has(facts) })),
    ),
  ]
}

/** ENV and ARG of every stage: the history of an image keeps them all. */
function ofImage(facts: DeploymentFacts): readonly GivenVariable[] {
  const stages = imageStages(facts)
  const last = stages.at(-1)
  const final = new Set(last === undefined ? [] : stagesBelow(last))
  return stages.flatMap((stage) =>
    stage.instructions
      .filter(({ name }) => name === 'ENV' || name === 'ARG')
      .flatMap(({ name, value, at }) =>
        imageVariables(value).map(([variable, text]) => ({
          name: variable,
          value: text,
          at,
          source: name === 'ENV' ? ('image' as const) : ('argument' as const),
          isFinal: final.has(stage),
        })),
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

/** `{ "name": "NAME", "value": "…" }` below `environment`, as in definitions of ECS. */
function ofContainers(settings: readonly DeploymentSetting[]): readonly GivenVariable[] {
  const names = new Map(
    settings.flatMap(({ file, key, value }) => (key.at(-1) === 'name' ? [[`${file}\n${key.slice(0, -1).join('\n')}`, value]] : [])),
  )
  return settings.flatMap(({ file, key, value, at }): readonly GivenVariable[] => {
    const name = names.get(`${file}\n${key.slice(0, -1).join('\n')}`)
    return name === undefined || key.at(-1) !== 'value' || key.at(-3) !== 'environment' ? [] : [{ name, value, at, source: 'platform' }]
  })
}

/** `NAME: value` below `env`, `vars` and their like. */
function ofTables({ file, entries }: DeploymentFacts, source: GivenVariable['source']): readonly GivenVariable[] {
  return entries.flatMap(({ key, value, node }) =>
    /^(env|[Ee]nvironment|env_variables|variables|vars)$/.test(key.at(-2) ?? '')
      ? [{ name: key.at(-1) ?? '', value, at: { file, fn: '', node }, source }]
      : [],
  )
}

/** A Secret that is written out, and a ConfigMap, which is no place for one. `data` of a Secret is no better, yet looks like anything. */
function ofSecrets({ file, entries }: DeploymentFacts): readonly GivenVariable[] {
  const maps = new Set(
    entries.flatMap(({ key, value }) => (key.at(-1) === 'kind' && value === 'ConfigMap' ? [key.slice(0, -1).join('\n')] : [])),
  )
  return entries.flatMap(({ key, value, node }) =>
    key.at(-2) === 'stringData' || (key.at(-2) === 'data' && maps.has(key.slice(0, -2).join('\n')))
      ? [{ name: key.at(-1) ?? '', value, at: { file, fn: '', node }, source: 'kubernetes' as const }]
      : [],
  )
}

/** `literals` of Kustomize: `- NAME=value`. */
function ofGenerators({ file, entries }: DeploymentFacts): readonly GivenVariable[] {
  return entries.flatMap(({ key, value, node }): readonly GivenVariable[] => {
    const at = value.indexOf('=')
    if (!/^(secret|configMap)Generator$/.test(key[0] ?? '') || key[2] !== 'literals' || at < 1) return []
    return [{ name: value.slice(0, at), value: value.slice(at + 1), at: { file, fn: '', node }, source: 'kubernetes' }]
  })
}

/** What a chart of Helm is given. Passwords are as likely those of a database that it brings along for trying it out. */
function ofChart({ file, entries }: DeploymentFacts): readonly GivenVariable[] {
  return entries.map(({ key, value, node }) => {
    const name = key.findLast((part) => !/^\d+$/.test(part)) ?? ''
    return { name, value, at: { file, fn: '', node }, source: 'kubernetes', isFinal: secretKind(name) !== 'password' }
  })
}
