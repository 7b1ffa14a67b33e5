// A project under several configurations: each finding counts as the nearest configuration above its file says.
import { analyze, linkInputOf, withCounts, type Analysis, type AnalyzeOptions, type ProjectInput } from './analyze.js'
import { toProjectPath, type Configuration } from './check/configuration.js'
import { compareFindings, type Finding } from './check/finding.js'
import type { Rule } from './check/rule.js'
import { link } from './link/link.js'
import type { LinkInput } from './link/linkInput.js'
import type { ProjectModel } from './model/model.js'

/** What one configuration decides: a folder of the project without those inside it that have their own. */
export interface Region {
  /** Project-relative; '' for the project itself. */
  readonly folder: string
  readonly configuration: Configuration
}

export interface RegionOptions extends AnalyzeOptions {
  /** Configurations inside the project, the deepest first. */
  readonly nested?: readonly Region[]
}

/** Links an input; inputs of one key differ in their files alone, so that what remembers may remember by key. */
export type LinkByKey = (input: LinkInput, key: string) => ProjectModel

/** The region that a file lies in. */
export function regionOf<Inner extends Region>(nested: readonly Inner[], file: string): Inner | null {
  return nested.find(({ folder }) => file.startsWith(`${folder}/`)) ?? null
}

/** One analysis of the whole project. Configurations that say the same about how the server runs share one boot. */
export function analyzeRegions(
  input: ProjectInput,
  rules: readonly Rule[],
  { nested = [], ...options }: RegionOptions,
  linkByKey: LinkByKey = (whole) => link(whole),
): Analysis {
  const main = { folder: '', configuration: options.configuration }
  if (nested.length === 0) return analyze(input, rules, options, (whole) => linkByKey(whole, ''))
  const linkOnce = createSharedLink([main, ...nested], linkByKey)
  const analyzed = [main, ...nested].map((region) => ({
    region,
    analysis: analyze(input, rules, { ...options, configuration: region.configuration }, linkOnce),
  }))
  const own = (pick: (analysis: Analysis) => readonly Finding[]): readonly Finding[] =>
    analyzed
      .flatMap(({ region, analysis }) => pick(analysis).filter(({ file }) => (regionOf(nested, file)?.folder ?? '') === region.folder))
      .sort(compareFindings)
  const errors = analyzed.flatMap(({ analysis }) => analysis.internalErrors)
  return withCounts({
    ...analyzed[0]!.analysis,
    findings: own(({ findings }) => findings),
    hidden: own(({ hidden }) => hidden),
    suppressed: own(({ suppressed }) => suppressed),
    internalErrors: errors.filter(({ message }, index) => errors.findIndex((other) => other.message === message) === index),
  })
}

/** An input with the key under which it is linked. */
export interface KeyedInput {
  readonly input: LinkInput
  readonly key: string
}

/** What `analyzeRegions` links, each once. */
export function linkInputs(input: ProjectInput, { configuration, nested = [] }: RegionOptions): readonly KeyedInput[] {
  if (nested.length === 0) return [{ input: linkInputOf(input, configuration), key: '' }]
  const regions = [{ folder: '', configuration }, ...nested]
  const share = createSharedInput(regions)
  const keyed = regions.map((region) => share(linkInputOf(input, region.configuration)))
  return [...new Map(keyed.toReversed().map((one) => [one.key, one])).values()].reverse()
}

function createSharedLink(regions: readonly Region[], linkByKey: LinkByKey): (input: LinkInput) => ProjectModel {
  const models = new Map<string, ProjectModel>()
  const share = createSharedInput(regions)
  return (own) => {
    const { input, key } = share(own)
    const model = models.get(key) ?? linkByKey(input, key)
    models.set(key, model)
    return model
  }
}

/** Entries and middleware of all configurations count everywhere, since they name what there is; environment and gateways only for their own. */
function createSharedInput(regions: readonly Region[]): (input: LinkInput) => KeyedInput {
  const all = regions.map(({ configuration }) => configuration)
  const entries = [...new Set(all.flatMap((one) => one.entries.flatMap((entry) => toProjectPath(entry, one.base) ?? [])))]
  const middleware: Record<string, Configuration['middleware'][string]> = {}
  for (const one of all) {
    for (const [name, capabilities] of Object.entries(one.middleware)) {
      middleware[name] = capabilities
      const path = toProjectPath(name, one.base)
      if (path !== null) middleware[path] = capabilities
    }
  }
  return (input) => ({
    input: { ...input, entries, settings: { ...input.settings, middleware } },
    key: JSON.stringify([input.settings.environment, input.settings.gateway]),
  })
}
