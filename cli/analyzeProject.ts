// Analyses a project under its configurations, with what the command line decides over all of them.
import type { Analysis, AnalyzeOptions } from '../analyzer/analyze.js'
import { isEnabled, type Configuration } from '../analyzer/check/configuration.js'
import { compareText } from '../analyzer/check/finding.js'
import type { Rule } from '../analyzer/check/rule.js'
import { suppressionRules } from '../analyzer/check/suppressionRules.js'
import { analyzeRegions, regionOf as nearestRegion } from '../analyzer/regions.js'
import { link } from '../analyzer/link/link.js'
import { collectBeyond } from './collect.js'
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

/** One analysis of the whole project. */
export function analyzeProject({ project, rules, configuration, nested }: OpenProject, choices: Choices): Analysis {
  const options = {
    ...choices,
    configuration: decided(configuration, choices),
    nested: nested.map((region) => ({ folder: region.folder, configuration: decided(region.configuration, choices) })),
  }
  return analyzeRegions(project, rules, options, (input) => {
    const model = link(input, () => collectBeyond(LARGE_HEAP))
    collectBeyond(LARGE_HEAP)
    return model
  })
}

/** Bytes past which what a stage left behind is collected before the next one begins, so that a run stays below 400 MB for longer. */
const LARGE_HEAP = 200_000_000

/** The configuration that is nearest to a file. */
export function regionOf({ nested, configuration, configurationFile }: OpenProject, file: string): NestedConfiguration {
  return nearestRegion(nested, file) ?? { folder: '', configuration, configurationFile }
}

function decided(configuration: Configuration, { preset, minConfidence }: Choices): Configuration {
  return { ...configuration, preset: preset ?? configuration.preset, minConfidence: minConfidence ?? configuration.minConfidence }
}
