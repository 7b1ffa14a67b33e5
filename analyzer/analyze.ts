// The whole pipeline after extraction: facts in, findings out. Editor, command line and tests call this and nothing else.
import { checkModel, type CheckResult } from './check/checkModel.js'
import { toProjectPath, type Configuration } from './check/configuration.js'
import type { Finding } from './check/finding.js'
import { idleSettings } from './check/idleSettings.js'
import type { Rule } from './check/rule.js'
import type { FileFacts, UnparsedFacts } from './extract/facts.js'
import { link } from './link/link.js'
import type { LinkInput } from './link/linkInput.js'
import type { TsconfigFacts } from './link/resolveModule.js'
import type { ModelSettings, PackageFacts, ProjectModel, Seen } from './model/model.js'
import { noticesOf, type Notice } from './notices.js'

/** What is known of a project: facts by project-relative path, and its settings. */
export interface ProjectInput {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
  /** Names of `.env*` files that exist and that git ignores. */
  readonly ignoredFiles: readonly string[]
}

export interface AnalyzeOptions {
  readonly configuration: Configuration
  /** Run these rules alone, also those that are off. Empty for all that are on. */
  readonly only: readonly string[]
  /** A clock in milliseconds, for `times`. */
  readonly now?: () => number
}

export interface Analysis extends CheckResult {
  readonly model: ProjectModel
  readonly summary: FindingCounts
  readonly seen: Seen
  readonly notices: readonly Notice[]
  /** Files that did not parse, by path. */
  readonly unparsed: readonly UnparsedFacts[]
  readonly linkTime: number
}

export interface FindingCounts {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  /** Files with findings. */
  readonly files: number
  readonly safeFixes: number
  readonly suggestions: number
  /** Below the minimum confidence. */
  readonly hidden: number
  readonly suppressed: number
}

/** Boots and checks a project. Pure and deterministic; never throws on what the project holds. A session passes a linker that remembers. */
export function analyze(
  input: ProjectInput,
  rules: readonly Rule[],
  options: AnalyzeOptions,
  linkProject: (input: LinkInput) => ProjectModel = link,
): Analysis {
  const { configuration, now = () => 0 } = options
  const start = now()
  const model = linkProject(linkInputOf(input, configuration))
  const linkTime = now() - start
  const result = checkModel(model, rules, options)
  const unparsed = [...input.files.values()].filter((facts) => facts.kind === 'unparsed').sort((a, b) => (a.file < b.file ? -1 : 1))
  return {
    ...result,
    model,
    summary: countsOf(result),
    seen: model.seen,
    notices: [
      ...noticesOf(model, input.files),
      ...idleSettings(configuration, input.files, input.packages).map((one) => ({ kind: 'settings' as const, ...one })),
    ],
    unparsed,
    linkTime,
  }
}

/** What is linked of a project under a configuration. */
export function linkInputOf(input: ProjectInput, configuration: Configuration): LinkInput {
  return {
    files: input.files,
    packages: input.packages,
    tsconfigs: input.tsconfigs,
    settings: settingsOf(configuration, input),
    entries: configuration.entries.flatMap((entry) => toProjectPath(entry, configuration.base) ?? []),
  }
}

/** The analysis with only those findings of which a place fits. */
export function limitedTo(analysis: Analysis, fits: (file: string) => boolean): Analysis {
  const within = (findings: readonly Finding[]): readonly Finding[] =>
    findings.filter((finding) => fits(finding.file) || finding.related.some((place) => place.role === 'affected' && fits(place.file)))
  const result = {
    ...analysis,
    findings: within(analysis.findings),
    hidden: within(analysis.hidden),
    suppressed: within(analysis.suppressed),
    unparsed: analysis.unparsed.filter(({ file }) => fits(file)),
  }
  return { ...result, summary: countsOf(result) }
}

/** The analysis with counts that fit its findings. */
export function withCounts(analysis: Analysis): Analysis {
  return { ...analysis, summary: countsOf(analysis) }
}

function settingsOf(configuration: Configuration, input: ProjectInput): ModelSettings {
  const { environment, gateway, base } = configuration
  // A key may be a package or a function's name, which stay as they are, or a path, which is seen from the configuration's folder.
  const middleware = Object.entries(configuration.middleware).flatMap(([name, capabilities]) =>
    [name, toProjectPath(name, base)].flatMap((key) => (key === null ? [] : [[key, capabilities] as const])),
  )
  return { environment, middleware: Object.fromEntries(middleware), gateway, ignoredFiles: input.ignoredFiles }
}

function countsOf({ findings, hidden, suppressed }: Pick<CheckResult, 'findings' | 'hidden' | 'suppressed'>): FindingCounts {
  const count = (fits: (finding: Finding) => boolean): number => findings.filter(fits).length
  return {
    errors: count(({ severity }) => severity === 'error'),
    warnings: count(({ severity }) => severity === 'warning'),
    infos: count(({ severity }) => severity === 'info'),
    files: new Set(findings.map(({ file }) => file)).size,
    safeFixes: count(({ fix }) => fix?.safety === 'safe'),
    suggestions: count(({ fix }) => fix?.safety === 'suggestion'),
    hidden: hidden.length,
    suppressed: suppressed.length,
  }
}
