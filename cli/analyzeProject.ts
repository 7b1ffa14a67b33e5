// Analyses a project under its configurations: each finding counts as the nearest configuration above its file says.
import { analyze, withCounts, type Analysis, type AnalyzeOptions } from '../analyzer/analyze.js'
import { isEnabled, toProjectPath, type Configuration } from '../analyzer/check/configuration.js'
import { compareFindings, compareText, type Finding } from '../analyzer/check/finding.js'
import type { Rule } from '../analyzer/check/rule.js'
import { suppressionRules } from '../analyzer/check/suppressionRules.js'
import { link } from '../analyzer/link/link.js'
import type { LinkInput } from '../analyzer/link/linkInput.js'
import type { ProjectModel } from '../analyzer/model/model.js'
import type { NestedConfiguration } from './configurations.js'
import type { OpenProject } from './openProject.js'

/** What a command line decides over all configurations. */
export interface Choices extends Pick<AnalyzeOptions, 'only' | 'now'> {
  readonly preset?: Configuration['preset'] | undefined
  readonly minConfidence?: Configuration['minConfidence'] | undefined
}

/** The configuration that is nearest to a file, with what the command line decides. */
export function configurationFor(open: OpenProject, file: string, choices: Choices): Configuration {
  return decided(regionOf(open, file).configuration, choices)
}

/** The rules that run under one of the configurations, by id. */
export function rulesThatRun({ rules, configuration, nested }: OpenProject, choices: Choices): readonly Rule[] {
  const all = [configuration, ...nested.map((region) => region.configuration)].map((one) => decided(one, choices))
  const runs = (rule: Rule): boolean => (choices.only.length > 0 ? choices.only.includes(rule.id) : all.some((one) => isEnabled(rule, one)))
  return [...rules, ...suppressionRules].filter(runs).sort((a, b) => compareText(a.id, b.id))
}

/** One analysis of the whole project. Configurations that say the same about how the server runs share one boot. */
export function analyzeProject(open: OpenProject, choices: Choices): Analysis {
  const { project, rules, nested } = open
  const options = (configuration: Configuration): AnalyzeOptions => ({ ...choices, configuration: decided(configuration, choices) })
  const first = { folder: '', configuration: open.configuration }
  if (nested.length === 0) return analyze(project, rules, options(open.configuration))
  const linkOnce = createLinker(open)
  const parts = [first, ...nested].map((region) => ({
    region,
    analysis: analyze(project, rules, options(region.configuration), linkOnce),
  }))
  return combined(parts, open)
}

/** The configuration that is nearest to a file. */
export function regionOf({ nested, configuration, configurationFile }: OpenProject, file: string): NestedConfiguration {
  return nested.find(({ folder }) => file.startsWith(`${folder}/`)) ?? { folder: '', configuration, configurationFile }
}

function decided(configuration: Configuration, { preset, minConfidence }: Choices): Configuration {
  return { ...configuration, preset: preset ?? configuration.preset, minConfidence: minConfidence ?? configuration.minConfidence }
}

/** Entries and middleware of all configurations count everywhere, since they name what there is; environment and gateways only for their own. */
function createLinker({ nested, configuration }: OpenProject): (input: LinkInput) => ProjectModel {
  const models = new Map<string, ProjectModel>()
  const all = [configuration, ...nested.map((region) => region.configuration)]
  const entries = [...new Set(all.flatMap((one) => one.entries.flatMap((entry) => toProjectPath(entry, one.base) ?? [])))]
  const middleware: Record<string, Configuration['middleware'][string]> = {}
  for (const one of all) {
    for (const [name, capabilities] of Object.entries(one.middleware)) {
      middleware[name] = capabilities
      const path = toProjectPath(name, one.base)
      if (path !== null) middleware[path] = capabilities
    }
  }
  return (input) => {
    const whole = { ...input, entries, settings: { ...input.settings, middleware } }
    const key = JSON.stringify([input.settings.environment, input.settings.gateway])
    const model = models.get(key) ?? link(whole)
    models.set(key, model)
    return model
  }
}

function combined(
  parts: readonly { readonly region: Pick<NestedConfiguration, 'folder' | 'configuration'>; readonly analysis: Analysis }[],
  open: OpenProject,
): Analysis {
  const [main] = parts
  if (main === undefined) throw new RangeError('There is always the configuration of the root')
  const own = (pick: (analysis: Analysis) => readonly Finding[]): readonly Finding[] =>
    parts
      .flatMap(({ region, analysis }) => pick(analysis).filter(({ file }) => regionOf(open, file).folder === region.folder))
      .sort(compareFindings)
  const errors = parts.flatMap(({ analysis }) => analysis.internalErrors)
  return withCounts({
    ...main.analysis,
    findings: own(({ findings }) => findings),
    hidden: own(({ hidden }) => hidden),
    suppressed: own(({ suppressed }) => suppressed),
    internalErrors: errors.filter(({ message }, index) => errors.findIndex((other) => other.message === message) === index),
  })
}
